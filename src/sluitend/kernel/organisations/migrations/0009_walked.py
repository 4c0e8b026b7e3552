from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0008_house_style_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="walked",
            field=models.BooleanField(default=False),
        ),
    ]
