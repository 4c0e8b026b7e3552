"""What was told about a half year, and what the region agreed about help: with whom, who pays, until when."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.assurance.journey import ASSURED
from sluitend.kernel.access.decisions import Resource
from sluitend.kernel.followup.models import ORGANISATION, Followed
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


class Assured(Followed):
    """That help of one kind is there, in one part of the region. It is about an offer, never about a person.

    Every organisation may read the row; only the region writes it. While it is open it has a next step.
    """

    ACTIVITY: ClassVar[str] = "borging"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    code = PlainText(max_length=12, unique=True, why="random code")
    kind = PlainText(max_length=60, why="id of an offer in the pack")
    area = PlainText(max_length=60, why="id of a part of the region in the pack")

    def __str__(self) -> str:
        return self.code

    def resource(self) -> Resource:
        """Return this as `decide` sees it."""
        return Resource(ASSURED, self.organisation_id, id=self.id)


class AssuredTerms(models.Model):
    """What was agreed, as it was noted on a day. A change is a new row: the rows together are the history."""

    class Decision(models.TextChoices):
        """What was decided about the time after the end."""

        NONE = "", _("Nog geen besluit")
        GOES_ON = "goes_on", _("Gaat door")
        OTHER = "other", _("Een ander neemt het over")
        STOPS = "stops", _("Stopt")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    assured = models.ForeignKey(Assured, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveIntegerField()
    noted = models.DateField()
    partner = PlainText(max_length=60, blank=True, default="", why="id of a partner in the pack")
    provider = PlainText(max_length=120, blank=True, default="", why="name of an organisation")
    payer = PlainText(max_length=120, blank=True, default="", why="name of an organisation")
    contract = PlainText(max_length=160, blank=True, default="", why="number or description of a contract")
    begins = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    decision = PlainText(max_length=10, choices=Decision.choices, blank=True, default="", why="choice")
    note = PlainText(max_length=300, blank=True, default="", why="note about a contract, of the region")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["assured", "number"], name="assured_terms_number"),
            models.CheckConstraint(
                condition=Q(decision__in=["", "goes_on", "other", "stops"]), name="assured_decision"
            ),
            models.CheckConstraint(condition=~Q(partner="", provider=""), name="assured_has_provider"),
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=models.F("begins")),
                name="assured_ends_after_begin",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}"


class AssuredPlaces(models.Model):
    """How many places there were on a day, as the provider said. A dated fact, never a constant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    assured = models.ForeignKey(Assured, on_delete=models.PROTECT, related_name="places")
    day = models.DateField()
    number = models.PositiveIntegerField()
    noted = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number}"


class QuestionRound(models.Model):
    """That the region asked its five questions in a year, and what may be told of the answers since.

    Its text is public. The answers themselves are counts that no role of the web may read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    release_number = models.PositiveIntegerField()
    opened = models.DateField()
    closes = models.DateField()
    """The last day on which somebody can answer."""
    reminded = models.DateField(null=True, blank=True)
    """When whoever was asked was reminded, once."""
    told = models.JSONField(null=True)
    """What may be told, once it is over: no count under ten."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "year"], name="assurance_one_round"),
            models.CheckConstraint(condition=Q(closes__gte=models.F("opened")), name="assurance_round_days"),
        )

    def __str__(self) -> str:
        return f"{self.year}"


class QuestionCount(models.Model):
    """How often an answer was given in a round that runs. Gone when what may be told of it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(QuestionRound, on_delete=models.CASCADE, related_name="+")
    question = PlainText(max_length=60, why="id of a question in the pack")
    answer = PlainText(max_length=60, why="id of an answer in the pack")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["round", "question", "answer"], name="assurance_one_count"),
        )

    def __str__(self) -> str:
        return f"{self.number}"


class QuestionMark(models.Model):
    """That somebody answered, so that nobody does so twice. It follows from a receipt, which nobody keeps."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(QuestionRound, on_delete=models.CASCADE, related_name="+")
    mark = models.BinaryField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "mark"], name="assurance_one_answer"),)

    def __str__(self) -> str:
        return str(self.id)
