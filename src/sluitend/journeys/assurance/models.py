"""What was told about a half year, once. What is too small to show is not in it."""

import uuid

from django.db import models

from sluitend.kernel.organisations.base import PlainText


class FigureRelease(models.Model):
    """The figures of one half year, as they were told. They never change and hold no count under ten.

    The table has no organisation: whoever may look at the region reads the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    period = PlainText(max_length=6, unique=True, why="a half year")
    day = models.DateField()
    figures = models.JSONField()

    def __str__(self) -> str:
        return self.period
