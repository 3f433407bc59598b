"""Names and posts in a case, as people mended them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appointments", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="NameForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("original", models.CharField(max_length=200, verbose_name="как пишется")),
                (
                    "case",
                    models.CharField(
                        choices=[("accusative", "винительный")],
                        default="accusative",
                        max_length=20,
                        verbose_name="падеж",
                    ),
                ),
                ("form", models.CharField(max_length=200, verbose_name="в этом падеже")),
            ],
            options={
                "verbose_name": "форма имени",
                "ordering": ("original",),
                "constraints": [models.UniqueConstraint(fields=("original", "case"), name="name_form_once")],
            },
        ),
    ]
