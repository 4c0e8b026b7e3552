"""Where all who could confirm went, the region does not confirm as if it were the first; a closed account opens bare."""

from django.db import migrations, models

# Who ended a role that worked, and when: it stands there when somebody from outside is asked to confirm another.
ENDED = """
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
# Whoever closes or opens an account leaves it without a role that runs. The owner of the tables may close one at once,
# with work in hand: the next round gives that back, and the roles end when it opens.
BARE = """
CREATE FUNCTION account_is_bare() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
  UPDATE public.organisations_membership m SET until = today - 1
    WHERE m.account_id = NEW.id AND (m.until IS NULL OR m.until >= today);
  RETURN NULL;
END $$;
CREATE TRIGGER account_is_bare AFTER UPDATE OF is_active ON organisations_account
  FOR EACH ROW
  WHEN (OLD.is_active IS DISTINCT FROM NEW.is_active AND (NEW.is_active OR current_user IN ('sl_app', 'sl_worker')))
  EXECUTE FUNCTION account_is_bare();
UPDATE organisations_membership m SET until = current_date - 1 FROM organisations_account a
  WHERE a.id = m.account_id AND NOT a.is_active AND (m.until IS NULL OR m.until >= current_date);
"""
OFFER = """
CREATE OR REPLACE FUNCTION role_offer(target uuid, place uuid, wanted text, last date) RETURNS uuid
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
"""
FORMER = """
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
"""
CONFIRM = """
CREATE OR REPLACE FUNCTION role_confirmers(membership uuid) RETURNS TABLE (account uuid, organisation uuid)
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
  UPDATE public.organisations_membership SET confirmed_by = who, confirmed_on = today WHERE id = membership;
END $$;
"""
RIGHTS = """
REVOKE ALL ON FUNCTION role_former(uuid), role_last_confirmer(uuid), role_colleagues(organisations_membership),
  role_confirm_from(uuid), account_is_bare() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION role_former(uuid), role_confirm_from(uuid) TO sl_app;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0009_given")]

    operations = [
        migrations.AddField("membership", "ended_by", models.UUIDField(blank=True, null=True)),
        migrations.AddField("membership", "ended_on", models.DateField(blank=True, null=True)),
        migrations.AddField("membership", "held", models.BooleanField(db_default=False, default=False)),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        *[
            migrations.RunSQL(statements, migrations.RunSQL.noop)
            for statements in (ENDED, BARE, OFFER, FORMER, CONFIRM, RIGHTS)
        ],
    ]
