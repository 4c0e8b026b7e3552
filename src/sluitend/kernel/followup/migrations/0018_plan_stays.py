"""What a step is, and until when, stays as it was written: only who has it and that it is done may change."""

from django.db import migrations

# `is_open` follows from `done`. Nobody moves a date: a plan that changes is another step, beside which the
# former one stands with the moment it ended.
CHANGES = "owner_id, owner_role, team_id, moved_by, level, done, done_by"
RIGHTS = (
    "REVOKE UPDATE ON followup_nextstep FROM sl_app",
    f"GRANT UPDATE ({CHANGES}) ON followup_nextstep TO sl_app",
)
BACK = "GRANT UPDATE ON followup_nextstep TO sl_app"

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


class Migration(migrations.Migration):
    dependencies = [("followup", "0017_heard_elsewhere"), ("reports", "0007_the_night")]
    operations = [
        migrations.RunSQL(list(RIGHTS), BACK),
        migrations.RunSQL(
            STAYS,
            "DROP TRIGGER followup_done_stays ON followup_nextstep; DROP FUNCTION followup_done_stays()",
        ),
        migrations.RunSQL(ANEW, "DROP FUNCTION followup_eyes_anew(uuid[], timestamptz, boolean, boolean)"),
    ]
