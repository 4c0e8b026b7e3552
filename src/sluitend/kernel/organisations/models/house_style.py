"""How the pages for everybody look and whose they are; public once a second person looked."""

import uuid

from django.db import models
from django.db.models import F, Q

from sluitend.kernel.organisations.base import PlainText
from sluitend.kernel.organisations.models.people import Account
from sluitend.kernel.organisations.models.places import Organisation

PUBLIC = "public words of an organisation"


class HouseStyle(models.Model):
    """A version, which never changes: another is another row, and the newest public one counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = PlainText(max_length=60, why=PUBLIC)
    question = PlainText(max_length=80, blank=True, default="", why=PUBLIC)
    about = PlainText(max_length=300, blank=True, default="", why=PUBLIC)
    contact = PlainText(max_length=160, blank=True, default="", why=PUBLIC)
    privacy = PlainText(max_length=600, blank=True, default="", why=PUBLIC)
    site = PlainText(max_length=200, blank=True, default="", why="address of a public site")
    colours = PlainText(max_length=41, blank=True, default="", why="six colours")
    mark = models.BinaryField(max_length=40_000, null=True)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    published = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(published__isnull=True), name="house_style_offered_once"
            ),
            models.CheckConstraint(
                condition=Q(published__isnull=True, published_by__isnull=True)
                | Q(published__isnull=False) & ~Q(published_by=F("made_by")) & Q(published_by__isnull=False),
                name="house_style_by_a_second",
            ),
            models.CheckConstraint(
                condition=Q(colours="") | Q(colours__regex=r"^[0-9a-f]{6}(-[0-9a-f]{6}){5}$"),
                name="house_style_colours",
            ),
        )

    def __str__(self) -> str:
        return self.name
