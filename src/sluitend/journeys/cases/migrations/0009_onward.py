"""Danger that is heard where a case came from, until the municipality that has it now heard it too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_told")]
    operations = [
        migrations.AddField("case", "onward_acute", models.BooleanField(default=False, db_default=False)),
        migrations.AddField("case", "onward_minor", models.BooleanField(default=False, db_default=False)),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["organisation"],
                condition=models.Q(("onward_acute", True), ("onward_minor", True), _connector="OR"),
                name="case_onward",
            ),
        ),
    ]
