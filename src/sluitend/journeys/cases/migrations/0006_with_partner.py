"""A case knows of what went whether the partner can still read it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_no_routes")]
    operations = [
        migrations.AddField(
            model_name="sentreferral",
            name="with_partner",
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
