"""Whoever has a step by name works here: planned for nobody else, and nobody leaves with one in hand.

The first takes a lock that the second waits for, and the other way round, so that the two cannot pass each other.
"""

from django.db import migrations

OWNER = """
CREATE FUNCTION followup_owner_works_here() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
  PERFORM FROM public.organisations_membership m
    WHERE m.account_id = NEW.owner_id AND m.organisation_id = NEW.organisation_id
      AND (m.until IS NULL OR m.until >= today) FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'who has a step works here' USING ERRCODE = 'foreign_key_violation';
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
      AND m.role IN ('focal_point', 'deputy') AND (m.since IS NULL OR m.since <= today)
      AND (m.until IS NULL OR m.until >= today)
  ) AND NEW.until < today THEN
    RAISE EXCEPTION 'open steps are handed over first' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER followup_hands_over BEFORE UPDATE OF until ON organisations_membership FOR EACH ROW
  WHEN (OLD.role IN ('focal_point', 'deputy') AND OLD.agreement_id IS NULL AND NEW.until IS NOT NULL)
  EXECUTE FUNCTION followup_hands_over();
"""


class Migration(migrations.Migration):
    dependencies = [("followup", "0007_absence"), ("organisations", "0004_absence")]
    operations = [
        migrations.RunSQL(OWNER, migrations.RunSQL.noop),
        migrations.RunSQL(LEAVES, migrations.RunSQL.noop),
    ]
