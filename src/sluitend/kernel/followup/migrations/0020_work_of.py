"""A second pair of eyes looks at somebody's work, and that one waits for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followup", "0019_kinds")]
    operations = [
        migrations.AddField("nextstep", "work_of", models.UUIDField(blank=True, null=True)),
        migrations.RunSQL(
            "GRANT UPDATE (work_of) ON followup_nextstep TO sl_app",
            "REVOKE UPDATE (work_of) ON followup_nextstep FROM sl_app",
        ),
    ]
