"""Who may read and change who works where."""

from django.db import migrations

from sluitend.kernel.organisations.models import PLATFORM_ID
from sluitend.kernel.organisations.rls import grants

DIRECTORY = (
    "organisations_region",
    "organisations_subregion",
    "organisations_organisation",
    "organisations_organisation_subregions",
)


def add_platform(apps, schema_editor):
    """Make the organisation under which the ledger keeps what belongs to nobody."""
    apps.get_model("organisations", "Organisation").objects.get_or_create(
        id=PLATFORM_ID, defaults={"code": "platform", "name": "Sluitend", "kind": "platform"}
    )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]
    operations = [
        *[
            operation
            for table in DIRECTORY
            for operation in grants(table, app="SELECT, INSERT, UPDATE, DELETE", intake="SELECT")
        ],
        *grants("organisations_account", app="SELECT, INSERT, UPDATE"),
        *grants("organisations_account_groups", app="SELECT"),
        *grants("organisations_account_user_permissions", app="SELECT"),
        *grants("organisations_membership", app="SELECT, INSERT, UPDATE"),
        migrations.RunPython(add_platform, migrations.RunPython.noop),
    ]
