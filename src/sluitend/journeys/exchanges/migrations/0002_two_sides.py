"""Who sees and changes what of a transfer, and that ownership goes one way."""

from django.db import migrations

from sluitend.kernel.organisations import rls

SIDES = ("organisation_id", "recipient_id")
TRANSFER = "exchanges_transfer"
ADD_ONLY = "SELECT, INSERT, DELETE"

OWNER_STAYS = """
CREATE FUNCTION exchanges_owner_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.owner = 'recipient' AND NEW.owner <> 'recipient' THEN
    RAISE EXCEPTION 'a municipality that took a case over keeps it';
  END IF;
  RETURN NEW;
END $$
"""
ON_UPDATE = f"""
CREATE TRIGGER exchanges_owner_stays BEFORE UPDATE ON {TRANSFER}
  FOR EACH ROW EXECUTE FUNCTION exchanges_owner_stays()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchanges", "0001_initial"),
        ("followup", "0005_more_subjects"),
        ("organisations", "0002_acting"),
    ]
    operations = [
        *rls.two_sided(TRANSFER, *SIDES),
        *rls.fixed_columns(
            TRANSFER, [*SIDES, "envelope_id", "code", "channel", "municipality", "sent", "content"]
        ),
        *rls.open_subject(TRANSFER),
        *rls.open_subject(TRANSFER, step="recipient_step_id", closed="recipient_closed", name="recipient"),
        migrations.RunSQL(OWNER_STAYS, migrations.RunSQL.noop),
        migrations.RunSQL(ON_UPDATE, migrations.RunSQL.noop),
        *rls.own_rows("exchanges_transfercase", app=ADD_ONLY),
        *rls.two_sided("exchanges_transfermessage", *SIDES, app=ADD_ONLY, reader_updates=False),
    ]
