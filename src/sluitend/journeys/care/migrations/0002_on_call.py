"""By which number who is on call is reached: told to whoever asks for help after hours."""

from django.db import migrations

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
    dependencies = [("care", "0001_rules"), ("followup", "0007_on_call")]
    operations = [migrations.RunSQL(NUMBER)]
