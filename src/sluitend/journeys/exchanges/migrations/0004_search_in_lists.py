"""The list of exchanges finds who is on the other side by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0003_request_of_a_case")]

    operations = [
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                fields=["recipient", "organisation", "-sent", "-id"], name="request_received_from"
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                fields=["recipient", "organisation", "-sent", "-id"], name="transfer_received_from"
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                fields=["organisation", "municipality", "-sent", "-id"], name="transfer_sent_to"
            ),
        ),
    ]
