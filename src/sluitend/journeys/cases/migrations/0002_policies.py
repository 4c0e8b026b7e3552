"""A case is seen by its own organisation alone, and is open with a next step or closed; so is each of its tracks."""

from django.db import migrations

from sluitend.kernel.organisations import rls

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
    "cases_routechoice",
    "cases_againstwish",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("followup", "0002_promise"), ("organisations", "0002_acting")]
    operations = [
        *[step for table in CHANGES for step in rls.own_rows(table)],
        *[step for table in WRITTEN_ONCE for step in rls.own_rows(table, app="SELECT, INSERT, DELETE")],
        *rls.fixed_columns("cases_case", ["organisation_id", "envelope_id", "code"]),
        *rls.open_subject("cases_case"),
        *rls.open_subject("cases_track"),
    ]
