from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("care_moves", "0002_rules")]
    operations = [
        migrations.AddIndex(
            model_name="caremove",
            index=models.Index(
                condition=models.Q(state__in=["sent", "accepted"]),
                fields=["organisation", "-sent", "-id"],
                name="caremove_sent_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="caremove",
            index=models.Index(
                condition=models.Q(state__in=["sent", "accepted"]),
                fields=["recipient", "-sent", "-id"],
                name="caremove_received_waiting",
            ),
        ),
    ]
