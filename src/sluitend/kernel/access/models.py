"""How what runs by the clock ended last, for each organisation. It says nothing about any matter."""

import uuid

from django.db import models

from sluitend.kernel.organisations.base import PlainText
from sluitend.kernel.organisations.models import Organisation


class Run(models.Model):
    """The last results of one periodic job for one organisation. Only the worker writes this table.

    Attributes:
        begun: since when it is tried.
        good: when all of it was done last.
        bad: when it, or a row of it, failed last.
        error: the kind of that failure, without its words: those may hold what somebody typed.
        rows_bad: how many rows were left then; the others were done.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = PlainText(max_length=60, why="name of a job")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    begun = models.DateTimeField()
    good = models.DateTimeField(null=True, blank=True)
    bad = models.DateTimeField(null=True, blank=True)
    error = PlainText(max_length=60, blank=True, default="", why="kind of a failure")
    rows_bad = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "installation_run"
        constraints = (models.UniqueConstraint(fields=["task", "organisation"], name="run_once"),)

    def __str__(self) -> str:
        return self.task

    @property
    def failing(self) -> bool:
        """Whether its last result was bad."""
        return self.bad is not None and (self.good is None or self.bad > self.good)
