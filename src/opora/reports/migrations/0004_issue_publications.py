"""Issues of a region's report on the portal; the database lets a row be taken down once and nothing else."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = ("issue_id", "docx_id", "pdf_id", "xlsx_id", "published_on", "published_by_id")
CHANGED = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in KEPT)
WHEN = f"OLD.taken_down_on IS NOT NULL OR NEW.id <> OLD.id OR {CHANGED}"
SAID = "a published report is only taken down, once"
SQLITE = [
    f"""CREATE TRIGGER issue_publication_no_delete BEFORE DELETE ON reports_issuepublication
    BEGIN SELECT RAISE(ABORT, '{SAID}'); END""",
    f"""CREATE TRIGGER issue_publication_no_update BEFORE UPDATE ON reports_issuepublication WHEN {WHEN}
    BEGIN SELECT RAISE(ABORT, '{SAID}'); END""",
]
POSTGRESQL = [
    f"""CREATE FUNCTION issue_publication_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{SAID}'; END $$""",
    """CREATE TRIGGER issue_publication_no_delete BEFORE DELETE ON reports_issuepublication
    FOR EACH ROW EXECUTE FUNCTION issue_publication_stays()""",
    f"""CREATE TRIGGER issue_publication_no_update BEFORE UPDATE ON reports_issuepublication
    FOR EACH ROW WHEN ({WHEN}) EXECUTE FUNCTION issue_publication_stays()""",
]


def add_triggers(apps, schema_editor):
    """Add the triggers of the engine in use."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    """Take them away again, the function that PostgreSQL keeps beside the table included."""
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("delete", "update"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS issue_publication_no_{verb}")
    else:
        schema_editor.execute("DROP FUNCTION IF EXISTS issue_publication_stays() CASCADE")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_history_triggers"),
        ("reports", "0003_templates_and_regional_issues"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IssuePublication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("published_on", models.DateField(verbose_name="размещён")),
                ("taken_down_on", models.DateField(blank=True, null=True, verbose_name="снят")),
                (
                    "taken_down_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="почему снят"),
                ),
                (
                    "docx",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="reports.issue",
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "xlsx",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
            ],
            options={
                "verbose_name": "размещение выпуска отчёта",
                "ordering": ("-published_on", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("taken_down_on__isnull", True)),
                        fields=("issue",),
                        name="issue_up_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_down_on__isnull", True), ("taken_down_reason", "")),
                            models.Q(
                                ("taken_down_on__gte", models.F("published_on")),
                                models.Q(("taken_down_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="issue_publication_term",
                    ),
                ],
            },
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
