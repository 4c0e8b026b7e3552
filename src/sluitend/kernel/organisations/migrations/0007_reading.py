"""Who reads where, with the rule of a role written out by the database instead of called for each role."""

from django.db import migrations

# As 0004 has it. A day that is asked of a query keeps the rule from being written out: each role of the region then
# took a call, and the front door asks them all.
READING = """
CREATE OR REPLACE FUNCTION organisations_reading(only_in uuid DEFAULT NULL)
RETURNS TABLE (organisation uuid, code text, name text, telephone text, how text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  SET plan_cache_mode = 'force_generic_plan' AS $$
  WITH there AS (
    SELECT m.organisation_id, m.account_id, m.role, m.agreement_id
    FROM public.organisations_membership m
    JOIN public.organisations_account a ON a.id = m.account_id AND a.is_active AND a.last_login IS NOT NULL
    WHERE (only_in IS NULL OR m.organisation_id = only_in)
      AND m.role IN ('focal_point', 'deputy')
      AND public.role_holds(m, (now() AT TIME ZONE 'Europe/Amsterdam')::date)),
  own AS (
    SELECT t.organisation_id FROM there t WHERE t.agreement_id IS NULL GROUP BY t.organisation_id
    HAVING bool_or(t.role = 'focal_point') AND count(DISTINCT t.account_id) > 1),
  others AS (
    SELECT DISTINCT t.organisation_id FROM there t
    JOIN public.organisations_poolmember c ON c.organisation_id = t.organisation_id AND c.covered
      AND c.agreement_id = t.agreement_id)
  SELECT o.id, o.code, o.name, o.telephone, CASE WHEN o.id IN (SELECT organisation_id FROM own) THEN 'connected'
    WHEN o.id IN (SELECT organisation_id FROM others) THEN 'covered' ELSE '' END
  FROM public.organisations_organisation o
  WHERE o.kind = 'municipality' AND (only_in IS NULL OR o.id = only_in) ORDER BY o.name
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0006_longer")]
    operations = [migrations.RunSQL(READING)]
