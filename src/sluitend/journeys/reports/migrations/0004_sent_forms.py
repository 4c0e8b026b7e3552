import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sluitend.kernel.organisations.base
import sluitend.kernel.sealing.fields
from sluitend.kernel.organisations.rls import fixed_columns, own_rows

MINE = """
CREATE POLICY mine ON reports_sentform AS RESTRICTIVE TO sl_app
  USING (account_id = (SELECT acting_account()) OR (SELECT acting_account()) IS NULL)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_longer_draft_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="draft",
            name="page",
            field=sluitend.kernel.organisations.base.PlainText(
                blank=True, default="", max_length=36, why="random number of the page that kept it"
            ),
        ),
        migrations.CreateModel(
            name="SentForm",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("key", sluitend.kernel.sealing.fields.TokenField()),
                ("day", models.DateField()),
                (
                    "place",
                    sluitend.kernel.organisations.base.PlainText(
                        default="", max_length=200, why="address of the page that followed: codes only"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "day"], name="reports_sentform_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "account", "key"), name="reports_sentform_once"
                    )
                ],
            },
        ),
        *own_rows("reports_sentform"),
        *fixed_columns("reports_sentform", ["organisation_id"]),
        migrations.RunSQL(MINE, migrations.RunSQL.noop),
    ]
