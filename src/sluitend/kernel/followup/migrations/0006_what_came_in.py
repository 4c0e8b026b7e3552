"""What came in is found by an index that need not know which steps are about that."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followup", "0005_indexes_asked_for")]

    operations = [
        migrations.RemoveIndex(model_name="nextstep", name="step_first"),
        migrations.AddIndex(
            model_name="nextstep",
            index=models.Index(fields=["organisation", "what", "created_day"], name="step_since"),
        ),
    ]
