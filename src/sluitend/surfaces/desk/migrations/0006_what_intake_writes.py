"""What the role of the public pages writes is what those pages write: one row of another form stopped every page.

A step of a kind that nobody knows, or a date that no calendar has, was an error on the page that each colleague
of that municipality begins with. Days are bounded widely: the clock of a server may be wrong.
"""

from django.db import migrations

DAY = "{0} >= '2000-01-01' AND {0} < '2200-01-01'"
CODE = "code ~ '^[A-Z]-[0-9A-Z]{4,8}$'"
STEP = f"""writer_id = organisation_id AND owner_role = 'focal_point' AND owner_id IS NULL AND team_id IS NULL
  AND done IS NULL AND done_by IS NULL AND moved_by IS NULL AND because = '' AND level = 0 AND NOT waits_on_other
  AND {CODE} AND {DAY.format("due")} AND {DAY.format("created_day")}
  AND ((subject_kind = 'report' AND what IN ('read_report', 'answer_advice'))
    OR (subject_kind = 'referral' AND what IN ('renew_pickup', 'partner_answered', 'partner_asks',
      'partner_returned', 'night_without_place')))"""
REPORT = f"""revision = 1 AND closed IS NULL AND state = 'new' AND {CODE} AND {DAY.format("received")}
  AND theme ~ '^[a-z0-9_.-]*$' AND outcome = '' AND decided IS NULL AND decided_by_id IS NULL AND decision IS NULL
  AND second_eyes IS NULL AND second_eyes_by_id IS NULL AND retention_until IS NULL
  AND NOT swept AND NOT told AND fresh"""
WRITES = {
    "followup_nextstep": STEP,
    "reports_report": REPORT,
    "reports_reporteridentity": "revision = 1",
    "reports_mailbox": "length(lookup) = 32",
    "sealing_envelope": DAY.format("created"),
}
# What a function writes for that role, with a day that it is given.
DAYS = {
    "reports_mailboxmessage": ("day",),
    "referrals_referral": ("answer_on", "received_on", "passed_on", "outcome_on"),
}


def _narrow(table: str, row: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        [
            f"DROP POLICY intake ON {table}",
            f"CREATE POLICY intake ON {table} FOR INSERT TO sl_intake WITH CHECK ({row})",
        ],
        migrations.RunSQL.noop,
    )


def _days(table: str, columns: tuple[str, ...]) -> migrations.RunSQL:
    each = " AND ".join(f"({column} IS NULL OR ({DAY.format(column)}))" for column in columns)
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_days CHECK ({each})", migrations.RunSQL.noop
    )


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0005_closed_owner"),
        ("reports", "0008_heard"),
        ("referrals", "0010_held_on"),
        ("sealing", "0005_content"),
    ]
    operations = [
        *[_narrow(*each) for each in WRITES.items()],
        *[_days(*each) for each in DAYS.items()],
    ]
