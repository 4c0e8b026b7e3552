"""The ledger grows and does nothing else."""

from django.db import migrations

from sluitend.kernel.organisations.models import PLATFORM_ID
from sluitend.kernel.organisations.rls import ACTING, intake_inserts

OWN = f"organisation_id = {ACTING}"
OWN_OR_PLATFORM = f"{OWN} OR organisation_id = '{PLATFORM_ID}'"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("organisations", "0002_acting")]
    operations = [
        migrations.RunSQL("ALTER TABLE ledger_event ENABLE ROW LEVEL SECURITY"),
        migrations.RunSQL(f"CREATE POLICY own ON ledger_event FOR SELECT TO sl_app USING ({OWN})"),
        migrations.RunSQL(
            f"CREATE POLICY add ON ledger_event FOR INSERT TO sl_app WITH CHECK ({OWN_OR_PLATFORM})"
        ),
        migrations.RunSQL("GRANT SELECT, INSERT ON ledger_event TO sl_app"),
        *intake_inserts("ledger_event"),
        migrations.RunSQL("ALTER TABLE ledger_link ENABLE ROW LEVEL SECURITY"),
        migrations.RunSQL(f"CREATE POLICY own ON ledger_link FOR SELECT TO sl_app USING ({OWN})"),
        migrations.RunSQL(f"CREATE POLICY add ON ledger_link FOR INSERT TO sl_app WITH CHECK ({OWN})"),
        migrations.RunSQL("GRANT SELECT, INSERT ON ledger_link TO sl_app"),
    ]
