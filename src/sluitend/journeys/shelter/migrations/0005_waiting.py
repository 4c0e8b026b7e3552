from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shelter", "0004_asked_of_search")]
    operations = [
        migrations.AddIndex(
            model_name="hotelask",
            index=models.Index(
                condition=models.Q(state__in=["sent", "accepted"]),
                fields=["organisation", "-sent", "-id"],
                name="hotelask_sent_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="hotelask",
            index=models.Index(
                condition=models.Q(state__in=["sent", "accepted"]),
                fields=["recipient", "-sent", "-id"],
                name="hotelask_received_waiting",
            ),
        ),
    ]
