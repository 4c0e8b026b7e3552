"""Drafts and sent forms stand in an app of their own.

The words of a draft are bound to the name of their table, and no key is here to bind them anew: what was being
typed when this runs stays on the page where it is typed, which keeps it again within seconds.
"""

from django.db import migrations

SENT = """
INSERT INTO forms_sentform (id, organisation_id, account_id, key, day, place)
SELECT id, organisation_id, account_id, key, day, place FROM reports_sentform
"""
DRAFTS = """
WITH gone AS (DELETE FROM reports_draft RETURNING envelope_id),
  ended AS (DELETE FROM sealing_envelope e USING gone WHERE e.id = gone.envelope_id)
INSERT INTO sealing_destruction (id, envelope_id, day, why)
SELECT gen_random_uuid(), envelope_id, (now() AT TIME ZONE 'Europe/Amsterdam')::date, 'draft' FROM gone
ON CONFLICT (envelope_id) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_other_pages"), ("forms", "0002_rules"), ("sealing", "0005_content")]
    operations = [
        migrations.RunSQL(SENT, migrations.RunSQL.noop),
        # What a deferred key has still to check would keep the table from being dropped.
        migrations.RunSQL(
            [DRAFTS, "SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"], migrations.RunSQL.noop
        ),
        migrations.DeleteModel(name="Draft"),
        migrations.DeleteModel(name="SentForm"),
        migrations.RunSQL(
            "DROP FUNCTION reports_draft_fixed(), reports_sentform_fixed()", migrations.RunSQL.noop
        ),
    ]
