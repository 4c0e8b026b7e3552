"""A client who goes is seen by its two sides alone; with whom, and by what agreement, stays."""

from django.db import migrations

from sluitend.kernel.organisations import rls
from sluitend.kernel.sealing.remembering import remembers

SIDES, TABLE = ("organisation_id", "recipient_id"), "care_moves_caremove"


class Migration(migrations.Migration):
    dependencies = [
        ("care_moves", "0001_initial"),
        ("followup", "0002_rules"),
        ("sealing", "0002_rules"),
    ]
    operations = [
        *rls.matter("care_move"),
        *rls.two_sided(TABLE, *SIDES),
        *rls.fixed_columns(TABLE, [*SIDES, "envelope_id", "code", "reference", "sent", "content"]),
        *rls.open_subject(TABLE),
        *rls.open_subject(TABLE, step="recipient_step_id", closed="recipient_closed", name="recipient"),
        *remembers(TABLE, ("content",), ("state", "closed", "recipient_closed")),
    ]
