"""The one door to what is watched of the whole installation: how many wait and since when, never what or whose."""

from django.db import migrations

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
        ("desk", "0001_region"),
        ("access", "0001_framework"),
        ("followup", "0005_more_subjects"),
        ("ledger", "0002_append_only"),
    ]
    operations = [migrations.RunSQL(STANDING, "DROP FUNCTION installation_standing()")]
