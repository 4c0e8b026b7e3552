"""Who sees and changes what, and the fence: nothing goes where a hold binds without a consultation that lets it.

The functions run as their owner, past the acting organisation, so that no setting can hide a hold from them.
They are deferred, as everything that an action must leave right; each takes the lock of the municipality first,
so that of a release and a hold at the same instant the second one sees the first.
"""

from django.db import migrations

from sluitend.kernel.organisations import rls

CONTACT, CONTACT_TOKEN = "contacts_contact", "contacts_contacttoken"
HOLD, HOLD_TOKEN = "contacts_hold", "contacts_holdtoken"
CONSULTATION = "contacts_consultation"
ADD_ONLY = "SELECT, INSERT"
NO_DELETE = "SELECT, INSERT, UPDATE"

# An asker adds a hold for a municipality; the two-sided policy lets only the first side do so.
ASKER_ADDS = f"CREATE POLICY ask ON {HOLD} FOR INSERT TO sl_app WITH CHECK (asker_id = {rls.ACTING})"

# The last consultation about this contact counts. `rows.allows` says the same in words.
FORBIDS = """
CREATE FUNCTION contacts_forbids(the_hold uuid, the_contact uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT h.state IN ('runs', 'passed') AND (h.indexed IS NULL OR (
        EXISTS (SELECT 1 FROM public.contacts_holdtoken t JOIN public.contacts_contacttoken c
                  ON c.token = t.token AND c.organisation_id = t.organisation_id
                 WHERE t.hold_id = h.id AND c.contact_id = the_contact)
        AND NOT coalesce((
          SELECT k.outcome = 'go_ahead' OR k.cannot_wait <> '' OR (k.outcome = 'no_answer' AND k.asked_on > h.until)
            FROM public.contacts_consultation k
           WHERE k.hold_id = h.id AND k.contact_id = the_contact ORDER BY k.turn DESC LIMIT 1), false)))
      FROM public.contacts_hold h WHERE h.id = the_hold $$
"""

MAY_GO = """
CREATE FUNCTION contacts_may_go() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('contacts'), hashtext(NEW.organisation_id::text));
    IF NOT EXISTS (SELECT 1 FROM public.contacts_contact c WHERE c.id = NEW.id AND c.state IN ('released', 'done'))
    THEN RETURN NULL; END IF;
    IF NOT EXISTS (SELECT 1 FROM public.contacts_contacttoken c WHERE c.contact_id = NEW.id)
      OR EXISTS (SELECT 1 FROM public.contacts_hold h
                  WHERE h.organisation_id = NEW.organisation_id AND public.contacts_forbids(h.id, NEW.id))
    THEN RAISE EXCEPTION 'not released' USING ERRCODE = 'check_violation'; END IF;
    RETURN NULL;
  END $$
"""

BINDS = """
CREATE FUNCTION contacts_binds() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('contacts'), hashtext(NEW.organisation_id::text));
    IF EXISTS (SELECT 1 FROM public.contacts_contact c
                WHERE c.organisation_id = NEW.organisation_id AND c.state = 'released'
                  AND public.contacts_forbids(NEW.id, c.id))
    THEN RAISE EXCEPTION 'still released' USING ERRCODE = 'check_violation'; END IF;
    RETURN NULL;
  END $$
"""

CONSULTED = """
CREATE FUNCTION contacts_consulted() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    IF EXISTS (SELECT 1 FROM public.contacts_contact c
                WHERE c.id = NEW.contact_id AND c.state = 'released' AND public.contacts_forbids(NEW.hold_id, c.id))
    THEN RAISE EXCEPTION 'still released' USING ERRCODE = 'check_violation'; END IF;
    RETURN NULL;
  END $$
"""

DEFERRED = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
GOING = "NEW.state IN ('released', 'done')"
BINDING = "NEW.indexed IS NOT NULL AND NEW.state IN ('runs', 'passed')"
TRIGGERS = (
    (
        "contacts_new_may_go",
        f"AFTER INSERT ON {CONTACT}",
        f"WHEN ({GOING}) EXECUTE FUNCTION contacts_may_go()",
    ),
    (
        "contacts_may_go",
        f"AFTER UPDATE ON {CONTACT}",
        f"WHEN ({GOING} AND OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION contacts_may_go()",
    ),
    (
        "contacts_binds",
        f"AFTER INSERT OR UPDATE ON {HOLD}",
        f"WHEN ({BINDING}) EXECUTE FUNCTION contacts_binds()",
    ),
    ("contacts_consulted", f"AFTER INSERT ON {CONSULTATION}", "EXECUTE FUNCTION contacts_consulted()"),
)


def _function(definition, signature):
    return [
        migrations.RunSQL(definition, migrations.RunSQL.noop),
        migrations.RunSQL(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC", migrations.RunSQL.noop),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0001_initial"),
        ("followup", "0005_more_subjects"),
        ("organisations", "0002_acting"),
    ]
    operations = [
        *rls.own_rows(CONTACT, app=NO_DELETE),
        *rls.own_rows(CONTACT_TOKEN, app=ADD_ONLY),
        *rls.own_rows(HOLD_TOKEN, app=ADD_ONLY),
        *rls.own_rows(CONSULTATION, app=ADD_ONLY),
        *rls.two_sided(HOLD, "organisation_id", "asker_id", app=NO_DELETE),
        migrations.RunSQL(ASKER_ADDS, migrations.RunSQL.noop),
        *rls.fixed_columns(
            CONTACT,
            ["organisation_id", "envelope_id", "code", "kind", "day", "planner_id", "case_id", "content"],
        ),
        *rls.fixed_columns(
            HOLD,
            ["organisation_id", "asker_id", "envelope_id", "code", "partner", "ground", "until", "content"],
        ),
        *rls.open_subject(CONTACT),
        *rls.open_subject(HOLD),
        *_function(FORBIDS, "contacts_forbids(uuid, uuid)"),
        *_function(MAY_GO, "contacts_may_go()"),
        *_function(BINDS, "contacts_binds()"),
        *_function(CONSULTED, "contacts_consulted()"),
        *[
            migrations.RunSQL(
                f"CREATE CONSTRAINT TRIGGER {name} {when} {DEFERRED} {what}", migrations.RunSQL.noop
            )
            for name, when, what in TRIGGERS
        ],
    ]
