"""Why a step goes before everything else: what was learnt."""

from django.db import migrations, models

import sluitend.kernel.organisations.base


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0013_offices"),
    ]

    operations = [
        migrations.AddField(
            model_name="nextstep",
            name="because",
            field=sluitend.kernel.organisations.base.PlainText(
                blank=True, default="", max_length=10, why="choice"
            ),
        ),
        migrations.AddConstraint(
            model_name="nextstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("because__in", ["", "report", "message", "signal", "answer", "facts", "weighed"])
                ),
                name="step_because",
            ),
        ),
    ]
