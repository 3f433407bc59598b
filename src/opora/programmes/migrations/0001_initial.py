"""The tables of this room."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(unique=True, verbose_name="код набора")),
                ("name", models.CharField(max_length=300, verbose_name="название")),
                ("short_name", models.CharField(max_length=100, verbose_name="короткое название")),
                ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                ("starts_on", models.DateField(verbose_name="начало")),
                ("ends_on", models.DateField(verbose_name="окончание")),
                (
                    "factor_words",
                    models.CharField(
                        default="риск,риска,рисков",
                        max_length=100,
                        verbose_name="как называются факторы: один, два, много",
                    ),
                ),
                (
                    "least_risks",
                    models.PositiveSmallIntegerField(default=2, verbose_name="выбрать не меньше"),
                ),
                ("most_risks", models.PositiveSmallIntegerField(default=5, verbose_name="выбрать не больше")),
                ("forms", models.JSONField(blank=True, default=dict, verbose_name="поля форм")),
            ],
            options={
                "verbose_name": "программа",
                "ordering": ("-year", "name"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="programme_term"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NationalProject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="national_projects",
                        to="programmes.programme",
                    ),
                ),
                ("code", models.SlugField(verbose_name="код")),
                ("name", models.CharField(max_length=200, verbose_name="название")),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
            ],
            options={
                "verbose_name": "национальный проект",
                "ordering": ("programme", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "code"), name="national_project_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="document_kinds",
                        to="programmes.programme",
                    ),
                ),
                ("code", models.SlugField(verbose_name="код")),
                ("name", models.CharField(max_length=200, verbose_name="название")),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
                (
                    "owed_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "никем"),
                            ("school", "каждой школой"),
                            ("factor", "каждой школой по каждому выбранному риску"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="кем ожидается",
                    ),
                ),
                ("is_marked", models.BooleanField(default=False, verbose_name="отмечается в ИС МЭДК")),
            ],
            options={
                "verbose_name": "вид документа",
                "ordering": ("programme", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "code"), name="document_kind_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskFactor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="risk_factors",
                        to="programmes.programme",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                ("name", models.CharField(max_length=300, verbose_name="название")),
            ],
            options={
                "verbose_name": "фактор риска",
                "ordering": ("programme", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "number"), name="risk_factor_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Stage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stages",
                        to="programmes.programme",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                ("name", models.CharField(max_length=100, verbose_name="название")),
                ("starts_on", models.DateField(verbose_name="начало")),
                ("ends_on", models.DateField(verbose_name="окончание")),
            ],
            options={
                "verbose_name": "этап",
                "ordering": ("programme", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "number"), name="stage_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="stage_term"
                    ),
                ],
            },
        ),
    ]
