"""What somebody types and sends in a form, for a day."""

import uuid
from typing import ClassVar

from django.db import models

from sluitend.kernel.organisations.base import Confidential, PlainText
from sluitend.kernel.sealing.fields import SealedField, TokenField

ACCOUNT = "organisations.Account"
DRAFT_HOURS = 24


class Draft(Confidential):
    """What somebody who is signed in was typing: one a form, a day long, for its writer alone."""

    not_remembered: ClassVar[str] = "written anew every few seconds, and gone after a day"
    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    form = PlainText(max_length=40, why="name of a form: kind of page, random code, set of fields")
    envelope = models.OneToOneField("sealing.Envelope", on_delete=models.PROTECT, related_name="+")
    page = PlainText(max_length=36, blank=True, default="", why="random number of the page that kept it")
    until = models.DateTimeField()
    content = SealedField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "account", "form"], name="forms_draft_one"),
        )

    def __str__(self) -> str:
        return self.form


class SentForm(models.Model):
    """That a form of the desk was sent and worked, for a day: sending it again leads to the same page.

    `key` is a keyed hash over who sent it, the page that was shown and everything in it. `place` is empty
    only while the transaction runs that does what was asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    key = TokenField()
    day = models.DateField()
    place = PlainText(max_length=200, default="", why="address of the page that followed: codes only")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "account", "key"], name="forms_sentform_once"),
        )
        indexes = (models.Index(fields=["organisation", "day"], name="forms_sentform_day"),)

    def __str__(self) -> str:
        return str(self.id)
