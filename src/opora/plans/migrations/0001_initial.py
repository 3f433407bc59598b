"""The tables of this room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("core", "0001_initial"),
        ("programmes", "0001_initial"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Roadmap",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roadmaps",
                        to="programmes.programme",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roadmaps",
                        to="schools.municipality",
                    ),
                ),
                ("title", models.CharField(max_length=500, verbose_name="название")),
                ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                ("order_number", models.CharField(blank=True, max_length=50, verbose_name="номер приказа")),
                ("order_date", models.DateField(blank=True, null=True, verbose_name="дата приказа")),
                ("issuer", models.CharField(blank=True, max_length=500, verbose_name="кто издал")),
                ("signed_by", models.CharField(blank=True, max_length=300, verbose_name="кто подписал")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=300, verbose_name="имя файла")),
                ("adopted_at", models.DateTimeField(verbose_name="принята")),
                (
                    "adopted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("is_public", models.BooleanField(default=True, verbose_name="видна на портале")),
            ],
            options={
                "verbose_name": "дорожная карта",
                "ordering": ("-year", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "programme", "order_number", "order_date"),
                        name="roadmap_order_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amendments",
                        to="plans.roadmap",
                    ),
                ),
                ("order_number", models.CharField(max_length=50, verbose_name="номер приказа")),
                ("order_date", models.DateField(verbose_name="дата приказа")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=300, verbose_name="имя файла")),
                ("accepted_at", models.DateTimeField(verbose_name="принята")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "изменение дорожной карты",
                "ordering": ("roadmap", "order_date", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("roadmap", "order_number", "order_date"), name="amendment_order_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="plans.roadmap",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                ("title", models.CharField(max_length=500, verbose_name="название")),
            ],
            options={
                "verbose_name": "раздел",
                "ordering": ("roadmap", "number"),
                "constraints": [models.UniqueConstraint(fields=("roadmap", "number"), name="section_once")],
            },
        ),
        migrations.CreateModel(
            name="Activity",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activities",
                        to="plans.roadmap",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="plans.section",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="порядок")),
                ("number", models.CharField(blank=True, max_length=20, verbose_name="номер")),
                ("text", models.TextField(verbose_name="мероприятие")),
                ("promise", models.TextField(blank=True, verbose_name="показатель")),
                (
                    "period_text",
                    models.CharField(blank=True, max_length=500, verbose_name="срок, как в приказе"),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="начало")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="окончание")),
                ("is_open_ended", models.BooleanField(default=False, verbose_name="без окончания")),
                ("recurrence", models.CharField(blank=True, max_length=20, verbose_name="повторяется")),
                ("control_on", models.DateField(blank=True, null=True, verbose_name="контрольная дата")),
                (
                    "executors",
                    models.CharField(blank=True, max_length=1000, verbose_name="исполнители, как в приказе"),
                ),
                (
                    "page",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="страница приказа"),
                ),
                ("added_on", models.DateField(blank=True, null=True, verbose_name="в плане с")),
                ("dropped_on", models.DateField(blank=True, null=True, verbose_name="исключён с")),
            ],
            options={
                "verbose_name": "пункт дорожной карты",
                "ordering": ("roadmap", "position"),
                "indexes": [models.Index(fields=["roadmap", "number"], name="activity_number")],
                "constraints": [
                    models.UniqueConstraint(fields=("roadmap", "position"), name="activity_position_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="plans.amendment",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="plans.activity",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("added", "добавлен"),
                            ("moved", "срок сдвинут"),
                            ("reworded", "изменены слова"),
                            ("dropped", "исключён"),
                        ],
                        max_length=10,
                        verbose_name="что",
                    ),
                ),
                ("before", models.JSONField(default=dict, verbose_name="было")),
                ("after", models.JSONField(default=dict, verbose_name="стало")),
            ],
            options={
                "verbose_name": "изменение пункта",
                "ordering": ("amendment", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("amendment", "activity", "what"), name="change_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Responsibility",
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
                        related_name="responsibilities",
                        to="plans.activity",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("since", models.DateField(verbose_name="с")),
                ("until", models.DateField(blank=True, null=True, verbose_name="по")),
            ],
            options={
                "verbose_name": "ответственный",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("activity", "person"),
                        name="responsibility_open_once",
                    )
                ],
            },
        ),
    ]
