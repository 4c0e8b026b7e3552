"""A care file may hold more than thin mode keeps, where its organisation chose so."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sluitend.kernel.organisations.base
import sluitend.kernel.sealing.fields
from sluitend.kernel.organisations import rls
from sluitend.kernel.sealing.remembering import remembers

TABLE, MODE = "care_files_carefile", "care_files_filemode"


class Migration(migrations.Migration):
    dependencies = [
        ("care_files", "0003_course"),
        ("organisations", "0006_reading_planned_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="carefile",
            name="whole",
            field=sluitend.kernel.sealing.fields.SealedField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="FileMode",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    sluitend.kernel.organisations.base.PlainText(default="thin", max_length=10, why="choice"),
                ),
                ("asked", models.DateTimeField(blank=True, null=True)),
                ("taken", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation",), name="care_file_one_mode"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["thin", "whole", "back"])),
                        name="care_file_mode_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "back"), _negated=True),
                            models.Q(("asked__isnull", False), ("asked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="care_file_mode_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_by__isnull", True),
                            models.Q(
                                models.Q(("ended_by", models.F("asked_by")), _negated=True),
                                ("asked_by__isnull", False),
                                ("taken__isnull", False),
                                ("taken_by", models.F("ended_by")),
                            ),
                            _connector="OR",
                        ),
                        name="care_file_mode_two_people",
                    ),
                ],
            },
        ),
        *rls.own_rows(MODE, app="SELECT, INSERT, UPDATE"),
        *rls.fixed_columns(MODE, ("organisation_id",)),
        *remembers(TABLE, ("person", "contact", "consents", "course", "whole"), ("state", "closed")),
    ]
