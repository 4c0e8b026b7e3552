"""The lists of referrals have an index for what is open, on either side."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0005_found_by_the_partner")]

    operations = [
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["organisation", "-sent", "-id"],
                name="referral_open",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("recipient_closed__isnull", True)),
                fields=["recipient", "-sent", "-id"],
                name="referral_waits",
            ),
        ),
    ]
