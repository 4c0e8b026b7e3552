"""What waits for one person: the steps of their own, of their roles and of their teams, and how many."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.utils import timezone

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import Assignment, NextStep
from sluitend.kernel.manifest import News, step_named, steps
from sluitend.kernel.organisations.models import Organisation, Role
from sluitend.kernel.prepared import Given, Prepared, among

PAGE = 50
MOST_SAID = 99
"""Beyond it a page says "99+"."""
MOST_COUNTED = 200
"""Far enough for what it says of each number of the navigation."""
ORDER = ("-urgent", "-minor", "due", "id")


@dataclass(frozen=True)
class StepView:
    """One open step as its owner sees it."""

    id: UUID
    what: str
    subject_kind: str
    subject_id: UUID
    code: str
    due: datetime
    """In local time."""
    urgent: bool
    minor: bool
    because: str
    waits_on_other: bool
    level: int
    owner_role: str
    owner_id: UUID | None
    team_id: UUID | None
    work_of: UUID | None
    created_day: date
    """Since when it waits."""
    words: str
    passed: bool
    mine: bool


DERIVED = ("words", "passed", "mine")  # the last of them, in this order
STORED = tuple(each.name for each in fields(StepView) if each.name not in DERIVED)
WHAT, DUE, OWNER, WORK_OF, WAITS = (
    STORED.index(name) for name in ("what", "due", "owner_id", "work_of", "waits_on_other")
)


def _pressing(step: StepView) -> tuple[bool, bool, datetime, UUID]:
    """Return what `ORDER` sorts by."""
    return not step.urgent, not step.minor, step.due, step.id


def private_steps() -> list[str]:
    """Return the steps that nobody else finishes."""
    return [text for text, step in steps().items() if step.private]


def _arrivals() -> list[str]:
    return [text for text, step in steps().items() if step.news is News.ARRIVED]


def views_of(rows: QuerySet[NextStep], actor: Actor) -> list[StepView]:
    """Return steps as their owner sees them; one statement."""
    # Columns: for a page of steps, models cost more than the statement.
    return _viewed(rows.values_list(*STORED), actor)


def _viewed(rows: Iterable[tuple[Any, ...]], actor: Actor) -> list[StepView]:
    now, here = timezone.now(), timezone.get_current_timezone()
    words = cache(lambda what: str(step_named(what).label))  # a page has many steps of few kinds
    found = []
    for row in rows:
        columns = [*row, words(row[WHAT]), row[DUE] < now, row[OWNER] == actor.account_id]
        columns[DUE] = row[DUE].astimezone(here)
        # Whose work it is waits for a colleague to look along.
        columns[WAITS] = row[WAITS] or (row[WORK_OF] is not None and row[WORK_OF] == actor.account_id)
        found.append(StepView(*columns))
    return found


def _roles(actor: Actor) -> tuple[str, ...]:
    # A deputy does the focal point's work; nothing waits for one of the two in particular.
    extra = {Role.FOCAL_POINT} if Role.DEPUTY in actor.roles else set()
    return tuple(sorted(str(role) for role in actor.roles | extra))


def _open_for(roles: Sequence[str], teams: int, away: int) -> list[QuerySet[NextStep]]:
    """Return the open steps of a person, and those of each of their roles and teams.

    Apart, so that each reads the head of its own index, however much is open.
    """
    rows = NextStep.objects.filter(organisation_id=Given("organisation"), done__isnull=True)
    by_role = [rows.filter(owner=None, owner_role=role) for role in roles]
    return [rows.filter(owner_id=Given("account")), *by_role, *_of_teams_and_away(rows, teams, away)]


def _of_teams_and_away(rows: QuerySet[NextStep], teams: int, away: int) -> list[QuerySet[NextStep]]:
    # Whoever is away has a deputy who sees the same; when they are back it is theirs alone again. A note of
    # one's own is nobody else's to finish.
    others = rows.exclude(what__in=private_steps())
    return [
        *(rows.filter(team_id=Given(f"team{each}")) for each in range(teams)),
        *(others.filter(owner_id=Given(f"away{each}")) for each in range(away)),
    ]


def _whose(actor: Actor) -> dict[str, UUID]:
    """Return the values of the questions above."""
    return {
        "organisation": actor.own_organisation,
        "account": actor.own_account,
        **{f"team{number}": team for number, team in enumerate(actor.teams)},
        **{f"away{number}": each for number, each in enumerate(actor.stands_in_for)},
    }


def open_steps(actor: Actor, *, limit: int = PAGE) -> list[StepView]:
    """Return the open steps of this person, their roles and their teams: acute, then minors, then by date."""
    asked = _open_steps(_roles(actor), len(actor.teams), len(actor.stands_in_for), limit)
    # In order here: each part is, and putting them in order again keeps the database from stopping early.
    return sorted(_viewed(asked.rows(**_whose(actor)), actor), key=_pressing)[:limit]


@lru_cache
def _open_steps(roles: tuple[str, ...], teams: int, away: int, limit: int) -> Prepared:
    parts = _open_for(roles, teams, away)
    first, *others = [rows.order_by(*ORDER)[:limit].values_list(*STORED) for rows in parts]
    return Prepared(first.union(*others, all=True))


def team_steps(actor: Actor, team_id: UUID, *, limit: int = PAGE) -> list[StepView]:
    """Return what waits in the queue of one of the actor's teams, in the order of Vandaag."""
    rows = NextStep.objects.filter(
        organisation_id=actor.own_organisation, done__isnull=True, team_id=team_id, team_id__in=actor.teams
    )
    return views_of(rows.order_by(*ORDER)[:limit], actor)


def given_steps(actor: Actor, *, limit: int = PAGE) -> list[StepView]:
    """Return the open steps of matters that somebody has by name: they can be given back."""
    given = Assignment.objects.filter(
        organisation_id=OuterRef("organisation_id"), subject_id=OuterRef("subject_id")
    )
    rows = NextStep.objects.filter(
        Exists(given), organisation_id=actor.own_organisation, done__isnull=True, owner_id=actor.own_account
    )
    return views_of(rows.order_by(*ORDER)[:limit], actor)


def open_counts(actor: Actor, *, apart: Collection[frozenset[str]] = ()) -> Counter[str]:
    """Return how many steps need this person, per kind, and no more of them than somebody reads as a number.

    Args:
        actor: whose.
        apart: groups of kinds that are each counted by themselves, so that however much else is open, their
            number is right.
    """
    asked = _counts(_roles(actor), frozenset(apart), len(actor.teams), len(actor.stands_in_for), MOST_COUNTED)
    return Counter(asked.counted(**_whose(actor)))


@lru_cache
def _counts(
    roles: tuple[str, ...], apart: frozenset[frozenset[str]], teams: int, away: int, most: int
) -> Prepared:
    rows = NextStep.objects.filter(
        organisation_id=Given("organisation"), done__isnull=True, waits_on_other=False
    )
    # What arrives is for a role; somebody's own steps are few and need no counting apart.
    role = rows.filter(owner=None, owner_role__in=roles).exclude(work_of=Given("account"))
    # In the order of the index: without one the database takes the first that it meets for quicker, and in a
    # table of years those at the start are done.
    parts = [
        rows.filter(owner_id=Given("account")).order_by("what"),
        *(role.filter(what__in=kinds).order_by("owner_role", "what") for kinds in _split(apart)),
        *(each.order_by("what") for each in _of_teams_and_away(rows, teams, away)),
    ]
    first, *others = [each.values_list("what", flat=True)[:most] for each in parts]
    return Prepared(first.union(*others, all=True))


def _split(apart: Collection[frozenset[str]]) -> list[list[str]]:
    others = frozenset(steps()).difference(*apart)
    return sorted(sorted(each) for each in (*apart, others) if each)


@dataclass(frozen=True)
class SecondEyes:
    """Whether a colleague still has to look along at a subject, or did so, and who."""

    done: datetime | None
    done_by: UUID | None
    work_of: UUID | None
    """Whose work it is: they wait for that colleague."""


def second_eyes(subject_ids: Iterable[UUID], actor: Actor) -> dict[UUID, SecondEyes]:
    """Return of each of these subjects for which a second pair of eyes was asked, how that stands.

    One statement.
    """
    wanted = list(subject_ids)
    rows = _second_eyes().rows(organisation=actor.own_organisation, subjects=wanted) if wanted else []
    return {subject_id: SecondEyes(*how) for subject_id, *how in rows}


@cache
def _second_eyes() -> Prepared:
    rows = NextStep.objects.filter(
        organisation_id=Given("organisation"), subject_id=among("subjects"), what=SECOND_EYES
    ).order_by("created_day", "due")
    return Prepared(rows.values_list("subject_id", "done", "done_by", "work_of"))


@dataclass(frozen=True)
class Since:
    """What happened while somebody was away: what came in, by its first step, and steps that others did.

    Each is counted until it is more than `MOST_SAID`: nobody is told by how much.
    """

    new: Mapping[str, int]
    done: int


class _Counted(Subquery):
    """How many rows a question finds."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS found)"
    output_field = IntegerField()


def since(actor: Actor, moment: datetime) -> Since:
    """Return what came in since the day of a moment, and what colleagues finished since. One statement."""
    [(done, *new)] = _since().rows(
        organisation=actor.own_organisation,
        account=actor.own_account,
        moment=moment,
        day=timezone.localtime(moment).date(),
    )
    return Since(new=dict(zip(_arrivals(), new, strict=True)), done=done)


@cache
def _since() -> Prepared:
    # Each apart and in the order of its index, so that it stops early, however much came in.
    rows = NextStep.objects.filter(organisation_id=Given("organisation")).values("id")
    done = rows.filter(done__gte=Given("moment")).exclude(done_by=Given("account")).order_by("done")
    new = [
        rows.filter(what=kind, created_day__gte=Given("day")).order_by("created_day") for kind in _arrivals()
    ]
    counts = [_Counted(each[: MOST_SAID + 1]) for each in (done, *new)]
    return Prepared(Organisation.objects.filter(id=Given("organisation")).values_list(*counts))
