"""Whoever refuses that a role works for longer: nobody needs to look at that any more."""

from django.db import migrations

SETTLED = """
CREATE TRIGGER followup_longer_settled AFTER UPDATE OF longer_on ON organisations_membership FOR EACH ROW
  WHEN (OLD.longer_on IS NOT NULL AND NEW.longer_on IS NULL) EXECUTE FUNCTION followup_role_settled();
"""


class Migration(migrations.Migration):
    dependencies = [("followup", "0002_rules"), ("organisations", "0006_longer")]
    operations = [migrations.RunSQL(SETTLED)]
