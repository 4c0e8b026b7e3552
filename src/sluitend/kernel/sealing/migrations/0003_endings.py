"""What ended and is no envelope. A seal that goes is noted by the database; a web role notes no seal that stays."""

import uuid

from django.db import migrations, models

import sluitend.kernel.sealing.models

# That something ended may everybody know who knows its random id.
READ = """
ALTER TABLE sealing_ending ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON sealing_ending FOR SELECT TO sl_app USING (true);
GRANT SELECT ON sealing_ending TO sl_app;
"""
# With the envelope itself its seals go too: that is a destruction, which has a line of its own, or it lives on elsewhere.
SEAL_ENDED = """
CREATE FUNCTION sealing_seal_ended() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.sealing_envelope WHERE id = OLD.envelope_id) THEN
    INSERT INTO public.sealing_ending (id, day) VALUES (OLD.id, (now() AT TIME ZONE 'Europe/Amsterdam')::date)
    ON CONFLICT (id) DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION sealing_seal_ended() FROM PUBLIC;
CREATE TRIGGER sealing_seal_ended AFTER DELETE ON sealing_seal FOR EACH ROW EXECUTE FUNCTION sealing_seal_ended();
"""
# The line of a seal that stays would take it away at the next restore, seen by nobody until then.
SEALING_END = """
CREATE FUNCTION sealing_end(ended uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.sealing_seal WHERE id = ANY (ended)) THEN
    RAISE EXCEPTION 'a seal ends by going' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  INSERT INTO public.sealing_ending (id, day)
  SELECT DISTINCT each, (now() AT TIME ZONE 'Europe/Amsterdam')::date FROM unnest(ended) AS each
  ON CONFLICT (id) DO NOTHING;
END $$;
REVOKE ALL ON FUNCTION sealing_end(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sealing_end(uuid[]) TO sl_app;
"""


class Migration(migrations.Migration):
    dependencies = [("sealing", "0002_rules")]
    operations = [
        migrations.CreateModel(
            name="Ending",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("day", models.DateField(default=sluitend.kernel.sealing.models.today)),
            ],
        ),
        migrations.AddIndex("ending", models.Index(fields=["day"], name="sealing_ending_day")),
        migrations.AddIndex("destruction", models.Index(fields=["day"], name="sealing_destruction_day")),
        *[migrations.RunSQL(each) for each in (READ, SEAL_ENDED, SEALING_END)],
    ]
