"""Who sees and changes what of visits and wait requests, what stays for life, and the one way in which words go."""

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
    UPDATE public.visits_visit SET content = NULL, turn = turn + 1
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
ENDS = ("state", "closed")


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial"), ("followup", "0002_rules"), ("sealing", "0003_content")]
    operations = [
        *rls.matter("planned"),
        *rls.own_rows(VISIT, app=NO_DELETE),
        *rls.own_rows(VISIT_TOKEN, app=ADD_ONLY),
        *rls.open_subject(VISIT),
        *remembers(VISIT, ("content",), ENDS),
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
        migrations.RunSQL(ANSWERS),
        migrations.RunSQL(FORGET),
    ]
