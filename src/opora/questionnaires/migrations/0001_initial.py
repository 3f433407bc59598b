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
            name="Questionnaire",
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
                        related_name="questionnaires",
                        to="schools.municipality",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="название")),
                (
                    "folded_title",
                    models.CharField(db_index=True, max_length=310, verbose_name="название для поиска"),
                ),
                ("added_on", models.DateField(verbose_name="заведена")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "retired_on",
                    models.DateField(blank=True, null=True, verbose_name="больше не используется с"),
                ),
            ],
            options={
                "verbose_name": "форма",
                "ordering": ("folded_title", "pk"),
            },
        ),
        migrations.CreateModel(
            name="QuestionnaireVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="questionnaires.questionnaire",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
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
                ("content", models.JSONField(verbose_name="вопросы и правила")),
                ("added_at", models.DateTimeField(verbose_name="внесена")),
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
                "verbose_name": "версия формы",
                "ordering": ("questionnaire", "-number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("questionnaire", "number"), name="questionnaire_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Collection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collections",
                        to="questionnaires.questionnaireversion",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collections",
                        to="programmes.programme",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collections",
                        to="schools.municipality",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collections",
                        to="plans.activity",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collections",
                        to="programmes.stage",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="название")),
                ("words", models.TextField(blank=True, verbose_name="зачем и как заполнять")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("schools", "Школы"),
                            ("curators", "Кураторы"),
                            ("coordinators", "Школьные координаторы"),
                        ],
                        max_length=15,
                        verbose_name="от кого",
                    ),
                ),
                ("kind", models.CharField(blank=True, max_length=20, verbose_name="категория школ")),
                (
                    "factor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.riskfactor",
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="открывается")),
                ("due_on", models.DateField(verbose_name="сдать до")),
                (
                    "is_accepted_by_hand",
                    models.BooleanField(default=True, verbose_name="ответ принимает центр"),
                ),
                ("is_anonymous", models.BooleanField(default=False, verbose_name="без имён")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="закрыт")),
                ("made_at", models.DateTimeField(verbose_name="заведён")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "сбор",
                "ordering": ("-due_on", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("opens_on"))), name="collection_term"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Respondent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="respondents",
                        to="questionnaires.collection",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="schools.school",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("since", models.DateField(verbose_name="ожидается с")),
                ("extended_to", models.DateField(blank=True, null=True, verbose_name="срок продлён до")),
                (
                    "extension_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="почему продлён"),
                ),
                ("extended_on", models.DateField(blank=True, null=True, verbose_name="когда продлён")),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="открыта")),
                ("submitted_on", models.DateField(blank=True, null=True, verbose_name="сдана")),
                ("returned_on", models.DateField(blank=True, null=True, verbose_name="вернулась с вопросом")),
                ("question", models.TextField(blank=True, verbose_name="вопрос, с которым вернулась")),
                ("accepted_on", models.DateField(blank=True, null=True, verbose_name="принята")),
                (
                    "acceptance_entered_on",
                    models.DateField(blank=True, null=True, verbose_name="когда внесён приём прошлым днём"),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("is_nothing", models.BooleanField(default=False, verbose_name="сообщать нечего")),
                ("nothing_words", models.CharField(blank=True, max_length=500, verbose_name="почему нечего")),
                ("reminded_on", models.DateField(blank=True, null=True, verbose_name="напомнили")),
                ("excused_on", models.DateField(blank=True, null=True, verbose_name="больше не ожидается")),
            ],
            options={
                "verbose_name": "кто отвечает",
                "ordering": ("collection", "school__number", "person__last_name", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person__isnull", True), ("school__isnull", False)),
                            models.Q(("person__isnull", False), ("school__isnull", True)),
                            _connector="OR",
                        ),
                        name="respondent_is_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("school__isnull", False)),
                        fields=("collection", "school"),
                        name="respondent_school_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("collection", "person"),
                        name="respondent_person_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_on__isnull", True), ("submitted_on__isnull", False), _connector="OR"
                        ),
                        name="respondent_accepted_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "respondent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft",
                        to="questionnaires.respondent",
                    ),
                ),
                ("data", models.JSONField(default=dict, verbose_name="ответы")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                ("saved_at", models.DateTimeField(verbose_name="сохранено")),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "черновик ответа",
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="submissions",
                        to="questionnaires.collection",
                    ),
                ),
                (
                    "respondent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="submissions",
                        to="questionnaires.respondent",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="номер")),
                ("data", models.JSONField(verbose_name="ответы")),
                ("submitted_on", models.DateField(verbose_name="день")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="когда")),
                (
                    "submitted_by",
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
                "verbose_name": "ответ",
                "ordering": ("collection", "submitted_on", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("respondent__isnull", False)),
                        fields=("respondent", "number"),
                        name="submission_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("respondent__isnull", False),
                            models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="submission_anonymous_names_nobody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Survey",
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
                        related_name="surveys",
                        to="programmes.programme",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="surveys",
                        to="schools.municipality",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="название")),
                ("held_on", models.DateField(verbose_name="когда проведён")),
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
                ("loaded_at", models.DateTimeField(verbose_name="загружен")),
                (
                    "loaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "опрос",
                "ordering": ("-held_on", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "programme", "title", "held_on"), name="survey_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="questionnaires.survey",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="порядок")),
                ("group", models.CharField(blank=True, max_length=100, verbose_name="кто отвечал")),
                ("question", models.CharField(max_length=1000, verbose_name="вопрос")),
                ("answer", models.CharField(max_length=500, verbose_name="ответ")),
                ("amount", models.PositiveIntegerField(verbose_name="сколько ответили так")),
                ("total", models.PositiveIntegerField(verbose_name="сколько всего ответили")),
            ],
            options={
                "verbose_name": "результат опроса",
                "ordering": ("survey", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("survey", "position"), name="survey_figure_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__lte", models.F("total"))), name="survey_figure_is_share"
                    ),
                ],
            },
        ),
    ]
