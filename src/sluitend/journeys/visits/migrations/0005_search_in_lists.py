"""The list of wait requests finds who asked by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("visits", "0004_found")]

    operations = [
        migrations.AddIndex(
            model_name="waitrequest",
            index=models.Index(
                fields=["organisation", "partner", "-asked_at", "id"],
                name="wait_of_partner",
            ),
        ),
    ]
