"""Lists that wait for agreement, and the cells of risk profiles by day."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LEVELS = [("none", "нет"), ("low", "низкая"), ("middle", "средняя"), ("high", "высокая")]
SUBJECTS = [("schools", "школы"), ("municipalities", "муниципалитеты"), ("outcomes", "результаты")]


def _key() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _person(*, is_needed: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        null=not is_needed,
        on_delete=django.db.models.deletion.CASCADE if is_needed else django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0003_owed_kinds_and_national_projects"),
        ("schools", "0003_equipment_and_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ListDraft",
            fields=[
                ("id", _key()),
                ("subject", models.CharField(choices=SUBJECTS, max_length=20, verbose_name="о чём")),
                ("content", models.JSONField(verbose_name="прочитанное")),
                ("file_name", models.CharField(blank=True, max_length=300, verbose_name="имя файла")),
                ("made_at", models.DateTimeField(verbose_name="получен")),
                ("made_by", _person(is_needed=True)),
            ],
            options={"verbose_name": "список на проверке", "ordering": ("-made_at",)},
        ),
        migrations.CreateModel(
            name="SchoolRiskChange",
            fields=[
                ("id", _key()),
                ("on", models.DateField(verbose_name="с какого дня")),
                (
                    "level",
                    models.CharField(
                        choices=LEVELS, default="none", max_length=10, verbose_name="значимость"
                    ),
                ),
                ("is_chosen", models.BooleanField(null=True, verbose_name="взят в работу")),
                ("chosen_on", models.DateField(blank=True, null=True, verbose_name="решено")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="почему не взят")),
                (
                    "verified_on",
                    models.DateField(blank=True, null=True, verbose_name="проверено куратором"),
                ),
                ("version", models.PositiveIntegerField(verbose_name="версия клетки")),
                ("changed_at", models.DateTimeField(verbose_name="изменено")),
                ("changed_by", _person()),
                (
                    "factor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.riskfactor",
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="risk_changes",
                        to="schools.participation",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "изменение фактора риска школы",
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["participation", "factor", "on"], name="risk_change_day")],
            },
        ),
    ]
