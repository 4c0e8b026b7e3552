"""Who stands in where, under an agreement; and who reads where: connected, covered by others, or neither."""

from django.db import migrations

# Who stands in accepts it before reading anything.
STAND_IN = """
CREATE FUNCTION role_stand_in(deputy uuid, first date, last date) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
  who uuid := public.acting_account();
  place uuid := public.acting_org();
  made uuid;
BEGIN
  IF who IS NULL OR NOT EXISTS (
    SELECT FROM public.organisations_membership m WHERE m.account_id = who AND m.organisation_id = place
      AND m.role IN ('focal_point', 'deputy', 'manager') AND public.role_holds(m, today)
  ) THEN
    RAISE EXCEPTION 'who does cases names a deputy' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- Whoever agreed for the municipality of the deputy is the second person. Nobody stands in for longer than their
  -- own role is known to hold: no job runs when that ends by its date.
  INSERT INTO public.organisations_membership (id, account_id, organisation_id, role, since, until, home_id,
      agreement_id, reporter_role, invited_by, offered_on, confirmed_by, confirmed_on)
    SELECT gen_random_uuid(), deputy, place, 'deputy', first, last, m.organisation_id, p.id, '', who, today,
      theirs.agreed_by_id, today
    FROM public.organisations_membership m
    JOIN public.organisations_account a ON a.id = m.account_id AND a.is_active AND a.last_login IS NOT NULL
    JOIN public.organisations_poolmember theirs ON theirs.organisation_id = m.organisation_id
      AND theirs.agreed_on IS NOT NULL AND theirs.agreed_by_id NOT IN (deputy, who)
    JOIN public.organisations_poolagreement p ON p.id = theirs.agreement_id AND p.since <= first AND p.until >= last
    JOIN public.organisations_poolmember ours ON ours.agreement_id = p.id AND ours.organisation_id = place
      AND ours.agreed_on IS NOT NULL
    WHERE m.account_id = deputy AND m.organisation_id <> place AND m.agreement_id IS NULL
      AND m.role IN ('focal_point', 'deputy') AND public.role_holds(m, today) AND (m.until IS NULL OR m.until >= last)
    ORDER BY p.id LIMIT 1
    RETURNING id INTO made;
  RETURN made;
END $$;
REVOKE ALL ON FUNCTION role_stand_in(uuid, date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION role_stand_in(uuid, date, date) TO sl_app;
"""

# A lease of a week, renewed each round: whose own role ends soon stands in nowhere, whatever else happens. It tells
# whom to ask, as nobody has accepted yet.
COVERING = """
CREATE FUNCTION roles_covering(today date)
RETURNS TABLE (deputy uuid, place uuid, home uuid, agreement uuid, until date, by_whom uuid, second uuid)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT ON (m.account_id, c.organisation_id) m.account_id, c.organisation_id, m.organisation_id, p.id,
    least(p.until, coalesce(m.until, p.until), today + 7), c.agreed_by_id, s.agreed_by_id
  FROM public.organisations_poolmember c
  JOIN public.organisations_poolagreement p ON p.id = c.agreement_id AND p.since <= today AND p.until >= today
  JOIN public.organisations_poolmember s ON s.agreement_id = p.id AND NOT s.covered AND s.agreed_by_id <> c.agreed_by_id
  JOIN public.organisations_membership m ON m.organisation_id = s.organisation_id AND m.agreement_id IS NULL
    AND m.role IN ('focal_point', 'deputy') AND public.role_holds(m, today)
    AND m.account_id NOT IN (s.agreed_by_id, c.agreed_by_id)
  JOIN public.organisations_account a ON a.id = m.account_id AND a.is_active
  WHERE c.covered AND NOT EXISTS (
    SELECT FROM public.organisations_membership k WHERE k.account_id = m.account_id
      AND k.organisation_id = c.organisation_id AND (k.until IS NULL OR k.until >= today)
      AND (public.roles_clash(k.role, 'deputy') OR public.roles_clash('deputy', k.role)))
  ORDER BY m.account_id, c.organisation_id, p.until DESC $$;
CREATE FUNCTION roles_cover() RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
  UPDATE public.organisations_membership m SET until = v.until FROM public.roles_covering(today) v
    WHERE m.account_id = v.deputy AND m.organisation_id = v.place AND m.agreement_id = v.agreement
      AND m.until >= today AND m.until <> v.until;
  RETURN QUERY INSERT INTO public.organisations_membership AS made (id, account_id, organisation_id, role, since, until, home_id,
      agreement_id, reporter_role, invited_by, offered_on, confirmed_by, confirmed_on)
    SELECT gen_random_uuid(), v.deputy, v.place, 'deputy', today, v.until, v.home, v.agreement, '', v.by_whom, today,
      v.second, today
    FROM public.roles_covering(today) v WHERE NOT EXISTS (
      SELECT FROM public.organisations_membership m WHERE m.account_id = v.deputy AND m.organisation_id = v.place
        AND m.role IN ('focal_point', 'deputy') AND (m.until IS NULL OR m.until >= today
          -- Who said no is not asked again under the same agreement.
          OR (m.agreement_id = v.agreement AND m.accepted_on IS NULL)))
    RETURNING made.account_id;
END $$;
REVOKE ALL ON FUNCTION roles_covering(date), roles_cover() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION roles_cover() TO sl_app;
"""

# The public pages ask this: who has signed in stays inside, that somebody reads does not. Each report asks it of one
# municipality, and it is planned once for a connection: to plan took twice as long as to look.
READING = """
CREATE FUNCTION organisations_reading(only_in uuid DEFAULT NULL)
RETURNS TABLE (organisation uuid, code text, name text, telephone text, how text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  SET plan_cache_mode = 'force_generic_plan' AS $$
  WITH today AS (SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date AS day),
  there AS (
    SELECT m.organisation_id, m.account_id, m.role, m.agreement_id
    FROM public.organisations_membership m
    JOIN public.organisations_account a ON a.id = m.account_id AND a.is_active AND a.last_login IS NOT NULL
    WHERE (only_in IS NULL OR m.organisation_id = only_in)
      AND m.role IN ('focal_point', 'deputy') AND public.role_holds(m, (SELECT day FROM today))),
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
REVOKE ALL ON FUNCTION organisations_reading(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION organisations_reading(uuid) TO sl_app, sl_intake;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_roles")]
    operations = [migrations.RunSQL(each) for each in (STAND_IN, COVERING, READING)]
