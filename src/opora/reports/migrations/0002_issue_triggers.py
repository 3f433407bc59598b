"""The database itself refuses to change or remove a frozen issue of a report."""

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER issue_no_{verb.lower()} BEFORE {verb} ON reports_issue
    BEGIN SELECT RAISE(ABORT, 'a frozen report never changes'); END"""
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    """CREATE FUNCTION issue_never_changes() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'a frozen report never changes'; END $$""",
    """CREATE TRIGGER issue_no_change BEFORE UPDATE OR DELETE ON reports_issue
    FOR EACH ROW EXECUTE FUNCTION issue_never_changes()""",
]


def add_triggers(apps, schema_editor):
    """Add the triggers of the engine in use."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    """Take them away again, the function that PostgreSQL keeps beside the table included."""
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS issue_no_{verb}")
    else:
        schema_editor.execute("DROP FUNCTION IF EXISTS issue_never_changes() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
