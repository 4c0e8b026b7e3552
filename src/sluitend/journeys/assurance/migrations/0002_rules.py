"""Figures are told as they were settled; the counts behind them are for the worker alone, and none is under ten.

Everybody may read what help is agreed, the region writes it; what was noted of it never changes. Who is asked the
questions of a year answers once, through one function; only the worker reads the counts, when the round is over.
"""

from django.db import migrations

from sluitend.kernel.organisations import rls

ASSURED, ROUND = "assurance_assured", "assurance_questionround"
NOTED = ("assurance_assuredterms", "assurance_assuredplaces")
OWN = f"organisation_id = {rls.ACTING}"

ROWS = """
GRANT INSERT ON assurance_figurerelease TO sl_worker;
CREATE FUNCTION refuse_change_of_figures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'figures that were told never change';
END $$;
CREATE TRIGGER figures_never_change BEFORE UPDATE OR DELETE ON assurance_figurerelease
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_figures();
"""

# Nights, never people. What a night became counts; one that nobody filled in counts for the share alone.
NIGHTS = """
CREATE FUNCTION assurance_nights(first date, last date, before time)
RETURNS TABLE (part text, state text, kind text, number integer, filled integer, in_time integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH nights AS (
    SELECT s.subregion::text AS part, n.outcome::text AS state, n.kind::text AS kind,
      n.outcome = 'nowhere' AND EXISTS (
        SELECT FROM public.followup_nextstep t
        WHERE t.organisation_id = n.organisation_id AND t.subject_id = n.search_id AND t.what = 'no_bed_tonight'
          AND (t.due AT TIME ZONE 'Europe/Amsterdam')::date = n.night
          AND (t.due AT TIME ZONE 'Europe/Amsterdam')::time <= before) AS seen
    FROM public.shelter_searchnight n JOIN public.shelter_search s ON s.id = n.search_id
    WHERE n.night BETWEEN first AND last
  ), counted AS (
    SELECT n.part, n.state, n.kind, count(*) FILTER (WHERE n.state <> '') AS number, count(*) AS nights,
      count(*) FILTER (WHERE n.state = 'nowhere') AS nowhere, count(*) FILTER (WHERE n.seen) AS seen
    FROM nights n GROUP BY GROUPING SETS ((n.part), (n.part, n.state), (n.part, n.state, n.kind))
  )
  SELECT c.part, c.state, c.kind,
    CASE WHEN c.number >= 10 THEN c.number::integer END,
    CASE WHEN c.state IS NOT NULL OR c.nights < 10 THEN NULL WHEN c.number >= 0.95 * c.nights THEN 1
      WHEN c.number >= 0.8 * c.nights THEN 2 ELSE 3 END,
    CASE WHEN c.state IS NOT NULL OR c.nowhere < 10 THEN NULL WHEN c.seen >= 0.95 * c.nowhere THEN 1
      WHEN c.seen >= 0.8 * c.nowhere THEN 2 ELSE 3 END
  FROM counted c WHERE c.state IS NULL OR c.state <> ''
$$;
REVOKE ALL ON FUNCTION assurance_nights(date, date, time) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION assurance_nights(date, date, time) TO sl_worker;
"""

# By the day on which looking began. Placed is whoever slept a night in a place meant for it.
SEARCHES = """
CREATE FUNCTION assurance_searches(first date, last date)
RETURNS TABLE (part text, outcome text, kind text, wait text, number integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH found AS (
    SELECT s.subregion::text AS part, s.state::text AS state, p.night - s.opened AS days, p.kind::text AS kind
    FROM public.shelter_search s LEFT JOIN LATERAL (
      SELECT n.night, n.kind FROM public.shelter_searchnight n
      WHERE n.search_id = s.id AND n.outcome = 'placed' ORDER BY n.night LIMIT 1) p ON true
    WHERE s.opened BETWEEN first AND last
  ), facts AS (
    SELECT f.part, f.kind,
      CASE WHEN f.days IS NOT NULL THEN 'placed' WHEN f.state IN ('ended', 'withdrawn') THEN 'stopped'
        ELSE 'looking' END AS outcome,
      CASE WHEN f.days <= 0 THEN 'same_day' WHEN f.days <= 2 THEN 'two_days' WHEN f.days <= 7 THEN 'week'
        WHEN f.days <= 28 THEN 'month' WHEN f.days IS NOT NULL THEN 'longer' END AS wait
    FROM found f
  ), counted AS (
    SELECT f.part, f.outcome, f.kind, f.wait, count(*) AS number
    FROM facts f GROUP BY GROUPING SETS ((f.part), (f.part, f.outcome), (f.part, f.outcome, f.kind), (f.part, f.outcome, f.wait))
  )
  SELECT c.part, c.outcome, c.kind, c.wait, CASE WHEN c.number >= 10 THEN c.number::integer END FROM counted c
$$;
REVOKE ALL ON FUNCTION assurance_searches(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION assurance_searches(date, date) TO sl_worker;
"""

# What came to the wrong door counts where it lies, once: not what left it, nor what waits here to be taken over.
REQUESTS = """
CREATE FUNCTION assurance_requests(first date, last date)
RETURNS TABLE (outcome text, wait text, number integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH found AS (
    SELECT r.outcome::text AS outcome, r.closed, (t.done AT TIME ZONE 'Europe/Amsterdam')::date - r.received AS days
    FROM public.organisations_organisation o
    JOIN public.reports_report r ON r.organisation_id = o.id
    LEFT JOIN LATERAL (
      SELECT min(s.done) AS done FROM public.followup_nextstep s
      WHERE s.organisation_id = r.organisation_id AND s.subject_id = r.id AND s.what = 'take_request') t ON true
    WHERE o.kind = 'partner' AND r.kind = 'care' AND r.state <> 'moved' AND r.received BETWEEN first AND last
      AND NOT EXISTS (SELECT FROM public.reports_passage p WHERE p.arrived_id = r.id AND p.state = 'sent')
  ), facts AS (
    SELECT CASE WHEN f.closed IS NULL OR f.outcome = '' THEN 'open' ELSE f.outcome END AS outcome,
      CASE WHEN f.days IS NULL THEN 'not_yet' WHEN f.days <= 0 THEN 'same_day' WHEN f.days <= 2 THEN 'two_days'
        WHEN f.days <= 7 THEN 'week' ELSE 'longer' END AS wait
    FROM found f
  ), counted AS (
    SELECT f.outcome, f.wait, count(*) AS number FROM facts f GROUP BY GROUPING SETS ((), (f.outcome), (f.wait))
  )
  SELECT c.outcome, c.wait, CASE WHEN c.number >= 10 THEN c.number::integer END FROM counted c
$$;
REVOKE ALL ON FUNCTION assurance_requests(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION assurance_requests(date, date) TO sl_worker;
"""

# How many days a search took until a place, in the middle: of ten searches or more.
MEDIANS = """
CREATE FUNCTION assurance_medians(first date, last date)
RETURNS TABLE (part text, days integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.subregion::text, percentile_disc(0.5) WITHIN GROUP (ORDER BY greatest(p.night - s.opened, 0))::integer
  FROM public.shelter_search s JOIN LATERAL (
    SELECT n.night FROM public.shelter_searchnight n
    WHERE n.search_id = s.id AND n.outcome = 'placed' ORDER BY n.night LIMIT 1) p ON true
  WHERE s.opened BETWEEN first AND last
  GROUP BY s.subregion HAVING count(*) >= 10
$$;
REVOKE ALL ON FUNCTION assurance_medians(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION assurance_medians(date, date) TO sl_worker;
"""

ROUNDS = f"""
ALTER TABLE {ROUND} ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON {ROUND} FOR SELECT TO sl_app USING ({rls.ACTING} IS NOT NULL);
CREATE POLICY add ON {ROUND} FOR INSERT TO sl_app WITH CHECK ({OWN} AND told IS NULL);
CREATE POLICY settle ON {ROUND} FOR UPDATE TO sl_worker USING ({OWN}) WITH CHECK ({OWN});
CREATE POLICY asked ON {ROUND} FOR SELECT TO sl_intake USING (true);
GRANT SELECT, INSERT ON {ROUND} TO sl_app;
GRANT UPDATE (told, reminded) ON {ROUND} TO sl_worker;
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


def of_region(table: str, app: str) -> migrations.RunSQL:
    """Let whoever acts for an organisation see all rows, and write those of that organisation."""
    return migrations.RunSQL(f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON {table} FOR SELECT TO sl_app USING ({rls.ACTING} IS NOT NULL);
CREATE POLICY add ON {table} FOR INSERT TO sl_app WITH CHECK ({OWN});
CREATE POLICY change ON {table} FOR UPDATE TO sl_app USING ({OWN}) WITH CHECK ({OWN});
GRANT {app} ON {table} TO sl_app;
""")


class Migration(migrations.Migration):
    dependencies = [
        ("assurance", "0001_initial"),
        ("followup", "0002_rules"),
        ("reports", "0001_initial"),
        ("shelter", "0001_initial"),
    ]
    operations = [
        *rls.grants("assurance_figurerelease", app="SELECT"),
        *[migrations.RunSQL(each) for each in (ROWS, NIGHTS, SEARCHES, REQUESTS, MEDIANS)],
        *rls.matter("assured"),
        of_region(ASSURED, "SELECT, INSERT, UPDATE"),
        *[of_region(table, "SELECT, INSERT") for table in NOTED],
        *rls.fixed_columns(ASSURED, ["organisation_id", "code", "kind", "area"]),
        *rls.open_subject(ASSURED),
        *rls.sane_days("assurance_assuredterms", ["noted", "begins", "ends"]),
        *rls.sane_days("assurance_assuredplaces", ["day"]),
        *[migrations.RunSQL(each) for each in (ROUNDS, ANSWERING, COUNTING)],
        *[
            migrations.RunSQL(
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
                f"CREATE POLICY nobody ON {table} TO sl_app USING (false)"
            )
            for table in ("assurance_questioncount", "assurance_questionmark")
        ],
    ]
