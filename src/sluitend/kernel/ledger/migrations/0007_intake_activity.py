"""A line of the public process names the activity of what its own page does, and no words of its own."""

from django.db import migrations

from sluitend.kernel.organisations.models import PLATFORM_ID

NOON = "(at AT TIME ZONE 'Europe/Amsterdam')::time = '12:00'"
PUBLIC = f"""process = 'public' AND account IS NULL AND subject IS NULL AND stands_in_from IS NULL AND revision IS NULL
  AND trace = repeat('0', 32) AND {NOON}
  AND ((action = 'report.mailbox' AND activity = 'meldingen')
    OR (action LIKE 'referral.pickup.%' AND activity = 'doorzetten')
    OR ((action LIKE 'refused.%' OR action LIKE 'failed.%') AND activity = 'toegang' AND outcome <> 'ok'
      AND organisation_id = '{PLATFORM_ID}'))"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_intake")]
    operations = [
        migrations.RunSQL(
            f"ALTER POLICY intake ON ledger_intake WITH CHECK ({PUBLIC})", migrations.RunSQL.noop
        )
    ]
