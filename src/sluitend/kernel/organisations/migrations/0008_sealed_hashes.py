"""A hash of a password stands under a key, so it needs more room. `content adopt` seals what was there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0007_covered")]
    operations = [
        migrations.AlterField("account", "password", models.CharField(max_length=400)),
    ]
