"""Regions and the organisations in them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.organisations.base import PlainText

PLATFORM_ID = uuid.UUID("00000000-0000-4000-8000-000000000001")
"""The organisation under which the ledger keeps what belongs to nobody: failed sign-ins, refusals without
an organisation."""


class Region(models.Model):
    """The area of one handbook."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = PlainText(max_length=60, unique=True, why="code of the pack")
    name = PlainText(max_length=120, why="public name")

    def __str__(self) -> str:
        return self.name


class Subregion(models.Model):
    """A part of a region; partners cover one or more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="subregions")
    code = PlainText(max_length=60, unique=True, why="code of the pack")
    name = PlainText(max_length=120, why="public name")

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A municipality, a chain partner, the region's own bureau, or the platform itself."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Gemeente")
        PARTNER = "partner", _("Ketenpartner")
        REGION = "region", _("Regio")
        PLATFORM = "platform", _("Platform")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = PlainText(max_length=60, unique=True, why="CBS code or partner id, public")
    name = PlainText(max_length=160, why="public name")
    kind = PlainText(max_length=20, choices=Kind.choices, why="choice")
    subregions = models.ManyToManyField(Subregion, related_name="organisations", blank=True)
    partner_key = PlainText(max_length=60, blank=True, default="", why="id of the partner in the pack")
    mail = PlainText(max_length=254, blank=True, default="", why="public mailbox of the organisation")
    telephone = PlainText(max_length=40, blank=True, default="", why="public number of the organisation")

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["municipality", "partner", "region", "platform"]),
                name="organisation_kind",
            ),
        )

    def __str__(self) -> str:
        return self.name
