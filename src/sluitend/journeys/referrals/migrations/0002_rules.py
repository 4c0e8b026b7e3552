"""Who sees and changes what of a referral, that each side is open with a step or closed, and whose pick-ups these are."""

from django.db import migrations

from sluitend.kernel.organisations import rls
from sluitend.kernel.sealing.remembering import remembers

SIDES = ("organisation_id", "recipient_id")
REFERRAL = "referrals_referral"
MESSAGE = "referrals_referralmessage"
ORIGIN = "referrals_referralorigin"
PICKUP = "referrals_pickup"
ADD_ONLY = "SELECT, INSERT, DELETE"
# Whatever destroys the content takes along what could open it.
CONTENT = f"""
ALTER TABLE {PICKUP} ADD CONSTRAINT {PICKUP}_content FOREIGN KEY (content_envelope_id)
  REFERENCES sealing_envelope (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX {PICKUP}_content_i ON {PICKUP} (content_envelope_id);
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("followup", "0002_rules"), ("sealing", "0003_content")]
    operations = [
        *rls.matter("referral"),
        *rls.two_sided(REFERRAL, *SIDES),
        *rls.fixed_columns(
            REFERRAL, [*SIDES, "envelope_id", "code", "channel", "partner", "sent", "content"]
        ),
        *rls.open_subject(REFERRAL),
        *rls.open_subject(REFERRAL, step="recipient_step_id", closed="recipient_closed", name="recipient"),
        # What a function writes for the role of the public pages, with days that it is given.
        *rls.sane_days(REFERRAL, ["answer_on", "received_on", "passed_on", "outcome_on"]),
        *remembers(REFERRAL, ("content",), ("state", "closed", "recipient_closed")),
        *rls.own_rows(ORIGIN),
        *remembers(ORIGIN, ("reasons",)),
        *rls.two_sided(MESSAGE, *SIDES, app=ADD_ONLY, reader_updates=False),
        *remembers(MESSAGE, ("text",)),
        *rls.two_sided("referrals_referralfile", *SIDES, app=ADD_ONLY, reader_updates=False),
        *rls.own_rows("referrals_partnerlist"),
        *rls.fixed_columns("referrals_partnerlist", ["organisation_id", "partner", "made"]),
        *rls.own_rows(PICKUP, app="SELECT, INSERT, UPDATE"),
        *rls.fixed_columns(
            PICKUP,
            [
                "organisation_id",
                "referral_id",
                "envelope_id",
                "content_envelope_id",
                "lookup",
                "made",
                "expires",
            ],
        ),
        migrations.RunSQL(CONTENT),
    ]
