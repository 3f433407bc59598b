"""The tables of this room."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveBigIntegerField(verbose_name="размер, байт")),
                ("kind", models.CharField(max_length=10, verbose_name="формат")),
                ("added_at", models.DateTimeField(verbose_name="когда принят")),
            ],
            options={
                "verbose_name": "файл",
            },
        ),
        migrations.CreateModel(
            name="HistoryEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(unique=True, verbose_name="номер")),
                ("at", models.DateTimeField(verbose_name="когда")),
                ("person_id", models.BigIntegerField(null=True, verbose_name="кто")),
                ("person_name", models.CharField(max_length=300, verbose_name="кто (словами)")),
                ("verb", models.CharField(max_length=60, verbose_name="что")),
                ("subject_kind", models.CharField(max_length=60, verbose_name="о чём: вид")),
                ("subject_id", models.BigIntegerField(verbose_name="о чём: номер строки")),
                ("subject_name", models.CharField(max_length=500, verbose_name="о чём (словами)")),
                ("facts", models.TextField(default="{}", verbose_name="подробности, JSON")),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "verbose_name": "запись истории",
                "ordering": ("number",),
                "indexes": [
                    models.Index(fields=["subject_kind", "subject_id", "number"], name="history_subject")
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("task", models.CharField(max_length=100)),
                ("arguments", models.TextField(default="{}")),
                (
                    "about",
                    models.CharField(
                        blank=True, db_index=True, default="", max_length=100, verbose_name="о какой строке"
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True, verbose_name="ключ повтора")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "ждёт"), ("done", "сделано"), ("failed", "не удалось")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("run_after", models.DateTimeField()),
                ("leased_until", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "error",
                    models.TextField(blank=True, default="", verbose_name="что не удалось, словами"),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "started_at",
                    models.DateTimeField(null=True, verbose_name="начало последней попытки"),
                ),
                (
                    "stuck_at",
                    models.DateTimeField(null=True, verbose_name="когда зависшее перестали ждать"),
                ),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "задание",
                "indexes": [models.Index(fields=["state", "run_after"], name="job_next")],
            },
        ),
        migrations.CreateModel(
            name="Press",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.CharField(max_length=64, unique=True)),
                ("number", models.UUIDField(unique=True, verbose_name="номер запроса")),
                ("answer", models.TextField(blank=True, default="", verbose_name="куда привела")),
                ("at", models.DateTimeField(db_index=True, verbose_name="когда")),
            ],
            options={
                "verbose_name": "отправка формы",
            },
        ),
    ]
