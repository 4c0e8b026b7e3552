"""Who acts, who may read and change who works where, house styles, and the organisation of what belongs to nobody."""

from django.db import migrations

from sluitend.kernel.organisations.models import PLATFORM_ID
from sluitend.kernel.organisations.rls import grants

# Row-level security everywhere compares with these two.
ACTING = """
CREATE FUNCTION acting_org() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('sl.org', true), '')::uuid $$;
CREATE FUNCTION acting_account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('sl.account', true), '')::uuid $$;
"""

ALL = "SELECT, INSERT, UPDATE, DELETE"
DIRECTORY = (
    "organisations_region",
    "organisations_subregion",
    "organisations_organisation",
    "organisations_organisation_subregions",
)
# What a step or an assignment of a team points at: a team of its own organisation.
TEAM = "ALTER TABLE organisations_team ADD CONSTRAINT team_of_organisation UNIQUE (id, organisation_id)"

# Seen by everybody once it is public; until then by its organisation, which a second person ends.
HOUSE_STYLE = "organisations_housestyle"
HOUSE_STYLES = f"""
ALTER TABLE {HOUSE_STYLE} ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON {HOUSE_STYLE} FOR SELECT TO sl_app
  USING (published IS NOT NULL OR organisation_id = (SELECT acting_org()));
CREATE POLICY everybody ON {HOUSE_STYLE} FOR SELECT TO sl_intake USING (published IS NOT NULL);
CREATE POLICY add ON {HOUSE_STYLE} FOR INSERT TO sl_app WITH CHECK (
  organisation_id = (SELECT acting_org()) AND made_by_id = (SELECT acting_account()) AND published IS NULL);
CREATE POLICY change ON {HOUSE_STYLE} FOR UPDATE TO sl_app
  USING (organisation_id = (SELECT acting_org()) AND published IS NULL)
  WITH CHECK (organisation_id = (SELECT acting_org()) AND published_by_id = (SELECT acting_account()));
CREATE POLICY take_back ON {HOUSE_STYLE} FOR DELETE TO sl_app
  USING (organisation_id = (SELECT acting_org()) AND published IS NULL);
GRANT SELECT, INSERT, DELETE, UPDATE (published, published_by_id) ON {HOUSE_STYLE} TO sl_app;
GRANT SELECT (id, organisation_id, name, question, about, contact, privacy, site, colours, mark, published)
  ON {HOUSE_STYLE} TO sl_intake;
ALTER TABLE {HOUSE_STYLE} ADD CONSTRAINT house_style_small CHECK (mark IS NULL OR length(mark) <= 40000);
"""


def add_platform(apps, schema_editor):
    """Make the organisation under which the ledger keeps what belongs to nobody."""
    apps.get_model("organisations", "Organisation").objects.get_or_create(
        id=PLATFORM_ID, defaults={"code": "platform", "name": "Sluitend", "kind": "platform"}
    )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]
    operations = [
        migrations.RunSQL(ACTING),
        migrations.RunSQL(TEAM),
        *[operation for table in DIRECTORY for operation in grants(table, app=ALL, intake="SELECT")],
        *grants("organisations_account", app="SELECT, INSERT, UPDATE"),
        *grants("organisations_account_groups", app="SELECT"),
        *grants("organisations_account_user_permissions", app="SELECT"),
        # Nobody of the web writes a role but through the functions of 0003, and of a row they only bring the
        # end forward. Beside it stands a proof of ours.
        *grants("organisations_membership", app="SELECT, UPDATE (until, proof)"),
        *grants("organisations_invitation", app=ALL),
        *grants("organisations_team", app="SELECT, INSERT, UPDATE"),
        *grants("organisations_teammember", app="SELECT, INSERT, DELETE"),
        *grants("organisations_absence", app=ALL),
        *grants("organisations_poolagreement", app="SELECT, INSERT"),
        *grants("organisations_poolmember", app=ALL),
        migrations.RunSQL(HOUSE_STYLES),
        migrations.RunPython(add_platform, migrations.RunPython.noop),
    ]
