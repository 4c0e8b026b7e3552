"""Every organisation sees the directory; each changes its own lines only."""

from django.db import migrations

ACTING = "(SELECT acting_org())"
TABLES = ("exchanges_directoryentry", "exchanges_directoryperson")


def guarded(table: str) -> list[migrations.RunSQL]:
    """Let whoever acts for an organisation see all rows, and write those of that organisation."""
    own = f"organisation_id = {ACTING}"
    statements = (
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'CREATE POLICY see ON "{table}" FOR SELECT TO sl_app USING ({ACTING} IS NOT NULL)',
        f'CREATE POLICY add ON "{table}" FOR INSERT TO sl_app WITH CHECK ({own})',
        f'CREATE POLICY change ON "{table}" FOR UPDATE TO sl_app USING ({own}) WITH CHECK ({own})',
        f'CREATE POLICY drop ON "{table}" FOR DELETE TO sl_app USING ({own})',
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO sl_app',
    )
    return [migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in statements]


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0005_directory")]
    operations = [operation for table in TABLES for operation in guarded(table)]
