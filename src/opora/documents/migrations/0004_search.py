"""Search by stems: FTS5 kept in step by triggers on SQLite, a GIN index on PostgreSQL; known titles are found at once."""

from django.db import migrations

from opora.core.russian import stems

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


def fill_titles(apps, schema_editor):
    """Documents of earlier versions are found by title and number; `./opora index` reads their files."""
    document_text = apps.get_model("documents", "DocumentText")
    lacking = apps.get_model("documents", "Document").objects.filter(text=None).order_by("pk")
    batch = []
    for pk, title, number in lacking.values_list("pk", "title", "number").iterator(chunk_size=2000):
        found = dict.fromkeys(word[:60] for word in stems(f"{title} {number}".replace("_", " ")).split())
        batch.append(document_text(document_id=pk, stems=" ".join(found)))
    document_text.objects.bulk_create(batch, batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_marks_forms_comments_and_texts")]
    operations = [
        migrations.RunPython(add_search, drop_search),
        migrations.RunPython(fill_titles, migrations.RunPython.noop),
    ]
