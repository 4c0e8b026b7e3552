"""The list of requests for help is read in its order, however many there are."""

from django.db import migrations, models

OF_CARE = ~models.Q(kind__in=("report", "help", "advice"))


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_doors")]

    operations = [
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=OF_CARE & models.Q(closed__isnull=True),
                fields=["organisation", "-acute", "-minor", "received", "code"],
                name="reports_report_care_open",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=OF_CARE, fields=["organisation", "-closed"], name="reports_report_care_closed"
            ),
        ),
    ]
