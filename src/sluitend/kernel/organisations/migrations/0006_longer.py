"""A role that works is offered for longer, and stays as it is until a second person confirms that.

So there is never a day without it, nobody gives it alone, and what works is what the second person saw. Who may
confirm is who could if it were offered anew.
"""

from django.db import migrations, models
from django.db.models import F, Q

COLUMNS = [
    migrations.AddField("membership", "longer_on", models.DateField(blank=True, null=True)),
    migrations.AddField("membership", "longer_by", models.UUIDField(blank=True, null=True)),
    migrations.AddField("membership", "longer_until", models.DateField(blank=True, null=True)),
    migrations.AddField("membership", "longer_proof", models.BinaryField(max_length=32, null=True)),
    migrations.AddConstraint(
        "membership",
        models.CheckConstraint(
            condition=Q(longer_on=None, longer_by=None, longer_until=None, longer_proof=None)
            | (
                Q(longer_on__isnull=False, longer_by__isnull=False, until__isnull=False, agreement=None)
                & ~Q(longer_by=F("account"))
                & (Q(longer_until=None) | Q(longer_until__gt=F("until")))
            ),
            name="role_longer_by_another",
        ),
    ),
    migrations.RunSQL("GRANT UPDATE (longer_proof) ON organisations_membership TO sl_app"),
]

# As the second person finds it: as if it were offered now.
WAITING = """
CREATE FUNCTION role_waiting(membership uuid) RETURNS organisations_membership
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE m public.organisations_membership;
BEGIN
  SELECT * INTO m FROM public.organisations_membership r WHERE r.id = membership;
  IF m.longer_on IS NOT NULL THEN
    m.invited_by := m.longer_by;
    m.offered_on := m.longer_on;
    m.confirmed_by := NULL;
    m.confirmed_on := NULL;
  END IF;
  RETURN m;
END $$;
CREATE OR REPLACE FUNCTION role_confirm_from(membership uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT m.offered_on + CASE WHEN public.role_last_confirmer(m.organisation_id) IS NULL
      OR EXISTS (SELECT FROM public.role_colleagues(m)) THEN 0 ELSE 7 END
    FROM public.role_waiting(membership) m $$;
CREATE OR REPLACE FUNCTION role_confirmers(membership uuid) RETURNS TABLE (account uuid, organisation uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
  offered public.organisations_membership := public.role_waiting(membership);
BEGIN
  IF offered.id IS NULL OR offered.confirmed_by IS NOT NULL OR NOT public.role_needs_second(offered.role)
      OR offered.until < today THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT c.account, c.organisation FROM public.role_colleagues(offered) c;
  IF FOUND OR offered.role NOT IN ('manager', 'privacy_officer') THEN RETURN; END IF;
  -- Who is offered on the day on which the last of those before went might be there before they could be told.
  IF offered.offered_on <= public.role_last_confirmer(offered.organisation_id) THEN RETURN; END IF;
  -- An administrator of the region who did not let the inviter in, nor was let in
  -- by whoever did, however many stand between.
  RETURN QUERY SELECT DISTINCT m.account_id, m.organisation_id FROM public.organisations_membership m
    JOIN public.organisations_account a ON a.id = m.account_id AND a.is_active
    JOIN public.organisations_organisation o ON o.id = m.organisation_id
    WHERE o.kind IN ('region', 'platform') AND m.role = 'administrator' AND public.role_holds(m, today)
      AND m.account_id <> offered.account_id
      AND NOT EXISTS (
        SELECT FROM public.role_line(m.account_id) theirs JOIN public.role_line(offered.invited_by) ours
        ON theirs = ours);
END $$;
REVOKE ALL ON FUNCTION role_waiting(uuid) FROM PUBLIC;
"""

LONGER = """
CREATE FUNCTION role_longer(membership uuid, last date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
  who uuid := public.acting_account();
  mine uuid := public.acting_org();
BEGIN
  UPDATE public.organisations_membership m
    SET longer_on = today, longer_by = who, longer_until = last, longer_proof = NULL
    WHERE m.id = membership AND m.organisation_id = mine AND m.account_id <> who AND m.agreement_id IS NULL
      AND public.role_needs_second(m.role) AND public.role_holds(m, today) AND m.until IS NOT NULL
      AND (last IS NULL OR last > m.until)
      AND EXISTS (
        SELECT FROM public.organisations_membership k WHERE k.account_id = who AND k.organisation_id = mine
          AND k.role = 'administrator' AND public.role_holds(k, today));
  IF NOT FOUND THEN
    RAISE EXCEPTION 'an administrator offers a role that works for longer' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;
CREATE FUNCTION role_not_longer(membership uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM public.organisations_membership m WHERE m.id = membership AND m.longer_on IS NOT NULL FOR UPDATE;
  IF NOT FOUND OR NOT EXISTS (
    SELECT FROM public.role_confirmers(membership) c
    WHERE c.account = public.acting_account() AND c.organisation = public.acting_org()
  ) THEN
    RAISE EXCEPTION 'somebody else refuses' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE public.organisations_membership
    SET longer_on = NULL, longer_by = NULL, longer_until = NULL, longer_proof = NULL WHERE id = membership;
END $$;
CREATE OR REPLACE FUNCTION role_confirm(membership uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
  who uuid := public.acting_account();
BEGIN
  PERFORM FROM public.organisations_membership m WHERE m.id = membership FOR UPDATE;
  IF who IS NULL OR NOT EXISTS (
    SELECT FROM public.role_confirmers(membership) c WHERE c.account = who AND c.organisation = public.acting_org()
  ) THEN
    RAISE EXCEPTION 'somebody else confirms' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF public.role_confirm_from(membership) > today THEN
    RAISE EXCEPTION 'those who confirmed before are told first' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE public.organisations_membership m SET confirmed_by = who, confirmed_on = today,
    until = CASE WHEN m.longer_on IS NULL THEN m.until ELSE m.longer_until END,
    invited_by = coalesce(m.longer_by, m.invited_by), offered_on = coalesce(m.longer_on, m.offered_on),
    -- Whoever gave it an end before ended nothing.
    ended_by = CASE WHEN m.longer_on IS NULL THEN m.ended_by END,
    ended_on = CASE WHEN m.longer_on IS NULL THEN m.ended_on END,
    longer_on = NULL, longer_by = NULL, longer_until = NULL, longer_proof = NULL
    WHERE m.id = membership;
END $$;
REVOKE ALL ON FUNCTION role_longer(uuid, date), role_not_longer(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION role_longer(uuid, date), role_not_longer(uuid) TO sl_app;
"""

# What ends sooner, or is offered anew, was not offered for longer.
ENDED = """
CREATE OR REPLACE FUNCTION role_ended_by() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE sooner boolean := NEW.until IS NOT NULL AND (OLD.until IS NULL OR NEW.until < OLD.until);
BEGIN
  IF public.role_stands(OLD) AND sooner THEN
    NEW.ended_on := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
    NEW.ended_by := public.acting_account();
  END IF;
  IF sooner OR NEW.confirmed_by IS NULL THEN
    NEW.longer_on := NULL;
    NEW.longer_by := NULL;
    NEW.longer_until := NULL;
    NEW.longer_proof := NULL;
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0005_digest")]
    operations = [*COLUMNS, *[migrations.RunSQL(each) for each in (WAITING, LONGER, ENDED)]]
