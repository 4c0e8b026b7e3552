from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_by_itself")]
    operations = [
        migrations.AddField("sentreferral", "told", models.PositiveIntegerField(default=0, db_default=0)),
    ]
