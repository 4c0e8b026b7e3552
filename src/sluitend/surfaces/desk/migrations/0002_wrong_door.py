"""A report counts once in the picture of the region: where it lies, when it came to the wrong door first."""

from django.db import migrations

# As before, and besides: not what was taken over at the other door, nor what waits here or went back from here.
FIGURES = """
CREATE OR REPLACE FUNCTION region_figures(first date, last date)
RETURNS TABLE (part uuid, place uuid, reports integer, referrals integer, first_answer integer, on_time integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH places AS (
    SELECT o.id AS place, s.subregion_id AS part
    FROM public.organisations_organisation o
    JOIN public.organisations_organisation_subregions s ON s.organisation_id = o.id
    WHERE o.kind = 'municipality'
  ), elsewhere AS (
    SELECT w.report_id AS id FROM public.reports_passage w WHERE w.state = 'accepted'
    UNION SELECT w.arrived_id FROM public.reports_passage w WHERE w.state <> 'accepted'
  ), facts AS (
    SELECT p.part, p.place, CASE WHEN n.what = 'read_report' AND e.id IS NOT NULL THEN 'moved' ELSE n.what END AS fact,
      n.subject_id, n.created_day, n.done, n.due, n.waits_on_other
    FROM places p JOIN public.followup_nextstep n ON n.organisation_id = p.place
    LEFT JOIN elsewhere e ON e.id = n.subject_id
    WHERE n.created_day BETWEEN first AND last
    UNION ALL
    SELECT p.part, p.place, 'sent', n.subject_id, n.created_day, NULL, n.due, true
    FROM places p JOIN public.followup_nextstep n ON n.writer_id = p.place AND n.what = 'look_at_referral'
    WHERE n.created_day BETWEEN first AND last
  ), counted AS (
    SELECT f.part, f.place,
      count(DISTINCT f.subject_id) FILTER (WHERE f.fact = 'read_report') AS reports,
      count(DISTINCT f.subject_id) FILTER (WHERE f.fact = 'sent') AS referrals,
      count(*) FILTER (WHERE f.fact = 'read_report' AND f.done IS NOT NULL) AS answered,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY (f.done AT TIME ZONE 'Europe/Amsterdam')::date - f.created_day)
        FILTER (WHERE f.fact = 'read_report' AND f.done IS NOT NULL) AS days,
      count(*) FILTER (WHERE f.done IS NOT NULL AND NOT f.waits_on_other) AS finished,
      count(*) FILTER (WHERE f.done <= f.due AND NOT f.waits_on_other) AS in_time
    FROM facts f
    GROUP BY GROUPING SETS ((f.part, f.place), (f.part), ())
  )
  SELECT c.part, c.place,
    CASE WHEN c.reports >= 10 THEN c.reports::integer END,
    CASE WHEN c.referrals >= 10 THEN c.referrals::integer END,
    CASE WHEN c.answered < 10 THEN NULL WHEN c.days <= 1 THEN 1 WHEN c.days <= 3 THEN 2 WHEN c.days <= 7 THEN 3 ELSE 4 END,
    CASE WHEN c.finished < 10 THEN NULL WHEN c.in_time >= 0.9 * c.finished THEN 1 WHEN c.in_time >= 0.7 * c.finished THEN 2 ELSE 3 END
  FROM counted c
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_rules"), ("reports", "0007_doors")]
    operations = [migrations.RunSQL(FIGURES)]
