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
    ]

    operations = [
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="название")),
                (
                    "coordinator_name",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="учреждение регионального координатора"
                    ),
                ),
            ],
            options={
                "verbose_name": "регион",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="ListDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("schools", "школы"),
                            ("municipalities", "муниципалитеты"),
                            ("outcomes", "результаты"),
                            ("equipment", "оснащение"),
                        ],
                        max_length=20,
                        verbose_name="о чём",
                    ),
                ),
                ("content", models.JSONField(verbose_name="прочитанное")),
                ("file_name", models.CharField(blank=True, max_length=300, verbose_name="имя файла")),
                ("made_at", models.DateTimeField(verbose_name="получен")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "список на проверке",
                "ordering": ("-made_at",),
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="municipalities",
                        to="schools.region",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="название")),
                (
                    "centre_name",
                    models.CharField(max_length=300, verbose_name="методический центр, полностью"),
                ),
                (
                    "centre_short_name",
                    models.CharField(max_length=150, verbose_name="методический центр, коротко"),
                ),
                (
                    "centre_address",
                    models.CharField(blank=True, max_length=500, verbose_name="адрес и телефон для бланка"),
                ),
                (
                    "place",
                    models.CharField(blank=True, max_length=150, verbose_name="место составления документов"),
                ),
                ("head_post", models.CharField(max_length=200, verbose_name="должность руководителя")),
                (
                    "head_name",
                    models.CharField(max_length=300, verbose_name="руководитель: фамилия, имя, отчество"),
                ),
                ("is_fictional", models.BooleanField(default=False, verbose_name="вымышленное, для примера")),
            ],
            options={
                "verbose_name": "муниципалитет",
                "ordering": ("name",),
                "constraints": [models.UniqueConstraint(fields=("region", "name"), name="municipality_once")],
            },
        ),
        migrations.CreateModel(
            name="School",
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
                        related_name="schools",
                        to="schools.municipality",
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="полное название")),
                ("short_name", models.CharField(max_length=100, verbose_name="короткое название")),
                ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="номер")),
                (
                    "folded_name",
                    models.CharField(db_index=True, max_length=410, verbose_name="название для поиска"),
                ),
                ("site", models.URLField(blank=True, verbose_name="сайт")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="адрес")),
                ("phone", models.CharField(blank=True, max_length=100, verbose_name="телефон")),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="широта"
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="долгота"
                    ),
                ),
                ("is_fictional", models.BooleanField(default=False, verbose_name="вымышленная, для примера")),
            ],
            options={
                "verbose_name": "школа",
                "ordering": ("number", "folded_name"),
                "constraints": [
                    models.UniqueConstraint(fields=("municipality", "short_name"), name="school_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                            _connector="OR",
                        ),
                        name="school_on_earth",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="schools.school",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="programmes.programme",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("low_results", "ШНОР"),
                            ("hard_conditions", "ШССУ"),
                            ("both", "ШНОР и ШССУ"),
                        ],
                        default="low_results",
                        max_length=20,
                        verbose_name="категория",
                    ),
                ),
                ("since", models.DateField(verbose_name="с")),
                ("until", models.DateField(blank=True, null=True, verbose_name="по")),
                ("leave_reason", models.CharField(blank=True, max_length=300, verbose_name="почему выбыла")),
            ],
            options={
                "verbose_name": "участие",
                "constraints": [
                    models.UniqueConstraint(fields=("school", "programme"), name="participation_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="participation_term",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Equipment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="equipment",
                        to="schools.participation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="equipment",
                        to="programmes.nationalproject",
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="что получено")),
                ("folded_name", models.CharField(max_length=310, verbose_name="название для сверки")),
                ("unit", models.CharField(default="шт.", max_length=30, verbose_name="единица")),
                ("year", models.PositiveSmallIntegerField(verbose_name="год получения")),
            ],
            options={
                "verbose_name": "оснащение",
                "ordering": ("participation", "project", "folded_name"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participation", "project", "folded_name"), name="equipment_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AntiRiskProgramme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="programmes_of_work",
                        to="schools.participation",
                    ),
                ),
                (
                    "factor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.riskfactor",
                    ),
                ),
                ("aim", models.TextField(blank=True, verbose_name="цель")),
                ("tasks", models.TextField(blank=True, verbose_name="задачи")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="начало")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="окончание")),
                ("expected", models.TextField(blank=True, verbose_name="ожидаемые результаты")),
                ("executors", models.TextField(blank=True, verbose_name="исполнители")),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=300, verbose_name="имя файла")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
            ],
            options={
                "verbose_name": "антирисковая программа",
                "ordering": ("participation", "factor"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participation", "factor"), name="anti_risk_programme_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="schools.school",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                (
                    "exam",
                    models.CharField(
                        choices=[("vpr", "ВПР"), ("oge", "ОГЭ")], max_length=5, verbose_name="работа"
                    ),
                ),
                ("subject", models.CharField(max_length=100, verbose_name="предмет")),
                ("grade", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="класс")),
                ("pupils", models.PositiveIntegerField(verbose_name="участников")),
                (
                    "low_share",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="не справились, %"
                    ),
                ),
                (
                    "good_share",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="на «4» и «5», %"
                    ),
                ),
            ],
            options={
                "verbose_name": "результат",
                "ordering": ("school", "exam", "subject", "grade", "year"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("grade__isnull", False)),
                        fields=("school", "year", "exam", "subject", "grade"),
                        name="outcome_of_grade_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("grade__isnull", True)),
                        fields=("school", "year", "exam", "subject"),
                        name="outcome_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("low_share__isnull", True), ("low_share__range", (0, 100)), _connector="OR"
                            ),
                            models.Q(
                                ("good_share__isnull", True), ("good_share__range", (0, 100)), _connector="OR"
                            ),
                        ),
                        name="outcome_shares",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolRisk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="risks",
                        to="schools.participation",
                    ),
                ),
                (
                    "factor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="school_risks",
                        to="programmes.riskfactor",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("none", "нет"),
                            ("low", "низкая"),
                            ("middle", "средняя"),
                            ("high", "высокая"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="значимость",
                    ),
                ),
                ("is_chosen", models.BooleanField(null=True, verbose_name="взят в работу")),
                ("chosen_on", models.DateField(blank=True, null=True, verbose_name="решено")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="почему не взят")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="проверено куратором")),
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
                ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                ("changed_at", models.DateTimeField(verbose_name="изменено")),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "фактор риска школы",
                "ordering": ("participation", "factor"),
                "constraints": [
                    models.UniqueConstraint(fields=("participation", "factor"), name="school_risk_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_on__isnull", True), ("is_chosen__isnull", False), _connector="OR"
                        ),
                        name="school_risk_verified_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolRiskChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "factor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.riskfactor",
                    ),
                ),
                ("on", models.DateField(verbose_name="с какого дня")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("none", "нет"),
                            ("low", "низкая"),
                            ("middle", "средняя"),
                            ("high", "высокая"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="значимость",
                    ),
                ),
                ("is_chosen", models.BooleanField(null=True, verbose_name="взят в работу")),
                ("chosen_on", models.DateField(blank=True, null=True, verbose_name="решено")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="почему не взят")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="проверено куратором")),
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
                ("version", models.PositiveIntegerField(verbose_name="версия клетки")),
                ("changed_at", models.DateTimeField(verbose_name="изменено")),
                (
                    "changed_by",
                    models.ForeignKey(
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
        migrations.CreateModel(
            name="TargetIndicator",
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
                        related_name="targets",
                        to="schools.antiriskprogramme",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
                ("name", models.CharField(max_length=300, verbose_name="показатель")),
                ("unit", models.CharField(blank=True, max_length=30, verbose_name="в чём измеряется")),
                (
                    "baseline",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="было"
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="должно стать"
                    ),
                ),
                (
                    "actual",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="стало"
                    ),
                ),
                ("measured_on", models.DateField(blank=True, null=True, verbose_name="когда измерено")),
            ],
            options={
                "verbose_name": "целевой показатель",
                "ordering": ("programme", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "position"), name="target_indicator_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="EquipmentCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "equipment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counts",
                        to="schools.equipment",
                    ),
                ),
                ("amount", models.PositiveIntegerField(verbose_name="количество")),
                ("counted_on", models.DateField(verbose_name="на какой день")),
                ("counted_at", models.DateTimeField(verbose_name="когда внесено")),
                (
                    "counted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "подсчёт оснащения",
                "ordering": ("equipment", "counted_on"),
                "constraints": [
                    models.UniqueConstraint(fields=("equipment", "counted_on"), name="equipment_count_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
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
                        related_name="measures",
                        to="schools.antiriskprogramme",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
                ("task", models.CharField(blank=True, max_length=500, verbose_name="задача")),
                ("text", models.CharField(max_length=1000, verbose_name="мероприятие")),
                ("period_text", models.CharField(blank=True, max_length=300, verbose_name="срок")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="начало")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="окончание")),
                ("indicator", models.CharField(blank=True, max_length=500, verbose_name="показатель")),
                ("executors", models.CharField(blank=True, max_length=300, verbose_name="ответственные")),
                ("participants", models.CharField(blank=True, max_length=300, verbose_name="участники")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="сделано")),
                (
                    "confirmed_on",
                    models.DateField(blank=True, null=True, verbose_name="подтверждено куратором"),
                ),
                (
                    "confirmed_by",
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
                "verbose_name": "мера",
                "ordering": ("programme", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "position"), name="measure_once")
                ],
            },
        ),
    ]
