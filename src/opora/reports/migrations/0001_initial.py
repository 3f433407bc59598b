"""The tables of this room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("core", "0001_initial"),
        ("documents", "0001_initial"),
        ("plans", "0001_initial"),
        ("programmes", "0001_initial"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Issue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "roadmap",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to="plans.roadmap",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to="schools.region",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
                ("kind", models.CharField(max_length=30, verbose_name="вид отчёта")),
                ("about", models.CharField(blank=True, max_length=50, verbose_name="о чём")),
                (
                    "stretch",
                    models.CharField(
                        choices=[
                            ("interim", "Промежуточный"),
                            ("cumulative", "С нарастающим итогом"),
                            ("stretch", "За период"),
                        ],
                        max_length=12,
                        verbose_name="за что",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="номер выпуска")),
                ("since", models.DateField(verbose_name="с")),
                ("as_of", models.DateField(verbose_name="на дату")),
                ("content", models.TextField(verbose_name="содержание, JSON")),
                ("hash", models.CharField(max_length=64, verbose_name="хеш содержания")),
                ("frozen_at", models.DateTimeField(verbose_name="зафиксирован")),
                (
                    "frozen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "выпуск отчёта",
                "ordering": ("-number",),
                "constraints": [
                    models.UniqueConstraint(fields=("roadmap", "number"), name="issue_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("region__isnull", False)),
                        fields=("region", "programme", "number"),
                        name="issue_region_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("region__isnull", True), ("roadmap__isnull", False)),
                            models.Q(
                                ("programme__isnull", False),
                                ("region__isnull", False),
                                ("roadmap__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="issue_of_one_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IssuePublication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "docx",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "xlsx",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                ("published_on", models.DateField(verbose_name="размещён")),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("taken_down_on", models.DateField(blank=True, null=True, verbose_name="снят")),
                (
                    "taken_down_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="почему снят"),
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
        migrations.CreateModel(
            name="PaperTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_templates",
                        to="schools.municipality",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_templates",
                        to="schools.region",
                    ),
                ),
                ("kind", models.CharField(max_length=30, verbose_name="вид отчёта")),
                ("number", models.PositiveSmallIntegerField(verbose_name="версия")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="имя файла")),
                ("added_at", models.DateTimeField(verbose_name="внесён")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="больше не используется"),
                ),
            ],
            options={
                "verbose_name": "шаблон документа",
                "ordering": ("kind", "-number"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("municipality__isnull", False)),
                        fields=("municipality", "kind", "number"),
                        name="paper_template_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("region__isnull", False)),
                        fields=("region", "kind", "number"),
                        name="paper_template_region_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("municipality__isnull", False), ("region__isnull", True)),
                            models.Q(("municipality__isnull", True), ("region__isnull", False)),
                            _connector="OR",
                        ),
                        name="paper_template_of_one_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Words",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "roadmap",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plans.roadmap"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_words",
                        to="plans.activity",
                    ),
                ),
                ("words", models.TextField(verbose_name="почему и что дальше")),
                ("written_at", models.DateTimeField(verbose_name="когда")),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "слова к отчёту",
                "constraints": [models.UniqueConstraint(fields=("roadmap", "activity"), name="words_once")],
            },
        ),
    ]
