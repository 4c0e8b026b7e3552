"""A care file is seen by its own organisation alone, and is open with a next step or closed."""

from django.db import migrations

from sluitend.kernel.organisations import rls
from sluitend.kernel.sealing.remembering import remembers

TABLE = "care_files_carefile"
FIXED = ("organisation_id", "envelope_id", "code", "request_id", "request_code", "opened")


class Migration(migrations.Migration):
    dependencies = [
        ("care_files", "0001_initial"),
        ("followup", "0002_rules"),
        ("sealing", "0003_content"),
    ]
    operations = [
        *rls.matter("care_file"),
        *rls.own_rows(TABLE),
        *rls.fixed_columns(TABLE, FIXED),
        *rls.open_subject(TABLE),
        *remembers(TABLE, ("person", "contact", "consents"), ("state", "closed")),
    ]
