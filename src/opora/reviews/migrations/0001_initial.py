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
            name="Round",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_rounds",
                        to="schools.municipality",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_rounds",
                        to="schools.region",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_rounds",
                        to="programmes.programme",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_rounds",
                        to="plans.activity",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.stage",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="название")),
                ("strata", models.JSONField(default=list, verbose_name="слои")),
                (
                    "size_rule",
                    models.CharField(
                        choices=[
                            ("share", "Доля документов, %"),
                            ("number", "Столько документов"),
                            ("error", "Столько, чтобы ошибка была не больше, %"),
                        ],
                        default="share",
                        max_length=10,
                        verbose_name="объём выборки",
                    ),
                ),
                ("size_value", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="значение")),
                ("seed", models.CharField(max_length=64, verbose_name="зерно")),
                (
                    "experts_each",
                    models.PositiveSmallIntegerField(default=1, verbose_name="экспертов на документ"),
                ),
                (
                    "overlap_share",
                    models.PositiveSmallIntegerField(default=0, verbose_name="доля с двумя экспертами, %"),
                ),
                (
                    "most_each",
                    models.PositiveSmallIntegerField(
                        default=20, verbose_name="документов на эксперта не больше"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="рассмотреть до")),
                ("population", models.PositiveIntegerField(default=0, verbose_name="документов всего")),
                ("drawn_from", models.JSONField(default=list, verbose_name="из чего выбирали")),
                ("drawn_on", models.DateField(blank=True, null=True, verbose_name="выборка сделана")),
                (
                    "drawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("finished_on", models.DateField(blank=True, null=True, verbose_name="завершена")),
                ("made_at", models.DateTimeField(verbose_name="заведена")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kinds",
                    models.ManyToManyField(
                        related_name="+", to="programmes.documentkind", verbose_name="виды документов"
                    ),
                ),
            ],
            options={
                "verbose_name": "экспертиза",
                "ordering": ("-made_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_on__isnull", True), ("drawn_on__isnull", False), _connector="OR"
                        ),
                        name="round_finished_after_draw",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("municipality__isnull", False), ("region__isnull", True)),
                            models.Q(("municipality__isnull", True), ("region__isnull", False)),
                            _connector="OR",
                        ),
                        name="round_of_one_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="reviews.round",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
                ("title", models.CharField(max_length=300, verbose_name="критерий")),
                ("words", models.TextField(blank=True, verbose_name="на что смотреть")),
            ],
            options={
                "verbose_name": "критерий",
                "ordering": ("round", "position"),
                "constraints": [models.UniqueConstraint(fields=("round", "position"), name="criterion_once")],
            },
        ),
        migrations.CreateModel(
            name="Level",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="levels",
                        to="reviews.criterion",
                    ),
                ),
                ("points", models.PositiveSmallIntegerField(verbose_name="баллы")),
                ("title", models.CharField(max_length=100, verbose_name="уровень")),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="как узнать")),
            ],
            options={
                "verbose_name": "уровень",
                "ordering": ("criterion", "points"),
                "constraints": [models.UniqueConstraint(fields=("criterion", "points"), name="level_once")],
            },
        ),
        migrations.CreateModel(
            name="Sampled",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sampled",
                        to="reviews.round",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sampled",
                        to="documents.document",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.version",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="порядок")),
                ("stratum", models.CharField(blank=True, max_length=300, verbose_name="слой")),
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
                (
                    "returned_on",
                    models.DateField(blank=True, null=True, verbose_name="возвращён на доработку"),
                ),
                ("remarks", models.TextField(blank=True, verbose_name="что доработать")),
                ("rework_by", models.DateField(blank=True, null=True, verbose_name="доработать до")),
                ("reworked_on", models.DateField(blank=True, null=True, verbose_name="доработан")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="рассмотрен")),
            ],
            options={
                "verbose_name": "документ выборки",
                "ordering": ("round", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("round", "document"), name="sampled_once"),
                    models.UniqueConstraint(fields=("round", "position"), name="sampled_position_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Examination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sampled",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="examinations",
                        to="reviews.sampled",
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="examinations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("look", models.PositiveSmallIntegerField(default=1, verbose_name="просмотр")),
                ("is_third", models.BooleanField(default=False, verbose_name="третий эксперт")),
                ("assigned_on", models.DateField(verbose_name="поручено")),
                ("words", models.TextField(blank=True, verbose_name="вывод")),
                ("needs_rework", models.BooleanField(default=False, verbose_name="предложено доработать")),
                ("finished_on", models.DateField(blank=True, null=True, verbose_name="рассмотрено")),
                (
                    "file_version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.version",
                    ),
                ),
                (
                    "declined_on",
                    models.DateField(blank=True, null=True, verbose_name="не может рассматривать с"),
                ),
                (
                    "declined_words",
                    models.CharField(blank=True, max_length=500, verbose_name="почему не может"),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
            ],
            options={
                "verbose_name": "рассмотрение",
                "ordering": ("sampled", "look", "pk"),
                "indexes": [models.Index(fields=["expert", "finished_on"], name="examination_expert")],
                "constraints": [
                    models.UniqueConstraint(fields=("sampled", "expert", "look"), name="examination_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("declined_on__isnull", True), ("finished_on__isnull", True), _connector="OR"
                        ),
                        name="examination_declined_or_finished",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "examination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="reviews.examination",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="reviews.criterion",
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.level",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="пояснение")),
            ],
            options={
                "verbose_name": "оценка",
                "ordering": ("examination", "criterion"),
                "constraints": [
                    models.UniqueConstraint(fields=("examination", "criterion"), name="score_once")
                ],
            },
        ),
    ]
