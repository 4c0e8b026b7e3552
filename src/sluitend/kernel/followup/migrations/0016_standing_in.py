"""What waits where somebody stands in: how much, never what, for the account that acts and no other."""

from django.db import migrations

WAITING = """
CREATE FUNCTION waiting_where_i_stand_in()
RETURNS TABLE (organisation uuid, name text, number bigint, urgent boolean, due timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT o.id, o.name, count(n.id), coalesce(bool_or(n.urgent), false), min(n.due)
  FROM public.organisations_membership m
  JOIN public.organisations_organisation o ON o.id = m.organisation_id
  LEFT JOIN public.followup_nextstep n ON n.organisation_id = m.organisation_id AND n.done IS NULL
    AND NOT n.waits_on_other AND n.owner_role IN ('focal_point', 'deputy')
  WHERE m.account_id = public.acting_account() AND m.home_id = public.acting_org()
    AND public.role_holds(m, (now() AT TIME ZONE 'Europe/Amsterdam')::date)
  GROUP BY o.id, o.name
  ORDER BY coalesce(bool_or(n.urgent), false) DESC, min(n.due) NULLS LAST, o.name
$$;
REVOKE ALL ON FUNCTION waiting_where_i_stand_in() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION waiting_where_i_stand_in() TO sl_app;
"""


class Migration(migrations.Migration):
    dependencies = [("followup", "0015_closing"), ("organisations", "0007_covered")]
    operations = [migrations.RunSQL(WAITING, "DROP FUNCTION waiting_where_i_stand_in()")]
