"""The lists of referrals find a partner or a sender by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0007_several_actions")]

    operations = [
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                fields=["recipient", "organisation", "-sent", "-id"], name="referral_received_from"
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["organisation", "partner", "-sent", "-id"], name="referral_sent_to"),
        ),
    ]
