"""Who is on call, of an organisation and seen there alone."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sluitend.kernel.organisations.base
from sluitend.kernel.organisations.rls import fixed_columns, own_rows, sane_days


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0006_what_came_in"),
        ("organisations", "0004_standing_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OnCall",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("first", models.DateField()),
                ("last", models.DateField()),
                (
                    "telephone",
                    sluitend.kernel.organisations.base.PlainText(
                        blank=True,
                        default="",
                        max_length=40,
                        why="number of the duty, told to who asks",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))), name="on_call_days"
                    )
                ],
            },
        ),
        *own_rows("followup_oncall", app="SELECT, INSERT, DELETE"),
        *fixed_columns("followup_oncall", ["organisation_id", "account_id"]),
        *sane_days("followup_oncall", ["first", "last"]),
    ]
