"""Tables of referrals."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import sluitend.kernel.organisations.base
import sluitend.kernel.sealing.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("followup", "0002_promise"),
        ("organisations", "0002_acting"),
        ("sealing", "0002_policies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("closed", models.DateTimeField(blank=True, null=True)),
                ("recipient_closed", models.DateTimeField(blank=True, null=True)),
                ("code", sluitend.kernel.organisations.base.PlainText(max_length=12, why="random code")),
                ("turn", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    sluitend.kernel.organisations.base.PlainText(
                        choices=[
                            ("sent", "Verstuurd"),
                            ("accepted", "Aangenomen"),
                            ("returned", "Teruggegeven"),
                            ("done", "Afgerond"),
                            ("recalled", "Teruggehaald"),
                            ("expired", "Verlopen"),
                        ],
                        default="sent",
                        max_length=10,
                        why="choice",
                    ),
                ),
                (
                    "channel",
                    sluitend.kernel.organisations.base.PlainText(
                        choices=[
                            ("account", "Sluitend"),
                            ("secure_mail", "beveiligde mail"),
                            ("phone", "telefoon"),
                        ],
                        max_length=12,
                        why="choice",
                    ),
                ),
                ("release_number", models.PositiveIntegerField()),
                (
                    "partner",
                    sluitend.kernel.organisations.base.PlainText(
                        max_length=60, why="id of the partner in the pack"
                    ),
                ),
                (
                    "verb",
                    sluitend.kernel.organisations.base.PlainText(max_length=12, why="choice of the pack"),
                ),
                ("track", sluitend.kernel.organisations.base.PlainText(max_length=10, why="choice")),
                (
                    "form",
                    sluitend.kernel.organisations.base.PlainText(
                        blank=True, default="", max_length=60, why="id of a form in the pack"
                    ),
                ),
                (
                    "urgency",
                    sluitend.kernel.organisations.base.PlainText(max_length=10, why="choice of the pack"),
                ),
                ("minor", models.BooleanField(default=False)),
                (
                    "area",
                    sluitend.kernel.organisations.base.PlainText(
                        max_length=120, why="public name of a town or municipality"
                    ),
                ),
                (
                    "basis",
                    sluitend.kernel.organisations.base.PlainText(
                        max_length=60, why="id of a basis in the pack"
                    ),
                ),
                (
                    "purpose",
                    sluitend.kernel.organisations.base.PlainText(
                        max_length=60, why="id of a purpose in the pack"
                    ),
                ),
                ("sent", models.DateTimeField()),
                ("answer_by", models.DateField()),
                ("expires", models.DateField()),
                ("went_on", models.DateField(blank=True, null=True)),
                ("received_on", models.DateField(blank=True, null=True)),
                ("passed_on", models.DateField(blank=True, null=True)),
                ("outcome_on", models.DateField(blank=True, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("access_ended", models.DateField(blank=True, null=True)),
                (
                    "answer",
                    sluitend.kernel.organisations.base.PlainText(
                        blank=True, default="", max_length=60, why="id of a feedback code in the pack"
                    ),
                ),
                ("answer_on", models.DateField(blank=True, null=True)),
                ("answered", models.BooleanField(default=False)),
                (
                    "return_reason",
                    sluitend.kernel.organisations.base.PlainText(
                        blank=True, default="", max_length=60, why="id of a reason in the pack"
                    ),
                ),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                ("reminded_on", models.DateField(blank=True, null=True)),
                ("content", sluitend.kernel.sealing.fields.SealedField(blank=True, null=True)),
                (
                    "current_step",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="followup.nextstep",
                    ),
                ),
                (
                    "envelope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sealing.envelope"
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
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "recipient_step",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="followup.nextstep",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReferralFile",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sealing.attachment"
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
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReferralMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("written", models.DateTimeField()),
                ("text", sluitend.kernel.sealing.fields.SealedField(blank=False, null=False)),
                (
                    "envelope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sealing.envelope"
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
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReferralOrigin",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("case_id", models.UUIDField()),
                ("case_code", sluitend.kernel.organisations.base.PlainText(max_length=12, why="random code")),
                (
                    "route",
                    sluitend.kernel.organisations.base.PlainText(
                        max_length=60, why="id of a route in the pack"
                    ),
                ),
                (
                    "beyond_ground",
                    sluitend.kernel.organisations.base.PlainText(
                        blank=True, default="", max_length=60, why="id of a reason in the pack"
                    ),
                ),
                (
                    "wish_ground",
                    sluitend.kernel.organisations.base.PlainText(
                        blank=True, default="", max_length=60, why="id of a reason in the pack"
                    ),
                ),
                ("reasons", sluitend.kernel.sealing.fields.SealedField(blank=True, null=True)),
                (
                    "envelope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sealing.envelope"
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
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="origin",
                        to="referrals.referral",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["organisation", "-sent", "-id"], name="referral_sent_list"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["recipient", "-sent", "-id"], name="referral_received_list"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("access_ended__isnull", True)),
                fields=["organisation", "expires"],
                name="referral_expiry",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["sent", "accepted", "returned", "done", "recalled", "expired"])
                ),
                name="referral_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "account"), ("recipient__isnull", False)),
                    models.Q(("channel__in", ["secure_mail", "phone"]), ("recipient__isnull", True)),
                    _connector="OR",
                ),
                name="referral_channel_fits_recipient",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("track__in", ["person", "place"])), name="referral_track"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["returned", "recalled", "expired"]), _negated=True),
                    ("access_ended__isnull", False),
                    _connector="OR",
                ),
                name="referral_access_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                fields=("organisation", "code"), name="referral_code_of_sender"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                fields=("recipient", "code"), name="referral_code_of_recipient"
            ),
        ),
        migrations.AddIndex(
            model_name="referralorigin",
            index=models.Index(fields=["organisation", "case_id"], name="referral_of_case"),
        ),
    ]
