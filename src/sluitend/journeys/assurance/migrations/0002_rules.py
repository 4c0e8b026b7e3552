"""Figures are told as they were settled; the counts behind them are for the worker alone, and none is under ten."""

from django.db import migrations

from sluitend.kernel.organisations.rls import grants

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


class Migration(migrations.Migration):
    dependencies = [
        ("assurance", "0001_initial"),
        ("followup", "0001_initial"),
        ("handbook", "0002_rules"),
        ("organisations", "0001_initial"),
        ("reports", "0007_doors"),
        ("shelter", "0001_initial"),
    ]
    operations = [
        *grants("assurance_figurerelease", app="SELECT"),
        *[migrations.RunSQL(each) for each in (ROWS, NIGHTS, SEARCHES, REQUESTS)],
    ]
