"""A house style is seen by everybody once it is public; until then by its organisation, which a second person ends."""

from django.db import migrations

TABLE = "organisations_housestyle"
RULES = f"""
ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON {TABLE} FOR SELECT TO sl_app
  USING (published IS NOT NULL OR organisation_id = (SELECT acting_org()));
CREATE POLICY everybody ON {TABLE} FOR SELECT TO sl_intake USING (published IS NOT NULL);
CREATE POLICY add ON {TABLE} FOR INSERT TO sl_app WITH CHECK (
  organisation_id = (SELECT acting_org()) AND made_by_id = (SELECT acting_account()) AND published IS NULL);
CREATE POLICY change ON {TABLE} FOR UPDATE TO sl_app
  USING (organisation_id = (SELECT acting_org()) AND published IS NULL)
  WITH CHECK (organisation_id = (SELECT acting_org()) AND published_by_id = (SELECT acting_account()));
CREATE POLICY take_back ON {TABLE} FOR DELETE TO sl_app
  USING (organisation_id = (SELECT acting_org()) AND published IS NULL);
GRANT SELECT, INSERT, DELETE, UPDATE (published, published_by_id) ON {TABLE} TO sl_app;
GRANT SELECT (id, organisation_id, name, question, about, contact, privacy, site, colours, mark, published)
  ON {TABLE} TO sl_intake;
ALTER TABLE {TABLE} ADD CONSTRAINT house_style_small CHECK (mark IS NULL OR length(mark) <= 40000);
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0007_house_style")]
    operations = [migrations.RunSQL(RULES)]
