"""A list that waits may be one of equipment."""

from django.db import migrations, models

SUBJECTS = [
    ("schools", "школы"),
    ("municipalities", "муниципалитеты"),
    ("outcomes", "результаты"),
    ("equipment", "оснащение"),
]


class Migration(migrations.Migration):
    dependencies = [("schools", "0005_risk_changes_from_history")]

    operations = [
        migrations.AlterField(
            model_name="listdraft",
            name="subject",
            field=models.CharField(choices=SUBJECTS, max_length=20, verbose_name="о чём"),
        ),
    ]
