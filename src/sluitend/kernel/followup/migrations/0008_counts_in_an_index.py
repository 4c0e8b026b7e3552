"""What the navigation counts of a role is in its index, so that no row is read for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followup", "0007_on_call")]

    operations = [
        migrations.RemoveIndex(model_name="nextstep", name="step_role_count"),
        migrations.AddIndex(
            model_name="nextstep",
            index=models.Index(
                condition=models.Q(done__isnull=True, owner__isnull=True, waits_on_other=False),
                fields=["organisation", "owner_role", "what"],
                include=["work_of"],
                name="step_role_count",
            ),
        ),
    ]
