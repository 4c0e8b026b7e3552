"""Which kinds of matter there are stands in a table: a journey adds its own, and nothing here changes."""

from django.db import migrations

from sluitend.kernel.organisations.rls import matter

NOW = (
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
)
KEY = (
    "ALTER TABLE followup_nextstep ADD CONSTRAINT step_subject_kind"
    " FOREIGN KEY (subject_kind) REFERENCES followup_kind (kind)"
)


class Migration(migrations.Migration):
    dependencies = [("followup", "0018_plan_stays")]
    operations = [
        migrations.RemoveConstraint(model_name="nextstep", name="step_subject_kind"),
        migrations.RunSQL(
            "CREATE TABLE followup_kind (kind varchar(12) PRIMARY KEY)", migrations.RunSQL.noop
        ),
        *(operation for each in NOW for operation in matter(each)),
        migrations.RunSQL(KEY, migrations.RunSQL.noop),
    ]
