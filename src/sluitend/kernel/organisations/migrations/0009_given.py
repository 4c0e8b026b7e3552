"""Beside a role and an agreement stands a proof of ours; and who stands in accepts it before reading anything."""

from django.db import migrations, models

STAND_IN = """
CREATE OR REPLACE FUNCTION role_stand_in(deputy uuid, first date, last date) RETURNS uuid
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
  -- Whoever agreed for the municipality of the deputy is the second person.
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
      AND m.role IN ('focal_point', 'deputy') AND public.role_holds(m, today)
    ORDER BY p.id LIMIT 1
    RETURNING id INTO made;
  RETURN made;
END $$;
"""
# As it was, but nobody has accepted yet; it tells whom to ask.
COVER = """
DROP FUNCTION roles_cover();
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
REVOKE ALL ON FUNCTION roles_cover() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION roles_cover() TO sl_app;
"""
# What stands there already gets its proof by `content adopt`, once.
RIGHTS = """
GRANT UPDATE (proof) ON organisations_membership TO sl_app;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0008_sealed_hashes")]
    operations = [
        *[
            migrations.AddField(name, "proof", models.BinaryField(max_length=32, null=True))
            for name in ("membership", "poolmember")
        ],
        *[migrations.RunSQL(each, migrations.RunSQL.noop) for each in (STAND_IN, COVER, RIGHTS)],
    ]
