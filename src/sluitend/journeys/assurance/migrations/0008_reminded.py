"""Who was asked the questions of a year is reminded once; only the worker notes that."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assurance", "0007_rules_of_questions")]
    operations = [
        migrations.AddField("questionround", "reminded", models.DateField(blank=True, null=True)),
        migrations.RunSQL(
            "GRANT UPDATE (reminded) ON assurance_questionround TO sl_worker", migrations.RunSQL.noop
        ),
    ]
