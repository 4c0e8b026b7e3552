"""Nobody closes an account with work in hand: whoever closes gives it back first, and no path goes round that."""

from django.db import migrations

CLOSES = """
CREATE FUNCTION followup_in_hand(account uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM public.followup_nextstep s
    WHERE s.owner_id = account AND s.done IS NULL AND s.what <> 'finish_mark') $$;
REVOKE ALL ON FUNCTION followup_in_hand(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION followup_in_hand(uuid) TO sl_app;
CREATE FUNCTION followup_gives_back() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF current_user IN ('sl_app', 'sl_worker') AND public.followup_in_hand(NEW.id) THEN
    RAISE EXCEPTION 'open steps are given back first' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER followup_gives_back BEFORE UPDATE OF is_active ON organisations_account FOR EACH ROW
  WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION followup_gives_back();
"""


class Migration(migrations.Migration):
    dependencies = [("followup", "0014_because")]
    operations = [migrations.RunSQL(CLOSES, migrations.RunSQL.noop)]
