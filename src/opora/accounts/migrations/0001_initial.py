"""The tables of this room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, null=True, unique=True, verbose_name="электронная почта"
                    ),
                ),
                ("last_name", models.CharField(max_length=100, verbose_name="фамилия")),
                ("first_name", models.CharField(max_length=100, verbose_name="имя")),
                ("middle_name", models.CharField(blank=True, max_length=100, verbose_name="отчество")),
                (
                    "folded_name",
                    models.CharField(db_index=True, max_length=310, verbose_name="имя для поиска"),
                ),
                ("post", models.CharField(blank=True, max_length=200, verbose_name="должность")),
                ("workplace", models.CharField(blank=True, max_length=300, verbose_name="место работы")),
                ("is_active", models.BooleanField(default=True, verbose_name="может входить")),
                (
                    "may_be_named_since",
                    models.DateField(blank=True, null=True, verbose_name="согласие на распространение с"),
                ),
                (
                    "may_be_named_until",
                    models.DateField(blank=True, null=True, verbose_name="согласие отозвано"),
                ),
                (
                    "erased_on",
                    models.DateField(blank=True, null=True, verbose_name="данные удалены"),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто завёл",
                    ),
                ),
            ],
            options={
                "verbose_name": "человек",
                "ordering": ("folded_name",),
            },
        ),
        migrations.CreateModel(
            name="RefusedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True, verbose_name="когда")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="хэш")),
                ("size", models.PositiveBigIntegerField(verbose_name="размер, байт")),
                ("code", models.CharField(max_length=20, verbose_name="код отказа")),
                ("seconds", models.FloatField(verbose_name="сколько секунд заняло")),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто загружал",
                    ),
                ),
            ],
            options={
                "verbose_name": "отклонённый файл",
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Invitation",
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
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "приглашение",
            },
        ),
    ]
