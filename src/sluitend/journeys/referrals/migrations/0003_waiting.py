from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_rules")]
    operations = [
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(state__in=["sent", "accepted"]),
                fields=["organisation", "-sent", "-id"],
                name="referral_sent_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(state__in=["sent", "accepted"]),
                fields=["recipient", "-sent", "-id"],
                name="referral_received_waiting",
            ),
        ),
    ]
