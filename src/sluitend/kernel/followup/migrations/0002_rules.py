"""Steps, and to whom what is given: each seen by its own organisation, and what was planned stays as planned."""

from django.db import migrations

from sluitend.kernel.organisations.rls import (
    ACTING,
    CODE,
    fixed_columns,
    intake_inserts,
    matter,
    own_rows,
    sane_day,
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


def own_team(table: str) -> migrations.RunSQL:
    """Let a row point at no other team than one of its own organisation."""
    return migrations.RunSQL(
        f'ALTER TABLE "{table}" ADD CONSTRAINT {table}_own_team FOREIGN KEY (team_id, organisation_id) '
        "REFERENCES organisations_team (id, organisation_id) DEFERRABLE INITIALLY DEFERRED"
    )


class Migration(migrations.Migration):
    dependencies = [("followup", "0001_initial"), ("organisations", "0002_rules")]
    operations = [
        migrations.RunSQL(KINDS),
        *matter("role"),
        *matter("office"),
        migrations.RunSQL(STEPS),
        *intake_inserts("followup_nextstep", PUBLIC),
        migrations.RunSQL(STAYS),
        migrations.RunSQL(ANEW),
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
    ]
