"""The tables of this room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("programmes", "0001_initial"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="NameForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("original", models.CharField(max_length=200, verbose_name="как пишется")),
                (
                    "case",
                    models.CharField(
                        choices=[("accusative", "винительный")],
                        default="accusative",
                        max_length=20,
                        verbose_name="падеж",
                    ),
                ),
                ("form", models.CharField(max_length=200, verbose_name="в этом падеже")),
            ],
            options={
                "verbose_name": "форма имени",
                "ordering": ("original",),
                "constraints": [models.UniqueConstraint(fields=("original", "case"), name="name_form_once")],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            ("regional_coordinator", "региональный координатор"),
                            ("municipal_coordinator", "муниципальный координатор"),
                            ("head", "директор центра"),
                            ("curator", "куратор"),
                            ("school_coordinator", "школьный координатор"),
                            ("expert", "эксперт"),
                        ],
                        max_length=30,
                        verbose_name="обязанность",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="programmes.programme",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="schools.region",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="schools.municipality",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="schools.school",
                    ),
                ),
                ("order_number", models.CharField(blank=True, max_length=50, verbose_name="номер приказа")),
                ("order_date", models.DateField(blank=True, null=True, verbose_name="дата приказа")),
                ("since", models.DateField(verbose_name="с")),
                ("until", models.DateField(blank=True, null=True, verbose_name="по")),
                (
                    "release_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="почему освобождён"),
                ),
            ],
            options={
                "verbose_name": "назначение",
                "ordering": ("since", "pk"),
                "indexes": [
                    models.Index(fields=["school", "duty"], name="appointment_school"),
                    models.Index(fields=["person", "until"], name="appointment_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="appointment_term",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("municipality__isnull", True),
                                ("region__isnull", False),
                                ("school__isnull", True),
                            ),
                            models.Q(
                                ("municipality__isnull", False),
                                ("region__isnull", True),
                                ("school__isnull", True),
                            ),
                            models.Q(
                                ("municipality__isnull", True),
                                ("region__isnull", True),
                                ("school__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="appointment_one_place",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("school__isnull", False), ("until__isnull", True)),
                        fields=("person", "duty", "programme", "school"),
                        name="appointment_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CuratorCompetence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="competences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "factor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="programmes.riskfactor",
                    ),
                ),
            ],
            options={
                "verbose_name": "с чем работает куратор",
                "ordering": ("person", "factor"),
                "constraints": [models.UniqueConstraint(fields=("person", "factor"), name="competence_once")],
            },
        ),
    ]
