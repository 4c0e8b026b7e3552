"""The line of a role stands in the ledger of the organisation that the role is for, whoever offered it."""

from django.db import migrations

ELSEWHERE = """
CREATE POLICY role_elsewhere ON ledger_event FOR INSERT TO sl_app
  WITH CHECK (action LIKE 'account.role%' AND account = (SELECT acting_account()))
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_links_of_the_worker")]
    operations = [
        migrations.RunSQL(ELSEWHERE, "DROP POLICY role_elsewhere ON ledger_event"),
    ]
