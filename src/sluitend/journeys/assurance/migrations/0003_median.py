"""How many days a search took until a place, in the middle: of ten searches or more, and for the worker alone."""

from django.db import migrations

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


class Migration(migrations.Migration):
    dependencies = [("assurance", "0002_rules"), ("shelter", "0001_initial")]
    operations = [migrations.RunSQL(MEDIANS, migrations.RunSQL.noop)]
