"""The tables of this room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("documents", "0001_initial"),
        ("plans", "0001_initial"),
        ("programmes", "0001_initial"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
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
                        related_name="visits",
                        to="programmes.programme",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="programmes.stage",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="schools.school",
                    ),
                ),
                (
                    "curator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[("on_site", "В школе"), ("remote", "Дистанционно")],
                        default="on_site",
                        max_length=10,
                        verbose_name="как",
                    ),
                ),
                (
                    "group_key",
                    models.UUIDField(blank=True, db_index=True, null=True, verbose_name="общее посещение"),
                ),
                ("planned_on", models.DateField(verbose_name="намечено на")),
                ("starts_at", models.TimeField(blank=True, null=True, verbose_name="время")),
                ("noted_on", models.DateField(verbose_name="внесено в график")),
                (
                    "entered_on",
                    models.DateField(blank=True, null=True, verbose_name="когда внесено прошлым днём"),
                ),
                ("agreed_on", models.DateField(blank=True, null=True, verbose_name="школа подтвердила")),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_day",
                    models.DateField(blank=True, null=True, verbose_name="школа предлагает день"),
                ),
                (
                    "proposed_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="почему другой день"),
                ),
                (
                    "proposed_on",
                    models.DateField(blank=True, null=True, verbose_name="когда школа предложила"),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="состоялось")),
                ("reported_on", models.DateField(blank=True, null=True, verbose_name="отчёт сдан")),
                ("question", models.TextField(blank=True, verbose_name="вопрос, с которым вернулось")),
                ("returned_on", models.DateField(blank=True, null=True, verbose_name="вернулось с вопросом")),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="отчёт принят")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="когда принят")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("cancelled_on", models.DateField(blank=True, null=True, verbose_name="отменено")),
                (
                    "cancel_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="почему отменено"),
                ),
                ("sheet", models.JSONField(blank=True, default=dict, verbose_name="лист посещения")),
                ("sheet_version", models.PositiveIntegerField(default=0, verbose_name="версия листа")),
            ],
            options={
                "verbose_name": "посещение",
                "ordering": ("planned_on", "pk"),
                "indexes": [
                    models.Index(fields=["school", "planned_on"], name="visit_school"),
                    models.Index(fields=["curator", "planned_on"], name="visit_curator"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reported_on__isnull", True), ("held_on__isnull", False), _connector="OR"
                        ),
                        name="visit_report_after_held",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_on__isnull", True), ("reported_on__isnull", False), _connector="OR"
                        ),
                        name="visit_approval_after_report",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_on__isnull", True), ("held_on__isnull", True), _connector="OR"
                        ),
                        name="visit_cancelled_was_not_held",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_on__isnull", True)),
                        fields=("school", "curator", "planned_on"),
                        name="visit_once_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="visits.visit"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("school", "Школа"),
                            ("curator", "Куратор"),
                            ("centre", "Методический центр"),
                        ],
                        max_length=10,
                        verbose_name="чей шаг",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="что сделать")),
                ("responsible", models.CharField(blank=True, max_length=200, verbose_name="кто")),
                ("due_on", models.DateField(verbose_name="до")),
                ("told_on", models.DateField(blank=True, null=True, verbose_name="школа сообщила")),
                (
                    "told_words",
                    models.CharField(blank=True, max_length=500, verbose_name="что сообщила школа"),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="сделано")),
                ("done_words", models.CharField(blank=True, max_length=500, verbose_name="что вышло")),
                (
                    "followed_at",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="followed_steps",
                        to="visits.visit",
                    ),
                ),
            ],
            options={
                "verbose_name": "договорённость",
                "ordering": ("due_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SheetSubmission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(unique=True, verbose_name="ключ отправки")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="submissions",
                        to="visits.visit",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="какой версией стала")),
                ("taken_at", models.DateTimeField(verbose_name="когда принята")),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "отправка листа",
            },
        ),
        migrations.CreateModel(
            name="SheetPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="visits.visit"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
            ],
            options={
                "verbose_name": "снимок листа",
                "ordering": ("visit", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="visits.visit"
                    ),
                ),
                ("from_day", models.DateField(verbose_name="было")),
                ("to_day", models.DateField(verbose_name="стало")),
                ("reason", models.CharField(max_length=300, verbose_name="почему")),
                ("moved_on", models.DateField(verbose_name="когда перенесено")),
                (
                    "moved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "перенос посещения",
                "ordering": ("visit", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("from_day", models.F("to_day")), _negated=True),
                        name="move_changes_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CuratorReport",
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
                        related_name="curator_reports",
                        to="programmes.programme",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="curator_reports",
                        to="programmes.stage",
                    ),
                ),
                (
                    "curator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="curator_reports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("words", models.JSONField(blank=True, default=dict, verbose_name="слова куратора")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                ("begun_on", models.DateField(verbose_name="начат")),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="сдан")),
                ("returned_on", models.DateField(blank=True, null=True, verbose_name="вернулся с вопросом")),
                ("question", models.TextField(blank=True, verbose_name="вопрос")),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="принят")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="когда принят")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("frozen", models.JSONField(blank=True, default=dict, verbose_name="как принят")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="curator_reports",
                        to="documents.document",
                    ),
                ),
                (
                    "public_document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_reports",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "отчёт куратора",
                "ordering": ("stage", "curator"),
                "constraints": [
                    models.UniqueConstraint(fields=("stage", "curator"), name="curator_report_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_on__isnull", True), ("sent_on__isnull", False), _connector="OR"
                        ),
                        name="curator_report_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[("person", "Мои дела"), ("school", "Школа"), ("roadmap", "Дорожная карта")],
                        max_length=10,
                        verbose_name="о чём",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="schools.school",
                    ),
                ),
                (
                    "roadmap",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="plans.roadmap",
                    ),
                ),
                ("nonce", models.CharField(max_length=32, verbose_name="что меняется при обновлении адреса")),
                ("made_at", models.DateTimeField(verbose_name="создана")),
            ],
            options={
                "verbose_name": "лента календаря",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("about", "person")), fields=("owner",), name="feed_of_person_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("about", "school")),
                        fields=("owner", "school"),
                        name="feed_of_school_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("about", "roadmap")),
                        fields=("owner", "roadmap"),
                        name="feed_of_roadmap_once",
                    ),
                ],
            },
        ),
    ]
