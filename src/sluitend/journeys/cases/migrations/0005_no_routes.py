"""What was chosen for a track stands in the plan of a case; what was chosen before stands on its timeline."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_lists")]
    operations = [migrations.DeleteModel("RouteChoice")]
