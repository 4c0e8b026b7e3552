"""What is planned is found among the appointments of years."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("care_files", "0006_agenda")]

    operations = [
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                condition=models.Q(state="planned"),
                fields=["organisation", "at"],
                name="appointment_planned",
            ),
        ),
    ]
