"""The list of cases has an index for what is acute or about a child."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_plan")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("acute", True), ("minor__in", ["yes", "perhaps"]), _connector="OR"),
                fields=["organisation", "-opened", "id"],
                name="case_pressing",
            ),
        ),
    ]
