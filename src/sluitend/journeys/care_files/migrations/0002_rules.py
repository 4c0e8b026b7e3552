"""A care file and its appointments are of their organisation alone; one function tells a calendar its moments."""

from django.db import migrations

from sluitend.kernel.organisations import rls
from sluitend.kernel.sealing.remembering import remembers

TABLE, MODE = "care_files_carefile", "care_files_filemode"
APPOINTMENT, FEED = "care_files_appointment", "care_files_agendafeed"
FIXED = ("organisation_id", "envelope_id", "code", "request_id", "request_code", "opened")
# Whoever has the secret address has no account here. It reads when somebody has an appointment: no file, no name.
AGENDA = """
CREATE FUNCTION care_agenda(secret uuid, since timestamptz, today date) RETURNS TABLE (
    id uuid, at timestamptz, minutes integer, revision integer, cancelled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.id, a.at, a.minutes::integer, a.revision, a.state = 'cancelled'
    FROM public.care_files_agendafeed f
    JOIN public.organisations_account p ON p.id = f.account_id AND p.is_active
    JOIN public.care_files_appointment a
      ON a.organisation_id = f.organisation_id AND a.worker_id = f.account_id AND a.at >= since
   WHERE f.lookup = secret AND EXISTS (
     SELECT FROM public.organisations_membership m
      WHERE m.organisation_id = f.organisation_id AND m.account_id = f.account_id AND m.role = 'partner'
        AND public.role_holds(m, today))
   ORDER BY a.at, a.id
$$;
REVOKE ALL ON FUNCTION care_agenda(uuid, timestamptz, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION care_agenda(uuid, timestamptz, date) TO sl_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("care_files", "0001_initial"),
        ("followup", "0002_rules"),
        ("organisations", "0003_roles"),
        ("sealing", "0002_rules"),
    ]
    operations = [
        *rls.matter("care_file"),
        *rls.own_rows(TABLE),
        *rls.fixed_columns(TABLE, FIXED),
        *rls.open_subject(TABLE),
        *remembers(TABLE, ("person", "contact", "consents", "course", "whole"), ("state", "closed")),
        *rls.own_rows(MODE, app="SELECT, INSERT, UPDATE"),
        *rls.fixed_columns(MODE, ("organisation_id",)),
        *rls.own_rows(APPOINTMENT, app="SELECT, INSERT, UPDATE"),
        *rls.fixed_columns(APPOINTMENT, ("organisation_id", "file_id", "worker_id")),
        *remembers(APPOINTMENT, ("content",), ("state",), under=(TABLE, "file_id")),
        *rls.own_rows(FEED, app="SELECT, INSERT, DELETE"),
        *rls.of_one_account(FEED),
        migrations.RunSQL(AGENDA),
    ]
