"""Who sees and changes what of visits and wait requests, what stays for life, and the one way in which words go.

And the fence: nothing goes where a wait request binds without a consultation that lets it. Its functions run as their
owner, past the acting organisation, so that no setting can hide a wait request from them. They are deferred, as
everything that an action must leave right; each takes the lock of the municipality first, so that of a release and a
wait request at the same instant the second one sees the first.
"""

from django.db import migrations

from sluitend.kernel.organisations import rls
from sluitend.kernel.sealing.remembering import remembers

VISIT, VISIT_TOKEN = "visits_visit", "visits_visittoken"
WAIT_REQUEST, WAIT_REQUEST_TOKEN = "visits_waitrequest", "visits_waitrequesttoken"
CONSULTATION, QUESTION = "visits_consultation", "visits_waitrequestquestion"
ADD_ONLY = "SELECT, INSERT"
NO_DELETE = "SELECT, INSERT, UPDATE"
# An asker adds a wait request for a municipality; the two-sided policy lets only the first side do so.
ASKER_ADDS = f"CREATE POLICY ask ON {WAIT_REQUEST} FOR INSERT TO sl_app WITH CHECK (asker_id = {rls.ACTING})"

FIXED = {
    VISIT: ["organisation_id", "envelope_id", "code", "kind", "day", "planner_id", "case_id", "content"],
    WAIT_REQUEST: [
        "organisation_id",
        "asker_id",
        "envelope_id",
        "code",
        "partner",
        "ground",
        "until",
        "content",
    ],
    QUESTION: [
        "organisation_id",
        "asker_id",
        "wait_request_id",
        "visit_id",
        "code",
        "asked_at",
        "due",
        "content",
    ],
}
BY_OWNER = "(SELECT relowner FROM pg_class WHERE oid = TG_RELID) = (SELECT oid FROM pg_roles WHERE rolname = current_user)"


def stays(table: str, columns: list[str]) -> migrations.RunSQL:
    """Keep the columns of a row for life, but for the function below."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return migrations.RunSQL(f"""
CREATE FUNCTION {table}_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {BY_OWNER} THEN RETURN NEW; END IF;
  IF {changed} THEN RAISE EXCEPTION 'a row keeps its organisations'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_fixed();
""")


# The municipality asks, the asker alone answers, once.
ANSWERS = f"""
CREATE FUNCTION visits_asker_answers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {BY_OWNER} THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.answer <> '' OR NEW.worked_in IS NOT NULL THEN RAISE EXCEPTION 'a question has no answer yet'; END IF;
  ELSIF (OLD.answer, OLD.reply, OLD.wait_until, OLD.answered_at, OLD.answered_by_id)
      IS DISTINCT FROM (NEW.answer, NEW.reply, NEW.wait_until, NEW.answered_at, NEW.answered_by_id) THEN
    IF OLD.answer <> '' THEN RAISE EXCEPTION 'an answer stays what it is'; END IF;
    IF acting_org() IS DISTINCT FROM OLD.asker_id THEN RAISE EXCEPTION 'only the asker answers'; END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER visits_asker_answers BEFORE INSERT OR UPDATE ON {QUESTION}
  FOR EACH ROW EXECUTE FUNCTION visits_asker_answers();
"""

# What a measure may rest on stays as it was written, until the visit is forgotten as a whole.
ONCE = f"""
CREATE FUNCTION visits_found_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {BY_OWNER}
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'what was found stays what it is';
END $$;
CREATE TRIGGER visits_found_once BEFORE UPDATE ON {VISIT}
  FOR EACH ROW WHEN (OLD.closed IS NOT NULL AND OLD.found IS DISTINCT FROM NEW.found)
  EXECUTE FUNCTION visits_found_once();
"""

# The words and tokens of a visit or a wait request go when it is closed, and kept long enough. Nobody else may empty a
# column that belongs to a row for life, or take a token away: a wait request without its tokens would free the place.
FORGET = """
CREATE FUNCTION visits_forget(target uuid, a_wait_request boolean, today date) RETURNS boolean
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
REVOKE ALL ON FUNCTION visits_forget(uuid, boolean, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION visits_forget(uuid, boolean, date) TO sl_app;
"""

# The fence. The last consultation about this visit counts. `rows.allows` says the same in words.
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
ENDS = ("state", "closed")


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial"), ("followup", "0002_rules"), ("sealing", "0002_rules")]
    operations = [
        *rls.matter("planned"),
        *rls.own_rows(VISIT, app=NO_DELETE),
        *rls.own_rows(VISIT_TOKEN, app=ADD_ONLY),
        *rls.open_subject(VISIT),
        *remembers(VISIT, ("content", "found"), ENDS),
        *rls.matter("wait_request"),
        *rls.two_sided(WAIT_REQUEST, "organisation_id", "asker_id", app=NO_DELETE),
        migrations.RunSQL(ASKER_ADDS),
        *rls.own_rows(WAIT_REQUEST_TOKEN, app=ADD_ONLY),
        *rls.open_subject(WAIT_REQUEST),
        *remembers(WAIT_REQUEST, ("lift_text", "content"), ENDS),
        *rls.own_rows(CONSULTATION, app=ADD_ONLY),
        *remembers(CONSULTATION, ("whom",), under=(WAIT_REQUEST, "wait_request_id")),
        *rls.two_sided(QUESTION, "organisation_id", "asker_id", app=NO_DELETE),
        *rls.open_subject(QUESTION, step="recipient_step_id", closed="recipient_closed", name="recipient"),
        *remembers(
            QUESTION, ("content", "reply"), ("recipient_closed",), under=(WAIT_REQUEST, "wait_request_id")
        ),
        *[stays(table, columns) for table, columns in FIXED.items()],
        *[migrations.RunSQL(each) for each in (ANSWERS, ONCE, FORGET, FORBIDS, MAY_GO, BINDS, CONSULTED)],
    ]
