"""Nobody gets a step by name while their account closes: the two wait for each other, and the second sees the first.

Whoever plans the step holds the key of the account, which signing in does not wait for; whoever closes takes all.
"""

from django.db import migrations

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
  PERFORM FROM public.organisations_account a WHERE a.id = NEW.owner_id AND a.is_active FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'who has a step has not left' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NEW;
END $$
"""
CLOSES = """
CREATE OR REPLACE FUNCTION followup_gives_back() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF current_user IN ('sl_app', 'sl_worker') THEN
    PERFORM FROM public.organisations_account a WHERE a.id = NEW.id FOR UPDATE;
    IF public.followup_in_hand(NEW.id) THEN
      RAISE EXCEPTION 'open steps are given back first' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("desk", "0004_no_calls"), ("followup", "0016_standing_in")]
    operations = [migrations.RunSQL(each, migrations.RunSQL.noop) for each in (OWNER, CLOSES)]
