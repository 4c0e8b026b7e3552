from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shelter", "0003_late_answers")]
    operations = [
        migrations.AddIndex(
            model_name="hotelask",
            index=models.Index(fields=["organisation", "search"], name="hotel_ask_of_search"),
        ),
    ]
