"""One way to destroy, which always notes it; and the mark by which a database that was put back is known."""

from django.db import migrations

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
  INSERT INTO public.sealing_destruction (id, envelope_id, day, why)
  VALUES (gen_random_uuid(), target, (now() AT TIME ZONE 'Europe/Amsterdam')::date, reason)
  ON CONFLICT (envelope_id) DO NOTHING;
  RETURN true;
END $$
"""

# The row travels with a dump; the identity of the database in which it is put back is another.
STANDING = """
CREATE TABLE sealing_standing (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  identity text NOT NULL
)
"""


class Migration(migrations.Migration):
    dependencies = [("sealing", "0002_policies")]

    operations = [
        migrations.RunSQL(DESTROY, "DROP FUNCTION sealing_destroy(uuid, text)"),
        migrations.RunSQL(
            [
                "REVOKE ALL ON FUNCTION sealing_destroy(uuid, text) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sealing_destroy(uuid, text) TO sl_app",
                "DROP POLICY add ON sealing_destruction",
                "REVOKE INSERT ON sealing_destruction FROM sl_app",
                'DROP POLICY "drop" ON sealing_envelope',
                "REVOKE DELETE ON sealing_envelope FROM sl_app",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(STANDING, "DROP TABLE sealing_standing"),
        migrations.RunSQL(
            [
                "ALTER TABLE sealing_standing ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY see ON sealing_standing FOR SELECT TO sl_app, sl_intake USING (true)",
                "GRANT SELECT ON sealing_standing TO sl_app, sl_intake",
            ],
            migrations.RunSQL.noop,
        ),
    ]
