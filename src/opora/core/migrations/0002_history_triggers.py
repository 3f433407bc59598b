"""The database itself refuses to change, remove or replace a line of history, and to write one out of turn."""

from django.db import migrations

SAID = "history is append-only"
# A row may only come next; an id or a hash that is there would make the row of somebody else give way (OR REPLACE).
OUT_OF_TURN = """NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM core_historyentry)
    OR EXISTS (SELECT 1 FROM core_historyentry WHERE id = NEW.id OR hash = NEW.hash)"""
SQLITE = [
    *(
        f"""CREATE TRIGGER history_no_{verb.lower()} BEFORE {verb} ON core_historyentry
        BEGIN SELECT RAISE(ABORT, '{SAID}'); END"""
        for verb in ("UPDATE", "DELETE")
    ),
    f"""CREATE TRIGGER history_in_turn BEFORE INSERT ON core_historyentry WHEN {OUT_OF_TURN}
    BEGIN SELECT RAISE(ABORT, '{SAID}'); END""",
]
POSTGRESQL = [
    f"""CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{SAID}'; END $$""",
    f"""CREATE FUNCTION history_comes_in_turn() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF {OUT_OF_TURN} THEN RAISE EXCEPTION '{SAID}'; END IF; RETURN NEW; END $$""",
    """CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE ON core_historyentry
    FOR EACH ROW EXECUTE FUNCTION history_is_append_only()""",
    """CREATE TRIGGER history_no_truncate BEFORE TRUNCATE ON core_historyentry
    FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only()""",
    """CREATE TRIGGER history_in_turn BEFORE INSERT ON core_historyentry
    FOR EACH ROW EXECUTE FUNCTION history_comes_in_turn()""",
]


def add_triggers(apps, schema_editor):
    """Add the triggers of the engine in use."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, migrations.RunPython.noop)]
