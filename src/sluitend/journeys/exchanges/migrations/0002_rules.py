"""Who sees and changes what of a transfer and a request, that ownership goes one way, and who writes in the directory."""

from django.db import migrations

from sluitend.kernel.organisations import rls
from sluitend.kernel.sealing.remembering import remembers

SIDES = ("organisation_id", "recipient_id")
TRANSFER, REQUEST = "exchanges_transfer", "exchanges_request"
DIRECTORY = ("exchanges_directoryentry", "exchanges_directoryperson")
ADD_ONLY = "SELECT, INSERT, DELETE"
BOTH_END = ("state", "closed", "recipient_closed")
RECIPIENT = {"step": "recipient_step_id", "closed": "recipient_closed", "name": "recipient"}

OWNER_STAYS = f"""
CREATE FUNCTION exchanges_owner_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.owner = 'recipient' AND NEW.owner <> 'recipient' THEN
    RAISE EXCEPTION 'a municipality that took a case over keeps it';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER exchanges_owner_stays BEFORE UPDATE ON {TRANSFER}
  FOR EACH ROW EXECUTE FUNCTION exchanges_owner_stays();
"""


def directory(table: str) -> migrations.RunSQL:
    """Let whoever acts for an organisation see all rows, and write those of that organisation."""
    own = f"organisation_id = {rls.ACTING}"
    return migrations.RunSQL(f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON {table} FOR SELECT TO sl_app USING ({rls.ACTING} IS NOT NULL);
CREATE POLICY add ON {table} FOR INSERT TO sl_app WITH CHECK ({own});
CREATE POLICY change ON {table} FOR UPDATE TO sl_app USING ({own}) WITH CHECK ({own});
CREATE POLICY drop ON {table} FOR DELETE TO sl_app USING ({own});
GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO sl_app;
""")


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0001_initial"), ("followup", "0002_rules"), ("sealing", "0002_rules")]
    operations = [
        *rls.matter("transfer"),
        *rls.two_sided(TRANSFER, *SIDES),
        *rls.fixed_columns(
            TRANSFER, [*SIDES, "envelope_id", "code", "channel", "municipality", "sent", "content"]
        ),
        *rls.open_subject(TRANSFER),
        *rls.open_subject(TRANSFER, **RECIPIENT),
        migrations.RunSQL(OWNER_STAYS),
        *remembers(TRANSFER, ("content", "accepted_by"), BOTH_END),
        *rls.own_rows("exchanges_transfercase", app=ADD_ONLY),
        *rls.two_sided("exchanges_transfermessage", *SIDES, app=ADD_ONLY, reader_updates=False),
        *remembers("exchanges_transfermessage", ("text",)),
        *rls.matter("request"),
        *rls.two_sided(REQUEST, *SIDES),
        *rls.fixed_columns(REQUEST, [*SIDES, "envelope_id", "code", "kind", "sent", "content"]),
        *rls.open_subject(REQUEST),
        *rls.open_subject(REQUEST, **RECIPIENT),
        *remembers(REQUEST, ("content", "reply", "further"), BOTH_END),
        *[directory(table) for table in DIRECTORY],
    ]
