"""A search is seen by its own organisation alone, and is open with a next step or closed; so are its nights and place."""

from django.db import migrations

from sluitend.kernel.organisations import rls
from sluitend.kernel.sealing.remembering import remembers

SEARCH, NIGHT, PLACE = "shelter_search", "shelter_searchnight", "shelter_searchplace"


class Migration(migrations.Migration):
    dependencies = [("shelter", "0001_initial"), ("followup", "0002_rules"), ("sealing", "0003_content")]
    operations = [
        *rls.matter("shelter"),
        *[step for table in (SEARCH, NIGHT) for step in rls.own_rows(table)],
        # An address is written and destroyed, never changed.
        *rls.own_rows(PLACE, app="SELECT, INSERT, DELETE"),
        *rls.fixed_columns(SEARCH, ["organisation_id", "envelope_id", "code", "request", "opened"]),
        *rls.fixed_columns(NIGHT, ["organisation_id", "search_id", "night"]),
        *rls.open_subject(SEARCH),
        *remembers(SEARCH, ("needs", "course"), ("state", "closed")),
        *remembers(PLACE, ("address",)),
    ]
