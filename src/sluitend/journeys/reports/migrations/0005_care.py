from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0004_open_of_a_kind"),
        ("organisations", "0004_standing_in"),
        ("reports", "0004_written_together"),
        ("sealing", "0003_content"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="report",
            name="reports_report_kind",
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["report", "help", "advice", "care", "consult"])),
                name="reports_report_kind",
            ),
        ),
    ]
