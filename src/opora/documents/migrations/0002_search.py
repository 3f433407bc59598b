"""Search by stems: FTS5 kept in step by triggers on SQLite, a GIN index on PostgreSQL."""

from django.db import migrations

# The stems are parted by spaces and in lower case already: «ascii» parts at spaces and leaves other letters alone.
SQLITE = (
    """CREATE VIRTUAL TABLE documents_search USING fts5(
    stems, content='documents_documenttext', content_rowid='document_id', tokenize='ascii', detail='none')""",
    """CREATE TRIGGER documents_search_added AFTER INSERT ON documents_documenttext
    BEGIN INSERT INTO documents_search(rowid, stems) VALUES (new.document_id, new.stems); END""",
    """CREATE TRIGGER documents_search_removed AFTER DELETE ON documents_documenttext
    BEGIN INSERT INTO documents_search(documents_search, rowid, stems)
    VALUES ('delete', old.document_id, old.stems); END""",
    """CREATE TRIGGER documents_search_changed AFTER UPDATE ON documents_documenttext
    BEGIN INSERT INTO documents_search(documents_search, rowid, stems)
    VALUES ('delete', old.document_id, old.stems);
    INSERT INTO documents_search(rowid, stems) VALUES (new.document_id, new.stems); END""",
)
POSTGRESQL = (
    """CREATE INDEX documents_search ON documents_documenttext
    USING gin (array_to_tsvector(string_to_array(stems, ' ')))""",
)
SQLITE_BACK = (
    "DROP TRIGGER documents_search_added",
    "DROP TRIGGER documents_search_removed",
    "DROP TRIGGER documents_search_changed",
    "DROP TABLE documents_search",
)
POSTGRESQL_BACK = ("DROP INDEX documents_search",)


def add_search(apps, schema_editor):
    """Make the engine's own index."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_search(apps, schema_editor):
    """Take it away."""
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunPython(add_search, drop_search)]
