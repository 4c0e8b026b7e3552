"""The searches of a request are found among those of years."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shelter", "0002_rules")]

    operations = [
        migrations.AddIndex(
            model_name="search",
            index=models.Index(fields=["organisation", "request"], name="shelter_of_request"),
        ),
    ]
