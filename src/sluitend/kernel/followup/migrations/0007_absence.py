"""An answer from outside goes to whoever has the matter, if that one still works here; what cannot wait, if here today."""

from django.db import migrations

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
        AND (m.since IS NULL OR m.since <= today) AND (m.until IS NULL OR m.until >= today)) AS works,
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


class Migration(migrations.Migration):
    dependencies = [("followup", "0006_teams"), ("organisations", "0004_absence")]
    operations = [migrations.RunSQL(ASSIGNED, migrations.RunSQL.noop)]
