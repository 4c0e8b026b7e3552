"""A search, with its nights and place, is seen by its own organisation alone; what a hotel is asked by its two sides.

Each is open with a next step or closed.
"""

from django.db import migrations

from sluitend.kernel.organisations import rls
from sluitend.kernel.sealing.remembering import remembers

SEARCH, NIGHT, PLACE = "shelter_search", "shelter_searchnight", "shelter_searchplace"
SIDES, ASK = ("organisation_id", "recipient_id"), "shelter_hotelask"


class Migration(migrations.Migration):
    dependencies = [("shelter", "0001_initial"), ("followup", "0002_rules"), ("sealing", "0002_rules")]
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
        *rls.matter("hotel_ask"),
        *rls.two_sided(ASK, *SIDES),
        *rls.fixed_columns(ASK, [*SIDES, "envelope_id", "code", "search", "night", "sent", "content"]),
        *rls.open_subject(ASK),
        *rls.open_subject(ASK, step="recipient_step_id", closed="recipient_closed", name="recipient"),
        *remembers(ASK, ("content", "booking"), ("state", "closed", "recipient_closed")),
    ]
