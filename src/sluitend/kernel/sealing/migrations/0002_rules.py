"""Who sees, adds, changes and deletes what of an envelope, and the one way to destroy it, which always notes it.

Nobody changes holder or writer: there is no right to.
"""

from django.db import migrations

from sluitend.kernel.organisations import rls

NO_UPDATE = "SELECT, INSERT, DELETE"
UPDATE_SEAL = "SELECT, INSERT, DELETE, UPDATE (sealed, key_id)"
UPDATE_STATE = "SELECT, INSERT, DELETE, UPDATE (state, shown)"
SIDES = ("organisation_id", "recipient_id")
PARTS = (
    ("sealing_seal", "envelope_id", "sealing_envelope"),
    ("sealing_mailboxseal", "envelope_id", "sealing_envelope"),
    ("sealing_attachment", "envelope_id", "sealing_envelope"),
    ("sealing_attachmentchunk", "attachment_id", "sealing_attachment"),
)

# Runs as the owner: nobody else may delete an envelope or add to the list of destructions, so that neither
# happens without the other. A line for an envelope that was not destroyed would destroy it at the next
# restore; a destruction without a line would be undone by it.
DESTROY = """
CREATE FUNCTION sealing_destroy(target uuid, reason text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM public.sealing_envelope
  WHERE id = target AND public.acting_org() IN (organisation_id, recipient_id);
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM public.content_end(target);
  INSERT INTO public.sealing_destruction (id, envelope_id, day, why)
  VALUES (gen_random_uuid(), target, (now() AT TIME ZONE 'Europe/Amsterdam')::date, reason)
  ON CONFLICT (envelope_id) DO NOTHING;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION sealing_destroy(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sealing_destroy(uuid, text) TO sl_app;
"""
# That an envelope was destroyed may everybody know who knows its random id.
DESTRUCTIONS = """
ALTER TABLE sealing_destruction ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON sealing_destruction FOR SELECT TO sl_app USING (true);
GRANT SELECT ON sealing_destruction TO sl_app;
"""
# The mark by which a database that was put back is known. The row travels with a dump; the identity of the database
# in which it is put back is another.
STANDING = """
CREATE TABLE sealing_standing (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  identity text NOT NULL
);
ALTER TABLE sealing_standing ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON sealing_standing FOR SELECT TO sl_app, sl_intake USING (true);
GRANT SELECT ON sealing_standing TO sl_app, sl_intake;
"""
# Sealed bytes do not compress: PostgreSQL need not try.
BYTES = "ALTER TABLE sealing_attachmentchunk ALTER COLUMN sealed SET STORAGE EXTERNAL"


def cascade(table: str, column: str, whole: str) -> migrations.RunSQL:
    """Let the rows of a part go with the whole. The database does it as the owner, past what the acting one sees."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_part FOREIGN KEY ({column}) REFERENCES {whole} (id) "
        "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"
    )


class Migration(migrations.Migration):
    dependencies = [("sealing", "0001_initial"), ("organisations", "0002_rules")]
    operations = [
        *[cascade(*part) for part in PARTS],
        *rls.two_sided("sealing_envelope", *SIDES, app="SELECT, INSERT", reader_updates=False, deletes=False),
        *rls.two_sided("sealing_seal", "writer_id", "holder_id", app=UPDATE_SEAL, reader_updates=False),
        *rls.own_rows("sealing_mailboxseal", app=NO_UPDATE),
        *rls.two_sided("sealing_attachment", *SIDES, app=UPDATE_STATE, reader_updates=False),
        *rls.two_sided("sealing_attachmentchunk", *SIDES, app=NO_UPDATE, reader_updates=False),
        *rls.intake_inserts("sealing_envelope", rls.sane_day("created")),
        *rls.intake_inserts("sealing_seal"),
        *rls.intake_inserts("sealing_mailboxseal"),
        *rls.intake_inserts("sealing_attachment"),
        *rls.intake_inserts("sealing_attachmentchunk"),
        *rls.grants("sealing_publickeycopy", app="SELECT, INSERT, UPDATE"),
        *[migrations.RunSQL(each) for each in (DESTROY, DESTRUCTIONS, STANDING, BYTES)],
    ]
