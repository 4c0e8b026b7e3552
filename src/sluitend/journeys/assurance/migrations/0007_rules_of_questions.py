"""Who asked answers once, through one function; only the worker reads the counts, when the round is over."""

from django.db import migrations

from sluitend.kernel.organisations import rls

ROUND = "assurance_questionround"
OWN = f"organisation_id = {rls.ACTING}"

ROUNDS = f"""
ALTER TABLE {ROUND} ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON {ROUND} FOR SELECT TO sl_app USING ({rls.ACTING} IS NOT NULL);
CREATE POLICY add ON {ROUND} FOR INSERT TO sl_app WITH CHECK ({OWN} AND told IS NULL);
CREATE POLICY settle ON {ROUND} FOR UPDATE TO sl_worker USING ({OWN}) WITH CHECK ({OWN});
CREATE POLICY asked ON {ROUND} FOR SELECT TO sl_intake USING (true);
GRANT SELECT, INSERT ON {ROUND} TO sl_app;
GRANT UPDATE (told) ON {ROUND} TO sl_worker;
GRANT SELECT (id, release_number, opened, closes, told) ON {ROUND} TO sl_intake;
"""

# All counts of a round are written anew with each answer: no row tells which ones came last.
ANSWERING = """
CREATE FUNCTION assurance_answer(asked uuid, given_by bytea, given jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE fresh uuid;
BEGIN
  IF octet_length(given_by) <> 32 OR (SELECT count(*) FROM jsonb_object_keys(given)) > 20 OR NOT EXISTS (
    SELECT FROM public.assurance_questionround r WHERE r.id = asked AND r.told IS NULL
      AND (now() AT TIME ZONE 'Europe/Amsterdam')::date BETWEEN r.opened AND r.closes) THEN
    RETURN false;
  END IF;
  INSERT INTO public.assurance_questionmark (id, round_id, mark) VALUES (gen_random_uuid(), asked, given_by)
    ON CONFLICT DO NOTHING RETURNING id INTO fresh;
  IF fresh IS NULL THEN RETURN false; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('assurance_answer'));
  INSERT INTO public.assurance_questioncount AS c (id, round_id, question, answer, number)
    SELECT gen_random_uuid(), asked, each.key, each.value, 1 FROM jsonb_each_text(given) each
    ON CONFLICT (round_id, question, answer) DO UPDATE SET number = c.number + 1;
  UPDATE public.assurance_questioncount SET number = number WHERE round_id = asked;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION assurance_answer(uuid, bytea, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION assurance_answer(uuid, bytea, jsonb) TO sl_intake;
"""

# What is too small leaves the database for nobody, and once it was asked nothing is left to be asked again.
COUNTING = """
CREATE FUNCTION assurance_answers(asked uuid) RETURNS TABLE (question text, answer text, number integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.question::text, c.answer::text, CASE WHEN sum(c.number) >= 10 THEN sum(c.number)::integer END
  FROM public.assurance_questioncount c JOIN public.assurance_questionround r ON r.id = c.round_id
  WHERE c.round_id = asked AND r.closes < (now() AT TIME ZONE 'Europe/Amsterdam')::date
  GROUP BY GROUPING SETS ((c.question), (c.question, c.answer))
$$;
CREATE FUNCTION assurance_forget(asked uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM public.assurance_questionmark m USING public.assurance_questionround r
    WHERE m.round_id = asked AND r.id = asked AND r.told IS NOT NULL;
  DELETE FROM public.assurance_questioncount c USING public.assurance_questionround r
    WHERE c.round_id = asked AND r.id = asked AND r.told IS NOT NULL;
$$;
REVOKE ALL ON FUNCTION assurance_answers(uuid), assurance_forget(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION assurance_answers(uuid), assurance_forget(uuid) TO sl_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("assurance", "0006_questions")]
    operations = [
        *[migrations.RunSQL(each) for each in (ROUNDS, ANSWERING, COUNTING)],
        *[
            migrations.RunSQL(
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
                f"CREATE POLICY nobody ON {table} TO sl_app USING (false)"
            )
            for table in ("assurance_questioncount", "assurance_questionmark")
        ],
    ]
