"""Danger that the municipality heard which handed a case over is a reason of its own."""

from django.db import migrations, models

REASONS = ["", "report", "message", "signal", "answer", "facts", "weighed", "transfer"]


class Migration(migrations.Migration):
    dependencies = [("followup", "0016_standing_in")]
    operations = [
        migrations.RemoveConstraint(model_name="nextstep", name="step_because"),
        migrations.AddConstraint(
            model_name="nextstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("because__in", REASONS)), name="step_because"
            ),
        ),
    ]
