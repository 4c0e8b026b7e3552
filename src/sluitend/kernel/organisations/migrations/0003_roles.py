"""A role that opens content works after a second person confirmed it, and never goes with each other role.

The functions run as their owner: no role of the web writes a membership itself.
"""

from django.db import migrations

HOLDS = """
CREATE FUNCTION role_needs_second(role text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT role IN ('focal_point', 'deputy', 'partner', 'inspector', 'manager', 'privacy_officer') $$;
CREATE FUNCTION role_stands(m organisations_membership) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT m.accepted_on IS NOT NULL AND (m.confirmed_by IS NOT NULL OR NOT public.role_needs_second(m.role)) $$;
CREATE FUNCTION role_holds(m organisations_membership, today date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (m.since IS NULL OR m.since <= today) AND (m.until IS NULL OR m.until >= today)
    AND public.role_stands(m) $$;
"""

# Whether somebody has a role somewhere on a day, asked at the beginning of every transaction of a person. As its
# owner, since the public intake may not read who works where.
ACTING_FOR = """
CREATE FUNCTION acting_for(organisation uuid, account uuid, today date) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN organisation IS NULL THEN ''
    WHEN account IS NULL OR EXISTS (
      SELECT FROM public.organisations_membership m
      WHERE m.account_id = account AND m.organisation_id = organisation AND public.role_holds(m, today)
    ) THEN organisation::text ELSE '' END
$$;
REVOKE ALL ON FUNCTION acting_for(uuid, uuid, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acting_for(uuid, uuid, date) TO sl_app, sl_intake;
"""

# Never one person in one organisation: who lets people in and who reads, who reads and who looks at the ledger.
CLASH = """
CREATE FUNCTION roles_clash(one text, other text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (one = 'administrator' AND other IN ('focal_point', 'deputy', 'partner', 'inspector'))
    OR (one = 'privacy_officer' AND other IN ('focal_point', 'deputy')) $$;
CREATE FUNCTION role_fits_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
  IF NEW.until < today THEN RETURN NEW; END IF;
  -- Two roles that are given at once wait for each other here.
  PERFORM FROM public.organisations_account a WHERE a.id = NEW.account_id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT FROM public.organisations_membership m
    WHERE m.account_id = NEW.account_id AND m.organisation_id = NEW.organisation_id AND m.id <> NEW.id
      AND (m.until IS NULL OR m.until >= today)
      AND (public.roles_clash(m.role, NEW.role) OR public.roles_clash(NEW.role, m.role))
  ) THEN
    RAISE EXCEPTION 'these roles are never of one person' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'role_fits_person';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER role_fits_person BEFORE INSERT OR UPDATE ON organisations_membership
  FOR EACH ROW EXECUTE FUNCTION role_fits_person();
"""

OFFER = """
CREATE FUNCTION role_offer(target uuid, place uuid, wanted text, last date) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
  who uuid := public.acting_account();
  mine uuid := public.acting_org();
  home uuid;
  made uuid;
BEGIN
  IF who IS NULL OR who = target OR NOT EXISTS (
    SELECT FROM public.organisations_membership m WHERE m.account_id = who AND m.organisation_id = mine
      AND m.role = 'administrator' AND public.role_holds(m, today)
  ) THEN
    RAISE EXCEPTION 'an administrator offers a role, to another' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF place IS DISTINCT FROM mine AND NOT (
    wanted = 'administrator'
    AND EXISTS (SELECT FROM public.organisations_organisation o WHERE o.id = mine AND o.kind IN ('region', 'platform'))
    AND NOT EXISTS (
      SELECT FROM public.organisations_membership m WHERE m.organisation_id = place AND m.role = 'administrator'
        AND m.account_id <> target AND (m.until IS NULL OR m.until >= today))
  ) THEN
    RAISE EXCEPTION 'elsewhere only the first administrator' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE public.organisations_account a SET home_id = coalesce(a.home_id, place) WHERE a.id = target
    RETURNING a.home_id INTO home;
  INSERT INTO public.organisations_membership AS m
    (id, account_id, organisation_id, role, until, reporter_role, invited_by, offered_on, accepted_on)
    VALUES (gen_random_uuid(), target, place, wanted, last, '', who, today, CASE WHEN home = place THEN today END)
    ON CONFLICT (account_id, organisation_id, role) WHERE agreement_id IS NULL DO UPDATE SET
      until = excluded.until, since = NULL, invited_by = excluded.invited_by, offered_on = excluded.offered_on,
      confirmed_by = NULL, confirmed_on = NULL,
      -- That it held is kept: who ends all who confirm and offers them anew is not at the first again.
      held = m.held OR public.role_stands(m),
      ended_on = CASE WHEN NOT public.role_stands(m) THEN m.ended_on
        WHEN m.until < today THEN greatest(m.ended_on, m.until) ELSE today END,
      ended_by = CASE WHEN public.role_stands(m) AND (m.until IS NULL OR m.until >= today) THEN who ELSE m.ended_by END,
      -- Who accepted a role that still runs need not do so again.
      accepted_on = CASE WHEN m.until IS NULL OR m.until >= today THEN m.accepted_on ELSE excluded.accepted_on END
    RETURNING m.id INTO made;
  RETURN made;
END $$;
REVOKE ALL ON FUNCTION role_offer(uuid, uuid, text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION role_offer(uuid, uuid, text, date) TO sl_app;
"""

# Who may confirm. Where all who could went, the region does not confirm as if it were the first.
CONFIRMERS = """
-- Who let somebody in, and who let that one in: as far as it goes.
CREATE FUNCTION role_line(account uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE line(id) AS (
    SELECT account
    UNION
    SELECT m.invited_by FROM line JOIN public.organisations_membership m ON m.account_id = line.id
    WHERE m.role = 'administrator' AND m.invited_by IS NOT NULL)
  SELECT id FROM line $$;
CREATE FUNCTION role_former(place uuid) RETURNS SETOF organisations_membership
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT m FROM public.organisations_membership m WHERE m.organisation_id = place AND m.agreement_id IS NULL
    AND m.role IN ('focal_point', 'manager', 'privacy_officer') AND (m.held OR public.role_stands(m)) $$;
-- The last day on which one of them went; nothing where none ever was, and before all days while they are there.
CREATE FUNCTION role_last_confirmer(place uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT max(CASE WHEN NOT public.role_stands(m) THEN m.ended_on
      WHEN m.until < (now() AT TIME ZONE 'Europe/Amsterdam')::date THEN greatest(m.ended_on, m.until)
      ELSE '-infinity' END)
    FROM public.role_former(place) m $$;
-- A colleague whom the inviter did not let in; or did, and somebody from outside confirmed.
CREATE FUNCTION role_colleagues(offered organisations_membership) RETURNS TABLE (account uuid, organisation uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT m.account_id, m.organisation_id FROM public.organisations_membership m
    JOIN public.organisations_account a ON a.id = m.account_id AND a.is_active
    WHERE m.organisation_id = offered.organisation_id AND m.agreement_id IS NULL
      AND m.role IN ('focal_point', 'manager', 'privacy_officer')
      AND public.role_holds(m, (now() AT TIME ZONE 'Europe/Amsterdam')::date)
      AND m.account_id <> offered.account_id AND m.account_id IS DISTINCT FROM offered.invited_by
      AND (m.invited_by IS DISTINCT FROM offered.invited_by OR NOT EXISTS (
        SELECT FROM public.organisations_membership k
        WHERE k.account_id = m.confirmed_by AND k.organisation_id = m.organisation_id)) $$;
-- Where all who could confirm went, they have a week to say that they should not have.
CREATE FUNCTION role_confirm_from(membership uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT m.offered_on + CASE WHEN public.role_last_confirmer(m.organisation_id) IS NULL
      OR EXISTS (SELECT FROM public.role_colleagues(m)) THEN 0 ELSE 7 END
    FROM public.organisations_membership m WHERE m.id = membership $$;
CREATE FUNCTION role_confirmers(membership uuid) RETURNS TABLE (account uuid, organisation uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
  offered public.organisations_membership;
BEGIN
  SELECT * INTO offered FROM public.organisations_membership m WHERE m.id = membership
    AND m.confirmed_by IS NULL AND public.role_needs_second(m.role) AND (m.until IS NULL OR m.until >= today);
  IF NOT FOUND THEN RETURN; END IF;
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
REVOKE ALL ON FUNCTION role_line(uuid), role_former(uuid), role_last_confirmer(uuid),
  role_colleagues(organisations_membership), role_confirm_from(uuid), role_confirmers(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION role_former(uuid), role_confirm_from(uuid), role_confirmers(uuid) TO sl_app;
"""

CONFIRM = """
CREATE FUNCTION role_confirm(membership uuid) RETURNS void
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
  UPDATE public.organisations_membership SET confirmed_by = who, confirmed_on = today WHERE id = membership;
END $$;
CREATE FUNCTION role_accept(membership uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
  place uuid;
BEGIN
  UPDATE public.organisations_membership m SET accepted_on = today
    WHERE m.id = membership AND m.account_id = public.acting_account() AND m.accepted_on IS NULL
      AND (m.until IS NULL OR m.until >= today)
    RETURNING m.organisation_id INTO place;
  IF place IS NULL THEN RETURN false; END IF;
  -- Who works at home no longer has a home where they go.
  UPDATE public.organisations_account a SET home_id = place
    WHERE a.id = public.acting_account() AND NOT EXISTS (
      SELECT FROM public.organisations_membership m
      WHERE m.account_id = a.id AND m.organisation_id = a.home_id AND public.role_holds(m, today));
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION role_confirm(uuid), role_accept(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION role_confirm(uuid), role_accept(uuid) TO sl_app;
"""

# Who ended a role that worked, and when: it stands there when somebody from outside is asked to confirm another.
ENDED = """
CREATE FUNCTION role_only_ends() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF current_user IN ('sl_app', 'sl_worker') AND OLD.until IS NOT NULL
      AND (NEW.until IS NULL OR NEW.until > OLD.until) THEN
    RAISE EXCEPTION 'a role is offered again, not stretched' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER role_only_ends BEFORE UPDATE OF until ON organisations_membership
  FOR EACH ROW EXECUTE FUNCTION role_only_ends();
CREATE FUNCTION role_ended_by() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF public.role_stands(OLD) AND NEW.until IS NOT NULL AND (OLD.until IS NULL OR NEW.until < OLD.until) THEN
    NEW.ended_on := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
    NEW.ended_by := public.acting_account();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER role_ended_by BEFORE UPDATE OF until ON organisations_membership
  FOR EACH ROW EXECUTE FUNCTION role_ended_by();
"""

ACCOUNT = """
CREATE FUNCTION account_keeps_home() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF current_user IN ('sl_app', 'sl_worker') AND NEW.home_id IS DISTINCT FROM OLD.home_id THEN
    RAISE EXCEPTION 'an account keeps its home' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER account_keeps_home BEFORE UPDATE OF home_id ON organisations_account
  FOR EACH ROW EXECUTE FUNCTION account_keeps_home();
-- Whoever closes or opens an account leaves it without a role that runs. The owner of the tables may close one at
-- once, with work in hand: the next round gives that back, and the roles end when it opens.
CREATE FUNCTION account_is_bare() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
  UPDATE public.organisations_membership m SET until = today - 1
    WHERE m.account_id = NEW.id AND (m.until IS NULL OR m.until >= today);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION account_is_bare() FROM PUBLIC;
CREATE TRIGGER account_is_bare AFTER UPDATE OF is_active ON organisations_account
  FOR EACH ROW
  WHEN (OLD.is_active IS DISTINCT FROM NEW.is_active AND (NEW.is_active OR current_user IN ('sl_app', 'sl_worker')))
  EXECUTE FUNCTION account_is_bare();
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_rules")]
    operations = [
        migrations.RunSQL(each)
        for each in (HOLDS, ACTING_FOR, CLASH, OFFER, CONFIRMERS, CONFIRM, ENDED, ACCOUNT)
    ]
