"""Whose rows these are: of one organisation, and there of one account."""

from django.db import migrations

from sluitend.kernel.organisations.rls import fixed_columns, own_rows

TABLES = ("forms_draft", "forms_sentform")

# Jobs act for an organisation without an account; a person sees only what is their own.
MINE = """
CREATE POLICY mine ON {table} AS RESTRICTIVE TO sl_app
  USING (account_id = (SELECT acting_account()) OR (SELECT acting_account()) IS NULL)
"""


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_initial"), ("organisations", "0002_acting")]
    operations = [
        *[operation for table in TABLES for operation in own_rows(table)],
        *[operation for table in TABLES for operation in fixed_columns(table, ["organisation_id"])],
        *[migrations.RunSQL(MINE.format(table=table), migrations.RunSQL.noop) for table in TABLES],
    ]
