"""What every matter has that is followed to its end, and what comes to it between two organisations."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.access.decisions import Resource
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.followup.models import Followed, NextStep, Turned
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.manifest import Permission, StepKind, SubjectKind
from sluitend.kernel.organisations.base import Confidential, PlainText
from sluitend.kernel.organisations.models import Role


class State(models.TextChoices):
    """How something between two organisations stands."""

    SENT = "sent", _("Verstuurd")
    ACCEPTED = "accepted", _("Aangenomen")
    RETURNED = "returned", _("Teruggegeven")
    DONE = "done", _("Afgerond")
    RECALLED = "recalled", _("Teruggehaald")
    EXPIRED = "expired", _("Verlopen")


OVER = (State.RETURNED, State.RECALLED, State.EXPIRED)
"""Ended without a result: the other side reads nothing of it any more."""
WAITING = (State.SENT, State.ACCEPTED)
"""What still lies between the two: after years nearly all of it is done or over."""


class Matter(Confidential, Followed):
    """What is followed from its beginning to its end. It changes through `flow.verbs` and in no other way."""

    KIND: ClassVar[SubjectKind]
    ACTIVITY: ClassVar[str]
    """Id of the processing activity in the register."""
    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]]
    """What may follow on a state; on one that is not named follows nothing."""
    if TYPE_CHECKING:
        envelope_id: UUID
        """Each kind has its key to it: one for each matter, or that of what it is a part of."""

    code = PlainText(max_length=12, why="random code")
    state = PlainText(max_length=10, why="choice")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    @property
    def counted(self) -> int:
        """What the ledger counts of it: its revisions, where it has no turns."""
        return self.revision

    def resource(self) -> Resource:
        """Return this as `decide` sees it."""
        return Resource(self.KIND, self.organisation_id, id=self.id)

    def move(self, state: str) -> None:
        """Go to another state.

        Raises:
            Conflict: that is not allowed from where it is now, so somebody else was first.
        """
        if state not in self.TRANSITIONS.get(self.state, ()):
            raise Conflict
        self.state = state
        self.entered(state)

    def entered(self, state: str) -> None:
        """Set what follows from a state, where anything does."""


class ByTurns(Matter, Turned):
    """A matter whose content never changes: each change of anything else is a turn of somebody."""

    turn = models.PositiveIntegerField(default=1)
    """Counts changes of state, so that the loser of a race is told; `revision` counts those of content."""

    class Meta:
        abstract = True

    @property
    def counted(self) -> int:
        """What the ledger counts of it."""
        return self.turn


class TwoSided(ByTurns):
    """What one organisation asks of another. A kind of it adds its content, which never changes.

    `current_step` and `closed` are the sender's, `recipient_step` and `recipient_closed` the recipient's.
    """

    FOLLOW: ClassVar[Permission]
    """By which the sender sees it."""
    LOOK: ClassVar[Permission]
    """By which the recipient sees at least its outside."""
    RECALL: ClassVar[Permission]
    """By which the sender ends it, and its term does."""
    CAME_BACK: ClassVar[StepKind]
    """The step of the sender when nobody answered within the term."""
    EXPIRES_IN: ClassVar[tuple[str, ...]] = (State.SENT, State.ACCEPTED, State.DONE)
    """In which states its term ends what the other side can read."""
    EXPIRED_BY: ClassVar[str] = "sluitend.kernel.flow.expiring.come_back"
    """The verb by which it does."""
    ASKED_CODE: ClassVar[str] = ""
    """Column with the code of the organisation that is asked, where nobody there needs an account."""
    LISTED: ClassVar[bool] = True
    """Whether it stands in the list of exchanges; not where its journey has lists of its own."""

    recipient = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    recipient_step = models.ForeignKey(
        NextStep,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    recipient_closed = models.DateTimeField(null=True, blank=True)
    envelope = models.ForeignKey("sealing.Envelope", on_delete=models.PROTECT, related_name="+")
    code = PlainText(max_length=12, unique=True, why="random code")
    state = PlainText(max_length=10, choices=State.choices, default=State.SENT, why="choice")
    release_number = models.PositiveIntegerField()
    urgency = PlainText(max_length=10, why="choice of the pack")
    minor = models.BooleanField(default=False)
    area = PlainText(max_length=120, why="public name of a town or municipality")
    basis = PlainText(max_length=60, why="id of a basis in the pack")
    purpose = PlainText(max_length=60, why="id of a purpose in the pack")
    sent = models.DateTimeField()
    answer_by = models.DateField()
    expires = models.DateField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    access_ended = models.DateField(null=True, blank=True)
    return_reason = PlainText(max_length=60, blank=True, default="", why="id of a reason in the pack")
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="%(class)s_state"),
            models.CheckConstraint(
                condition=~Q(state__in=[each.value for each in OVER]) | Q(access_ended__isnull=False),
                name="%(class)s_access_ended",
            ),
        )
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(fields=["organisation", "-sent", "-id"], name="%(class)s_sent_list"),
            models.Index(fields=["recipient", "-sent", "-id"], name="%(class)s_received_list"),
            models.Index(
                fields=["recipient", "organisation", "-sent", "-id"], name="%(class)s_received_from"
            ),
            models.Index(
                fields=["organisation", "-sent", "-id"],
                condition=Q(state__in=[each.value for each in WAITING]),
                name="%(class)s_sent_waiting",
            ),
            models.Index(
                fields=["recipient", "-sent", "-id"],
                condition=Q(state__in=[each.value for each in WAITING]),
                name="%(class)s_received_waiting",
            ),
        )

    @property
    def pack(self) -> Pack:
        """The handbook under which it was sent."""
        return release(self.release_number).pack

    @property
    def acute(self) -> bool:
        """Whether it cannot wait."""
        return self.urgency == Urgency.NOW

    @property
    def other(self) -> UUID:
        """The organisation that receives it; raises `Conflict` where nobody there has an account."""
        if self.recipient_id is None:
            raise Conflict
        return self.recipient_id

    @property
    def over(self) -> bool:
        """Whether the other side reads nothing of it any more, whether or not a job ended it already."""
        passed = self.state in self.EXPIRES_IN and self.expires < timezone.localdate()
        return self.access_ended is not None or passed

    @property
    def asked(self) -> UUID | str | None:
        """Who is asked: the id of an organisation, or its code."""
        return str(getattr(self, self.ASKED_CODE)) if self.ASKED_CODE else self.recipient_id

    @property
    def label(self) -> str:
        """What it is, in a list."""
        return str(self.KIND.label)

    @property
    def awaits(self) -> bool:
        """Whether it is the turn of whoever is asked."""
        return self.state == State.SENT

    def in_words(self, other: str, *, received: bool) -> str:
        """Return how it stands, as one side reads it.

        Args:
            other: name of the organisation on the other side.
            received: whether the recipient reads it.
        """
        del other, received
        return str(State(self.state).label)

    def resource(self) -> Resource:
        """Return this as `decide` sees it: with its two organisations."""
        return Resource(self.KIND, self.organisation_id, self.recipient_id, id=self.id)

    def role_at(self, organisation_id: UUID) -> Role | None:
        """Return whose a step is in one of the two; None for whoever has the matter there."""
        del organisation_id
        return None


@cache
def kinds() -> Mapping[str, type[TwoSided]]:
    """Return every kind of matter with two sides, and where its rows are kept."""
    return {each.KIND: each for each in apps.get_models() if issubclass(each, TwoSided)}
