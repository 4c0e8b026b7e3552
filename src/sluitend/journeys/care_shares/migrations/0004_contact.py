"""What is shared keeps how to make contact, where that changed after it was told.

Whatever is written a second time is sealed anew under a next revision, and what was shared with it: so its bytes
do not stay the same. The ledger keeps what they were.
"""

from django.db import migrations

import sluitend.kernel.sealing.fields
from sluitend.kernel.organisations import rls
from sluitend.kernel.sealing.remembering import remembers

SIDES, TABLE = ("organisation_id", "recipient_id"), "care_shares_careshare"


class Migration(migrations.Migration):
    dependencies = [("care_shares", "0003_question")]
    operations = [
        migrations.AddField(
            "careshare", "contact", sluitend.kernel.sealing.fields.SealedField(blank=True, null=True)
        ),
        migrations.RunSQL(
            f"DROP TRIGGER {TABLE}_fixed ON {TABLE}; DROP FUNCTION {TABLE}_fixed()", migrations.RunSQL.noop
        ),
        *rls.fixed_columns(TABLE, [*SIDES, "envelope_id", "code", "kind", "reference", "sent"]),
        *remembers(
            TABLE,
            ("content", "replies", "contact", "kept"),
            ("state", "closed", "recipient_closed"),
        ),
    ]
