"""A search knows since when somebody is gone, and when a place was offered that came too late."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shelter", "0003_of_a_request")]
    operations = [
        migrations.AddField(
            model_name="search",
            name="gone_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="search",
            name="late_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
