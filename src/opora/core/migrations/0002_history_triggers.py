"""The database itself refuses to change or remove a line of history."""

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER history_no_{verb.lower()} BEFORE {verb} ON core_historyentry
    BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"""
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    """CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$""",
    """CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE ON core_historyentry
    FOR EACH ROW EXECUTE FUNCTION history_is_append_only()""",
    """CREATE TRIGGER history_no_truncate BEFORE TRUNCATE ON core_historyentry
    FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only()""",
]


def add_triggers(apps, schema_editor):
    """Add the triggers of the engine in use."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, migrations.RunPython.noop)]
