from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0002_rules")]
    operations = [
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                condition=models.Q(state__in=["sent", "accepted"]),
                fields=["organisation", "-sent", "-id"],
                name="request_sent_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                condition=models.Q(state__in=["sent", "accepted"]),
                fields=["recipient", "-sent", "-id"],
                name="request_received_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                condition=models.Q(state__in=["sent", "accepted"]),
                fields=["organisation", "-sent", "-id"],
                name="transfer_sent_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                condition=models.Q(state__in=["sent", "accepted"]),
                fields=["recipient", "-sent", "-id"],
                name="transfer_received_waiting",
            ),
        ),
    ]
