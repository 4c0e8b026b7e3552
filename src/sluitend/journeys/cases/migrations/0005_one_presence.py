"""Who has a case open is kept where it is of every other thing: in `followup.Presence`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_presence"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="presence",
            name="cases_presence_once",
        ),
        migrations.DeleteModel(
            name="Presence",
        ),
    ]
