"""Who has a step by name has a role that works: accepted, and confirmed where it opens content."""

from django.db import migrations, models

ASSIGNED = """
CREATE OR REPLACE FUNCTION followup_assigned() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  given record;
  today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
  SELECT a.account_id, a.team_id,
    EXISTS (SELECT FROM public.organisations_membership m
      WHERE m.account_id = a.account_id AND m.organisation_id = a.organisation_id
        AND public.role_holds(m, today)) AS works,
    EXISTS (SELECT FROM public.organisations_absence b
      WHERE b.account_id = a.account_id AND b.organisation_id = a.organisation_id
        AND today BETWEEN b.first AND b.last) AS away,
    coalesce((SELECT p.work_days @> to_jsonb(extract(isodow FROM today)::integer)
      FROM public.organisations_account p WHERE p.id = a.account_id), false) AS today_too
  INTO given FROM public.followup_assignment a
  WHERE a.organisation_id = NEW.organisation_id AND a.subject_id = NEW.subject_id;
  IF NOT FOUND THEN
    RETURN NEW;
  ELSIF given.account_id IS NULL THEN
    NEW.team_id := given.team_id;
    NEW.owner_role := '';
  ELSIF given.works AND (NOT (NEW.urgent OR NEW.minor) OR (given.today_too AND NOT given.away)) THEN
    NEW.owner_id := given.account_id;
    NEW.owner_role := '';
  END IF;
  RETURN NEW;
END $$;
"""
OWNER = """
CREATE OR REPLACE FUNCTION followup_owner_works_here() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
  PERFORM FROM public.organisations_membership m
    WHERE m.account_id = NEW.owner_id AND m.organisation_id = NEW.organisation_id
      AND (m.until IS NULL OR m.until >= today) AND public.role_stands(m) FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'who has a step works here' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NEW;
END $$;
"""
LEAVES = """
CREATE OR REPLACE FUNCTION followup_hands_over() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
  IF EXISTS (
    SELECT FROM public.followup_nextstep s
    WHERE s.organisation_id = OLD.organisation_id AND s.owner_id = OLD.account_id
      AND s.done IS NULL AND s.what <> 'finish_mark'
  ) AND NOT EXISTS (
    SELECT FROM public.organisations_membership m
    WHERE m.account_id = OLD.account_id AND m.organisation_id = OLD.organisation_id AND m.id <> OLD.id
      AND m.role IN ('focal_point', 'deputy') AND public.role_holds(m, today)
  ) AND NEW.until < today THEN
    RAISE EXCEPTION 'open steps are handed over first' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""
# Whoever confirms, refuses, withdraws or declines: nobody needs to look at it any more, in whatever organisation.
SETTLED = """
CREATE FUNCTION followup_role_settled() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
  IF NEW.confirmed_by IS NOT NULL OR NEW.until < today OR NEW.invited_by IS DISTINCT FROM OLD.invited_by THEN
    UPDATE public.followup_nextstep SET done = now(), done_by = public.acting_account()
      WHERE subject_kind = 'role' AND subject_id = NEW.id AND what = 'confirm_role' AND done IS NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER followup_role_settled AFTER UPDATE OF confirmed_by, until, invited_by ON organisations_membership
  FOR EACH ROW EXECUTE FUNCTION followup_role_settled();
"""
# Nobody confirmed what was there already: that is the first thing to look through.
LOOK_THROUGH = """
INSERT INTO followup_nextstep (id, organisation_id, writer_id, subject_kind, subject_id, code, what, owner_role, due,
    urgent, minor, waits_on_other, level, created_day)
  SELECT gen_random_uuid(), m.organisation_id, m.organisation_id, 'role', m.organisation_id, '', 'check_roles',
    max(m.role), (current_date + 14 + time '17:00') AT TIME ZONE 'Europe/Amsterdam',
    false, false, false, 0, current_date
  FROM organisations_membership m JOIN organisations_account a ON a.id = m.account_id AND a.is_active
  WHERE m.role IN ('privacy_officer', 'manager') AND role_holds(m, current_date)
  GROUP BY m.organisation_id;
"""


class Migration(migrations.Migration):
    dependencies = [("followup", "0011_moved_by"), ("organisations", "0005_roles_by_two")]
    operations = [
        migrations.RemoveConstraint(model_name="nextstep", name="step_subject_kind"),
        migrations.AddConstraint(
            model_name="nextstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "subject_kind__in",
                        [
                            "report",
                            "case",
                            "track",
                            "referral",
                            "mark",
                            "transfer",
                            "request",
                            "wait_request",
                            "planned",
                            "role",
                        ],
                    )
                ),
                name="step_subject_kind",
            ),
        ),
        *[
            migrations.RunSQL(each, migrations.RunSQL.noop)
            for each in (ASSIGNED, OWNER, LEAVES, SETTLED, LOOK_THROUGH)
        ],
    ]
