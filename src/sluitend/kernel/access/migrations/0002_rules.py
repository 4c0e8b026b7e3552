"""What the web roles may do with the framework's own tables and with the queue, tries to get in, and how rounds ended.

Of the queue a role of the web asks a task for these ids, and makes no row of its own: whoever wrote rows could name the
lock of a task that runs by the clock, in a year far ahead, and stop it.
"""

from django.db import migrations

from sluitend.kernel.organisations.rls import grants

ALL = "SELECT, INSERT, UPDATE, DELETE"
SIGN_IN = ("account_emailaddress", "account_emailconfirmation", "mfa_authenticator", "django_session")
READ_ONLY = (
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
)
# Tables of ours are numbered at random. Those of the queue are for the worker alone: see below.
SEQUENCES = """
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO sl_app;
REVOKE ALL ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_events_id_seq,
  procrastinate_periodic_defers_id_seq, procrastinate_workers_id_seq FROM sl_app;
"""

# No web role may read or write this table itself: tries are counted behind the functions below.
GUESSES = """
CREATE UNLOGGED TABLE access_guess (
  key bytea PRIMARY KEY CHECK (length(key) = 32),
  ends timestamptz NOT NULL,
  number integer NOT NULL CHECK (number BETWEEN 0 AND 1000000)
);
CREATE INDEX access_guess_ends ON access_guess (ends);
"""
# keys[1] is what is guessed at; the others count along, each with a number from where on it strains (then keys[1]
# has `own_strained` tries) and one from where on nobody is let try. A try that is held back counts for nothing, so
# nobody drives the others into strain for free. A count that ends too far ahead is of a clock that was set back;
# one that ends a little later than this try's own is of a try that began after it and was counted before it.
GUESSING = """
CREATE FUNCTION guess_begin(keys bytea[], strain integer[], flood integer[], own integer, own_strained integer,
  seconds integer) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE n integer[]; strained boolean := false; latest timestamptz := now() + make_interval(secs => seconds);
  too_far timestamptz := latest + make_interval(secs => seconds);
BEGIN
  IF cardinality(keys) NOT BETWEEN 1 AND 3 OR seconds NOT BETWEEN 1 AND 3600 THEN RAISE EXCEPTION 'bad count'; END IF;
  -- In the order of their keys: two tries never wait for each other in a ring.
  INSERT INTO public.access_guess AS g (key, ends, number)
    SELECT k, latest, 0 FROM unnest(keys) k ORDER BY k
    ON CONFLICT (key) DO UPDATE SET
      number = CASE WHEN g.ends <= now() OR g.ends > too_far THEN 0 ELSE g.number END,
      ends = CASE WHEN g.ends <= now() OR g.ends > too_far THEN latest ELSE g.ends END;
  SELECT array_agg(g.number ORDER BY k.place) INTO n
    FROM unnest(keys) WITH ORDINALITY k(key, place) JOIN public.access_guess g ON g.key = k.key;
  FOR i IN 2..cardinality(keys) LOOP
    IF n[i] >= flood[i] THEN RETURN false; END IF;
    strained := strained OR n[i] >= strain[i];
  END LOOP;
  IF n[1] >= (CASE WHEN strained THEN own_strained ELSE own END) THEN RETURN false; END IF;
  UPDATE public.access_guess g SET number = least(g.number + 1, 1000000) WHERE g.key = ANY (keys);
  RETURN true;
END $$;
CREATE FUNCTION guess_right(keys bytea[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  UPDATE public.access_guess g SET number = g.number - 1
  FROM (SELECT key FROM public.access_guess WHERE key = ANY (keys) ORDER BY key FOR UPDATE) k
  WHERE g.key = k.key AND g.number > 0
$$;
CREATE FUNCTION guess_forget() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH gone AS (DELETE FROM public.access_guess WHERE ends < now() RETURNING 1) SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION guess_begin, guess_right, guess_forget FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guess_begin, guess_right TO sl_app;
GRANT EXECUTE ON FUNCTION guess_forget TO sl_worker;
"""

# The worker writes how its rounds ended; the desk reads it, to tell who watches.
ROUNDS = "GRANT INSERT, UPDATE ON installation_run TO sl_worker"

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
    dependencies = [
        ("access", "0001_initial"),
        ("organisations", "0002_rules"),
        ("sessions", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        *[operation for table in SIGN_IN for operation in grants(table, app=ALL)],
        *[operation for table in READ_ONLY for operation in grants(table, app="SELECT")],
        *grants("installation_run", app="SELECT"),
        *[migrations.RunSQL(each) for each in (SEQUENCES, GUESSES, GUESSING, ROUNDS, ADD, WORKER, NO_CALLS)],
    ]
