"""What was shared is sealed anew when words beside it change, and only then: a seal is bound to a revision."""

from django.db import migrations

TABLE = "care_shares_careshare"
FIXED = ("organisation_id", "recipient_id", "envelope_id", "code", "kind", "reference", "sent")
ANEW = f"""
CREATE OR REPLACE FUNCTION {TABLE}_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {" OR ".join(f"OLD.{each} IS DISTINCT FROM NEW.{each}" for each in FIXED)}
    OR (OLD.content IS DISTINCT FROM NEW.content AND (NEW.revision <> OLD.revision + 1
      OR (OLD.replies, OLD.contact, OLD.kept) IS NOT DISTINCT FROM (NEW.replies, NEW.contact, NEW.kept)))
  THEN RAISE EXCEPTION 'a row keeps its organisations'; END IF;
  RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("care_shares", "0004_contact")]
    operations = [migrations.RunSQL(ANEW, migrations.RunSQL.noop)]
