"""By what a recipient finds what it holds, under its own key: rows that its sender does not see."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import sluitend.kernel.organisations.base
import sluitend.kernel.sealing.fields
from sluitend.kernel.organisations import rls

TABLE = "referrals_receivedtoken"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_at_the_partner")]
    operations = [
        migrations.CreateModel(
            "ReceivedToken",
            [
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "kind",
                    sluitend.kernel.organisations.base.PlainText(max_length=12, why="kind of identifier"),
                ),
                ("token", sluitend.kernel.sealing.fields.TokenField()),
                ("text", sluitend.kernel.sealing.fields.SealedField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "token"], name="referral_received_token")]
            },
        ),
        *rls.own_rows(TABLE, app="SELECT, INSERT, DELETE"),
    ]
