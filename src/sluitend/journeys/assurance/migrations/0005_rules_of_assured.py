"""Everybody may read what help is agreed, the region writes it; what was noted of it never changes."""

from django.db import migrations

from sluitend.kernel.organisations import rls

ASSURED = "assurance_assured"
NOTED = ("assurance_assuredterms", "assurance_assuredplaces")


def of_region(table: str, app: str) -> migrations.RunSQL:
    """Let whoever acts for an organisation see all rows, and write those of that organisation."""
    own = f"organisation_id = {rls.ACTING}"
    return migrations.RunSQL(f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON {table} FOR SELECT TO sl_app USING ({rls.ACTING} IS NOT NULL);
CREATE POLICY add ON {table} FOR INSERT TO sl_app WITH CHECK ({own});
CREATE POLICY change ON {table} FOR UPDATE TO sl_app USING ({own}) WITH CHECK ({own});
GRANT {app} ON {table} TO sl_app;
""")


class Migration(migrations.Migration):
    dependencies = [("assurance", "0004_assured"), ("followup", "0002_rules")]
    operations = [
        *rls.matter("assured"),
        of_region(ASSURED, "SELECT, INSERT, UPDATE"),
        *[of_region(table, "SELECT, INSERT") for table in NOTED],
        *rls.fixed_columns(ASSURED, ["organisation_id", "code", "kind", "area"]),
        *rls.open_subject(ASSURED),
        *rls.sane_days("assurance_assuredterms", ["noted", "begins", "ends"]),
        *rls.sane_days("assurance_assuredplaces", ["day"]),
    ]
