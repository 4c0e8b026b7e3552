"""The fence: nothing goes where a wait request binds without a consultation that lets it.

The functions run as their owner, past the acting organisation, so that no setting can hide a wait request from them.
They are deferred, as everything that an action must leave right; each takes the lock of the municipality first,
so that of a release and a wait request at the same instant the second one sees the first.
"""

from django.db import migrations

# The last consultation about this visit counts. `rows.allows` says the same in words.
FORBIDS = """
CREATE FUNCTION visits_forbids(the_wait_request uuid, the_visit uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT h.state IN ('runs', 'passed') AND (h.indexed IS NULL OR (
        EXISTS (SELECT 1 FROM public.visits_waitrequesttoken t JOIN public.visits_visittoken c
                  ON c.token = t.token AND c.organisation_id = t.organisation_id
                 WHERE t.wait_request_id = h.id AND c.visit_id = the_visit)
        AND NOT coalesce((
          SELECT k.outcome = 'go_ahead' OR k.cannot_wait <> '' OR (k.outcome = 'no_answer' AND k.asked_on > h.until)
            FROM public.visits_consultation k
           WHERE k.wait_request_id = h.id AND k.visit_id = the_visit ORDER BY k.turn DESC LIMIT 1), false)))
      FROM public.visits_waitrequest h WHERE h.id = the_wait_request $$;
REVOKE ALL ON FUNCTION visits_forbids(uuid, uuid) FROM PUBLIC;
"""
MAY_GO = """
CREATE FUNCTION visits_may_go() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('visits'), hashtext(NEW.organisation_id::text));
    IF NOT EXISTS (SELECT 1 FROM public.visits_visit c WHERE c.id = NEW.id AND c.state IN ('released', 'done'))
    THEN RETURN NULL; END IF;
    IF NOT EXISTS (SELECT 1 FROM public.visits_visittoken c WHERE c.visit_id = NEW.id)
      OR EXISTS (SELECT 1 FROM public.visits_waitrequest h
                  WHERE h.organisation_id = NEW.organisation_id AND public.visits_forbids(h.id, NEW.id))
    THEN RAISE EXCEPTION 'not released' USING ERRCODE = 'check_violation'; END IF;
    RETURN NULL;
  END $$;
REVOKE ALL ON FUNCTION visits_may_go() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER visits_new_may_go AFTER INSERT ON visits_visit DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state IN ('released', 'done')) EXECUTE FUNCTION visits_may_go();
CREATE CONSTRAINT TRIGGER visits_may_go AFTER UPDATE ON visits_visit DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state IN ('released', 'done') AND OLD.state IS DISTINCT FROM NEW.state)
  EXECUTE FUNCTION visits_may_go();
"""
BINDS = """
CREATE FUNCTION visits_binds() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('visits'), hashtext(NEW.organisation_id::text));
    IF EXISTS (SELECT 1 FROM public.visits_visit c
                WHERE c.organisation_id = NEW.organisation_id AND c.state = 'released'
                  AND public.visits_forbids(NEW.id, c.id))
    THEN RAISE EXCEPTION 'still released' USING ERRCODE = 'check_violation'; END IF;
    RETURN NULL;
  END $$;
REVOKE ALL ON FUNCTION visits_binds() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER visits_binds AFTER INSERT OR UPDATE ON visits_waitrequest DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.indexed IS NOT NULL AND NEW.state IN ('runs', 'passed')) EXECUTE FUNCTION visits_binds();
"""
CONSULTED = """
CREATE FUNCTION visits_consulted() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    IF EXISTS (SELECT 1 FROM public.visits_visit c
                WHERE c.id = NEW.visit_id AND c.state = 'released' AND public.visits_forbids(NEW.wait_request_id, c.id))
    THEN RAISE EXCEPTION 'still released' USING ERRCODE = 'check_violation'; END IF;
    RETURN NULL;
  END $$;
REVOKE ALL ON FUNCTION visits_consulted() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER visits_consulted AFTER INSERT ON visits_consultation DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION visits_consulted();
"""


class Migration(migrations.Migration):
    dependencies = [("visits", "0002_rules")]
    operations = [migrations.RunSQL(each) for each in (FORBIDS, MAY_GO, BINDS, CONSULTED)]
