"""Whose rows these are: of one organisation, and there of one account."""

from django.db import migrations

from sluitend.kernel.organisations.rls import fixed_columns, of_one_account, own_rows

TABLES = ("forms_draft", "forms_sentform")


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_initial"), ("organisations", "0002_rules")]
    operations = [
        *[operation for table in TABLES for operation in own_rows(table)],
        *[operation for table in TABLES for operation in of_one_account(table)],
        *[operation for table in TABLES for operation in fixed_columns(table, ["organisation_id"])],
    ]
