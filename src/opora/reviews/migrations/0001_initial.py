"""The first tables of the room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0003_marks_forms_comments_and_texts"),
        ("plans", "0001_initial"),
        ("programmes", "0003_owed_kinds_and_national_projects"),
        ("schools", "0003_equipment_and_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="порядок")),
                ("title", models.CharField(max_length=300, verbose_name="критерий")),
                ("words", models.TextField(blank=True, verbose_name="на что смотреть")),
            ],
            options={
                "verbose_name": "критерий",
                "ordering": ("round", "position"),
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
                ("points", models.PositiveSmallIntegerField(verbose_name="баллы")),
                ("title", models.CharField(max_length=100, verbose_name="уровень")),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="как узнать")),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="levels",
                        to="reviews.criterion",
                    ),
                ),
            ],
            options={
                "verbose_name": "уровень",
                "ordering": ("criterion", "points"),
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("drawn_on", models.DateField(blank=True, null=True, verbose_name="выборка сделана")),
                ("finished_on", models.DateField(blank=True, null=True, verbose_name="завершена")),
                ("made_at", models.DateTimeField(verbose_name="заведена")),
                (
                    "form_key",
                    models.UUIDField(
                        blank=True,
                        editable=False,
                        null=True,
                        unique=True,
                        verbose_name="ключ отправленной формы",
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
                    "drawn_by",
                    models.ForeignKey(
                        null=True,
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
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_rounds",
                        to="programmes.programme",
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
                    "stage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.stage",
                    ),
                ),
            ],
            options={
                "verbose_name": "экспертиза",
                "ordering": ("-made_at", "-pk"),
            },
        ),
        migrations.AddField(
            model_name="criterion",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="reviews.round"
            ),
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
                ("position", models.PositiveIntegerField(verbose_name="порядок")),
                ("stratum", models.CharField(blank=True, max_length=300, verbose_name="слой")),
                (
                    "returned_on",
                    models.DateField(blank=True, null=True, verbose_name="возвращён на доработку"),
                ),
                ("remarks", models.TextField(blank=True, verbose_name="что доработать")),
                ("reworked_on", models.DateField(blank=True, null=True, verbose_name="доработан")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="рассмотрен")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sampled",
                        to="documents.document",
                    ),
                ),
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
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sampled",
                        to="reviews.round",
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
            ],
            options={
                "verbose_name": "документ выборки",
                "ordering": ("round", "position"),
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
                ("look", models.PositiveSmallIntegerField(default=1, verbose_name="просмотр")),
                ("is_third", models.BooleanField(default=False, verbose_name="третий эксперт")),
                ("assigned_on", models.DateField(verbose_name="поручено")),
                ("words", models.TextField(blank=True, verbose_name="вывод")),
                ("needs_rework", models.BooleanField(default=False, verbose_name="предложено доработать")),
                ("finished_on", models.DateField(blank=True, null=True, verbose_name="рассмотрено")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="examinations",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "verbose_name": "рассмотрение",
                "ordering": ("sampled", "look", "pk"),
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
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="пояснение")),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="reviews.criterion",
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
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.level"
                    ),
                ),
            ],
            options={
                "verbose_name": "оценка",
                "ordering": ("examination", "criterion"),
            },
        ),
        migrations.AddConstraint(
            model_name="level",
            constraint=models.UniqueConstraint(fields=("criterion", "points"), name="level_once"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_on__isnull", True), ("drawn_on__isnull", False), _connector="OR"
                ),
                name="round_finished_after_draw",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("municipality__isnull", False), ("region__isnull", True)),
                    models.Q(("municipality__isnull", True), ("region__isnull", False)),
                    _connector="OR",
                ),
                name="round_of_one_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(fields=("round", "position"), name="criterion_once"),
        ),
        migrations.AddConstraint(
            model_name="sampled",
            constraint=models.UniqueConstraint(fields=("round", "document"), name="sampled_once"),
        ),
        migrations.AddConstraint(
            model_name="sampled",
            constraint=models.UniqueConstraint(fields=("round", "position"), name="sampled_position_once"),
        ),
        migrations.AddConstraint(
            model_name="examination",
            constraint=models.UniqueConstraint(fields=("sampled", "expert", "look"), name="examination_once"),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(fields=("examination", "criterion"), name="score_once"),
        ),
    ]
