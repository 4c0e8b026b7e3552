"""The open points of visits, as the focal point sees them. Who planned one sees one word for all.

Nothing here is asked for whoever plans. A list takes as many statements as one visit.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from uuid import UUID

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.cases.queries import CaseAt
from sluitend.journeys.referrals import queries as referrals
from sluitend.journeys.referrals.queries import Running
from sluitend.journeys.visits import terms
from sluitend.journeys.visits.models import Visit, VisitToken, WaitRequest
from sluitend.journeys.visits.queries import bound
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.guidance import Track
from sluitend.kernel.handbook.same_address import only_perhaps
from sluitend.kernel.prepared import Given, Prepared, among

SAME_DAYS = timedelta(days=3)
"""How far apart two visits at one place count as planned the same days."""


@dataclass(frozen=True)
class Beside:
    """Another visit at the same place, the same days."""

    id: UUID
    code: str
    kind: str
    day: date
    state: str
    planner_id: UUID


@dataclass(frozen=True)
class Points:
    """What still stands in the way of a visit, beside that a focal point has to look.

    `wait_requests` bind the place and let nothing through yet, `gates` are cases in which nobody said what
    happens to the residents, `cases` are about the place of a friendly visit. Others have the place in hand:
    a partner by a referral that runs (`with_partners`), another municipality that was asked to take a case
    over or did (`elsewhere`). What else is planned there the same days (`beside`) is only looked at.
    Of the cases and visits among these, `perhaps` has the ids of those whose address is only written alike.
    """

    wait_requests: tuple[WaitRequest, ...] = ()
    gates: tuple[CaseAt, ...] = ()
    cases: tuple[CaseAt, ...] = ()
    with_partners: tuple[Running, ...] = ()
    elsewhere: tuple[CaseAt, ...] = ()
    beside: tuple[Beside, ...] = ()
    perhaps: frozenset[UUID] = frozenset()

    @property
    def in_hand(self) -> bool:
        """Whether another organisation is busy at the place, which is spoken to first."""
        return bool(self.with_partners or self.elsewhere)


def is_for_another(visit: Visit, actor: Actor) -> bool:
    """Return whether by the handbook somebody else than this person, who planned it, releases a visit."""
    return visit.planner_id == actor.account_id and terms.asks_second(visit.kind)


def open_points(visit: Visit, actor: Actor) -> Points:
    """Return every open point of a visit.

    Args:
        visit: waiting, or about to be released.
        actor: a focal point or deputy.
    """
    return points_of([visit], actor)[visit.id]


def points_of(visits: Sequence[Visit], actor: Actor) -> dict[UUID, Points]:
    """Return every open point of each of these visits of the actor's municipality, by its id.

    Args:
        visits: waiting, or about to be released.
        actor: a focal point or deputy.
    """
    if not visits:
        return {}
    at = _tokens(visits)
    every = set[UUID]().union(*at.values())
    wait_requests = bound.forbidding({each: set(tokens) for each, tokens in at.items()})
    by_token = cases.cases_about(actor, every)
    shared = {each: _shared(tokens, by_token) for each, tokens in at.items()}
    about = {visit.id: {*shared[visit.id], *([visit.case_id] if visit.case_id else [])} for visit in visits}
    wanted = set[UUID]().union(*about.values())
    going = {each.id: each for each in cases.cases_going(actor, wanted)}
    running = referrals.running_of(actor, wanted)
    # About the place, or with somebody who could ask to wait there.
    others = {each.partner for each in running if each.track != Track.PLACE}
    askers = others & set(terms.askers()) if others else set()
    running = [each for each in running if each.track == Track.PLACE or each.partner in askers]
    planned = _planned_at(every, actor)
    there = {each: _shared(tokens, planned) for each, tokens in at.items()}
    return {
        visit.id: replace(
            _points(
                visit,
                wait_requests[visit.id],
                [each for case_id, each in going.items() if case_id in about[visit.id]],
                [each for each in running if each.case_id in about[visit.id]],
                _beside(visit, there[visit.id]),
            ),
            perhaps=frozenset(
                [
                    *(each for each, kinds in shared[visit.id].items() if only_perhaps(kinds)),
                    *(each.id for each, kinds in there[visit.id].items() if only_perhaps(kinds)),
                ]
            )
            - {visit.case_id},
        )
        for visit in visits
    }


def _shared[Here: Hashable](
    tokens: Mapping[UUID, str], by_token: Mapping[UUID, Iterable[Here]]
) -> dict[Here, set[str]]:
    """Return what is found by tokens of a visit, with the kinds of what it has in common with it."""
    found: dict[Here, set[str]] = {}
    for token, kind in tokens.items():
        for each in by_token.get(token, ()):
            found.setdefault(each, set()).add(kind)
    return found


def _points(
    visit: Visit,
    wait_requests: Collection[WaitRequest],
    about: Collection[CaseAt],
    running: Collection[Running],
    beside: tuple[Beside, ...],
) -> Points:
    friendly = visit.kind in Visit.FRIENDLY
    here = [each for each in about if not each.closed]
    return Points(
        wait_requests=tuple(wait_requests),
        # Outreach asks nothing of the residents; what belongs to a case does, whatever its kind.
        gates=tuple(
            each for each in here if not each.place_may_go and (not friendly or each.id == visit.case_id)
        ),
        cases=tuple(each for each in here if friendly and each.id != visit.case_id),
        with_partners=tuple(running),
        elsewhere=tuple(each for each in about if each.elsewhere),
        beside=beside,
    )


def _tokens(visits: Sequence[Visit]) -> dict[UUID, dict[UUID, str]]:
    """Return the tokens of each visit, with the kind of each."""
    at: dict[UUID, dict[UUID, str]] = {each.id: {} for each in visits}
    for visit_id, token, kind in _tokens_asked().rows(visits=list(at)):
        at[visit_id][token] = kind
    return at


@cache
def _tokens_asked() -> Prepared:
    found = VisitToken.objects.filter(visit_id=among("visits"))
    return Prepared(found.values_list("visit_id", "token", "kind"))


def _planned_at(tokens: Set[UUID], actor: Actor) -> dict[UUID, list[Beside]]:
    planned: dict[UUID, list[Beside]] = {}
    for token, *columns in _planned_asked().rows(organisation=actor.own_organisation, tokens=list(tokens)):
        planned.setdefault(token, []).append(Beside(*columns))
    return planned


@cache
def _planned_asked() -> Prepared:
    found = VisitToken.objects.filter(
        organisation_id=Given("organisation"), token=among("tokens"), visit__closed__isnull=True
    )
    columns = ("id", "code", "kind", "day", "state", "planner_id")
    return Prepared(found.values_list("token", *(f"visit__{each}" for each in columns)))


def _beside(visit: Visit, there: Collection[Beside]) -> tuple[Beside, ...]:
    near = {each.id: each for each in there if each.id != visit.id and abs(each.day - visit.day) <= SAME_DAYS}
    return tuple(sorted(near.values(), key=lambda each: (each.day, each.code)))
