"""Steps, and to whom what is given: each seen by its own organisation, and what was planned stays as planned.

Whoever has a step by name works here, with a role that works; nobody leaves, or closes, with work in hand. Whoever
plans a step and whoever ends a role or an account take a lock that the other waits for, so that the two cannot pass
each other: the second sees the first.
"""

from django.db import migrations

from sluitend.kernel.organisations.rls import (
    ACTING,
    CODE,
    fixed_columns,
    intake_inserts,
    matter,
    own_rows,
    sane_day,
    sane_days,
)

# A journey adds its own kinds of matters, and nothing here changes.
KINDS = """
CREATE TABLE followup_kind (kind varchar(12) PRIMARY KEY);
ALTER TABLE followup_nextstep ADD CONSTRAINT step_subject_kind
  FOREIGN KEY (subject_kind) REFERENCES followup_kind (kind);
"""

OWN = f"organisation_id = {ACTING}"
# `(id, is_open)` is what the foreign keys of open matters point at. It follows from `done`. Nobody moves a date: a
# plan that changes is another step, beside which the former one stands with the moment it ended.
STEPS = f"""
ALTER TABLE followup_nextstep ADD is_open boolean GENERATED ALWAYS AS (done IS NULL) STORED, ADD UNIQUE (id, is_open);
ALTER TABLE followup_nextstep ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON followup_nextstep FOR SELECT TO sl_app USING ({OWN});
CREATE POLICY add ON followup_nextstep FOR INSERT TO sl_app
  WITH CHECK ({OWN} OR (writer_id = {ACTING} AND work_of IS NULL));
CREATE POLICY change ON followup_nextstep FOR UPDATE TO sl_app USING ({OWN}) WITH CHECK ({OWN});
GRANT SELECT, INSERT, UPDATE (owner_id, owner_role, team_id, moved_by, work_of, level, done, done_by)
  ON followup_nextstep TO sl_app;
"""
# A step of a kind that nobody knows, or a date that no calendar has, was an error on the page that each colleague
# of that municipality begins with.
PUBLIC = f"""writer_id = organisation_id AND owner_role = 'focal_point' AND owner_id IS NULL AND team_id IS NULL
  AND done IS NULL AND done_by IS NULL AND moved_by IS NULL AND work_of IS NULL AND because = '' AND level = 0 AND NOT waits_on_other
  AND {CODE} AND {sane_day("due")} AND {sane_day("created_day")}
  AND ((subject_kind = 'report' AND what IN ('read_report', 'answer_advice'))
    OR (subject_kind = 'referral' AND what IN ('renew_pickup', 'partner_answered', 'partner_asks',
      'partner_returned', 'night_without_place')))"""

# The night writes the moment of what nobody did as its day, in the name of the owner of the table.
STAYS = """
CREATE FUNCTION followup_done_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'what is done stays as it was done' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER followup_done_stays BEFORE UPDATE ON followup_nextstep FOR EACH ROW
  WHEN (OLD.done IS NOT NULL AND current_user IN ('sl_app', 'sl_worker')
    AND (OLD.done, OLD.done_by, OLD.owner_id, OLD.owner_role, OLD.team_id, OLD.level)
      IS DISTINCT FROM (NEW.done, NEW.done_by, NEW.owner_id, NEW.owner_role, NEW.team_id, NEW.level))
  EXECUTE FUNCTION followup_done_stays();
"""

# A second pair of eyes holds nothing up, and is asked anew on the same step: who has it keeps it.
ANEW = """
CREATE FUNCTION followup_eyes_anew(subjects uuid[], until timestamptz, acute boolean, child boolean) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE asked integer;
BEGIN
  UPDATE public.followup_nextstep SET due = until, level = 0, urgent = acute, minor = child
   WHERE organisation_id = public.acting_org() AND subject_id = ANY (subjects)
     AND what = 'second_eyes' AND done IS NULL;
  GET DIAGNOSTICS asked = ROW_COUNT;
  RETURN asked;
END $$;
REVOKE ALL ON FUNCTION followup_eyes_anew(uuid[], timestamptz, boolean, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION followup_eyes_anew(uuid[], timestamptz, boolean, boolean) TO sl_app;
"""

# A step that another organisation writes (an answer of a partner) goes to whom the matter was given, if that one still
# works here; what cannot wait, if here today. The writer may not see whom, so the database fills it in; steps of one's
# own organisation are given by `plan`.
ASSIGNED = """
CREATE FUNCTION followup_assigned() RETURNS trigger
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
CREATE TRIGGER followup_assigned BEFORE INSERT ON followup_nextstep FOR EACH ROW
  WHEN (NEW.writer_id <> NEW.organisation_id AND NEW.owner_role = 'focal_point')
  EXECUTE FUNCTION followup_assigned();
"""

# Whoever plans holds the key of the account, which signing in does not wait for; whoever closes takes all.
OWNER = """
CREATE FUNCTION followup_owner_works_here() RETURNS trigger
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
  PERFORM FROM public.organisations_account a WHERE a.id = NEW.owner_id AND a.is_active FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'who has a step has not left' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER followup_owner_works_here BEFORE INSERT OR UPDATE OF owner_id ON followup_nextstep FOR EACH ROW
  WHEN (NEW.owner_id IS NOT NULL AND NEW.done IS NULL) EXECUTE FUNCTION followup_owner_works_here();
"""

LEAVES = """
CREATE FUNCTION followup_hands_over() RETURNS trigger
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
CREATE TRIGGER followup_hands_over BEFORE UPDATE OF until ON organisations_membership FOR EACH ROW
  WHEN (OLD.role IN ('focal_point', 'deputy') AND OLD.agreement_id IS NULL AND NEW.until IS NOT NULL)
  EXECUTE FUNCTION followup_hands_over();
"""

# Whoever closes an account gives its work back first, and no path goes round that.
CLOSES = """
CREATE FUNCTION followup_in_hand(account uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM public.followup_nextstep s
    WHERE s.owner_id = account AND s.done IS NULL AND s.what <> 'finish_mark') $$;
REVOKE ALL ON FUNCTION followup_in_hand(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION followup_in_hand(uuid) TO sl_app;
CREATE FUNCTION followup_gives_back() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF current_user IN ('sl_app', 'sl_worker') THEN
    PERFORM FROM public.organisations_account a WHERE a.id = NEW.id FOR UPDATE;
    IF public.followup_in_hand(NEW.id) THEN
      RAISE EXCEPTION 'open steps are given back first' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER followup_gives_back BEFORE UPDATE OF is_active ON organisations_account FOR EACH ROW
  WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION followup_gives_back();
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

# What waits where somebody stands in: how much, never what, for the account that acts and no other.
STANDING_IN = """
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

# What the region sees of a municipality that chose so: how much waits on the last rung and since how long, with no
# count under ten.
REGION = """
CREATE FUNCTION region_waiting() RETURNS TABLE (place uuid, number integer, longest integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT n.organisation_id, CASE WHEN count(*) >= 10 THEN count(*)::integer END,
    CASE WHEN min(n.due) > now() - interval '7 days' THEN 1
      WHEN min(n.due) > now() - interval '14 days' THEN 2 ELSE 3 END
  FROM public.followup_escalationchoice c
  JOIN public.followup_nextstep n ON n.organisation_id = c.organisation_id
  WHERE c.escalates_to = 'region' AND n.done IS NULL AND n.level >= 4 AND n.due < now()
  GROUP BY n.organisation_id
$$;
REVOKE ALL ON FUNCTION region_waiting() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION region_waiting() TO sl_app;
"""


def own_team(table: str) -> migrations.RunSQL:
    """Let a row point at no other team than one of its own organisation."""
    return migrations.RunSQL(
        f'ALTER TABLE "{table}" ADD CONSTRAINT {table}_own_team FOREIGN KEY (team_id, organisation_id) '
        "REFERENCES organisations_team (id, organisation_id) DEFERRABLE INITIALLY DEFERRED"
    )


class Migration(migrations.Migration):
    dependencies = [("followup", "0001_initial"), ("organisations", "0003_roles")]
    operations = [
        migrations.RunSQL(KINDS),
        *matter("role"),
        *matter("office"),
        migrations.RunSQL(STEPS),
        *intake_inserts("followup_nextstep", PUBLIC),
        migrations.RunSQL(STAYS),
        migrations.RunSQL(ANEW),
        *[
            migrations.RunSQL(each)
            for each in (ASSIGNED, OWNER, LEAVES, CLOSES, SETTLED, STANDING_IN, REGION)
        ],
        own_team("followup_nextstep"),
        own_team("followup_assignment"),
        *own_rows("followup_assignment"),
        *fixed_columns("followup_assignment", ["organisation_id", "subject_id"]),
        *own_rows("followup_escalationchoice", app="SELECT, INSERT, UPDATE"),
        *fixed_columns("followup_escalationchoice", ["organisation_id"]),
        # Who has what open is worth nothing after a minute: it is in no log of the database and in no backup of it.
        migrations.RunSQL("ALTER TABLE followup_presence SET UNLOGGED"),
        *own_rows("followup_presence"),
        *fixed_columns("followup_presence", ["organisation_id"]),
        *own_rows("followup_oncall", app="SELECT, INSERT, DELETE"),
        *fixed_columns("followup_oncall", ["organisation_id", "account_id"]),
        *sane_days("followup_oncall", ["first", "last"]),
    ]
