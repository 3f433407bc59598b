"""The tables of this room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("core", "0001_initial"),
        ("plans", "0001_initial"),
        ("programmes", "0001_initial"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportDraft",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.municipality",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
                (
                    "amends",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.roadmap",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                ("file_name", models.CharField(max_length=300, verbose_name="имя файла")),
                ("content", models.JSONField(verbose_name="прочитанное")),
                ("original", models.JSONField(verbose_name="прочитанное до правок")),
                ("decided", models.JSONField(default=dict, verbose_name="решённые замечания")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "На проверке"),
                            ("adopted", "Принят"),
                            ("discarded", "Отложен без принятия"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="загружен")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("changed_at", models.DateTimeField(verbose_name="изменён")),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "roadmap",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.roadmap",
                    ),
                ),
            ],
            options={
                "verbose_name": "черновик загрузки",
                "ordering": ("-changed_at",),
            },
        ),
    ]
