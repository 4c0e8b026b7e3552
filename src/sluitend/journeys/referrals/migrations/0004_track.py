from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_waiting")]
    operations = [
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(recipient_closed__isnull=True),
                fields=["recipient", "track", "sent", "id"],
                name="referral_waits_of_track",
            ),
        ),
    ]
