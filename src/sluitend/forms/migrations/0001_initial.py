import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sluitend.kernel.organisations.base
import sluitend.kernel.sealing.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0010_never_the_first_again"),
        ("sealing", "0005_content"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "form",
                    sluitend.kernel.organisations.base.PlainText(
                        max_length=40, why="name of a form: kind of page, random code, set of fields"
                    ),
                ),
                (
                    "page",
                    sluitend.kernel.organisations.base.PlainText(
                        blank=True, default="", max_length=36, why="random number of the page that kept it"
                    ),
                ),
                ("until", models.DateTimeField()),
                ("content", sluitend.kernel.sealing.fields.SealedField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "envelope",
                    models.OneToOneField(
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "account", "form"), name="forms_draft_one"
                    )
                ],
            },
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
                "indexes": [models.Index(fields=["organisation", "day"], name="forms_sentform_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "account", "key"), name="forms_sentform_once"
                    )
                ],
            },
        ),
    ]
