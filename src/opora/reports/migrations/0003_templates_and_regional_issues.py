"""Templates of a centre's own, reports over a region."""

import importlib

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# SQLite makes a changed table anew, and its triggers go with the old one.
triggers = importlib.import_module("opora.reports.migrations.0002_issue_triggers")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_history_triggers"),
        ("documents", "0003_marks_forms_comments_and_texts"),
        ("plans", "0001_initial"),
        ("programmes", "0003_owed_kinds_and_national_projects"),
        ("reports", "0002_issue_triggers"),
        ("schools", "0003_equipment_and_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(triggers.drop_triggers, triggers.add_triggers),
        migrations.CreateModel(
            name="PaperTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30, verbose_name="вид отчёта")),
                ("number", models.PositiveSmallIntegerField(verbose_name="версия")),
                ("name", models.CharField(max_length=300, verbose_name="имя файла")),
                ("added_at", models.DateTimeField(verbose_name="внесён")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="больше не используется"),
                ),
            ],
            options={
                "verbose_name": "шаблон документа",
                "ordering": ("kind", "-number"),
            },
        ),
        migrations.AddField(
            model_name="issue",
            name="about",
            field=models.CharField(blank=True, max_length=50, verbose_name="о чём"),
        ),
        migrations.AddField(
            model_name="issue",
            name="programme",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programmes.programme",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="region",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="issues",
                to="schools.region",
            ),
        ),
        migrations.AlterField(
            model_name="issue",
            name="roadmap",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="issues",
                to="plans.roadmap",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("region__isnull", False)),
                fields=("region", "programme", "number"),
                name="issue_region_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("region__isnull", True), ("roadmap__isnull", False)),
                    models.Q(
                        ("programme__isnull", False), ("region__isnull", False), ("roadmap__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="issue_of_one_place",
            ),
        ),
        migrations.AddField(
            model_name="papertemplate",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="papertemplate",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="papertemplate",
            name="municipality",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="paper_templates",
                to="schools.municipality",
            ),
        ),
        migrations.AddField(
            model_name="papertemplate",
            name="region",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="paper_templates",
                to="schools.region",
            ),
        ),
        migrations.AddConstraint(
            model_name="papertemplate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("municipality__isnull", False)),
                fields=("municipality", "kind", "number"),
                name="paper_template_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="papertemplate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("region__isnull", False)),
                fields=("region", "kind", "number"),
                name="paper_template_region_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="papertemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("municipality__isnull", False), ("region__isnull", True)),
                    models.Q(("municipality__isnull", True), ("region__isnull", False)),
                    _connector="OR",
                ),
                name="paper_template_of_one_place",
            ),
        ),
        migrations.RunPython(triggers.add_triggers, triggers.drop_triggers),
    ]
