"""Who sees and changes what, and the fence: nothing goes where a wait request binds without a consultation that lets it.

The functions run as their owner, past the acting organisation, so that no setting can hide a wait request from them.
They are deferred, as everything that an action must leave right; each takes the lock of the municipality first,
so that of a release and a wait request at the same instant the second one sees the first.
"""

from django.db import migrations

from sluitend.kernel.organisations import rls

VISIT, VISIT_TOKEN = "visits_visit", "visits_visittoken"
WAIT_REQUEST, WAIT_REQUEST_TOKEN = "visits_waitrequest", "visits_waitrequesttoken"
CONSULTATION = "visits_consultation"
ADD_ONLY = "SELECT, INSERT"
NO_DELETE = "SELECT, INSERT, UPDATE"

# An asker adds a wait request for a municipality; the two-sided policy lets only the first side do so.
ASKER_ADDS = f"CREATE POLICY ask ON {WAIT_REQUEST} FOR INSERT TO sl_app WITH CHECK (asker_id = {rls.ACTING})"

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
      FROM public.visits_waitrequest h WHERE h.id = the_wait_request $$
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
  END $$
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
  END $$
"""

CONSULTED = """
CREATE FUNCTION visits_consulted() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    IF EXISTS (SELECT 1 FROM public.visits_visit c
                WHERE c.id = NEW.visit_id AND c.state = 'released' AND public.visits_forbids(NEW.wait_request_id, c.id))
    THEN RAISE EXCEPTION 'still released' USING ERRCODE = 'check_violation'; END IF;
    RETURN NULL;
  END $$
"""

DEFERRED = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
GOING = "NEW.state IN ('released', 'done')"
BINDING = "NEW.indexed IS NOT NULL AND NEW.state IN ('runs', 'passed')"
TRIGGERS = (
    (
        "visits_new_may_go",
        f"AFTER INSERT ON {VISIT}",
        f"WHEN ({GOING}) EXECUTE FUNCTION visits_may_go()",
    ),
    (
        "visits_may_go",
        f"AFTER UPDATE ON {VISIT}",
        f"WHEN ({GOING} AND OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION visits_may_go()",
    ),
    (
        "visits_binds",
        f"AFTER INSERT OR UPDATE ON {WAIT_REQUEST}",
        f"WHEN ({BINDING}) EXECUTE FUNCTION visits_binds()",
    ),
    ("visits_consulted", f"AFTER INSERT ON {CONSULTATION}", "EXECUTE FUNCTION visits_consulted()"),
)


def _function(definition, signature):
    return [
        migrations.RunSQL(definition, migrations.RunSQL.noop),
        migrations.RunSQL(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC", migrations.RunSQL.noop),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0001_initial"),
        ("followup", "0005_more_subjects"),
        ("organisations", "0002_acting"),
    ]
    operations = [
        *rls.own_rows(VISIT, app=NO_DELETE),
        *rls.own_rows(VISIT_TOKEN, app=ADD_ONLY),
        *rls.own_rows(WAIT_REQUEST_TOKEN, app=ADD_ONLY),
        *rls.own_rows(CONSULTATION, app=ADD_ONLY),
        *rls.two_sided(WAIT_REQUEST, "organisation_id", "asker_id", app=NO_DELETE),
        migrations.RunSQL(ASKER_ADDS, migrations.RunSQL.noop),
        *rls.fixed_columns(
            VISIT,
            ["organisation_id", "envelope_id", "code", "kind", "day", "planner_id", "case_id", "content"],
        ),
        *rls.fixed_columns(
            WAIT_REQUEST,
            ["organisation_id", "asker_id", "envelope_id", "code", "partner", "ground", "until", "content"],
        ),
        *rls.open_subject(VISIT),
        *rls.open_subject(WAIT_REQUEST),
        *_function(FORBIDS, "visits_forbids(uuid, uuid)"),
        *_function(MAY_GO, "visits_may_go()"),
        *_function(BINDS, "visits_binds()"),
        *_function(CONSULTED, "visits_consulted()"),
        *[
            migrations.RunSQL(
                f"CREATE CONSTRAINT TRIGGER {name} {when} {DEFERRED} {what}", migrations.RunSQL.noop
            )
            for name, when, what in TRIGGERS
        ],
    ]
