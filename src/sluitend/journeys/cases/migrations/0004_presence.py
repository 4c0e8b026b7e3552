import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sluitend.kernel.organisations.rls import fixed_columns, own_rows


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_transfer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("writes", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
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
                "constraints": [
                    models.UniqueConstraint(fields=("case", "account"), name="cases_presence_once")
                ],
            },
        ),
        # Who has what open is worth nothing after a minute: it is in no log of the database and in no backup of it.
        migrations.RunSQL("ALTER TABLE cases_presence SET UNLOGGED", migrations.RunSQL.noop),
        *own_rows("cases_presence"),
        *fixed_columns("cases_presence", ["organisation_id"]),
    ]
