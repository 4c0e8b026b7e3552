"""What care shares is seen by its two sides alone; what was shared, with whom and by what agreement stays."""

from django.db import migrations

from sluitend.kernel.organisations import rls
from sluitend.kernel.sealing.remembering import remembers

SIDES, TABLE = ("organisation_id", "recipient_id"), "care_shares_careshare"


class Migration(migrations.Migration):
    dependencies = [
        ("care_shares", "0001_initial"),
        ("followup", "0002_rules"),
        ("sealing", "0003_content"),
    ]
    operations = [
        *rls.matter("care_share"),
        *rls.two_sided(TABLE, *SIDES),
        *rls.fixed_columns(TABLE, [*SIDES, "envelope_id", "code", "kind", "reference", "sent", "content"]),
        *rls.open_subject(TABLE),
        *rls.open_subject(TABLE, step="recipient_step_id", closed="recipient_closed", name="recipient"),
        *remembers(TABLE, ("content", "replies", "kept"), ("state", "closed", "recipient_closed")),
    ]
