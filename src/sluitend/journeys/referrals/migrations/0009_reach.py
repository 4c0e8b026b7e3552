"""A referral says which message tells how people are reached from now on, and which of those was read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0008_search_in_lists")]
    operations = [
        migrations.AddField("referral", "reach_told", models.UUIDField(blank=True, null=True)),
        migrations.AddField("referral", "reach_read", models.UUIDField(blank=True, null=True)),
    ]
