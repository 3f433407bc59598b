"""The database itself refuses to change a frozen issue; a published one may be taken down, once, and nothing else."""

from django.db import migrations

FROZEN = "a frozen report never changes"
KEPT = ("issue_id", "docx_id", "pdf_id", "xlsx_id", "published_on", "published_by_id")
CHANGED = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in KEPT)
WHEN = f"OLD.taken_down_on IS NOT NULL OR NEW.id <> OLD.id OR {CHANGED}"
DOWN_ONCE = "a published report is only taken down, once"
# INSERT OR REPLACE makes the row that stands give way without a word to the triggers of deletion: it is refused before.
ISSUE_STANDS = """EXISTS (SELECT 1 FROM reports_issue WHERE id = NEW.id OR (number = NEW.number AND
    (roadmap_id = NEW.roadmap_id OR (region_id = NEW.region_id AND programme_id = NEW.programme_id))))"""
PUBLICATION_STANDS = """EXISTS (SELECT 1 FROM reports_issuepublication WHERE id = NEW.id
    OR (issue_id = NEW.issue_id AND taken_down_on IS NULL AND NEW.taken_down_on IS NULL))"""
SQLITE = (
    f"""CREATE TRIGGER issue_no_replace BEFORE INSERT ON reports_issue WHEN {ISSUE_STANDS}
    BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END""",
    f"""CREATE TRIGGER issue_publication_no_replace BEFORE INSERT ON reports_issuepublication
    WHEN {PUBLICATION_STANDS} BEGIN SELECT RAISE(ABORT, '{DOWN_ONCE}'); END""",
    *(
        f"""CREATE TRIGGER issue_no_{verb.lower()} BEFORE {verb} ON reports_issue
        BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END"""
        for verb in ("UPDATE", "DELETE")
    ),
    f"""CREATE TRIGGER issue_publication_no_delete BEFORE DELETE ON reports_issuepublication
    BEGIN SELECT RAISE(ABORT, '{DOWN_ONCE}'); END""",
    f"""CREATE TRIGGER issue_publication_no_update BEFORE UPDATE ON reports_issuepublication WHEN {WHEN}
    BEGIN SELECT RAISE(ABORT, '{DOWN_ONCE}'); END""",
)
SQLITE_BACK = tuple(
    f"DROP TRIGGER IF EXISTS {name}_no_{verb}"
    for name in ("issue", "issue_publication")
    for verb in ("update", "delete", "replace")
)
POSTGRESQL = (
    f"""CREATE FUNCTION issue_never_changes() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{FROZEN}'; END $$""",
    """CREATE TRIGGER issue_no_change BEFORE UPDATE OR DELETE ON reports_issue
    FOR EACH ROW EXECUTE FUNCTION issue_never_changes()""",
    f"""CREATE FUNCTION issue_publication_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{DOWN_ONCE}'; END $$""",
    """CREATE TRIGGER issue_publication_no_delete BEFORE DELETE ON reports_issuepublication
    FOR EACH ROW EXECUTE FUNCTION issue_publication_stays()""",
    f"""CREATE TRIGGER issue_publication_no_update BEFORE UPDATE ON reports_issuepublication
    FOR EACH ROW WHEN ({WHEN}) EXECUTE FUNCTION issue_publication_stays()""",
)
POSTGRESQL_BACK = (
    "DROP FUNCTION IF EXISTS issue_never_changes() CASCADE",
    "DROP FUNCTION IF EXISTS issue_publication_stays() CASCADE",
)


def add_triggers(apps, schema_editor):
    """Add the triggers of the engine in use."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    """Take them away again, the functions that PostgreSQL keeps beside the tables included."""
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
