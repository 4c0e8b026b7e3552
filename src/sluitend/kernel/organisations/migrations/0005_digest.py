"""One mail a day, for who chooses an hour for it: what is kept for it says how many, and nothing else."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_standing_in")]
    operations = [
        migrations.AddField("account", "digest_at", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.AddField("account", "digest_waits", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("account", "digest_on", models.DateField(blank=True, null=True)),
    ]
