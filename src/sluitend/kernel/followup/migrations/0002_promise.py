"""A step is seen by its own organisation alone; `(id, is_open)` is what the subjects' foreign keys point at."""

from django.db import migrations

from sluitend.kernel.organisations.rls import ACTING, intake_inserts

OWN = f"organisation_id = {ACTING}"


class Migration(migrations.Migration):
    dependencies = [("followup", "0001_initial"), ("organisations", "0002_acting")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE followup_nextstep ADD is_open boolean GENERATED ALWAYS AS (done IS NULL) STORED, ADD UNIQUE (id, is_open)"
        ),
        migrations.RunSQL("ALTER TABLE followup_nextstep ENABLE ROW LEVEL SECURITY"),
        migrations.RunSQL(f"CREATE POLICY own ON followup_nextstep FOR SELECT TO sl_app USING ({OWN})"),
        migrations.RunSQL(
            f"CREATE POLICY add ON followup_nextstep FOR INSERT TO sl_app WITH CHECK ({OWN} OR writer_id = {ACTING})"
        ),
        migrations.RunSQL(
            f"CREATE POLICY change ON followup_nextstep FOR UPDATE TO sl_app USING ({OWN}) WITH CHECK ({OWN})"
        ),
        migrations.RunSQL("GRANT SELECT, INSERT, UPDATE ON followup_nextstep TO sl_app"),
        *intake_inserts("followup_nextstep"),
    ]
