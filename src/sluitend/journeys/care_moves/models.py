"""A client goes to another care organisation: what goes along is sealed to both, until it is taken."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.care_moves.journey import (
    CARE_MOVE,
    CARE_MOVE_FOLLOW,
    CARE_MOVE_LOOK,
    CARE_MOVE_RECALL,
    MOVE_BACK,
)
from sluitend.kernel.flow.models import OVER, State, TwoSided
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.sealing.fields import NOT_GENUINE, SealedField

TAKEN = (State.ACCEPTED, State.DONE)
"""In which states the client is of the other side."""


class CareMove(TwoSided):
    """One client who may go to another care organisation. Nobody can be told from its columns.

    Its state says whose the client is: in `TAKEN` of the other side, in every other of the sender.
    """

    KIND = ledger_kind = CARE_MOVE
    ACTIVITY = "zorg"
    FOLLOW, LOOK, RECALL = CARE_MOVE_FOLLOW, CARE_MOVE_LOOK, CARE_MOVE_RECALL
    CAME_BACK = MOVE_BACK
    EXPIRES_IN = (State.SENT,)
    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        State.SENT: frozenset({State.ACCEPTED, *OVER}),
        # Whoever sent it read that it was taken over.
        State.ACCEPTED: frozenset({State.DONE}),
    }

    reference = models.UUIDField()
    """Of the agreement in the care file by which it goes."""
    content = SealedField(null=False, instead={"parts": [{"title": "", "text": NOT_GENUINE}]})

    class Meta(TwoSided.Meta):
        abstract = False
        constraints = (
            *TwoSided.Meta.constraints,
            # By one agreement a client is offered once at a time, and goes once.
            models.UniqueConstraint(
                fields=("reference",),
                condition=Q(state__in=["sent", "accepted", "done"]),
                name="care_move_once",
            ),
            models.CheckConstraint(condition=Q(recipient__isnull=False), name="care_move_has_recipient"),
        )

    def in_words(self, other: str, *, received: bool) -> str:
        """Return how it stands. Whoever receives it reads no reason why it ended."""
        del other
        if self.state in TAKEN:
            return str(_("Overgenomen"))
        if received and self.state in (State.RECALLED, State.EXPIRED):
            return str(_("Ingetrokken"))
        return str(State(self.state).label)

    def role_at(self, organisation_id: UUID) -> Role | None:
        """Return that whoever works there may do it, on either side."""
        del organisation_id
        return Role.PARTNER
