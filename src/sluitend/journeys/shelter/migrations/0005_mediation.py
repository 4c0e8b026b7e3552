from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shelter", "0004_gone")]
    operations = [
        migrations.AddField("search", "mediated_by", models.UUIDField(blank=True, null=True)),
        migrations.AddField("search", "mediated_until", models.DateField(blank=True, null=True)),
    ]
