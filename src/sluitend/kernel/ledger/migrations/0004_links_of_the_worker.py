"""Only the worker links lines, each right behind the one before."""

from django.db import migrations

from sluitend.kernel.organisations.rls import ACTING

WORKER = f"""
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ledger_link FROM sl_app;
DROP POLICY IF EXISTS add ON ledger_link;
DROP POLICY IF EXISTS link ON ledger_link;
CREATE POLICY link ON ledger_link FOR INSERT TO sl_worker WITH CHECK (organisation_id = {ACTING});
GRANT INSERT ON ledger_link TO sl_worker;
"""

# As the owner: it must see the whole chain, whoever adds to it.
NEXT = """
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
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_absence")]
    operations = [
        migrations.RunSQL(WORKER, migrations.RunSQL.noop),
        migrations.RunSQL(NEXT, "DROP FUNCTION ledger_link_next() CASCADE"),
    ]
