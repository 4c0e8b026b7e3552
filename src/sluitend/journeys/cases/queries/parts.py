"""The parts of a case that a referral may hold: only the ids of the handbook, only what there is."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.cases.journey import REFERRAL_SEND
from sluitend.journeys.cases.models import (
    CaseReport,
    Observation,
    ResidentsQuestion,
)
from sluitend.journeys.cases.queries import reading
from sluitend.journeys.cases.queries.casefile import log_read, subjects_of
from sluitend.journeys.cases.queries.earlier import links_of
from sluitend.journeys.cases.queries.plans import parts_that_wait_in
from sluitend.journeys.cases.queries.rows import acts_against, find_case, open_case
from sluitend.journeys.cases.queries.shapes import (
    Head,
    ObservationView,
    PartView,
    SubjectView,
    WishView,
)
from sluitend.journeys.cases.queries.ways import Way, ways
from sluitend.journeys.cases.reach import as_heard, as_told
from sluitend.journeys.cases.roles import FOUND, POSSIBLE_VICTIM
from sluitend.journeys.reports import queries as reports
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.guidance import CONTACT, Part
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.telltale import Finder, Hidden, Known

AREA_LENGTH = 120
COUNTED = re.compile(
    r"(?:ongeveer|circa|ca\.?|about|~|±)?\s*(\d{1,4})\s*"
    r"(?:mensen|personen|man|mannen|vrouwen|kinderen|people|persons|men|women|children)?"
)
"""How many people, and nothing else."""


@dataclass(frozen=True)
class CaseForReferral:
    """A case as the referrals journey needs it, opened and logged."""

    head: Head
    subjects: tuple[SubjectView, ...]
    facts: tuple[ObservationView, ...]
    opinions: tuple[ObservationView, ...]
    wish: WishView | None
    earlier: int
    against_wish: bool
    place_may_go: bool
    waits: Callable[[], Mapping[str, Text]]
    """The parts that go to nobody but who helps yet, each with what must come first; asked when it counts."""
    reports: tuple[UUID, ...]
    reporters: tuple[Hidden, ...]
    pack: Pack
    ways: tuple[Way, ...]
    """What is being composed, each with its partner."""
    municipality: str


@in_dutch()
def case_for_referral(code: str, actor: Actor) -> CaseForReferral:
    """Return an opened case from which parts can be taken; logged like a case that is read.

    Raises:
        Absent: there is none for this organisation.
    """
    row = find_case(code, actor, REFERRAL_SEND)
    envelope, pack = open_case(row, actor, REFERRAL_SEND), row.pack
    subjects = subjects_of(row, envelope)
    log_read(row, actor, subjects)
    current = Observation.objects.filter(case=row, corrected_by__isnull=True).order_by("at")
    views = [reading.observation_view(each, envelope, pack, names={}, corrected=False) for each in current]
    told = tuple(CaseReport.objects.filter(case=row).values_list("report_id", flat=True))
    residents = ResidentsQuestion.objects.filter(case=row).order_by("-at").first()
    return CaseForReferral(
        head=reading.head_of(row, envelope, pack, ""),
        subjects=tuple(subjects),
        facts=tuple(each for each in views if each.kind == Observation.Kind.FACT),
        opinions=tuple(each for each in views if each.kind == Observation.Kind.OPINION),
        wish=reading.wish_view(row, envelope),
        earlier=len(links_of(row)),
        against_wish=acts_against(row, envelope.read(row, "wish")),
        place_may_go=residents is not None and residents.lets_place_go,
        waits=lambda: parts_that_wait_in(row, envelope, subjects),
        reports=told,
        reporters=reports.reporters(told, actor),
        pack=pack,
        ways=ways(row, envelope, subjects),
        municipality=actor.organisation_name,
    )


def area_in(parts: Iterable[PartView], otherwise: str) -> str:
    """Return in which area a case is, as the outside of what goes from it says.

    Args:
        parts: of the case.
        otherwise: what is said where it names no place.
    """
    return next((each.value for each in parts if each.part == "area"), otherwise)[:AREA_LENGTH]


@in_dutch()
def parts_for(case: CaseForReferral, may: Collection[str] = ()) -> list[PartView]:
    """Return the parts that this case can fill, in the order of the handbook.

    What may never leave is not among them, and neither is what the case has not got.

    Args:
        case: from `case_for_referral`.
        may: the parts that come first, because they may go.
    """
    found = []
    for part in case.pack.parts:
        if part.never:
            continue
        if part.id in OBSERVED:
            found += _observed(part, OBSERVED[part.id](case))
        elif (fill := FILLED.get(part.id)) and (value := fill(case)):
            found.append(PartView(part.id, part.id, part.label.nl, value, part.identifies_person))
    return sorted(found, key=lambda each: each.part not in may)


def known_to(case: CaseForReferral, finder: Finder) -> Known:
    """Return what a case knows that points at somebody; of its reporters only what can be compared."""
    return known_of(case.subjects, case.reporters, finder)


def known_of(subjects: Sequence[SubjectView], reporters: Iterable[Hidden], finder: Finder) -> Known:
    """Return what these subjects and reporters are known by."""
    return finder.known(
        people=[each.name for each in subjects if each.kind == "person"],
        identifiers=[pair for each in subjects for pair in each.identifiers],
        others=[each.name for each in subjects if each.kind in ("company", "place")],
        reached=[line for each in subjects for line in each.reach.lines],
        hidden=reporters,
    )


def _observed(part: Part, observations: tuple[ObservationView, ...]) -> list[PartView]:
    """Return each observation as a part, the newest first."""
    dated = [(each, each.day or timezone.localdate(each.at)) for each in observations]
    dated.sort(key=lambda pair: (pair[1], pair[0].at), reverse=True)
    return [
        PartView(
            f"{part.id}-{each.id.hex}",
            part.id,
            ", ".join(filter(None, [part.label.nl, _moment(each)])),
            " ".join([each.text, *each.more]),
            part.identifies_person,
            day,
            each.source,
        )
        for each, day in dated
    ]


def _moment(seen: ObservationView) -> str:
    return " ".join([date_format(seen.day, "j F Y"), seen.when[11:16]]).strip() if seen.day else ""


def _lines(values: list[str]) -> str:
    return "\n".join(dict.fromkeys(value for value in values if value))


def _subjects(case: CaseForReferral, kind: str) -> list[SubjectView]:
    return [subject for subject in case.subjects if subject.kind == kind]


def line_of(subject: SubjectView) -> str:
    """Return a subject that is nobody on one line, with what it is found by and what it is in the case."""
    values = [value for _kind, value in subject.identifiers if value != subject.name]
    return ", ".join([subject.name, *values, *subject.role_words])


def _named(case: CaseForReferral, kind: str) -> str:
    return _lines([line_of(subject) for subject in _subjects(case, kind)])


def _dates(case: CaseForReferral) -> str:
    return _lines([date_format(fact.day, "l j F Y") for fact in case.facts if fact.day])


def _signals(case: CaseForReferral) -> str:
    return _lines([label for fact in case.facts for label, _innocent in fact.signals])


def _area(case: CaseForReferral) -> str:
    # The town of a place, never its street: an exact address points at people.
    places = _subjects(case, "place")
    lived = [each for each in places if FOUND not in each.roles] or places
    towns = {case.pack.town_in(each.name) for each in lived}
    return ", ".join(sorted(filter(None, towns))) or case.municipality


def _number(case: CaseForReferral) -> str:
    counted = (COUNTED.fullmatch(person.name.strip().lower()) for person in _subjects(case, "person"))
    return next((found[1] for found in counted if found), "")


def _minors(case: CaseForReferral) -> str:
    words = {
        "yes": _("Er is iemand jonger dan 18."),
        "perhaps": _("Misschien is iemand jonger dan 18."),
        "no": _("Geen minderjarigen gezien."),
    }
    return words.get(case.head.minor, "")


def _pattern(case: CaseForReferral) -> str:
    return (
        _("Eerdere signalen die de gemeente hiermee verbond: %(n)d.") % {"n": case.earlier}
        if case.earlier
        else ""
    )


def _wish(case: CaseForReferral) -> str:
    if case.wish is None:
        return ""
    parts = [case.wish.words, case.wish.wants]
    if case.wish.wants_not:
        parts.append(_("Wil niet: %(text)s") % {"text": case.wish.wants_not})
    return ". ".join(each.rstrip(".") for each in parts if each)


def _victim(case: CaseForReferral) -> str:
    found = any(POSSIBLE_VICTIM in person.roles for person in _subjects(case, "person"))
    return _("Iemand in deze zaak is mogelijk slachtoffer.") if found else ""


def _identifier(case: CaseForReferral, kind: str) -> list[str]:
    return [
        value for person in _subjects(case, "person") for each, value in person.identifiers if each == kind
    ]


def _names(case: CaseForReferral) -> str:
    return _lines([value.rpartition("|")[0] for value in _identifier(case, "name_birth")])


def _births(case: CaseForReferral) -> str:
    return _lines([value.rpartition("|")[2] for value in _identifier(case, "name_birth")])


def _languages(case: CaseForReferral) -> str:
    return _lines([person.language for person in _subjects(case, "person")])


def reach_as_told(case: CaseForReferral) -> str:
    """Return how the people of a case can be reached, as it leaves."""
    return reach_of(case, [each.id for each in reached(case)])


def reach_of(case: CaseForReferral, people: Collection[UUID]) -> str:
    """Return how these people of a case can be reached, as it leaves; empty where that is not known."""
    return as_told((each.name, each.reach) for each in reached(case) if each.id in people)


def reach_told_again(case: CaseForReferral, before: str) -> str:
    """Return how the people of a case can be reached by now, for whoever was told it so before."""
    several = len(as_heard(before)) > 1
    return as_told(((each.name, each.reach) for each in reached(case)), named=several)


def reached(case: CaseForReferral) -> list[SubjectView]:
    """Return the people of a case of whom it is known how they can be reached."""
    return [person for person in _subjects(case, "person") if person.reach]


def _danger(case: CaseForReferral) -> str:
    return _("Er is direct gevaar gemeld.") if case.head.acute else ""


FILLED: Mapping[str, Callable[[CaseForReferral], str]] = {
    "dates": _dates,
    "indicators": _signals,
    "danger": _danger,
    "place": lambda case: _named(case, "place"),
    "area": _area,
    "company": lambda case: _named(case, "company"),
    "vehicle": lambda case: _named(case, "vehicle"),
    "phone": lambda case: _named(case, "phone"),
    "online_account": lambda case: _named(case, "account"),
    "pattern": _pattern,
    "number_of_people": _number,
    "minors_present": _minors,
    "language": _languages,
    "possible_victim": _victim,
    "wish": _wish,
    "person_description": lambda case: _lines([person.name for person in _subjects(case, "person")]),
    "person_name": _names,
    "birth_date": _births,
    CONTACT: reach_as_told,
}
"""How each part is filled. What is missing here (question, health) is typed for a referral."""

OBSERVED: Mapping[str, Callable[[CaseForReferral], tuple[ObservationView, ...]]] = {
    "facts": lambda case: case.facts,
    "interpretation": lambda case: case.opinions,
}
"""The parts that are observations."""
