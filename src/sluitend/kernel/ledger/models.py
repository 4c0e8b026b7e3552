"""Who did or read what. Append-only: no web role may change or remove a line."""

import uuid

from django.db import models

from sluitend.kernel.organisations.base import PlainText


class Line(models.Model):
    """One line. Holds no content and no free text; the subject is a pseudonym per organisation and year.

    `stands_in_from` is the organisation from which somebody stood in for `organisation`.

    The fields follow the Dutch *Logboek Dataverwerkingen*: trace, span, name, time, status, processing
    activity, data subject.
    """

    class Outcome(models.TextChoices):
        OK = "ok", "ok"
        REFUSED = "refused", "refused"
        FAILED = "failed", "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    account = models.UUIDField(null=True)
    stands_in_from = models.UUIDField(null=True)
    action = PlainText(max_length=60, why="name of an action")
    activity = PlainText(max_length=60, why="id in the register of processing")
    purpose = PlainText(max_length=60, blank=True, default="", why="code")
    subject_kind = PlainText(max_length=20, blank=True, default="", why="kind of thing")
    subject = models.UUIDField(null=True)
    outcome = PlainText(max_length=10, choices=Outcome.choices, default=Outcome.OK, why="choice")
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(null=True)
    trace = PlainText(max_length=32, why="random")
    span = PlainText(max_length=16, why="random")
    process = PlainText(max_length=10, why="kind of process")
    mac = models.BinaryField(max_length=32)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.action


class IntakeLine(Line):
    """A line of what came in from the public. It waits here until the day is over, then all move, shuffled.

    In the ledger itself its place among lines with a moment would tell that moment.
    """

    class Meta:
        db_table = "ledger_intake"


class Event(Line):
    """A line in the ledger."""

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "-at"], name="ledger_org_at"),
            models.Index(fields=["organisation", "subject", "-at"], name="ledger_org_subject"),
            models.Index(fields=["organisation", "account", "-at"], name="ledger_org_account"),
        )


class Link(models.Model):
    """The place of an event in the chain of its organisation: each hash covers the one before."""

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, primary_key=True, related_name="link", db_constraint=False
    )
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "position"], name="one_place_in_the_chain"),
        )

    def __str__(self) -> str:
        return str(self.position)
