"""Who has a case open at this moment. The table is unlogged, and a row is gone ten minutes after."""

import uuid

from django.db import models

from sluitend.journeys.cases.models.matters import ACCOUNT, Case


class Presence(models.Model):
    """That somebody had a case open at a moment, and whether something stood in a form there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    writes = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "account"], name="cases_presence_once"),)

    def __str__(self) -> str:
        return str(self.id)
