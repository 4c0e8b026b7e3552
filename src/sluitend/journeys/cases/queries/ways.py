"""How something is sent: what one partner is asked, for an action of the plan or several that go together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from sluitend.journeys.cases.models import Case
from sluitend.journeys.cases.queries.kept_plan import composed, kept_plan
from sluitend.journeys.cases.queries.plan_facts import FORM, RESIDENTS, facts_of, known_of, values_of
from sluitend.journeys.cases.queries.plan_views import SENT
from sluitend.journeys.cases.queries.plans import plan_of, with_body
from sluitend.journeys.cases.queries.shapes import SubjectView
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.guidance import Track, Urgency, Verb
from sluitend.kernel.handbook.planning import Planned, alone
from sluitend.kernel.sealing.envelopes import OpenEnvelope

_SOONEST = tuple(Urgency)


@dataclass(frozen=True)
class Way:
    """What one partner is asked, and how.

    `may` is the ceiling. Of several actions that go together it is what each of them lets go, and the term is
    the tightest.
    """

    track: str
    verb: Verb
    urgency: Urgency
    partners: tuple[str, ...]
    bases: tuple[str, ...]
    purposes: tuple[str, ...]
    may: tuple[str, ...]
    withheld: Mapping[str, Text]
    says: tuple[Text, ...]
    tasks: tuple[Text, ...]
    asks_residents: bool
    answer_days: int | None
    actions: tuple[str, ...]
    mind: tuple[Text, ...] = ()
    form: str = ""
    area: str | None = None
    """The part of the region whose partner is asked; none where it is that of who asks."""
    stops: tuple[Text, ...] = ()
    """What keeps it from being sent now, about a place alone: nothing stops help."""

    def goes_with(self, other: Self) -> bool:
        """Return whether both can be asked at once: in the same way, about the same, on a ground they share.

        A question without names goes with no question that has them.
        """
        mine = (self.track, self.verb, self.partners, self.area)
        alike = mine == (other.track, other.verb, other.partners, other.area)
        return alike and bool(set(self.bases) & set(other.bases))

    def joined(self, other: Self) -> Self:
        """Return what is asked when both are: the lower ceiling of the two, and all that is to be minded."""
        days = [each for each in (self.answer_days, other.answer_days) if each is not None]
        return replace(
            self,
            urgency=min(self.urgency, other.urgency, key=_SOONEST.index),
            bases=tuple(each for each in self.bases if each in other.bases),
            purposes=_both(self.purposes, other.purposes),
            may=tuple(each for each in self.may if each in other.may),
            withheld={**other.withheld, **self.withheld},
            says=_both(self.says, other.says),
            tasks=_both(self.tasks, other.tasks),
            asks_residents=self.asks_residents or other.asks_residents,
            answer_days=min(days, default=None),
            actions=self.actions + other.actions,
            mind=_both(self.mind, other.mind),
            stops=_both(self.stops, other.stops),
        )


def _both[Each](these: Sequence[Each], those: Sequence[Each]) -> tuple[Each, ...]:
    return (*these, *(each for each in those if each not in these))


def ways(case: Case, envelope: OpenEnvelope, subjects: Sequence[SubjectView]) -> tuple[Way, ...]:
    """Return what is being composed: one way for all that goes together, the soonest first."""
    pack, kept = case.pack, kept_plan(case, envelope)
    begun = composed(kept)
    if not begun:
        return ()
    known = known_of(case, envelope, subjects)
    found = facts_of(known)
    facts = values_of(found)
    forms = tuple(sorted(each for each in facts[FORM] if each in pack.forms))
    lifted = {each.action.id: each.by.because for each in plan_of(known, found).lifted}
    planned = [alone(facts, pack, each) for each in begun if each in pack.plan_actions]
    planned.sort(key=lambda each: (_SOONEST.index(each.urgency), pack.plan_actions.ids.index(each.id)))
    return tuple(_together(_way_of(each, forms, lifted.get(each.id)) for each in planned))


def _together(ways: Iterable[Way]) -> list[Way]:
    found: list[Way] = []
    for way in ways:
        place = next((place for place, each in enumerate(found) if each.goes_with(way)), None)
        if place is None:
            found.append(way)
        else:
            found[place] = found[place].joined(way)
    return found


def _way_of(planned: Planned, forms: tuple[str, ...], lifted: Text | None) -> Way:
    """Return how an action is sent; its form only where there is one.

    Args:
        planned: the action.
        forms: of the case.
        lifted: why a rule took it out of the plan since it was begun, where one did.
    """
    action, track = planned.action, planned.pack.plan_lines[planned.action.lines[0]].track
    # What was heard since it was begun holds for it too.
    stops = (*(each.text for each in planned.locks), *([lifted] if lifted else ()))
    return Way(
        track=str(track),
        verb=SENT[action.verb],
        urgency=planned.urgency,
        partners=(planned.party.partner,) if planned.party.partner else (),
        bases=planned.task.bases,
        purposes=planned.share.purposes,
        may=planned.may,
        withheld={each.part: each.reason for each in planned.withheld},
        says=(action.says,),
        tasks=(with_body(planned.task),),
        asks_residents=RESIDENTS in action.gates,
        answer_days=action.answer_days,
        actions=(action.id,),
        mind=tuple(each.text for each in planned.warnings),
        form=forms[0] if len(forms) == 1 else "",
        area=planned.area,
        stops=stops if track is Track.PLACE else (),
    )
