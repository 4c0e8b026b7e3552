"""A visit that was done keeps what was seen there, and nobody changes that afterwards."""

from django.db import migrations, models

import sluitend.kernel.sealing.fields
from sluitend.kernel.sealing.remembering import remembers

# What a measure may rest on stays as it was written, until the visit is forgotten as a whole.
ONCE = """
CREATE FUNCTION visits_found_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT relowner FROM pg_class WHERE oid = TG_RELID) = (SELECT oid FROM pg_roles WHERE rolname = current_user)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'what was found stays what it is';
END $$;
CREATE TRIGGER visits_found_once BEFORE UPDATE ON visits_visit
  FOR EACH ROW WHEN (OLD.closed IS NOT NULL AND OLD.found IS DISTINCT FROM NEW.found)
  EXECUTE FUNCTION visits_found_once();
"""

FORGET = """
CREATE OR REPLACE FUNCTION visits_forget(target uuid, a_wait_request boolean, today date) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF a_wait_request THEN
    PERFORM public.content_end(envelope_id) FROM public.visits_waitrequest
     WHERE id = target AND organisation_id = public.acting_org() AND content IS NOT NULL
       AND closed IS NOT NULL AND retention_until < today;
    UPDATE public.visits_waitrequest SET content = NULL, lift_text = NULL, turn = turn + 1
     WHERE id = target AND organisation_id = public.acting_org() AND content IS NOT NULL
       AND closed IS NOT NULL AND retention_until < today;
    IF NOT FOUND THEN RETURN false; END IF;
    DELETE FROM public.visits_waitrequesttoken WHERE wait_request_id = target;
    UPDATE public.visits_consultation SET whom = NULL WHERE wait_request_id = target;
    UPDATE public.visits_waitrequestquestion SET content = NULL, reply = NULL WHERE wait_request_id = target;
  ELSE
    PERFORM public.content_end(envelope_id) FROM public.visits_visit
     WHERE id = target AND organisation_id = public.acting_org() AND content IS NOT NULL
       AND closed IS NOT NULL AND retention_until < today;
    UPDATE public.visits_visit SET content = NULL, found = NULL, turn = turn + 1
     WHERE id = target AND organisation_id = public.acting_org() AND content IS NOT NULL
       AND closed IS NOT NULL AND retention_until < today;
    IF NOT FOUND THEN RETURN false; END IF;
    DELETE FROM public.visits_visittoken WHERE visit_id = target;
  END IF;
  RETURN true;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("visits", "0003_fence")]
    operations = [
        migrations.AddField(
            "visit", "found", sluitend.kernel.sealing.fields.SealedField(blank=True, null=True)
        ),
        migrations.AddConstraint(
            "visit",
            models.CheckConstraint(
                condition=models.Q(found__isnull=True) | models.Q(state="done"), name="visit_found_when_done"
            ),
        ),
        *remembers("visits_visit", ("content", "found"), ("state", "closed")),
        *[migrations.RunSQL(each) for each in (ONCE, FORGET)],
    ]
