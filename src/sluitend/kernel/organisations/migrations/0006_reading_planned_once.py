"""Who reads in one municipality is planned once for a connection: for a value that it knows it planned each time."""

from django.db import migrations

# To plan took twice as long as to look, as long as nobody had counted what is in the tables.
ONCE = "ALTER FUNCTION organisations_reading(uuid) SET plan_cache_mode = 'force_generic_plan'"


class Migration(migrations.Migration):
    dependencies = [("organisations", "0005_reading_in_one")]
    operations = [migrations.RunSQL(ONCE)]
