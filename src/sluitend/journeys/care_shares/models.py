"""What care shares with one organisation: only what a person agreed to, for one purpose, until a day."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.care_shares.journey import (
    CARE_SHARE,
    CARE_SHARE_FOLLOW,
    CARE_SHARE_LOOK,
    CARE_SHARE_RECALL,
    SHARE_ENDED,
)
from sluitend.kernel.flow.models import OVER, State, TwoSided
from sluitend.kernel.handbook.care import Shared
from sluitend.kernel.organisations.base import PlainText
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.sealing.fields import NOT_GENUINE, SealedField


class CareShare(TwoSided):
    """One thing that is shared with, or asked of, one organisation. Nobody can be told from its columns."""

    KIND = ledger_kind = CARE_SHARE
    ACTIVITY = "zorg"
    FOLLOW, LOOK, RECALL = CARE_SHARE_FOLLOW, CARE_SHARE_LOOK, CARE_SHARE_RECALL
    CAME_BACK = SHARE_ENDED
    EXPIRED_BY = "sluitend.journeys.care_shares.actions.sending.expire"
    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        State.SENT: frozenset({State.ACCEPTED, *OVER}),
        State.ACCEPTED: frozenset({State.DONE, *OVER}),
        # What was answered can be taken back: nobody reads it on.
        State.DONE: frozenset({State.RECALLED}),
    }
    LABELS: ClassVar = {
        Shared.SUPPORT: _("Ondersteuning"),
        Shared.TASK: _("Taak"),
    }

    kind = PlainText(
        max_length=10,
        choices=[(Shared.SUPPORT, "support"), (Shared.TASK, "task")],
        why="choice",
    )
    reference = models.UUIDField(unique=True)
    """Of the agreement in the care file by which it is shared."""
    content = SealedField(null=False, instead={"parts": [{"title": "", "text": NOT_GENUINE}]})
    replies = SealedField(instead=[])
    question = PlainText(max_length=60, blank=True, default="", why="id of a reason in the pack")
    """What whoever is asked wants to know before they take it on, of the handbook."""
    told_on = models.DateField(null=True, blank=True)
    """On which day that was answered. It is done by telephone: nothing more is written to the other side."""
    contact = SealedField(instead={"title": "", "text": NOT_GENUINE, "on": "", "seen": "-"})
    """How to make contact, where that changed after it was shared; see `content.Anew`."""
    kept = SealedField(instead={})
    """Number by which the recipient knows it in a system of its own."""

    class Meta(TwoSided.Meta):
        abstract = False
        constraints = (
            *TwoSided.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=["support", "task"]), name="care_share_kind"),
            models.CheckConstraint(condition=Q(recipient__isnull=False), name="care_share_has_recipient"),
        )

    @property
    def asks_first(self) -> bool:
        """Whether a question of whoever is asked waits for an answer."""
        return self.state == State.SENT and bool(self.question) and self.told_on is None

    @property
    def label(self) -> str:
        """What it is, in a list."""
        return str(self.LABELS[Shared(self.kind)])

    def in_words(self, other: str, *, received: bool) -> str:
        """Return how it stands. Whoever receives it reads no reason why it ended."""
        del other
        if received and self.state in (State.RECALLED, State.EXPIRED):
            return str(_("Ingetrokken") if self.kind == Shared.SUPPORT else _("Niet meer nodig"))
        return str(State(self.state).label)

    def role_at(self, organisation_id: UUID) -> Role | None:
        """Return that a partner answers for itself, and in a municipality whoever has it."""
        partner = organisation_id == self.organisation_id or self.kind == Shared.SUPPORT
        return Role.PARTNER if partner else None
