"""Marks of ИС МЭДК, the register of forms, comments, texts for search."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_history_triggers"),
        ("documents", "0002_form_keys_and_return_day"),
        ("plans", "0001_initial"),
        ("programmes", "0003_owed_kinds_and_national_projects"),
        ("schools", "0003_equipment_and_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="к какому месту")),
                ("words", models.TextField(verbose_name="предложение или вопрос")),
                ("said_at", models.DateTimeField(verbose_name="когда")),
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
                "verbose_name": "замечание",
                "ordering": ("said_at", "pk"),
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
                ("stems", models.TextField(verbose_name="основы слов")),
                ("words", models.TextField(blank=True, verbose_name="слова текста, для выдержки")),
            ],
            options={
                "verbose_name": "текст документа",
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
                ("address", models.URLField(blank=True, max_length=500, verbose_name="ссылка")),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="пояснение")),
            ],
            options={
                "verbose_name": "отметка ИС МЭДК",
                "ordering": ("participation", "marked_on", "pk"),
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
                ("taken_on", models.DateField(verbose_name="взята")),
                (
                    "returned_on",
                    models.DateField(blank=True, null=True, verbose_name="возвращена заполненной"),
                ),
            ],
            options={
                "verbose_name": "экземпляр формы",
                "ordering": ("version", "school"),
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
                ("number", models.CharField(max_length=30, verbose_name="номер в реестре")),
                ("title", models.CharField(max_length=300, verbose_name="название")),
                ("folded_title", models.CharField(max_length=310, verbose_name="название для поиска")),
                ("added_on", models.DateField(verbose_name="внесена в реестр")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="выведена из реестра")),
                (
                    "withdrawn_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="почему выведена"),
                ),
            ],
            options={
                "verbose_name": "форма реестра",
                "ordering": ("number", "pk"),
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
                ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                ("name", models.CharField(max_length=300, verbose_name="имя файла")),
                ("issued_on", models.DateField(verbose_name="действует с")),
                ("changed", models.CharField(blank=True, max_length=500, verbose_name="что изменилось")),
                ("added_at", models.DateTimeField(verbose_name="внесена")),
            ],
            options={
                "verbose_name": "версия формы",
                "ordering": ("template", "-number"),
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
            ],
            options={
                "verbose_name": "проверка размещения",
                "ordering": ("-checked_at", "-pk"),
            },
        ),
        migrations.AddField(
            model_name="document",
            name="audience",
            field=models.CharField(
                choices=[
                    ("place", "Все участники программы, когда утверждён"),
                    ("centre", "Только центр и школа, о которой документ"),
                ],
                default="place",
                max_length=10,
                verbose_name="кому виден",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="discussed_until",
            field=models.DateField(blank=True, null=True, verbose_name="замечания принимаются до"),
        ),
        migrations.AddField(
            model_name="document",
            name="factor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programmes.riskfactor",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="storage_term",
            field=models.CharField(blank=True, max_length=100, verbose_name="срок хранения"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["school", "kind"], name="document_school_kind"),
        ),
        migrations.AddField(
            model_name="comment",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="documents.document"
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="said_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="documents.version",
            ),
        ),
        migrations.AddField(
            model_name="documenttext",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="documents.version",
            ),
        ),
        migrations.AddField(
            model_name="federalmark",
            name="factor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programmes.riskfactor",
            ),
        ),
        migrations.AddField(
            model_name="federalmark",
            name="kind",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="marks",
                to="programmes.documentkind",
            ),
        ),
        migrations.AddField(
            model_name="federalmark",
            name="marked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="federalmark",
            name="measure",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="marks",
                to="schools.measure",
            ),
        ),
        migrations.AddField(
            model_name="federalmark",
            name="participation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="schools.participation"
            ),
        ),
        migrations.AddField(
            model_name="formcopy",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="form_copies",
                to="documents.document",
            ),
        ),
        migrations.AddField(
            model_name="formcopy",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="form_copies", to="schools.school"
            ),
        ),
        migrations.AddField(
            model_name="formcopy",
            name="taken_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="formtemplate",
            name="activity",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="form_templates",
                to="plans.activity",
            ),
        ),
        migrations.AddField(
            model_name="formtemplate",
            name="factors",
            field=models.ManyToManyField(
                blank=True,
                related_name="form_templates",
                to="programmes.riskfactor",
                verbose_name="для каких рисков",
            ),
        ),
        migrations.AddField(
            model_name="formtemplate",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="form_templates",
                to="schools.municipality",
            ),
        ),
        migrations.AddField(
            model_name="formtemplate",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="form_templates",
                to="programmes.programme",
            ),
        ),
        migrations.AddField(
            model_name="formtemplateversion",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="formtemplateversion",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="formtemplateversion",
            name="template",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="versions",
                to="documents.formtemplate",
            ),
        ),
        migrations.AddField(
            model_name="formcopy",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="copies",
                to="documents.formtemplateversion",
            ),
        ),
        migrations.AddField(
            model_name="publicationcheck",
            name="publication",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="documents.publication"
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", "open"), ("settled_on__isnull", False), _connector="OR"),
                name="comment_settled_has_day",
            ),
        ),
        migrations.AddIndex(
            model_name="federalmark",
            index=models.Index(fields=["participation", "marked_on"], name="mark_participation"),
        ),
        migrations.AddConstraint(
            model_name="federalmark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__isnull", False), ("measure__isnull", True)),
                    models.Q(("factor__isnull", True), ("kind__isnull", True), ("measure__isnull", False)),
                    _connector="OR",
                ),
                name="mark_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="formtemplate",
            constraint=models.UniqueConstraint(
                fields=("municipality", "programme", "number"), name="form_template_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="formtemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on__isnull", True),
                    ("withdrawn_on__gte", models.F("added_on")),
                    _connector="OR",
                ),
                name="form_template_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="formtemplateversion",
            constraint=models.UniqueConstraint(
                fields=("template", "number"), name="form_template_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="formcopy",
            constraint=models.UniqueConstraint(fields=("version", "school"), name="form_copy_once"),
        ),
        migrations.AddConstraint(
            model_name="formcopy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_on__isnull", True), ("returned_on__gte", models.F("taken_on")), _connector="OR"
                ),
                name="form_copy_term",
            ),
        ),
    ]
