"""A case is seen by its own organisation alone, and is open with a next step or closed; so is each of its tracks."""

from django.db import migrations

from sluitend.kernel.organisations import rls
from sluitend.kernel.sealing.remembering import remembers

CHANGES = ("cases_case", "cases_track", "cases_lookup", "cases_earlierlink", "cases_sentreferral")
WRITTEN_ONCE = (
    "cases_intake",
    "cases_casereport",
    "cases_subject",
    "cases_subjecttoken",
    "cases_observation",
    "cases_timelineevent",
    "cases_weighing",
    "cases_residentsquestion",
    "cases_againstwish",
)
ENDS = ("state", "closed")
SEALED = (
    ("cases_weighing", ("sentence",)),
    ("cases_lookup", ("content", "copied")),
    ("cases_againstwish", ("text",)),
    ("cases_subject", ("content",)),
    ("cases_observation", ("content",)),
    ("cases_timelineevent", ("content",)),
)
CASE = ("cases_case", "case_id")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("followup", "0002_rules"), ("sealing", "0002_rules")]
    operations = [
        *rls.matter("case"),
        *rls.matter("track"),
        *[step for table in CHANGES for step in rls.own_rows(table)],
        *[step for table in WRITTEN_ONCE for step in rls.own_rows(table, app="SELECT, INSERT, DELETE")],
        *rls.fixed_columns("cases_case", ["organisation_id", "envelope_id", "code"]),
        *rls.open_subject("cases_case"),
        *rls.open_subject("cases_track"),
        *remembers("cases_case", ("name", "wish", "facts", "plan"), ENDS),
        *remembers("cases_track", ("summary",), ENDS, under=CASE),
        *[step for table, sealed in SEALED for step in remembers(table, sealed, under=CASE)],
    ]
