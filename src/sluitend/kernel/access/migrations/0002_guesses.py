"""Tries to get in are counted behind functions: no web role may read or write the table itself.

The table that it replaces held pickles: whoever wrote a row there ran code in the process that read it.
"""

from django.db import migrations

TABLE = """
CREATE UNLOGGED TABLE access_guess (
  key bytea PRIMARY KEY CHECK (length(key) = 32),
  ends timestamptz NOT NULL,
  number integer NOT NULL CHECK (number BETWEEN 0 AND 1000000)
)
"""
# keys[1] is what is guessed at; the others count along, each with a number from where on it strains (then keys[1]
# has `own_strained` tries) and one from where on nobody is let try. A try that is held back counts for nothing, so
# nobody drives the others into strain for free. A count that ends too far ahead is of a clock that was set back;
# one that ends a little later than this try's own is of a try that began after it and was counted before it.
BEGIN = """
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
END $$
"""
RIGHT = """
CREATE FUNCTION guess_right(keys bytea[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  UPDATE public.access_guess g SET number = g.number - 1
  FROM (SELECT key FROM public.access_guess WHERE key = ANY (keys) ORDER BY key FOR UPDATE) k
  WHERE g.key = k.key AND g.number > 0
$$
"""
FORGET = """
CREATE FUNCTION guess_forget() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH gone AS (DELETE FROM public.access_guess WHERE ends < now() RETURNING 1) SELECT count(*) FROM gone
$$
"""
RIGHTS = """
REVOKE ALL ON FUNCTION guess_begin, guess_right, guess_forget FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guess_begin, guess_right TO sl_app;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'sl_worker') THEN
    GRANT EXECUTE ON FUNCTION guess_forget TO sl_worker;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_framework")]
    operations = [
        migrations.RunSQL("DROP TABLE sl_cache", migrations.RunSQL.noop),
        migrations.RunSQL(TABLE, "DROP TABLE access_guess"),
        migrations.RunSQL("CREATE INDEX access_guess_ends ON access_guess (ends)", migrations.RunSQL.noop),
        *[
            migrations.RunSQL(statement, migrations.RunSQL.noop)
            for statement in (BEGIN, RIGHT, FORGET, RIGHTS)
        ],
    ]
