"""What a role of the web may ask of the queue: a task for these ids, and no row of its own making.

Whoever wrote rows could name the lock of a task that runs by the clock, in a year far ahead, and stop it.
"""

from django.db import migrations

# What runs by the clock is nobody's to ask. `public` is in the fixed path for the functions of the queue's library,
# which name their own tables without it. The public asks for three tasks, of an organisation that exists, or of a
# pick-up of one. Of each a few may wait, so that a flood adds nothing: not one, as that may be taken up before what
# asked again is committed, and would then miss it.
ADD = """
CREATE FUNCTION queue_add(task text, queue text, ids uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE asked jsonb := jsonb_build_object('ids', to_jsonb(ids)); n integer := coalesce(cardinality(ids), 0);
  few boolean := task IN ('sluitend.journeys.reports.jobs.sweep_now', 'referrals.tell_sender', 'referrals.log_pickup');
BEGIN
  IF task IS NULL OR task !~ '^[a-z_.]{1,80}$' OR queue IS NULL OR queue NOT IN ('default', 'mail')
      OR n NOT BETWEEN 1 AND 500 OR array_position(ids, NULL) IS NOT NULL
      OR EXISTS (SELECT FROM public.procrastinate_periodic_defers d WHERE d.task_name = task) THEN
    RAISE EXCEPTION 'not for this queue' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF session_user = 'sl_intake' OR current_setting('role') = 'sl_intake' THEN
    IF NOT few OR NOT (CASE n  -- in brackets: plpgsql ends an IF at the first THEN
        WHEN 1 THEN EXISTS (SELECT FROM public.organisations_organisation o WHERE o.id = ids[1])
        WHEN 2 THEN EXISTS (SELECT FROM public.referrals_pickup p WHERE p.id = ids[1] AND p.organisation_id = ids[2])
        ELSE false END) THEN
      RAISE EXCEPTION 'not for the public' USING ERRCODE = 'insufficient_privilege';
    END IF;
  END IF;
  IF few AND 20 <= (SELECT count(*) FROM public.procrastinate_jobs j
      WHERE j.status = 'todo' AND j.task_name = task AND j.args = asked AND j.scheduled_at IS NULL) THEN
    RETURN;
  END IF;
  PERFORM public.procrastinate_defer_jobs_v1(
    ARRAY[ROW(queue, task, 0, NULL, NULL, asked, NULL)::public.procrastinate_job_to_defer_v1]);
END $$;
REVOKE ALL ON FUNCTION queue_add(text, text, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION queue_add(text, text, uuid[]) TO sl_app, sl_intake;
"""

# The worker has what it does with the queue by itself, not by what it inherits.
WORKER = """
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,
  procrastinate_workers TO sl_worker;
GRANT USAGE ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_events_id_seq,
  procrastinate_periodic_defers_id_seq, procrastinate_workers_id_seq TO sl_worker;
"""

# The queue calls nobody: every role of the database may listen, and each call would be a clock of what comes in.
NO_CALLS = """
DROP TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 ON procrastinate_jobs;
DROP TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 ON procrastinate_jobs;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_rules"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [migrations.RunSQL(each) for each in (ADD, WORKER, NO_CALLS)]
