"""Who sees and changes what of a request."""

from django.db import migrations

from sluitend.kernel.organisations import rls

SIDES = ("organisation_id", "recipient_id")
REQUEST = "exchanges_request"


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0003_request")]
    operations = [
        *rls.two_sided(REQUEST, *SIDES),
        *rls.fixed_columns(REQUEST, [*SIDES, "envelope_id", "code", "kind", "sent", "content"]),
        *rls.open_subject(REQUEST),
        *rls.open_subject(REQUEST, step="recipient_step_id", closed="recipient_closed", name="recipient"),
    ]
