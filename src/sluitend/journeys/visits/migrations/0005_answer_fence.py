"""Who sees and changes what of a question about a wait request: the municipality asks, the asker alone answers, once."""

from django.db import migrations

from sluitend.kernel.organisations import rls

QUESTION = "visits_waitrequestquestion"
FIXED = ["organisation_id", "asker_id", "wait_request_id", "visit_id", "code", "asked_at", "due", "content"]

ANSWERS = """
CREATE FUNCTION visits_asker_answers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
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
WHEN = f"""
CREATE TRIGGER visits_asker_answers BEFORE INSERT OR UPDATE ON {QUESTION}
  FOR EACH ROW EXECUTE FUNCTION visits_asker_answers()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0004_wait_request_question"),
        ("followup", "0005_more_subjects"),
        ("organisations", "0002_acting"),
    ]
    operations = [
        *rls.two_sided(QUESTION, "organisation_id", "asker_id", app="SELECT, INSERT, UPDATE"),
        *rls.fixed_columns(QUESTION, FIXED),
        *rls.open_subject(QUESTION, step="recipient_step_id", closed="recipient_closed", name="recipient"),
        migrations.RunSQL(ANSWERS, migrations.RunSQL.noop),
        migrations.RunSQL(WHEN, migrations.RunSQL.noop),
    ]
