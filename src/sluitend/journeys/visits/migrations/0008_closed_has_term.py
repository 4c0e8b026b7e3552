"""Whatever ended has a day until which it is kept. Apart, so that the rows got theirs first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("visits", "0007_forgetting")]

    operations = [
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed__isnull", True), ("retention_until__isnull", False), _connector="OR"
                ),
                name="visit_closed_has_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="waitrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed__isnull", True), ("retention_until__isnull", False), _connector="OR"
                ),
                name="wait_closed_has_term",
            ),
        ),
    ]
