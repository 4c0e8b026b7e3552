from django.db import migrations

import sluitend.kernel.organisations.base


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_policies")]
    operations = [
        migrations.AlterField(
            model_name="draft",
            name="form",
            field=sluitend.kernel.organisations.base.PlainText(
                max_length=40, why="name of a form: kind of page, random code, set of fields"
            ),
        ),
    ]
