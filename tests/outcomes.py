"""What one press does, all of it: state, steps with their dates, ledger, the other side, mail.

What a verb takes away shows by itself; what must happen beside its main effect only to who looks at it all.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event, IntakeLine, Line
from sluitend.kernel.organisations.models import Account, Organisation

QUEUED = "SELECT queue_add("


@dataclass(frozen=True)
class Step:
    """A step that came: whose it is by name of a person, a team or a role, and until which day."""

    what: str
    owner: str
    due: date
    urgent: bool = False
    waits: bool = False


@dataclass(frozen=True)
class Outcome:
    """What is otherwise after a press than it was before."""

    state: str
    steps: tuple[Step, ...]
    done: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    """Action and purpose."""
    elsewhere: tuple[Step, ...]
    """What the other side finds among its steps."""
    jobs: tuple[tuple[str, tuple[str, ...]], ...]
    """What was queued: the job, and the addresses or codes of whom it is about; of others nothing."""

    def told(self, *whom: str) -> bool:
        """Return whether a job was queued that mails exactly these."""
        return any(sorted(whom) == sorted(names) for _job, names in self.jobs)


def outcome(
    who: Actor,
    verb: Callable[..., object],
    *,
    of: Callable[[], Any] | None = None,
    others: Iterable[Actor] = (),
    **named: Any,
) -> Outcome:
    """Press, and return what came of it.

    Args:
        who: presses.
        verb: an action, called as `verb(actor=who, **named)`.
        of: returns the row whose state counts, read anew; asked while `who` acts. Else it is empty.
        others: somebody of each organisation at the other side.
    """
    sides = [system_actor(each.own_organisation) for each in others]
    before, there, lines = _open(who), [_open(each) for each in sides], _lines(who)
    with queue() as queued, acting(who):
        verb(actor=who, **named)
    after = _open(who)
    with acting(who):
        state = of().state if of else ""
    return Outcome(
        state,
        _came(before, after),
        tuple(sorted(before[pk].what for pk in before.keys() - after.keys())),
        tuple(sorted((e.action, e.purpose) for pk, e in _lines(who).items() if pk not in lines)),
        tuple(step for side, old in zip(sides, there, strict=True) for step in _came(old, _open(side))),
        tuple((job, _names(ids)) for job, ids in queued),
    )


def _open(who: Actor) -> dict[UUID, NextStep]:
    with acting(who):
        rows = NextStep.objects.filter(organisation_id=who.own_organisation, done__isnull=True)
        return {row.pk: row for row in rows.select_related("owner", "team")}


def _came(before: dict[UUID, NextStep], after: dict[UUID, NextStep]) -> tuple[Step, ...]:
    new = [after[pk] for pk in after.keys() - before.keys()]
    steps = [
        Step(
            row.what,
            row.owner.email if row.owner else str(row.team or row.owner_role),
            timezone.localtime(row.due).date(),
            row.urgent,
            row.waits_on_other,
        )
        for row in new
    ]
    return tuple(sorted(steps, key=lambda step: (step.what, step.owner)))


def _lines(who: Actor) -> dict[UUID, Line]:
    """Return the lines of the ledger, and those of what came in, which wait beside it for a day."""
    own = who.own_organisation
    with acting(who):
        waiting = IntakeLine.objects.filter(organisation_id=own).in_bulk()
        return {**Event.objects.filter(organisation_id=own).in_bulk(), **waiting}


@contextmanager
def queue() -> Iterator[list[tuple[str, list[UUID]]]]:
    """Keep what is queued meanwhile: no role of the web may read the queue."""
    queued: list[tuple[str, list[UUID]]] = []

    def note(execute: Any, sql: str, params: Sequence[Any], many: bool, context: Any) -> Any:
        if str(sql).startswith(QUEUED):
            queued.append((params[0], list(params[2])))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield queued


def _names(ids: Iterable[UUID]) -> tuple[str, ...]:
    known = list(ids)
    people = Account.objects.filter(pk__in=known).values_list("email", flat=True)
    return tuple(sorted([*people, *Organisation.objects.filter(pk__in=known).values_list("code", flat=True)]))
