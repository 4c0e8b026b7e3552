"""A line of the public process is of the day on which it is written; no SQL in its place dates it otherwise."""

from django.db import migrations

from sluitend.kernel.organisations.models import PLATFORM_ID

NOON = "(at AT TIME ZONE 'Europe/Amsterdam')::time = '12:00'"
# The day that the database has. Around midnight it has two: that of the beginning of the transaction and that of
# the line, and the clock of the other machine may be a moment off. Whoever signs in as `sl_app` and goes on as
# intake, as a joint process and the demonstration of a year do, may write lines of its own there anyhow.
TODAY = """(session_user <> 'sl_intake' OR (at AT TIME ZONE 'Europe/Amsterdam')::date
    BETWEEN ((now() - interval '1 minute') AT TIME ZONE 'Europe/Amsterdam')::date
      AND ((clock_timestamp() + interval '1 minute') AT TIME ZONE 'Europe/Amsterdam')::date)"""
PUBLIC = f"""process = 'public' AND account IS NULL AND subject IS NULL AND stands_in_from IS NULL AND revision IS NULL
  AND trace = repeat('0', 32) AND {NOON} AND {TODAY}
  AND ((action = 'report.mailbox' AND activity = 'meldingen')
    OR (action LIKE 'referral.pickup.%' AND activity = 'doorzetten')
    OR ((action LIKE 'refused.%' OR action LIKE 'failed.%') AND activity = 'toegang' AND outcome <> 'ok'
      AND organisation_id = '{PLATFORM_ID}'))"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_intake_activity")]
    operations = [
        migrations.RunSQL(
            f"ALTER POLICY intake ON ledger_intake WITH CHECK ({PUBLIC})", migrations.RunSQL.noop
        )
    ]
