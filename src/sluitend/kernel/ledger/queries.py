"""Reading the ledger: who did or looked at what, and why. Subjects stay pseudonyms."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from sluitend.kernel.access.acting import Actor, organisation_for_ledger
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.ledger.actions import Subject, pseudonym
from sluitend.kernel.ledger.journey import LEDGER_READ
from sluitend.kernel.ledger.models import Event, Link
from sluitend.kernel.manifest import Seen, permissions

PAGE = 50
SAMPLE = 10


@dataclass(frozen=True)
class EventView:
    """One line. `about` is the short form of a pseudonym."""

    id: UUID
    at: datetime
    account_id: UUID | None
    action: str
    purpose: str
    activity: str
    subject_kind: str
    about: str
    outcome: str
    stands_in_from: UUID | None = None


@dataclass(frozen=True)
class Filter:
    """What a privacy officer looks for."""

    since: date | None = None
    until: date | None = None
    account_id: UUID | None = None
    kind: str = ""


@dataclass(frozen=True)
class Standing:
    """How far the chain of an organisation has come."""

    position: int


@dataclass(frozen=True)
class Look:
    """What somebody did with one subject: how often, and when last."""

    action: str
    account_id: UUID
    stands_in: bool
    times: int
    last: datetime


def _view(event: Event) -> EventView:
    return EventView(
        id=event.id,
        at=event.at,
        account_id=event.account,
        action=event.action,
        purpose=event.purpose,
        activity=event.activity,
        subject_kind=event.subject_kind,
        about=short(event.subject),
        outcome=event.outcome,
        stands_in_from=event.stands_in_from,
    )


def short(subject: UUID | None) -> str:
    """Return a pseudonym as the screen shows it: enough to see that two lines are about the same."""
    return f"{subject.hex[:4]}·{subject.hex[4:6]}" if subject else ""


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _matching(actor: Actor, wanted: Filter) -> "QuerySet[Event]":
    rows = Event.objects.filter(organisation_id=organisation_for_ledger(actor))
    if wanted.since:
        rows = rows.filter(at__gte=_start(wanted.since))
    if wanted.until:
        rows = rows.filter(at__lt=_start(wanted.until + timedelta(days=1)))
    if wanted.account_id:
        rows = rows.filter(account=wanted.account_id)
    return rows.filter(_of_kind(wanted.kind))


def _seen(kind: Seen) -> list[str]:
    return sorted(text for text, each in permissions().items() if each.seen is kind)


def _of_kind(kind: str) -> Q:
    # Equality only: an operator that is not leakproof makes a table with a policy slow.
    if kind == "refused":
        return ~Q(outcome=Event.Outcome.OK)
    if kind == "shared":
        return Q(action__in=_seen(Seen.SHARED))
    if kind == "looked":
        return Q(action__in=_seen(Seen.LOOKED))
    return Q()


def events(
    actor: Actor,
    wanted: Filter,
    *,
    after: tuple[Any, ...] | None = None,
    limit: int = PAGE,
    oldest: bool = False,
) -> list[EventView]:
    """Return lines of the actor's own organisation, the newest first.

    Args:
        wanted: what to look for.
        after: moment and id of the last line of the page before.
        limit: how many at most.
        oldest: the oldest first instead.
    """
    require_role(actor, LEDGER_READ)
    rows, further = _matching(actor, wanted), "gt" if oldest else "lt"
    if after:
        at, name = after
        rows = rows.filter(Q(**{f"at__{further}": at}) | Q(at=at, **{f"id__{further}": name}))
    ordered = rows.order_by("at", "id") if oldest else rows.order_by("-at", "-id")
    return [_view(event) for event in ordered[:limit]]


def sample(actor: Actor, wanted: Filter, *, size: int = SAMPLE) -> list[EventView]:
    """Return some lines that nobody chose: those that follow random ids, so that no table is read whole."""
    require_role(actor, LEDGER_READ)
    rows, found = _matching(actor, wanted).order_by("id"), dict[UUID, Event]()
    for event in rows.filter(id__gte=UUID(bytes=secrets.token_bytes(16)))[:size]:
        found[event.id] = event
    for event in rows[: size - len(found)]:
        found[event.id] = event
    return [_view(event) for event in sorted(found.values(), key=lambda event: event.at, reverse=True)]


def accounts(actor: Actor, *, since: date) -> list[UUID]:
    """Return who stands in the ledger of the actor's organisation since a day."""
    require_role(actor, LEDGER_READ)
    rows = Event.objects.filter(
        organisation_id=organisation_for_ledger(actor), at__gte=_start(since), account__isnull=False
    )
    return [
        account for account in rows.order_by().values_list("account", flat=True).distinct()[:200] if account
    ]


def standing(actor: Actor) -> Standing:
    """Return how many lines the chain has: the end of what a check can prove."""
    require_role(actor, LEDGER_READ)
    last = Link.objects.filter(organisation_id=organisation_for_ledger(actor)).order_by("-position").first()
    return Standing(last.position if last else 0)


def counts(actor: Actor, wanted: Filter, *, kinds: Iterable[str]) -> dict[str, int]:
    """Return how many lines there are of each of these kinds, in one statement."""
    require_role(actor, LEDGER_READ)
    numbers = {kind: Count("id", filter=_of_kind(kind)) for kind in kinds}
    return dict(_matching(actor, wanted).aggregate(**numbers))


def looks(subject: Subject, actor: Actor, *, actions: Iterable[str], since: datetime) -> list[Look]:
    """Return who of the own organisation did these things with one subject that the actor may open.

    The query that asks this decides about the subject: it shows no more than functions to anybody.
    """
    owner, years = actor.own_organisation, range(since.year, timezone.now().year + 1)
    rows = Event.objects.filter(
        organisation_id=owner,
        subject__in=[pseudonym(owner, subject, year) for year in years],
        action__in=list(actions),
        outcome=Event.Outcome.OK,
        account__isnull=False,
    ).order_by()
    found = rows.values_list("action", "account", "stands_in_from").annotate(Count("id"), Max("at"))
    return [
        Look(action, account, stands_in is not None, times, last)
        for action, account, stands_in, times, last in found
        if account
    ]
