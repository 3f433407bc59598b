"""What a school itself tells of its step."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0004_public_rendition_of_reports"),
    ]

    operations = [
        migrations.AddField(
            model_name="step",
            name="told_on",
            field=models.DateField(blank=True, null=True, verbose_name="школа сообщила"),
        ),
        migrations.AddField(
            model_name="step",
            name="told_words",
            field=models.CharField(blank=True, max_length=500, verbose_name="что сообщила школа"),
        ),
    ]
