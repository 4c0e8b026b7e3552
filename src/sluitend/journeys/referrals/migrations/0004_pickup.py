"""A pick-up: a link with which somebody without an account collects one referral, once, with a code."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import sluitend.kernel.organisations.base
import sluitend.kernel.sealing.fields


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0005_more_subjects"),
        ("organisations", "0002_acting"),
        ("referrals", "0003_partner_lists"),
        ("sealing", "0003_destroying"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pickup",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("content_envelope_id", models.UUIDField()),
                (
                    "state",
                    sluitend.kernel.organisations.base.PlainText(
                        default="waiting", max_length=10, why="choice"
                    ),
                ),
                ("lookup", models.BinaryField(max_length=32, unique=True)),
                ("proof", models.BinaryField(max_length=32, null=True)),
                ("sealed", sluitend.kernel.sealing.fields.SealedField(blank=True, null=True)),
                ("delivery", sluitend.kernel.sealing.fields.SealedField(blank=True, null=True)),
                ("made", models.DateTimeField()),
                ("expires", models.DateField()),
                ("mailed", models.DateField(blank=True, null=True)),
                ("wrong", models.PositiveSmallIntegerField(default=0)),
                ("changed", models.DateTimeField()),
                ("session_lookup", models.BinaryField(max_length=32, null=True)),
                ("session_sealed", sluitend.kernel.sealing.fields.SealedField(blank=True, null=True)),
                ("session_until", models.DateTimeField(blank=True, null=True)),
                ("read_logged", models.BooleanField(default=False)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="referral",
            name="referral_channel_fits_recipient",
        ),
        migrations.AddField(
            model_name="referralmessage",
            name="by_partner",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "account"), ("recipient__isnull", False)),
                    models.Q(
                        ("channel__in", ["secure_mail", "phone", "pickup"]), ("recipient__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="referral_channel_fits_recipient",
            ),
        ),
        migrations.AddField(
            model_name="pickup",
            name="envelope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sealing.envelope"
            ),
        ),
        migrations.AddField(
            model_name="pickup",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="pickup",
            name="referral",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pickups", to="referrals.referral"
            ),
        ),
        migrations.AddConstraint(
            model_name="pickup",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "opened", "locked", "ended"])),
                name="pickup_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="pickup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "waiting"),
                    models.Q(("proof__isnull", True), ("sealed__isnull", True)),
                    _connector="OR",
                ),
                name="pickup_opens_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="pickup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "opened"),
                    models.Q(("session_lookup__isnull", True), ("session_sealed__isnull", True)),
                    _connector="OR",
                ),
                name="pickup_session_only_when_opened",
            ),
        ),
        migrations.AddConstraint(
            model_name="pickup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "ended"), _negated=True),
                fields=("referral",),
                name="pickup_one_a_referral",
            ),
        ),
    ]
