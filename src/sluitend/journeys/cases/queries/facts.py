"""What the route advice looks at, gathered from a case. A person set every fact; nothing is computed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from sluitend.journeys.cases.models import Answer, Case, Subject, Weighing
from sluitend.journeys.cases.roles import POSSIBLE_EXPLOITER
from sluitend.kernel.handbook import routing
from sluitend.kernel.handbook.guidance import Answer as PackAnswer
from sluitend.kernel.handbook.guidance import Route, Track, Verb, Wish
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.organisations.queries import code_of
from sluitend.kernel.sealing.envelopes import OpenEnvelope

FLAGS = ("organised", "coerced_into_crime", "complex_person", "diplomatic_household", "bad_housing")
"""Facts that are so or not, kept sealed with the case."""

CHOICES: Mapping[str, frozenset[str]] = {
    "coercion_seen": frozenset(each.value for each in PackAnswer),
    "non_eu_minor": frozenset(each.value for each in PackAnswer),
}
"""Facts with an answer, kept sealed with the case."""


@dataclass(frozen=True)
class Known:
    """What was read of a case for the advice: its kept facts, wish, subjects and last weighing."""

    kept: Mapping[str, Any]
    wish: str
    has_person: bool
    has_place: bool
    concrete: str


def known_of(case: Case, envelope: OpenEnvelope) -> Known:
    """Read what the advice looks at."""
    persons, places = False, False
    for subject in Subject.objects.filter(case=case):
        if subject.kind == Subject.Kind.PERSON:
            roles = envelope.read(subject, "content")["roles"]
            persons = persons or roles != [POSSIBLE_EXPLOITER]
        elif subject.kind in (Subject.Kind.PLACE, Subject.Kind.COMPANY):
            places = True
    weighing = Weighing.objects.filter(case=case).order_by("-at").first()
    return Known(
        kept=envelope.read(case, "facts") or {},
        wish=(envelope.read(case, "wish") or {}).get("wish", Wish.UNKNOWN.value),
        has_person=persons,
        has_place=places,
        concrete=weighing.concrete if weighing else Answer.UNKNOWN,
    )


def case_facts(case: Case, known: Known, pack: Pack) -> routing.CaseFacts:
    """Return the facts as the rules of the handbook ask for them."""
    plain = routing.CaseFacts(
        acute=case.acute,
        minor=PackAnswer(case.minor),
        person_known=known.has_person,
        place_or_company_known=known.has_place,
        suspicion_only=known.concrete == Answer.NO,
        wish=Wish(known.wish),
        forms=frozenset(known.kept.get("forms", [])),
        subregion=_subregion(case, pack),
        on=timezone.localdate(),
    )
    flags: dict[str, Any] = {name: bool(known.kept.get(name)) for name in FLAGS}
    choices: dict[str, Any] = {name: PackAnswer(known.kept.get(name, "unknown")) for name in CHOICES}
    return replace(plain, **flags, **choices)


def _subregion(case: Case, pack: Pack) -> str | None:
    municipality = pack.municipalities.get(code_of(case.organisation_id))
    return municipality.subregion if municipality else None


def advice_for(case: Case, envelope: OpenEnvelope, pack: Pack, track: str) -> list[routing.Advice]:
    """Return the advice for one track, the most urgent first. One for both tracks counts for either."""
    advice = routing.advise(case_facts(case, known_of(case, envelope), pack), pack)
    return [each for each in advice if serves(each.route, track)]


def sends(route: Route) -> bool:
    """Return whether a route ends in a referral; the others are work of the municipality itself."""
    return bool(route.partners) and route.verb in (Verb.REFER, Verb.ASK, Verb.BRING_IN)


def serves(route: Route, track: str) -> bool:
    """Return whether a route belongs to this track; one for both tracks belongs to either."""
    return route.track is Track.BOTH or route.track == track
