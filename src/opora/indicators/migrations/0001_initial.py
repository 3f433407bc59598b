"""The tables of this room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("plans", "0001_initial"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Excuse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="excuses",
                        to="plans.activity",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="excuses",
                        to="schools.school",
                    ),
                ),
                ("since", models.DateField(verbose_name="с")),
                ("until", models.DateField(blank=True, null=True, verbose_name="по")),
                ("reason", models.CharField(max_length=300, verbose_name="почему")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "освобождение школы от пункта",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("activity", "school"),
                        name="excuse_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="plans.activity",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="порядок")),
                ("kind", models.CharField(max_length=40, verbose_name="вид")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("one", "один раз"),
                            ("number", "не меньше, чем"),
                            ("schools", "каждая школа-участница"),
                            ("curators", "каждый куратор"),
                            ("municipalities", "каждый муниципалитет"),
                        ],
                        default="one",
                        max_length=20,
                        verbose_name="для кого",
                    ),
                ),
                ("number", models.PositiveIntegerField(default=1, verbose_name="сколько")),
            ],
            options={
                "verbose_name": "показатель",
                "ordering": ("activity", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "position"), name="indicator_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="plans.activity",
                    ),
                ),
                ("taken_on", models.DateField(verbose_name="день")),
                ("status", models.CharField(max_length=20, verbose_name="состояние")),
                ("expected", models.PositiveIntegerField(verbose_name="ожидается")),
                ("found", models.PositiveIntegerField(verbose_name="подтверждено")),
                ("reported", models.PositiveIntegerField(verbose_name="заявлено")),
                ("excused", models.PositiveIntegerField(verbose_name="освобождено")),
            ],
            options={
                "verbose_name": "замер",
                "ordering": ("activity", "taken_on"),
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "taken_on"), name="reading_once_a_day")
                ],
            },
        ),
    ]
