"""The ledger grows and does nothing else; what the public did waits in a table of its own until its day is over."""

from django.db import migrations

from sluitend.kernel.organisations.models import PLATFORM_ID
from sluitend.kernel.organisations.rls import ACTING

OWN = f"organisation_id = {ACTING}"

# The line of a role stands in the ledger of the organisation that the role is for, whoever offered it.
EVENTS = f"""
ALTER TABLE ledger_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON ledger_event FOR SELECT TO sl_app USING ({OWN});
CREATE POLICY add ON ledger_event FOR INSERT TO sl_app WITH CHECK ({OWN} OR organisation_id = '{PLATFORM_ID}');
CREATE POLICY role_elsewhere ON ledger_event FOR INSERT TO sl_app
  WITH CHECK (action LIKE 'account.role%' AND account = (SELECT acting_account()));
GRANT SELECT, INSERT ON ledger_event TO sl_app;
"""

# Only the worker links lines, each right behind the one before. The trigger sees the whole chain as its owner,
# whoever adds to it.
LINKS = f"""
ALTER TABLE ledger_link ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON ledger_link FOR SELECT TO sl_app USING ({OWN});
CREATE POLICY link ON ledger_link FOR INSERT TO sl_worker WITH CHECK ({OWN});
GRANT SELECT ON ledger_link TO sl_app;
GRANT INSERT ON ledger_link TO sl_worker;
CREATE FUNCTION ledger_link_next() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.position IS DISTINCT FROM 1 + coalesce(
      (SELECT max(l.position) FROM public.ledger_link l WHERE l.organisation_id = NEW.organisation_id), 0) THEN
    RAISE EXCEPTION 'a link stands right behind the one before' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION ledger_link_next() FROM PUBLIC;
CREATE TRIGGER ledger_link_next BEFORE INSERT ON ledger_link FOR EACH ROW EXECUTE FUNCTION ledger_link_next();
"""  # noqa: S608 - our own words

NOON = "(at AT TIME ZONE 'Europe/Amsterdam')::time = '12:00'"
# The day that the database has. Around midnight it has two: that of the beginning of the transaction and that of
# the line, and the clock of the other machine may be a moment off. Whoever signs in as `sl_app` and goes on as
# intake, as a joint process and the demonstration of a year do, may write lines of its own there anyhow.
TODAY = """(session_user <> 'sl_intake' OR (at AT TIME ZONE 'Europe/Amsterdam')::date
    BETWEEN ((now() - interval '1 minute') AT TIME ZONE 'Europe/Amsterdam')::date
      AND ((clock_timestamp() + interval '1 minute') AT TIME ZONE 'Europe/Amsterdam')::date)"""
# The public process names nobody, keeps no clock, and writes what its own pages do, under the activity of those.
PUBLIC = f"""process = 'public' AND account IS NULL AND subject IS NULL AND stands_in_from IS NULL AND revision IS NULL
  AND trace = repeat('0', 32) AND {NOON} AND {TODAY}
  AND ((action = 'report.mailbox' AND activity = 'meldingen')
    OR (action LIKE 'referral.pickup.%' AND activity = 'doorzetten')
    OR (action = 'handbook.answer' AND activity = 'handreiking')
    OR ((action LIKE 'refused.%' OR action LIKE 'failed.%') AND activity = 'toegang' AND outcome <> 'ok'
      AND organisation_id = '{PLATFORM_ID}'))"""
# A row that was written anew leaves its former self behind until it is cleaned up: soon, not some day.
INTAKE = f"""
ALTER TABLE ledger_intake ENABLE ROW LEVEL SECURITY;
CREATE POLICY intake ON ledger_intake FOR INSERT TO sl_intake WITH CHECK ({PUBLIC});
CREATE POLICY add ON ledger_intake FOR INSERT TO sl_app
  WITH CHECK ({NOON} AND organisation_id IN ({ACTING}, '{PLATFORM_ID}'));
CREATE POLICY own ON ledger_intake FOR SELECT TO sl_app USING ({OWN});
GRANT INSERT ON ledger_intake TO sl_intake, sl_app;
GRANT SELECT ON ledger_intake TO sl_app;
ALTER TABLE ledger_intake SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
"""

COLUMNS = """id, organisation_id, account, stands_in_from, action, activity, purpose, subject_kind, subject, outcome, at,
  revision, trace, span, process, mac"""
TAKE_IN = f"""
CREATE FUNCTION ledger_take_in(today timestamptz) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE n bigint;
BEGIN
  -- What is dated later than tomorrow was written under a clock that ran ahead.
  WITH moved AS (
    DELETE FROM public.ledger_intake l WHERE l.at < today OR l.at > today + interval '1 day' RETURNING l.*
  )
  INSERT INTO public.ledger_event ({COLUMNS}) SELECT {COLUMNS} FROM moved ORDER BY random();
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END $$;
REVOKE ALL ON FUNCTION ledger_take_in(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_take_in(timestamptz) TO sl_worker;
"""  # noqa: S608 - columns of this file


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("organisations", "0002_rules")]
    operations = [migrations.RunSQL(each) for each in (EVENTS, LINKS, INTAKE, TAKE_IN)]
