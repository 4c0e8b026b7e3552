"""That a list of all that is open was made for a partner, and an index that finds what is open with one."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import sluitend.kernel.organisations.base
from sluitend.kernel.organisations import rls


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0005_more_subjects"),
        ("organisations", "0002_acting"),
        ("referrals", "0002_two_sides"),
        ("sealing", "0003_destroying"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartnerList",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "partner",
                    sluitend.kernel.organisations.base.PlainText(
                        max_length=60, why="id of the partner in the pack"
                    ),
                ),
                ("made", models.DateField()),
                ("lines", models.PositiveIntegerField()),
            ],
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["organisation", "partner", "sent"],
                name="referral_open_partner",
            ),
        ),
        migrations.AddField(
            model_name="partnerlist",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerlist",
            constraint=models.UniqueConstraint(
                fields=("organisation", "partner", "made"), name="referral_one_partner_list_a_day"
            ),
        ),
        *rls.own_rows("referrals_partnerlist"),
        *rls.fixed_columns("referrals_partnerlist", ["organisation_id", "partner", "made"]),
    ]
