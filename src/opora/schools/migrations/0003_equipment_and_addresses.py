"""Equipment by national projects, addresses and places of schools."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0003_owed_kinds_and_national_projects"),
        ("schools", "0002_profile_work_outcomes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Equipment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("amount", models.PositiveIntegerField(verbose_name="количество")),
                ("counted_on", models.DateField(verbose_name="на какой день")),
                ("counted_at", models.DateTimeField(verbose_name="когда внесено")),
            ],
            options={
                "verbose_name": "подсчёт оснащения",
                "ordering": ("equipment", "counted_on"),
            },
        ),
        migrations.AddField(
            model_name="school",
            name="address",
            field=models.CharField(blank=True, max_length=300, verbose_name="адрес"),
        ),
        migrations.AddField(
            model_name="school",
            name="latitude",
            field=models.DecimalField(
                blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="широта"
            ),
        ),
        migrations.AddField(
            model_name="school",
            name="longitude",
            field=models.DecimalField(
                blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="долгота"
            ),
        ),
        migrations.AddField(
            model_name="school",
            name="phone",
            field=models.CharField(blank=True, max_length=100, verbose_name="телефон"),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                    _connector="OR",
                ),
                name="school_on_earth",
            ),
        ),
        migrations.AddField(
            model_name="equipment",
            name="participation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="equipment",
                to="schools.participation",
            ),
        ),
        migrations.AddField(
            model_name="equipment",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="equipment",
                to="programmes.nationalproject",
            ),
        ),
        migrations.AddField(
            model_name="equipmentcount",
            name="counted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="equipmentcount",
            name="equipment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="counts", to="schools.equipment"
            ),
        ),
        migrations.AddConstraint(
            model_name="equipment",
            constraint=models.UniqueConstraint(
                fields=("participation", "project", "folded_name"), name="equipment_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="equipmentcount",
            constraint=models.UniqueConstraint(
                fields=("equipment", "counted_on"), name="equipment_count_once"
            ),
        ),
    ]
