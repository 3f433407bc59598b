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
            name="Document",
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
                        related_name="documents",
                        to="schools.municipality",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="plans.activity",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="schools.school",
                    ),
                ),
                (
                    "curator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="programmes.documentkind",
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
                    "audience",
                    models.CharField(
                        choices=[
                            ("place", "Все участники программы, когда утверждён"),
                            ("centre", "Только центр и школа, о которой документ"),
                        ],
                        default="place",
                        max_length=10,
                        verbose_name="кому виден",
                    ),
                ),
                ("storage_term", models.CharField(blank=True, max_length=100, verbose_name="срок хранения")),
                (
                    "discussed_until",
                    models.DateField(blank=True, null=True, verbose_name="замечания принимаются до"),
                ),
                ("title", models.CharField(max_length=300, verbose_name="название")),
                (
                    "folded_title",
                    models.CharField(db_index=True, max_length=310, verbose_name="название для поиска"),
                ),
                ("number", models.CharField(blank=True, max_length=50, verbose_name="номер")),
                ("dated_on", models.DateField(verbose_name="дата документа")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Черновик"),
                            ("sent", "На согласовании"),
                            ("returned", "Вернулось с вопросом"),
                            ("approved", "Утверждён"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("added_on", models.DateField(verbose_name="внесён")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_on",
                    models.DateField(blank=True, null=True, verbose_name="отправлен на согласование"),
                ),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="утверждён")),
                (
                    "approval_entered_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="когда внесено утверждение прошлым днём"
                    ),
                ),
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
                ("returned_on", models.DateField(blank=True, null=True, verbose_name="вернулся с вопросом")),
                ("question", models.TextField(blank=True, verbose_name="вопрос, с которым вернулся")),
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
            ],
            options={
                "verbose_name": "документ",
                "ordering": ("-dated_on", "-pk"),
                "indexes": [
                    models.Index(fields=["activity", "approved_on"], name="document_activity"),
                    models.Index(fields=["school", "kind"], name="document_school_kind"),
                    models.Index(fields=["-dated_on", "-id"], name="document_latest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            ("approved_on__isnull", False),
                            _connector="OR",
                        ),
                        name="approved_has_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attestation",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attestations",
                        to="plans.activity",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.school",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attestations",
                        to="documents.document",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="когда было")),
                ("words", models.TextField(verbose_name="что сделано")),
                ("is_nothing", models.BooleanField(default=False, verbose_name="сообщать нечего")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="внесено")),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="подтверждено")),
                (
                    "confirmation_entered_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="когда внесено подтверждение прошлым днём"
                    ),
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
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="отозвано")),
                (
                    "withdrawn_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="почему отозвано"),
                ),
            ],
            options={
                "verbose_name": "подтверждение пункта",
                "ordering": ("-happened_on", "-pk"),
                "indexes": [models.Index(fields=["activity", "confirmed_on"], name="attestation_activity")],
            },
        ),
        migrations.CreateModel(
            name="FederalMark",
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
                        related_name="marks",
                        to="schools.participation",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="programmes.documentkind",
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
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="schools.measure",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("none", "Не загружено"),
                            ("loaded", "Загружено"),
                            ("confirmed", "Подтверждено куратором"),
                            ("returned", "Вернулось с вопросом"),
                        ],
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("marked_on", models.DateField(verbose_name="на какой день")),
                ("marked_at", models.DateTimeField(verbose_name="когда внесено")),
                (
                    "marked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("address", models.URLField(blank=True, max_length=500, verbose_name="ссылка")),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="пояснение")),
            ],
            options={
                "verbose_name": "отметка ИС МЭДК",
                "ordering": ("participation", "marked_on", "pk"),
                "indexes": [models.Index(fields=["participation", "marked_on"], name="mark_participation")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__isnull", False), ("measure__isnull", True)),
                            models.Q(
                                ("factor__isnull", True), ("kind__isnull", True), ("measure__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="mark_of_one_thing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FormTemplate",
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
                        related_name="form_templates",
                        to="programmes.programme",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="form_templates",
                        to="schools.municipality",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="form_templates",
                        to="plans.activity",
                    ),
                ),
                ("number", models.CharField(max_length=30, verbose_name="номер в реестре")),
                ("title", models.CharField(max_length=300, verbose_name="название")),
                ("folded_title", models.CharField(max_length=310, verbose_name="название для поиска")),
                ("added_on", models.DateField(verbose_name="внесена в реестр")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="выведена из реестра")),
                (
                    "withdrawn_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="почему выведена"),
                ),
                (
                    "factors",
                    models.ManyToManyField(
                        blank=True,
                        related_name="form_templates",
                        to="programmes.riskfactor",
                        verbose_name="для каких рисков",
                    ),
                ),
            ],
            options={
                "verbose_name": "форма реестра",
                "ordering": ("number", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "programme", "number"), name="form_template_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on__isnull", True),
                            ("withdrawn_on__gte", models.F("added_on")),
                            _connector="OR",
                        ),
                        name="form_template_term",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormTemplateVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="documents.formtemplate",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="имя файла")),
                ("issued_on", models.DateField(verbose_name="действует с")),
                ("changed", models.CharField(blank=True, max_length=500, verbose_name="что изменилось")),
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
                "ordering": ("template", "-number"),
                "constraints": [
                    models.UniqueConstraint(fields=("template", "number"), name="form_template_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="FormCopy",
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
                        related_name="copies",
                        to="documents.formtemplateversion",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="form_copies",
                        to="schools.school",
                    ),
                ),
                ("taken_on", models.DateField(verbose_name="взята")),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned_on",
                    models.DateField(blank=True, null=True, verbose_name="возвращена заполненной"),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="form_copies",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "экземпляр формы",
                "ordering": ("version", "school"),
                "constraints": [
                    models.UniqueConstraint(fields=("version", "school"), name="form_copy_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_on__isnull", True),
                            ("returned_on__gte", models.F("taken_on")),
                            _connector="OR",
                        ),
                        name="form_copy_term",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="documents.document",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="имя файла")),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
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
                "verbose_name": "версия документа",
                "ordering": ("document", "-number"),
                "constraints": [models.UniqueConstraint(fields=("document", "number"), name="version_once")],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publications",
                        to="documents.document",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="documents.version",
                    ),
                ),
                (
                    "where",
                    models.CharField(
                        choices=[("portal", "На портале"), ("elsewhere", "На другом сайте")],
                        max_length=10,
                        verbose_name="где",
                    ),
                ),
                ("address", models.URLField(blank=True, max_length=500, verbose_name="адрес страницы")),
                ("published_on", models.DateField(verbose_name="размещён")),
                (
                    "entered_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="когда внесено размещение прошлым днём"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("taken_down_on", models.DateField(blank=True, null=True, verbose_name="снят")),
                (
                    "taken_down_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="почему снят"),
                ),
            ],
            options={
                "verbose_name": "публикация",
                "ordering": ("-published_on", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("where", "portal"), models.Q(("address", ""), _negated=True), _connector="OR"
                        ),
                        name="publication_has_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_down_on__isnull", True),
                            ("taken_down_on__gte", models.F("published_on")),
                            _connector="OR",
                        ),
                        name="publication_term",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicationCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="documents.publication",
                    ),
                ),
                ("checked_at", models.DateTimeField(verbose_name="когда")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("carries", "Страница отвечает, название на ней есть"),
                            ("other", "Страница отвечает, названия на ней нет"),
                            ("silent", "Страница не отвечает"),
                            ("refused", "Адрес нельзя проверить"),
                        ],
                        max_length=10,
                        verbose_name="что увидели",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="подробнее")),
                (
                    "checked_by",
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
                "verbose_name": "проверка размещения",
                "ordering": ("-checked_at", "-pk"),
                "indexes": [models.Index(fields=["publication", "checked_at"], name="check_publication")],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="documents.document",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="documents.version",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="к какому месту")),
                ("words", models.TextField(verbose_name="предложение или вопрос")),
                ("said_at", models.DateTimeField(verbose_name="когда")),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "Не разобрано"),
                            ("taken", "Учтено"),
                            ("left", "Оставлено как есть"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="разобрано",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="ответ")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="когда разобрано")),
                (
                    "settled_by",
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
                "verbose_name": "замечание",
                "ordering": ("said_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "open"), ("settled_on__isnull", False), _connector="OR"
                        ),
                        name="comment_settled_has_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentText",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="documents.document",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="documents.version",
                    ),
                ),
                ("stems", models.TextField(verbose_name="основы слов")),
                ("words", models.TextField(blank=True, verbose_name="слова текста, для выдержки")),
            ],
            options={
                "verbose_name": "текст документа",
            },
        ),
    ]
