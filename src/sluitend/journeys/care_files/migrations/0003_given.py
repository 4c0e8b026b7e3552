"""An appointment can be given to a colleague: who has it is fixed no longer, of which file it is stays so.

What runs by the clock finds the files that are open by an index.
"""

from django.db import migrations, models

from sluitend.kernel.organisations import rls

APPOINTMENT = "care_files_appointment"


class Migration(migrations.Migration):
    dependencies = [("care_files", "0002_rules")]
    operations = [
        migrations.RunSQL(f"DROP TRIGGER {APPOINTMENT}_fixed ON {APPOINTMENT}", migrations.RunSQL.noop),
        migrations.RunSQL(f"DROP FUNCTION {APPOINTMENT}_fixed()", migrations.RunSQL.noop),
        *rls.fixed_columns(APPOINTMENT, ("organisation_id", "file_id")),
        migrations.AddIndex(
            model_name="carefile",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["organisation", "opened", "id"],
                name="care_file_open",
            ),
        ),
    ]
