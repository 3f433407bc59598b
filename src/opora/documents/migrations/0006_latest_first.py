"""The latest documents are read in their order, without sorting all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_checks_by_a_person")]
    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["-dated_on", "-id"], name="document_latest"),
        ),
    ]
