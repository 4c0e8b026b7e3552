"""A draft of the next release: what changes in the handbook, entry by entry, until a second person agrees."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.organisations.base import Confidential, PlainText

ACCOUNT = "organisations.Account"


class Draft(Confidential):
    """What the region's next release will change in the one on which it stands.

    A region has at most one that is not finished, so that two people work on the same.
    """

    class State(models.TextChoices):
        OPEN = "open", _("In bewerking")
        OFFERED = "offered", _("Klaar om na te kijken")
        PUBLISHED = "published", _("Uitgegeven")
        DROPPED = "dropped", _("Weggelegd")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        State.OPEN: frozenset({State.OFFERED, State.DROPPED}),
        State.OFFERED: frozenset({State.OPEN, State.PUBLISHED, State.DROPPED}),
        State.PUBLISHED: frozenset(),
        State.DROPPED: frozenset(),
    }
    LIVE = frozenset({State.OPEN, State.OFFERED})

    base = models.PositiveIntegerField()
    """The number of the release on which the changes stand."""
    state = PlainText(max_length=10, choices=State.choices, default=State.OPEN, why="choice")
    started = models.DateTimeField()
    started_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")
    offered = models.DateTimeField(null=True, blank=True)
    offered_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    returned = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        ACCOUNT, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned_to = models.ForeignKey(
        ACCOUNT, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who offered it, and reads why it came back; until it is offered again."""
    returned_why = PlainText(
        max_length=500, default="", blank=True, why="what is not right yet in a text that everybody will read"
    )
    ended = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    became = models.PositiveIntegerField(null=True, blank=True)
    """The number of the release that it became."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state__in=["open", "offered"]), name="draft_one_live"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "offered", "published", "dropped"]), name="draft_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "offered"], ended__isnull=True)
                | Q(state__in=["published", "dropped"], ended__isnull=False),
                name="draft_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offered__isnull=False, offered_by__isnull=False),
                name="draft_offered_by",
            ),
            models.CheckConstraint(
                condition=Q(returned__isnull=True, returned_to__isnull=True, returned_why="")
                | Q(
                    state="open", returned__isnull=False, returned_by__isnull=False, returned_to__isnull=False
                ),
                name="draft_returned",
            ),
            # Two people: who offers is never who publishes. The database says so too.
            models.CheckConstraint(
                condition=~Q(state="published")
                | (~Q(ended_by=models.F("offered_by")) & Q(became__isnull=False)),
                name="draft_two_people",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class DraftEntry(Confidential):
    """One entry as the draft has it: its content, or None where the draft takes it out."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="entries")
    part = PlainText(max_length=40, why="name of a list of the handbook")
    entry_id = PlainText(max_length=60, why="id in the handbook, public knowledge")
    content = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)
    """Counts changes, so that who saves over somebody else's is told."""
    changed = models.DateTimeField()
    changed_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")
    looked = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """Who read it as it is now and found it right; a change asks for it anew."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["draft", "part", "entry_id"], name="draft_entry_once"),
            models.CheckConstraint(
                condition=Q(looked_by__isnull=True, looked__isnull=True)
                | (Q(looked__isnull=False) & ~Q(looked_by=models.F("changed_by"))),
                name="draft_entry_looked_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.part}.{self.entry_id}"


class CheckTask(Confidential):
    """Who finds out whether an entry that nobody confirmed is right. It stands beside every draft."""

    part = PlainText(max_length=40, why="name of a list of the handbook")
    entry_id = PlainText(max_length=60, why="id in the handbook, public knowledge")
    owner = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")
    given = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "part", "entry_id"], name="check_task_once"),
        )

    def __str__(self) -> str:
        return f"{self.part}.{self.entry_id}"


class PartnerCheck(Confidential):
    """A link with which an organisation looks at what the handbook says of it, once.

    Of the link only a keyed hash is kept. It follows from the row and a key that no table has, so that a row
    which one of our processes did not write belongs to no link, and an answer beside it is not believed.
    The row goes when somebody takes the answer over or lays it aside.
    """

    part = PlainText(max_length=40, why="name of a list of the handbook")
    entry_id = PlainText(max_length=60, why="id in the handbook, public knowledge")
    address = PlainText(max_length=254, why="mailbox of an organisation, to which nothing but the link goes")
    lookup = models.BinaryField(max_length=32, unique=True)
    asked = models.DateTimeField()
    asked_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")
    expires = models.DateField()
    mailed = models.DateField(null=True, blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    answer = models.JSONField(null=True, blank=True)
    """What stood there, what it must be, and who says so."""
    proof = models.BinaryField(max_length=32, null=True, blank=True)
    """Keyed hash of link and answer, which only our own page can make."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "part", "entry_id"], name="partner_check_once"),
            models.CheckConstraint(
                condition=Q(answered__isnull=True, answer__isnull=True, proof__isnull=True)
                | Q(answered__isnull=False, answer__isnull=False, proof__isnull=False),
                name="partner_check_answered",
            ),
        )

    def __str__(self) -> str:
        return f"{self.part}.{self.entry_id}"
