"""Drafts of the handbook: rows of the region, seen and changed by it alone."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sluitend.kernel.organisations.base
from sluitend.kernel.organisations.rls import fixed_columns, own_rows


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0004_absence"),
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
                ("base", models.PositiveIntegerField()),
                (
                    "state",
                    sluitend.kernel.organisations.base.PlainText(default="open", max_length=10, why="choice"),
                ),
                ("started", models.DateTimeField()),
                ("offered", models.DateTimeField(blank=True, null=True)),
                ("ended", models.DateTimeField(blank=True, null=True)),
                ("became", models.PositiveIntegerField(blank=True, null=True)),
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
                    "offered_by",
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
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DraftEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "part",
                    sluitend.kernel.organisations.base.PlainText(
                        max_length=40, why="name of a list of the handbook"
                    ),
                ),
                (
                    "entry_id",
                    sluitend.kernel.organisations.base.PlainText(
                        max_length=60, why="id in the handbook, public knowledge"
                    ),
                ),
                ("content", models.JSONField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="editing.draft",
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
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["open", "offered"])),
                fields=("organisation",),
                name="draft_one_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "offered", "published", "dropped"])),
                name="draft_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended__isnull", True), ("state__in", ["open", "offered"])),
                    models.Q(("ended__isnull", False), ("state__in", ["published", "dropped"])),
                    _connector="OR",
                ),
                name="draft_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "offered"), _negated=True),
                    models.Q(("offered__isnull", False), ("offered_by__isnull", False)),
                    _connector="OR",
                ),
                name="draft_offered_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    models.Q(
                        models.Q(("ended_by", models.F("offered_by")), _negated=True),
                        ("became__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="draft_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftentry",
            constraint=models.UniqueConstraint(fields=("draft", "part", "entry_id"), name="draft_entry_once"),
        ),
        *own_rows("editing_draft", app="SELECT, INSERT, UPDATE"),
        *own_rows("editing_draftentry"),
        *fixed_columns("editing_draft", ("organisation_id", "started_by_id")),
        *fixed_columns("editing_draftentry", ("organisation_id", "draft_id", "part", "entry_id")),
    ]
