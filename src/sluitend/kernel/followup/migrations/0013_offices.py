"""A step may be about an organisation: something that should run there by itself fails, or nobody reads there."""

from django.db import migrations, models

KINDS = [
    "report",
    "case",
    "track",
    "referral",
    "mark",
    "transfer",
    "request",
    "wait_request",
    "planned",
    "role",
    "office",
]


class Migration(migrations.Migration):
    dependencies = [("followup", "0012_roles"), ("access", "0003_rounds")]
    operations = [
        migrations.RemoveConstraint(model_name="nextstep", name="step_subject_kind"),
        migrations.AddConstraint(
            model_name="nextstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject_kind__in", KINDS)), name="step_subject_kind"
            ),
        ),
    ]
