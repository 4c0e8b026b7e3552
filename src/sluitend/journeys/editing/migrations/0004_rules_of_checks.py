"""Who finds out about what nobody confirmed: rows of the region, seen and changed by it alone."""

from django.db import migrations

from sluitend.kernel.organisations.rls import fixed_columns, own_rows


class Migration(migrations.Migration):
    dependencies = [("editing", "0003_who_reads_and_checks")]
    operations = [
        *own_rows("editing_checktask"),
        *fixed_columns("editing_checktask", ("organisation_id", "part", "entry_id")),
    ]
