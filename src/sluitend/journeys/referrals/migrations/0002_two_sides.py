"""Who sees and changes what of a referral, and that each side is open with a step or closed."""

from django.db import migrations

from sluitend.kernel.organisations import rls

SIDES = ("organisation_id", "recipient_id")
REFERRAL = "referrals_referral"
MESSAGE = "referrals_referralmessage"
FILE = "referrals_referralfile"
ADD_ONLY = "SELECT, INSERT, DELETE"


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0001_initial"),
        ("followup", "0002_promise"),
        ("organisations", "0002_acting"),
    ]
    operations = [
        *rls.two_sided(REFERRAL, *SIDES),
        *rls.fixed_columns(
            REFERRAL, [*SIDES, "envelope_id", "code", "channel", "partner", "sent", "content"]
        ),
        *rls.open_subject(REFERRAL),
        *rls.open_subject(REFERRAL, step="recipient_step_id", closed="recipient_closed", name="recipient"),
        *rls.own_rows("referrals_referralorigin"),
        *rls.two_sided(MESSAGE, *SIDES, app=ADD_ONLY, reader_updates=False),
        *rls.two_sided(FILE, *SIDES, app=ADD_ONLY, reader_updates=False),
    ]
