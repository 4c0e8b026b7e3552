from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("care_shares", "0002_rules")]
    operations = [
        migrations.AddIndex(
            model_name="careshare",
            index=models.Index(
                condition=models.Q(state__in=["sent", "accepted"]),
                fields=["organisation", "-sent", "-id"],
                name="careshare_sent_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="careshare",
            index=models.Index(
                condition=models.Q(state__in=["sent", "accepted"]),
                fields=["recipient", "-sent", "-id"],
                name="careshare_received_waiting",
            ),
        ),
    ]
