"""The two doors past the acting organisation: to figures of the region, and to what is watched of the installation."""

from django.db import migrations

# Over all organisations. It gives no count under ten, zero included, and no content. A report counts once, where it
# lies: not what was taken over at the other door, nor what waits here or went back from here.
FIGURES = """
CREATE FUNCTION region_figures(first date, last date)
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
REVOKE ALL ON FUNCTION region_figures(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION region_figures(date, date) TO sl_app;
"""

# How many wait and since when, never what or whose.
STANDING = """
CREATE FUNCTION installation_standing()
RETURNS TABLE (waiting bigint, oldest timestamptz, failed bigint, workers bigint, heartbeat timestamptz,
  periodic jsonb, overdue bigint, backup_database timestamptz, backup_keys timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH due AS (
    SELECT j.id FROM public.procrastinate_jobs j
    WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= now())
  )
  SELECT
    (SELECT count(*) FROM due),
    (SELECT min(e.at) FROM due JOIN public.procrastinate_events e ON e.job_id = due.id AND e.type = 'deferred'),
    (SELECT count(*) FROM public.procrastinate_jobs j WHERE j.status = 'failed'),
    (SELECT count(*) FROM public.procrastinate_workers w WHERE w.last_heartbeat > now() - interval '1 minute'),
    (SELECT max(w.last_heartbeat) FROM public.procrastinate_workers w),
    (SELECT coalesce(jsonb_object_agg(p.task_name, p.last), '{}') FROM (
       SELECT d.task_name, max(d.defer_timestamp) AS last FROM public.procrastinate_periodic_defers d
       GROUP BY d.task_name) p),
    (SELECT count(*) FROM public.followup_nextstep n
       WHERE n.done IS NULL AND n.due < now() AND NOT n.waits_on_other),
    (SELECT max(l.at) FROM public.ledger_event l
       WHERE l.organisation_id = '00000000-0000-4000-8000-000000000001'
         AND l.action = 'backup.made' AND l.purpose = 'database'),
    (SELECT max(l.at) FROM public.ledger_event l
       WHERE l.organisation_id = '00000000-0000-4000-8000-000000000001'
         AND l.action = 'backup.made' AND l.purpose = 'keys')
$$;
REVOKE ALL ON FUNCTION installation_standing() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION installation_standing() TO sl_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0001_initial"),
        ("ledger", "0001_initial"),
        ("organisations", "0001_initial"),
        ("reports", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [migrations.RunSQL(each) for each in (FIGURES, STANDING)]
