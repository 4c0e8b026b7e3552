"""A role that opens content works after a second person confirmed it: columns, functions, and what they replace."""

import django.db.models.deletion
from django.db import migrations, models

# What was there keeps working. The list of it goes to each privacy officer to look through.
ADOPT = """
UPDATE organisations_membership SET accepted_on = current_date,
  confirmed_by = CASE WHEN role IN ('focal_point', 'deputy', 'partner', 'inspector', 'manager', 'privacy_officer')
    THEN '00000000-0000-0000-0000-000000000000'::uuid END,
  confirmed_on = CASE WHEN role IN ('focal_point', 'deputy', 'partner', 'inspector', 'manager', 'privacy_officer')
    THEN current_date END;
UPDATE organisations_account a SET home_id = (SELECT m.organisation_id FROM organisations_membership m
  WHERE m.account_id = a.id AND m.agreement_id IS NULL
  ORDER BY (m.until IS NULL OR m.until >= current_date) DESC, m.organisation_id LIMIT 1);
"""
HOLDS = """
CREATE FUNCTION role_needs_second(role text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT role IN ('focal_point', 'deputy', 'partner', 'inspector', 'manager', 'privacy_officer') $$;
CREATE FUNCTION role_stands(m organisations_membership) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT m.accepted_on IS NOT NULL AND (m.confirmed_by IS NOT NULL OR NOT public.role_needs_second(m.role)) $$;
CREATE FUNCTION role_holds(m organisations_membership, today date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (m.since IS NULL OR m.since <= today) AND (m.until IS NULL OR m.until >= today)
    AND public.role_stands(m) $$;
CREATE OR REPLACE FUNCTION acting_for(organisation uuid, account uuid, today date) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN organisation IS NULL THEN ''
    WHEN account IS NULL OR EXISTS (
      SELECT FROM public.organisations_membership m
      WHERE m.account_id = account AND m.organisation_id = organisation AND public.role_holds(m, today)
    ) THEN organisation::text ELSE '' END
$$;
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
      -- Who accepted a role that still runs need not do so again.
      accepted_on = CASE WHEN m.until IS NULL OR m.until >= today THEN m.accepted_on ELSE excluded.accepted_on END
    RETURNING m.id INTO made;
  RETURN made;
END $$;
"""
# Who let somebody in, and who let that one in: as far as it goes.
CONFIRM = """
CREATE FUNCTION role_line(account uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE line(id) AS (
    SELECT account
    UNION
    SELECT m.invited_by FROM line JOIN public.organisations_membership m ON m.account_id = line.id
    WHERE m.role = 'administrator' AND m.invited_by IS NOT NULL)
  SELECT id FROM line $$;
CREATE FUNCTION role_confirmers(membership uuid) RETURNS TABLE (account uuid, organisation uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
  offered public.organisations_membership;
BEGIN
  SELECT * INTO offered FROM public.organisations_membership m WHERE m.id = membership
    AND m.confirmed_by IS NULL AND public.role_needs_second(m.role) AND (m.until IS NULL OR m.until >= today);
  IF NOT FOUND THEN RETURN; END IF;
  -- A colleague whom the inviter did not let in; or did, and somebody from outside confirmed.
  RETURN QUERY SELECT DISTINCT m.account_id, m.organisation_id FROM public.organisations_membership m
    JOIN public.organisations_account a ON a.id = m.account_id AND a.is_active
    WHERE m.organisation_id = offered.organisation_id AND m.agreement_id IS NULL
      AND m.role IN ('focal_point', 'manager', 'privacy_officer') AND public.role_holds(m, today)
      AND m.account_id <> offered.account_id AND m.account_id IS DISTINCT FROM offered.invited_by
      AND (m.invited_by IS DISTINCT FROM offered.invited_by OR NOT EXISTS (
        SELECT FROM public.organisations_membership k
        WHERE k.account_id = m.confirmed_by AND k.organisation_id = m.organisation_id));
  IF FOUND OR offered.role NOT IN ('manager', 'privacy_officer') THEN RETURN; END IF;
  -- The first of an organisation: an administrator of the region who did not let the inviter in, nor was let in
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
"""
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
  -- Whoever agreed for the municipality of the deputy is the second person.
  INSERT INTO public.organisations_membership (id, account_id, organisation_id, role, since, until, home_id,
      agreement_id, reporter_role, invited_by, offered_on, confirmed_by, confirmed_on, accepted_on)
    SELECT gen_random_uuid(), deputy, place, 'deputy', first, last, m.organisation_id, p.id, '', who, today,
      theirs.agreed_by_id, today, today
    FROM public.organisations_membership m
    JOIN public.organisations_account a ON a.id = m.account_id AND a.is_active
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
# Nobody of the web writes a role but through these, and of a row they only bring the end forward.
RIGHTS = """
REVOKE ALL ON FUNCTION role_offer(uuid, uuid, text, date), role_confirm(uuid), role_confirmers(uuid), role_line(uuid),
  role_accept(uuid), role_stand_in(uuid, date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION role_offer(uuid, uuid, text, date), role_confirm(uuid), role_confirmers(uuid),
  role_accept(uuid), role_stand_in(uuid, date, date) TO sl_app;
REVOKE INSERT, UPDATE ON organisations_membership FROM sl_app;
GRANT UPDATE (until) ON organisations_membership TO sl_app;
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
CREATE FUNCTION account_keeps_home() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF current_user IN ('sl_app', 'sl_worker') AND NEW.home_id IS DISTINCT FROM OLD.home_id THEN
    RAISE EXCEPTION 'an account keeps its home' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER account_keeps_home BEFORE UPDATE OF home_id ON organisations_account
  FOR EACH ROW EXECUTE FUNCTION account_keeps_home();
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_absence")]

    operations = [
        *[
            migrations.AddField(
                model_name="account",
                name=name,
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="organisations.organisation",
                ),
            )
            for name in ("home", "worked_for")
        ],
        *[
            migrations.AddField(
                model_name="membership", name=name, field=models.DateField(blank=True, null=True)
            )
            for name in ("offered_on", "confirmed_on", "accepted_on")
        ],
        *[
            migrations.AddField(
                model_name="membership", name=name, field=models.UUIDField(blank=True, null=True)
            )
            for name in ("invited_by", "confirmed_by")
        ],
        migrations.RunSQL(ADOPT, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    models.Q(
                        ("confirmed_on__isnull", False),
                        models.Q(("confirmed_by", models.F("account")), _negated=True),
                        models.Q(
                            ("invited_by__isnull", True),
                            models.Q(("confirmed_by", models.F("invited_by")), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="role_confirmed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("invited_by__isnull", True),
                    models.Q(("invited_by", models.F("account")), _negated=True),
                    _connector="OR",
                ),
                name="role_not_by_oneself",
            ),
        ),
        *[
            migrations.RunSQL(statements, migrations.RunSQL.noop)
            for statements in (HOLDS, CLASH, OFFER, CONFIRM, STAND_IN, RIGHTS)
        ],
    ]
