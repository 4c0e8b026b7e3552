"""What came in on a day that is not over is written anew with one statement a table, not with two a row."""

from django.db import migrations

# In random order: only row by row along the list does no row go where its place before says. A table that is
# read from its start, or a hash of it, would keep the order of coming in.
MOVE = """
CREATE OR REPLACE FUNCTION reports_move(of_table text, rows uuid[], change text, away boolean) RETURNS void
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
  DECLARE one uuid; page bigint; now_in bigint;
  BEGIN
    IF NOT away THEN
      EXECUTE format('UPDATE public.%I AS t SET %s FROM unnest($1) AS one (id) WHERE t.id = one.id', of_table, change)
        USING ARRAY(SELECT id FROM unnest(rows) AS id ORDER BY random());
      RETURN;
    END IF;
    FOR one IN SELECT id FROM unnest(rows) AS id ORDER BY random() LOOP
      EXECUTE format('SELECT (ctid::text::point)[0] FROM public.%I WHERE id = $1', of_table) INTO page USING one;
      EXECUTE format('UPDATE public.%I SET %s WHERE id = $1 RETURNING (ctid::text::point)[0]', of_table, change)
        INTO now_in USING one;
      FOR again IN 1..300 LOOP
        EXIT WHEN now_in IS DISTINCT FROM page;
        EXECUTE format('UPDATE public.%I SET id = id WHERE id = $1 RETURNING (ctid::text::point)[0]', of_table)
          INTO now_in USING one;
      END LOOP;
    END LOOP;
  END $$
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_the_night")]
    operations = [migrations.RunSQL(MOVE)]
