"""The one way in which the words and tokens of a visit or a wait request go: closed, and kept long enough.

Nobody else may empty a column that belongs to a row for life, or take a token away: a wait request without its tokens
would free the place.
"""

from django.db import migrations

VISIT, WAIT_REQUEST, QUESTION = "visits_visit", "visits_waitrequest", "visits_waitrequestquestion"
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


def stays(table: str) -> str:
    """Return the function that keeps the columns of a row for life, but for the function below."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in FIXED[table])
    return f"""
CREATE OR REPLACE FUNCTION {table}_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {BY_OWNER} THEN RETURN NEW; END IF;
  IF {changed} THEN RAISE EXCEPTION 'a row keeps its organisations'; END IF;
  RETURN NEW;
END $$
"""


ANSWERS = f"""
CREATE OR REPLACE FUNCTION visits_asker_answers() RETURNS trigger LANGUAGE plpgsql AS $$
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
END $$
"""

FORGET = """
CREATE FUNCTION visits_forget(target uuid, a_wait_request boolean, today date) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF a_wait_request THEN
    UPDATE public.visits_waitrequest SET content = NULL, lift_text = NULL, turn = turn + 1
     WHERE id = target AND organisation_id = public.acting_org() AND content IS NOT NULL
       AND closed IS NOT NULL AND retention_until < today;
    IF NOT FOUND THEN RETURN false; END IF;
    DELETE FROM public.visits_waitrequesttoken WHERE wait_request_id = target;
    UPDATE public.visits_consultation SET whom = NULL WHERE wait_request_id = target;
    UPDATE public.visits_waitrequestquestion SET content = NULL, reply = NULL WHERE wait_request_id = target;
  ELSE
    UPDATE public.visits_visit SET content = NULL, turn = turn + 1
     WHERE id = target AND organisation_id = public.acting_org() AND content IS NOT NULL
       AND closed IS NOT NULL AND retention_until < today;
    IF NOT FOUND THEN RETURN false; END IF;
    DELETE FROM public.visits_visittoken WHERE visit_id = target;
  END IF;
  RETURN true;
END $$
"""
KEEP = (
    "UPDATE visits_visit SET retention_until = now()::date + 365 WHERE closed IS NOT NULL",
    "UPDATE visits_waitrequest SET retention_until = now()::date + 365 WHERE closed IS NOT NULL",
)


class Migration(migrations.Migration):
    dependencies = [("visits", "0006_kept_until"), ("sealing", "0003_destroying")]

    operations = [
        *(migrations.RunSQL(stays(table), migrations.RunSQL.noop) for table in FIXED),
        migrations.RunSQL(ANSWERS, migrations.RunSQL.noop),
        migrations.RunSQL(FORGET, "DROP FUNCTION visits_forget(uuid, boolean, date)"),
        migrations.RunSQL(
            [
                "REVOKE ALL ON FUNCTION visits_forget(uuid, boolean, date) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION visits_forget(uuid, boolean, date) TO sl_app",
            ],
            migrations.RunSQL.noop,
        ),
        # What ended before there was a term is kept as long from now on.
        *(migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in KEEP),
    ]
