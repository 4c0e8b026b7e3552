"""A care file keeps how it goes on: an end that waits for a colleague, aftercare, the route of a child."""

from django.db import migrations

import sluitend.kernel.sealing.fields
from sluitend.kernel.sealing.remembering import remembers


class Migration(migrations.Migration):
    dependencies = [("care_files", "0002_rules")]
    operations = [
        migrations.AddField(
            "carefile", "course", sluitend.kernel.sealing.fields.SealedField(blank=True, null=True)
        ),
        *remembers("care_files_carefile", ("person", "contact", "consents", "course"), ("state", "closed")),
    ]
