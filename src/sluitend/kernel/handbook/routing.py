"""Route advice: which rules of the handbook fit a case, why, and what they ask of a person.

It is a pure function over the facts and the pack. It never scores and never decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from .entries import Text
from .guidance import (
    Answer,
    Basis,
    Conditions,
    Department,
    Part,
    Partner,
    Route,
    Territory,
    Track,
    Urgency,
    Verb,
    Wish,
    WithheldPart,
)
from .pack import Pack
from .recognition import HelpLine

_URGENCY_ORDER = tuple(Urgency)
# The person comes before the place; a route for both stands between them.
_TRACK_ORDER = (Track.PERSON, Track.BOTH, Track.PLACE)


@dataclass(frozen=True)
class CaseFacts:
    """What is known of a case, as far as routes depend on it. Not knowing is the default."""

    acute: bool = False
    person_known: bool = False
    place_or_company_known: bool = False
    suspicion_only: bool = False
    organised: bool = False
    coerced_into_crime: bool = False
    complex_person: bool = False
    diplomatic_household: bool = False
    bad_housing: bool = False
    minor: Answer = Answer.UNKNOWN
    non_eu_minor: Answer = Answer.UNKNOWN
    coercion_seen: Answer = Answer.UNKNOWN
    wish: Wish = Wish.UNKNOWN
    territory: Territory = Territory.HERE
    forms: frozenset[str] = frozenset()
    subregion: str | None = None
    on: date | None = None


@dataclass(frozen=True)
class MatchedFact:
    """A fact of the case that a condition looked at, with the sentence that says so."""

    fact: str
    value: str
    text: Text


@dataclass(frozen=True)
class Advice:
    """A route that fits, with all that a person needs in order to decide about it."""

    route: Route
    because: tuple[MatchedFact, ...]
    partners: tuple[Partner, ...]
    departments: tuple[Department, ...]
    call_first: tuple[HelpLine, ...]
    bases: tuple[Basis, ...]
    parts: tuple[Part, ...]
    withheld: tuple[WithheldPart, ...]

    @property
    def track(self) -> Track:
        """Which track the route serves."""
        return self.route.track

    @property
    def urgency(self) -> Urgency:
        """How soon the route asks for action."""
        return self.route.urgency

    @property
    def verb(self) -> Verb:
        """What the municipality does with the partner."""
        return self.route.verb

    @property
    def human_decides(self) -> Text:
        """What only a person can decide."""
        return self.route.human_decides

    @property
    def source(self) -> tuple[str, ...]:
        """The ids of the documents behind the rule."""
        return self.route.source

    @property
    def confirmed(self) -> bool:
        """Whether the rule and every basis of it are confirmed."""
        return self.route.confirmed and all(basis.confirmed for basis in self.bases)


@dataclass(frozen=True)
class NotChosen:
    """A route that misses exactly one fact, with that fact: "also looked at, not chosen"."""

    route: Route
    because: MatchedFact


def advise(facts: CaseFacts, pack: Pack) -> list[Advice]:
    """Return the routes whose conditions all match: the urgent first, then person before place.

    An empty list means that the handbook has no rule for these facts; a person decides then too.
    """
    fitting = [route for route in _routes_on(facts, pack) if not _missed(route.conditions, facts)]
    return [_advice(route, facts, pack) for route in sorted(fitting, key=_order)]


def not_chosen(facts: CaseFacts, pack: Pack) -> list[NotChosen]:
    """Return the routes that would apply if one single fact were different."""
    near = []
    for route in _routes_on(facts, pack):
        missed = _missed(route.conditions, facts)
        if len(missed) == 1:
            near.append(NotChosen(route=route, because=_matched(missed[0], facts, pack)))
    return near


def _routes_on(facts: CaseFacts, pack: Pack) -> Iterator[Route]:
    return (route for route in pack.routes if facts.on is None or route.valid_on(facts.on))


def _order(route: Route) -> tuple[int, int]:
    return _URGENCY_ORDER.index(route.urgency), _TRACK_ORDER.index(route.track)


def _conditions_of(conditions: Conditions) -> list[str]:
    # An absent condition is None or an empty tuple; False is a condition.
    return [name for name in Conditions.model_fields if getattr(conditions, name) not in (None, ())]


def _missed(conditions: Conditions, facts: CaseFacts) -> list[str]:
    names = _conditions_of(conditions)
    return [name for name in names if not _fits(getattr(conditions, name), getattr(facts, name))]


def _fits(wanted: Any, known: Any) -> bool:
    if isinstance(known, frozenset):
        return bool(known & set(wanted))
    return known in wanted if isinstance(wanted, tuple) else known is wanted


def _advice(route: Route, facts: CaseFacts, pack: Pack) -> Advice:
    partners = (pack.partner_for(partner, facts.subregion) for partner in route.partners)
    return Advice(
        route=route,
        because=tuple(_matched(name, facts, pack) for name in _conditions_of(route.conditions)),
        partners=tuple(partner for partner in partners if partner),
        departments=pack.departments.named(route.departments),
        call_first=pack.help_lines.named(route.call_first),
        bases=pack.bases.named(route.bases),
        parts=pack.parts.named(route.may),
        withheld=route.may_not,
    )


def _matched(name: str, facts: CaseFacts, pack: Pack) -> MatchedFact:
    known = getattr(facts, name)
    if isinstance(known, frozenset):
        labels = [pack.forms[form].label for form in sorted(known) if form in pack.forms]
        words = {
            "nl": ", ".join(label.nl for label in labels) or "Vorm onbekend",
            "en": ", ".join(label.in_language("en") for label in labels) or "Form unknown",
        }
        return MatchedFact(fact=name, value=",".join(sorted(known)), text=Text(words))
    value = str(known).lower()
    sentence = pack.facts.get(f"{name}.{value}")
    return MatchedFact(fact=name, value=value, text=sentence.text if sentence else Text({"nl": value}))
