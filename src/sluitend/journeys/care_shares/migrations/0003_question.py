from django.db import migrations, models

import sluitend.kernel.organisations.base


class Migration(migrations.Migration):
    dependencies = [("care_shares", "0002_rules")]
    operations = [
        migrations.AddField(
            "careshare",
            "question",
            sluitend.kernel.organisations.base.PlainText(
                blank=True, default="", max_length=60, why="id of a reason in the pack"
            ),
        ),
        migrations.AddField("careshare", "told_on", models.DateField(blank=True, null=True)),
    ]
