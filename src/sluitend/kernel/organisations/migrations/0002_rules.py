"""Who acts, who may read and change who works where, and the organisation of what belongs to nobody."""

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
        migrations.RunPython(add_platform, migrations.RunPython.noop),
    ]
