"""A case keeps what was said of the facts of its plan, and what became of its actions."""

from django.db import migrations

import sluitend.kernel.sealing.fields
from sluitend.kernel.sealing.remembering import remembers


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_rules")]
    operations = [
        migrations.AddField(
            "case", "plan", sluitend.kernel.sealing.fields.SealedField(blank=True, null=True)
        ),
        *remembers("cases_case", ("name", "wish", "facts", "plan"), ("state", "closed")),
    ]
