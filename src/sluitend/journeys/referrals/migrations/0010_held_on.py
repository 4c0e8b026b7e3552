"""Since when a wait request stands for an answer that asked to wait."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0009_pickup_worked_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="held_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("held_on__isnull", True), models.Q(("answer", ""), _negated=True)),
                fields=["organisation", "answer"],
                name="referral_not_held",
            ),
        ),
    ]
