"""What care shares is seen by its two sides alone; with whom it was shared, and by what agreement, stays."""

from django.db import migrations

from sluitend.kernel.organisations import rls
from sluitend.kernel.sealing.remembering import remembers

SIDES, TABLE = ("organisation_id", "recipient_id"), "care_shares_careshare"
FIXED = (*SIDES, "envelope_id", "code", "kind", "reference", "sent")
# What was shared is sealed anew when words beside it change, and only then: a seal is bound to a revision. So its bytes
# do not stay the same; the ledger keeps what they were.
STAYS = f"""
CREATE FUNCTION {TABLE}_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {" OR ".join(f"OLD.{each} IS DISTINCT FROM NEW.{each}" for each in FIXED)}
    OR (OLD.content IS DISTINCT FROM NEW.content AND (NEW.revision <> OLD.revision + 1
      OR (OLD.replies, OLD.contact, OLD.kept) IS NOT DISTINCT FROM (NEW.replies, NEW.contact, NEW.kept)))
  THEN RAISE EXCEPTION 'a row keeps its organisations'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("care_shares", "0001_initial"),
        ("followup", "0002_rules"),
        ("sealing", "0002_rules"),
    ]
    operations = [
        *rls.matter("care_share"),
        *rls.two_sided(TABLE, *SIDES),
        migrations.RunSQL(STAYS),
        *rls.open_subject(TABLE),
        *rls.open_subject(TABLE, step="recipient_step_id", closed="recipient_closed", name="recipient"),
        *remembers(TABLE, ("content", "replies", "contact", "kept"), ("state", "closed", "recipient_closed")),
    ]
