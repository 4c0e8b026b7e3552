"""One verb on a request for help, for the journey of care: found, changed, given its next step, written."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone

from sluitend.journeys.reports.actions.doorstep import require_here, waits_elsewhere
from sluitend.journeys.reports.actions.handling import Loaded, note
from sluitend.journeys.reports.actions.messages import add_message
from sluitend.journeys.reports.models import (
    AT_MUNICIPALITY,
    TRANSITIONS,
    MailboxMessage,
    Minor,
    Report,
    State,
)
from sluitend.journeys.reports.terms import due
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent, Conflict
from sluitend.kernel.flow.verbs import columns
from sluitend.kernel.followup.actions import finish, plan
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.manifest import Permission, StepKind
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope

QUESTION, FEEDBACK = MailboxMessage.Kind.QUESTION, MailboxMessage.Kind.FEEDBACK


@dataclass
class AtCare:
    """A verb under way. `kept` is what the organisation keeps of it, sealed; None while that is nothing."""

    row: Report
    actor: Actor
    envelope: OpenEnvelope
    kept: Any

    @property
    def waits_elsewhere(self) -> bool:
        """Whether it was passed on from here, and is not taken over there yet."""
        return waits_elsewhere(self.row, self.actor)

    def to(self, state: str) -> None:
        """Go to another state.

        Raises:
            Conflict: that is not allowed from where it is now, so somebody else was first.
        """
        if state not in TRANSITIONS[self.row.state]:
            raise Conflict
        self.row.state = state
        self.row.decided, self.row.decided_by_id = timezone.localdate(), self.actor.account_id

    def tell(self, text: str, *, asks: bool = False) -> None:
        """Put words in the mailbox of whoever asked."""
        add_message(self.row, self.envelope, text, QUESTION if asks else FEEDBACK)

    def plan(self, what: StepKind, *, until: datetime | None = None, hurries: bool = False) -> None:
        """Give it its next step, in the term of the handbook or until a moment."""
        row = self.row
        minor = row.minor in ("yes", "perhaps")
        plan(
            row=row,
            subject_kind=row.door.kind,
            what=what,
            due=until or partial(due, current_release().pack, what, acute=False, minor=minor and hurries),
            actor=self.actor,
            owner_role=row.door.role,
            urgent=hurries and row.acute,
            minor=minor,
            waits_on_other=what.waits,
        )

    def close(self, outcome: str = "", *, kept_until: date | None = None) -> None:
        """End it: its steps are done and it needs none any more."""
        self.to(State.CLOSED)
        self.row.outcome, self.row.retention_until = outcome, kept_until
        self.rest()

    def rest(self) -> None:
        """End its steps, of what is closed already."""
        finish(row=self.row, actor=self.actor)


@contextmanager
def at_care(
    code: str, actor: Actor, action: Permission, *, line: str, also_passed_on: bool = False
) -> Iterator[AtCare]:
    """Do something with the request of this code; what differs at the end is written, with its ledger line.

    Args:
        also_passed_on: it may be done while this waits to be taken over, here or at the other door.

    Raises:
        Absent: there is none in the actor's organisation.
        Refused: the role may not do this.
        Conflict: somebody else was first.
    """
    require_role(actor, action)
    rows = Report.objects.filter(organisation_id=actor.own_organisation, code=code)
    row = rows.exclude(kind__in=AT_MUNICIPALITY).first()
    if row is None or row.envelope_id is None:
        raise Absent
    if not also_passed_on:
        require_here(row, actor)
    loaded = Loaded(row, columns(row))
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=action)
    before = envelope.read(row, "decision") if row.decision is not None else None
    it = AtCare(row, actor, envelope, before)
    yield it
    if it.kept != before:
        if row.decision is not None:  # other words are a next revision
            envelope.advance(row)
        envelope.seal(row, "decision", it.kept)
    loaded.write()
    note(actor, line, row)


def know_age(request_id: UUID, actor: Actor, *, minor: bool, corrects: bool = False) -> None:
    """Let a request be about somebody under 18, or not, as its care file says by now.

    It is a part of a verb on that file, of which the ledger has the line. What else was begun from the
    request asks the request: a search for an adult stops.

    Args:
        corrects: the file said before that the person is under 18. Else what the asker told of that stays, so
            that the file hears it.

    Raises:
        Conflict: somebody else changed the request at the same moment.
    """
    row = Report.objects.filter(organisation_id=actor.own_organisation, pk=request_id).first()
    known = Minor.YES if minor else Minor.NO
    if row is None or row.minor == known or (row.minor == Minor.YES and not corrects):
        return
    loaded = Loaded(row, columns(row))
    row.minor = known
    loaded.write()
