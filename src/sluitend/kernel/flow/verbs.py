"""One verb on one matter.

Found and locked, decided, changed, given its next step, saved by turn, written in the ledger and settled:
always all of it, in that order, or nothing. `Verb` is what every matter needs of one, `Work` what comes to it
between two organisations; `revisions` has the verbs on content that changes.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow import jobs, terms
from sluitend.kernel.flow.finding import find
from sluitend.kernel.flow.models import ByTurns, Matter, TwoSided
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.followup.turns import stamp
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.manifest import Permission, StepKind
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.sealing.endings import note_ended
from sluitend.kernel.sealing.envelopes import OpenEnvelope, drop_seal, open_envelope

OF_THE_TURN = frozenset({"turn", "turned", "turned_at", "turned_by", "turned_for"})


def note(
    row: Matter, actor: Actor, action: str, purpose: str = "", *, part: tuple[str, UUID] | None = None
) -> None:
    """Write the ledger line of something that was done to, or read of, a matter or one of its parts."""
    record(
        actor=actor,
        action=action,
        subject=part or (row.KIND, row.id),
        activity=row.ACTIVITY,
        purpose=purpose,
        revision=row.counted,
    )


@dataclass
class Verb[Row: Matter](ABC):
    """A verb under way, by somebody on a matter of their own organisation.

    What is set on `row` is saved when it ends; nothing needs to be listed. `purpose` of its ledger line is a
    code, never a sentence; `part` is what that line is about, where it is no more than a part.
    """

    row: Row
    actor: Actor
    action: Permission
    purpose: str = ""
    part: tuple[str, UUID] | None = None

    @cached_property
    def envelope(self) -> OpenEnvelope:
        """The envelope of the matter, opened under the right by which this is done."""
        return open_envelope(self.row.envelope_id, actor=self.actor, purpose=self.action)

    def to(self, state: str) -> None:
        """Move the matter to another state.

        Raises:
            Conflict: that is not allowed from where it is now, so somebody else was first.
        """
        self.row.move(state)

    def next_step(
        self,
        what: StepKind,
        *,
        due: followup.Due,
        urgent: bool = False,
        minor: bool = False,
        because: str = "",
        waits: bool = False,
        owner_role: Role | None = None,
        owner_id: UUID | None = None,
    ) -> None:
        """Give the matter its next step, as `followup.plan` does; what was open is done.

        Raises:
            TypeError: the step is of another kind of matter.
        """
        _require_kind(what, self.row)
        followup.plan(
            row=self.row,
            subject_kind=self.row.KIND,
            what=what,
            due=due,
            actor=self.actor,
            owner_role=owner_role,
            owner_id=owner_id,
            urgent=urgent,
            minor=minor,
            because=because,
            waits_on_other=waits,
        )

    def close(self) -> None:
        """End the matter: its steps are done and it needs none any more."""
        followup.finish(row=self.row, actor=self.actor)

    @abstractmethod
    def saving(self) -> AbstractContextManager[None]:
        """Save what changes within, where nobody changed the matter since it was read."""

    def end(self) -> None:
        """Write the ledger line, and leave what waits for the commit."""
        note(self.row, self.actor, self.action, self.purpose, part=self.part)


@dataclass
class OnTurns[Row: ByTurns](Verb[Row]):
    """A verb under way on a matter that goes by turns."""

    @property
    def turn(self) -> int:
        """The turn that this makes."""
        return self.row.turn + 1

    def saving(self) -> AbstractContextManager[None]:
        """Save what changes within, where nobody took a turn since the matter was read."""
        return changing(self.row)


@dataclass
class Work[Row: TwoSided](OnTurns[Row]):
    """A verb under way, by somebody on one of the two sides of a matter."""

    told: set[UUID] = field(default_factory=set)
    """The organisations that hear afterwards that something is there for them."""

    @property
    def sends(self) -> bool:
        """Whether this is the side of the sender."""
        return self.row.organisation_id == self.actor.organisation_id

    @property
    def other(self) -> UUID:
        """The organisation on the other side; raises `Conflict` where nobody there has an account."""
        return self.row.other if self.sends else self.row.organisation_id

    def due(self, what: StepKind) -> datetime:
        """Return when a step is due by its term in the handbook."""
        return terms.due_for(self.row.pack, what, acute=self.row.acute, minor=self.row.minor)

    def plan(
        self,
        what: StepKind,
        *,
        due: followup.Due | None = None,
        waits: bool | None = None,
        urgent: bool | None = None,
    ) -> None:
        """Give the own side its next step; what was open there is done.

        Args:
            due: until when, where that is not the term of the step in the handbook.
            waits: whether its owner can only wait, where the step itself does not say so.
            urgent: whether it goes before everything else, where the matter itself does not say so.

        Raises:
            TypeError: the step is of another kind of matter.
        """
        row, waits = self.row, what.waits if waits is None else waits
        _require_kind(what, row)
        followup.plan(
            row=row,
            subject_kind=row.KIND,
            what=what,
            due=due or self.due(what),
            actor=self.actor,
            owner_role=row.role_at(self.actor.own_organisation),
            urgent=row.acute and not waits if urgent is None else urgent,
            minor=row.minor,
            waits_on_other=waits,
            step_field="current_step" if self.sends else "recipient_step",
            organisation_id=self.actor.own_organisation,
        )

    def ask(
        self, what: StepKind, *, due: datetime | None = None, urgent: bool | None = None, tell: bool = True
    ) -> NextStep:
        """Give the other side a step beside what it has, open that side again, and tell who is there.

        Args:
            due: until when, where that is not the term of the step in the handbook.
            urgent: whether it goes before everything else, where the matter itself does not say so.
            tell: not when that is a part of something else that happens there.

        Raises:
            Conflict: nobody there has an account.
            TypeError: the step is of another kind of matter.
        """
        row, other = self.row, self.other
        _require_kind(what, row)
        step = followup.add_for_other(
            row=row,
            subject_kind=row.KIND,
            what=what,
            due=due or self.due(what),
            actor=self.actor,
            organisation_id=other,
            owner_role=row.role_at(other) or Role.FOCAL_POINT,
            urgent=row.acute if urgent is None else urgent,
            minor=row.minor,
        )
        self.reopen(step)
        if tell:
            self.told.add(other)
        return step

    def reopen(self, step: NextStep) -> None:
        """Open the side of which this step is with it, where that side has none."""
        row = self.row
        if step.organisation_id == row.organisation_id:
            if row.current_step_id is None:
                row.current_step, row.closed = step, None
        elif row.recipient_step_id is None:
            row.recipient_step, row.recipient_closed = step, None

    def count_reminder(self) -> None:
        """Count a reminder of today.

        Raises:
            DomainError: one went already.
        """
        row, today = self.row, timezone.localdate()
        if row.reminded_on == today:
            raise DomainError(_("Er ging vandaag al een herinnering. Morgen kan het weer."))
        row.reminders, row.reminded_on = row.reminders + 1, today

    def remind(self, what: StepKind) -> None:
        """Remind the other side, count it, and wait again with this step.

        Raises:
            DomainError: a reminder went today already.
        """
        self.count_reminder()
        self.plan(what, due=terms.due_for(self.row.pack, terms.REMIND))
        if self.row.recipient_id:
            self.told.add(self.other)

    def close(self) -> None:
        """End the own side: its steps are done and it needs none any more."""
        if self.sends:
            followup.finish(row=self.row, actor=self.actor)
        else:
            followup.finish(
                row=self.row, actor=self.actor, step_field="recipient_step", closed_field="recipient_closed"
            )

    def end(self) -> None:
        """Write the ledger line, and tell who hears of it after the commit."""
        super().end()
        for each in sorted(self.told):
            after_commit(jobs.tell, each)

    def close_other(self) -> None:
        """End the side of the recipient. Its own steps are out of reach here: a job finishes them."""
        row = self.row
        if row.recipient_id and row.recipient_closed is None:
            row.recipient_step, row.recipient_closed = None, timezone.now()
            after_commit(jobs.finish_steps, row.id, row.recipient_id)

    def end_access(self) -> None:
        """Let the recipient read nothing of it any more; done by the sender, that ends its side too."""
        row = self.row
        row.access_ended = row.access_ended or timezone.localdate()
        if row.recipient_id:
            drop_seal(row.envelope_id, holder_id=row.recipient_id)
        else:
            # Nobody there has a seal by whose going a backup would know of it.
            note_ended([row.id])
        if self.sends:
            self.close_other()


@contextmanager
def doing[It: Verb[Any]](it: It) -> Iterator[It]:
    """Do a verb on a matter that was found: within it changes, and at the end all that must follow is done.

    Raises:
        Refused: this may not be done to it.
        Conflict: somebody else was first.
    """
    require(it.actor, it.action, it.row.resource())
    with followup.one_unit():
        with it.saving():
            yield it
        it.end()


def verb[Row: TwoSided](
    model: type[Row], code: str, actor: Actor, action: Permission, *, purpose: str = ""
) -> AbstractContextManager[Work[Row]]:
    """Do something with the matter of this code.

    Args:
        action: the right by which it is done, and what the ledger calls it.
        purpose: of the ledger line: a code, where it is known beforehand.

    Raises:
        Absent: there is none on the side of the rule. Absent and forbidden look alike.
        Refused: the role may not do this.
        Conflict: somebody else was first; it says of which row.
    """
    return on(find(model, code, actor, action, to_change=True), actor, action, purpose=purpose)


@contextmanager
def on[Row: TwoSided](
    row: Row, actor: Actor, action: Permission, *, purpose: str = ""
) -> Iterator[Work[Row]]:
    """Do something with a matter that was found and locked already, as a job does with each of many.

    Raises:
        Refused: this may not be done to it.
        Conflict: somebody else was first; it says of which row.
    """
    try:
        with doing(Work(row, actor, action, purpose)) as work:
            yield work
    except Conflict as error:
        error.about = error.about or (type(row), row.pk)
        raise


@contextmanager
def begin[Row: TwoSided](
    row: Row, actor: Actor, action: Permission, *, purpose: str = ""
) -> Iterator[Work[Row]]:
    """Make a new matter: it gets its content and its steps within, and is there when this ends.

    A code that is taken asks for all of it again, so a function around this goes through `with_free_code`.

    Raises:
        Refused: this may not be done.
        IntegrityError: its code is taken.
    """
    require(actor, action, row.resource())
    work = Work(row, actor, action, purpose)
    with followup.one_unit():
        yield work
        row.save(force_insert=True)
        work.end()


@contextmanager
def changing(row: ByTurns) -> Iterator[None]:
    """Save what changes of a row within, where nobody took a turn since it was read.

    It is a part of a verb. Alone it is for the system, which does what somebody's verb on the other side
    began: the ledger has that line.

    Raises:
        Conflict: somebody did.
    """
    before = columns(row)
    yield
    changed = differing(row, before)
    found = type(row)._default_manager.filter(pk=row.pk, turn=row.turn)  # noqa: SLF001 - Django documents it
    if not found.update(**changed, **stamp()):
        raise Conflict
    row.turn += 1


def columns(row: Model) -> dict[str, Any]:
    """Return the columns of a row as they are now, but for what counts its turns."""
    # By column name: the step of the other side can be written, but never read.
    names = (each.attname for each in row._meta.concrete_fields)  # noqa: SLF001 - Django documents it
    return {name: getattr(row, name) for name in names if name not in OF_THE_TURN}


def differing(row: Model, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a row that are not what they were."""
    return {name: value for name, value in columns(row).items() if value != before[name]}


def _require_kind(what: StepKind, row: Matter) -> None:
    # The types cannot say it: a step is done on the page of its own kind of matter.
    if row.KIND not in what.kinds:
        raise TypeError(f"{what} is no step of {row.KIND}")
