"""Kinds of documents that schools owe, national projects."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0002_factors_and_forms"),
    ]

    operations = [
        migrations.AddField(
            model_name="documentkind",
            name="is_marked",
            field=models.BooleanField(default=False, verbose_name="отмечается в ИС МЭДК"),
        ),
        migrations.AddField(
            model_name="documentkind",
            name="owed_by",
            field=models.CharField(
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
        migrations.CreateModel(
            name="NationalProject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(verbose_name="код")),
                ("name", models.CharField(max_length=200, verbose_name="название")),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="national_projects",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "национальный проект",
                "ordering": ("programme", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "code"), name="national_project_once")
                ],
            },
        ),
    ]
