"""A referral can ask for several actions of the plan."""

from django.db import migrations

import sluitend.kernel.organisations.base


class Migration(migrations.Migration):
    dependencies = [("referrals", "0006_lists")]

    operations = [
        migrations.AlterField(
            model_name="referralorigin",
            name="route",
            field=sluitend.kernel.organisations.base.PlainText(
                max_length=1000, why="ids of actions in the pack"
            ),
        )
    ]
