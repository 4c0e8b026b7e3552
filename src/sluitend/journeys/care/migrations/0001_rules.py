"""Requests for help: a kind of matter, their first steps, whether anybody receives them, and who is on call."""

from django.db import migrations

from sluitend.kernel.organisations.rls import CODE, matter, sane_day

# A policy looks at no other table: whoever reads its own must not have to see that one.
PARTNER = """
CREATE FUNCTION is_partner(of_organisation uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM public.organisations_organisation o WHERE o.id = of_organisation AND o.kind = 'partner')
$$;
REVOKE ALL ON FUNCTION is_partner(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_partner(uuid) TO sl_intake;
"""
# Beside the policy for what goes to a municipality: only at a partner, and only these two steps.
STEPS = f"""
CREATE POLICY care ON followup_nextstep FOR INSERT TO sl_intake WITH CHECK (
  writer_id = organisation_id AND owner_role = 'partner' AND owner_id IS NULL AND team_id IS NULL
  AND done IS NULL AND done_by IS NULL AND moved_by IS NULL AND work_of IS NULL AND because = '' AND level = 0
  AND NOT waits_on_other AND {CODE} AND {sane_day("due")} AND {sane_day("created_day")}
  AND subject_kind = 'care_request' AND what IN ('take_request', 'answer_consult')
  AND is_partner(organisation_id));
"""
# A request for help is at home in no municipality. For all else this costs nothing.
AT_CARE = """
CREATE POLICY care ON reports_report AS RESTRICTIVE FOR INSERT TO sl_intake WITH CHECK (
  kind NOT IN ('care', 'consult')
  OR is_partner(organisation_id));
"""
# Nothing is taken for an organisation where nobody reads. The public process may not read who works where.
RECEIVES = """
CREATE FUNCTION care_receives(partner text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT o.id FROM public.organisations_organisation o
   WHERE o.code = partner AND o.kind = 'partner' AND EXISTS (
     SELECT FROM public.organisations_membership m
       JOIN public.organisations_account a ON a.id = m.account_id AND a.is_active AND a.last_login IS NOT NULL
      WHERE m.organisation_id = o.id AND m.role = 'partner'
        AND public.role_holds(m, (now() AT TIME ZONE 'Europe/Amsterdam')::date))
$$;
REVOKE ALL ON FUNCTION care_receives(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION care_receives(text) TO sl_app, sl_intake;
"""
# By which number who is on call is reached: told to whoever asks for help after hours.
# The public process reads neither who works where nor who is on call: one number, of a partner alone. Who left, or is
# away, is not on call.
NUMBER = """
CREATE FUNCTION care_on_call(partner text, wanted date) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.telephone FROM public.followup_oncall c
    JOIN public.organisations_organisation o ON o.id = c.organisation_id
    JOIN public.organisations_account a ON a.id = c.account_id AND a.is_active AND a.last_login IS NOT NULL
   WHERE o.code = partner AND o.kind = 'partner' AND c.telephone <> '' AND wanted BETWEEN c.first AND c.last
     AND EXISTS (SELECT FROM public.organisations_membership m
       WHERE m.organisation_id = o.id AND m.account_id = c.account_id AND public.role_holds(m, wanted))
     AND NOT EXISTS (SELECT FROM public.organisations_absence b
       WHERE b.organisation_id = o.id AND b.account_id = c.account_id AND wanted BETWEEN b.first AND b.last)
   ORDER BY c.first, c.id LIMIT 1
$$;
REVOKE ALL ON FUNCTION care_on_call(text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION care_on_call(text, date) TO sl_app, sl_intake;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_initial"),
        ("followup", "0002_rules"),
        ("organisations", "0003_roles"),
    ]
    operations = [
        *matter("care_request"),
        *[migrations.RunSQL(each) for each in (PARTNER, STEPS, AT_CARE, RECEIVES, NUMBER)],
    ]
