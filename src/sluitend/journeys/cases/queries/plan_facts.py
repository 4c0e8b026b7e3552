"""The facts that the plan of a case stands on, each with where it came from.

What a report says is read anew each time, so nothing of it is kept twice. What a person said counts until
something newer says that more protection is needed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime

from sluitend.journeys.cases.models import (
    Answer,
    Case,
    Minor,
    Observation,
    ResidentsQuestion,
    Subject,
    SubjectToken,
    Weighing,
)
from sluitend.journeys.cases.queries.kept_plan import Kept, Said, kept_plan
from sluitend.journeys.cases.queries.plan_places import CasePlaces
from sluitend.journeys.cases.queries.rows import last_of, rows_of
from sluitend.journeys.cases.queries.shapes import SubjectView
from sluitend.journeys.cases.reach import contact_value, reaches_in
from sluitend.journeys.cases.roles import FOUND, POSSIBLE_EXPLOITER
from sluitend.journeys.reports.queries import also_told
from sluitend.kernel.handbook.guidance import Wish
from sluitend.kernel.handbook.language import in_dutch, shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import (
    SLEEP_SUBREGION,
    SUBREGION,
    Facts,
)
from sluitend.kernel.handbook.plans import CaseFact, FactValue, Shown
from sluitend.kernel.handbook.reading import Proposal, Sentence, propose
from sluitend.kernel.manifest import holders
from sluitend.kernel.organisations.queries import code_of
from sluitend.kernel.sealing.envelopes import OpenEnvelope

DANGER, MINOR, WISH, FORM = "danger", "minor", "wish", "form"
PLACE, PEOPLE, TERRITORY, CONCRETE = "place", "people", "territory", "concrete"
SLEEPS = "sleeps"
REPORTER = "reporter"
PAPERS, RESIDENTS, CONTACT = "papers", "residents", "contact"
HOLD, ACTIVE, WAITS = "hold", "active", "asked"
ASKED_ELSEWHERE = {PAPERS: "residents", RESIDENTS: "residents", CONCRETE: "weigh"}
"""What is answered on another page of the case. Of papers nothing is kept but that it was asked."""
STANDS_IN_ROWS = frozenset({DANGER, MINOR, WISH})
"""What the case keeps for itself: whatever changes it there says it here."""

ALARMS = {DANGER: frozenset({"now", "soon"}), MINOR: frozenset({"yes", "perhaps"})}
"""The values at which everything else waits."""


@dataclass(frozen=True)
class Source:
    """Where a value came from: a sentence of an observation, an indicator ticked there, a matter, the case.

    Attributes:
        plain: it says in our words where the case has it from; nobody said it so.
    """

    text: str
    ticked: bool = False
    code: str = ""
    plain: bool = False


@dataclass(frozen=True)
class KnownFact:
    """A fact as it counts now."""

    fact: CaseFact
    choices: Sequence[FactValue]
    values: frozenset[str]
    from_report: bool = False
    sources: Sequence[Source] = ()
    against: Sequence[Source] = ()
    """What came in after somebody said what is so, and says otherwise."""
    before: Sequence[Source] = ()
    """What was told before that, and says otherwise: which of the two is right is for a person to say."""
    said_at: datetime | None = None
    said_by: UUID | None = None
    said_name: str = ""

    @property
    def only_read(self) -> bool:
        """Whether it was read in the words of a report only: nobody ticked, confirmed or decided it."""
        return self.from_report and not any(each.ticked for each in (*self.sources, *self.against))

    @property
    def alarm(self) -> bool:
        """Whether it says that there is danger, or a child."""
        return bool(self.values & ALARMS.get(self.id, frozenset()))

    @property
    def id(self) -> str:
        """The id of the fact."""
        return self.fact.id

    @property
    def tone(self) -> str:
        """How it stands in the strip: an alarm, something that is asked for, or what is known."""
        if self.alarm:
            return "alarm"
        return "open" if self.unknown and self.fact.show is Shown.STRIP else "known"

    @property
    def chosen(self) -> list[FactValue]:
        """The values that count, in the order of the handbook."""
        return [each for each in self.choices if each.id in self.values]

    @property
    def answers(self) -> list[FactValue]:
        """The values that somebody can say: not that nothing is known."""
        return [each for each in self.choices if each.id != self.fact.values[0].id]

    @property
    def more_sources(self) -> int:
        """How many sources there are beside the two that are shown."""
        return max(0, len(self.sources) - 2)

    @property
    def unknown(self) -> bool:
        """Whether nothing was said of it yet."""
        return self.values == frozenset({self.fact.values[0].id})

    @property
    def asked_elsewhere(self) -> str:
        """The page on which it is answered; empty where that is here."""
        return ASKED_ELSEWHERE.get(self.id, "")

    @property
    def shown(self) -> bool:
        """Whether it stands in the strip."""
        return self.fact.show is Shown.STRIP or (self.fact.show is Shown.MORE and not self.unknown)


@dataclass(frozen=True)
class Known:
    """Everything that facts can be taken from, read once."""

    case: Case
    pack: Pack
    kept: Kept
    flags: Mapping[str, Any]
    wish: str
    subjects: Sequence[SubjectView]
    observations: Sequence[tuple[datetime, Mapping[str, Any]]]
    residents: ResidentsQuestion | None
    concrete: str
    holds: Sequence[str]
    """The codes of the matters that ask to leave the place alone."""


def known_of(case: Case, envelope: OpenEnvelope, subjects: Sequence[SubjectView]) -> Known:
    """Read what the facts of a case are taken from."""
    rows = [row for row in rows_of(case, Observation, "at") if row.kind == Observation.Kind.FACT]
    corrected = {row.corrects_id for row in rows if row.corrects_id}
    weighing = last_of(case, Weighing)
    return Known(
        case=case,
        pack=case.pack,
        kept=kept_plan(case, envelope),
        flags=envelope.read(case, "facts") or {},
        wish=(envelope.read(case, "wish") or {}).get("wish", Wish.UNKNOWN.value),
        subjects=subjects,
        observations=[
            _told(row.at, content)
            for row in rows
            if row.id not in corrected and not (content := envelope.read(row, "content")).get("sums_up")
        ],
        residents=last_of(case, ResidentsQuestion),
        concrete=weighing.concrete if weighing else Answer.UNKNOWN,
        holds=_holds(case),
    )


def _holds(case: Case) -> list[str]:
    tokens = list(SubjectToken.objects.filter(case=case).values_list("token", flat=True))
    asked = holders() if tokens else ()
    return [code for ask in asked for code in ask(case.organisation_id, tokens)]


def _told(at: datetime, content: Mapping[str, Any]) -> tuple[datetime, Mapping[str, Any]]:
    """Return an observation with when it was told, also where that was in another municipality."""
    return parse_datetime(content.get("told") or "") or at, content


def facts_of(known: Known) -> list[KnownFact]:
    """Return each fact of the handbook with the value that counts."""
    rows, all_read = _from_rows(known), _read(known, since=None)
    return [_fact(fact, known, rows, all_read) for fact in known.pack.plan_facts]


def values_of(facts: Iterable[KnownFact]) -> Facts:
    """Return the facts as the rules ask for them."""
    return {each.id: each.values for each in facts}


def choices_of(fact: CaseFact, pack: Pack) -> tuple[FactValue, ...]:
    """Return the values that a fact can have."""
    forms = (FactValue(id=form.id, label=form.label) for form in pack.forms) if fact.of_forms else ()
    return (*fact.values, *forms)


def _fact(
    fact: CaseFact, known: Known, rows: Mapping[str, Collection[str]], read: Mapping[str, Proposal]
) -> KnownFact:
    choices = choices_of(fact, known.pack)
    start = frozenset({fact.values[0].id})
    said, proposed = known.kept["facts"].get(fact.id), read.get(fact.id)
    if said is not None and not {each.id for each in choices}.issuperset(said["values"]):
        said = None  # what was said by an older handbook, that has no word for it any more
    values = frozenset(rows.get(fact.id, ()))
    if said is not None and values and _added_since(fact, said, known):
        said = None  # somebody, or a place, was written down after it
    if fact.id == HOLD and values and (said is None or ACTIVE not in said["values"]):
        # As long as that stands nobody can say that one may go on; that somebody is there says more.
        return KnownFact(fact, choices, values, sources=tuple(Source("", code=each) for each in known.holds))
    if said is not None and not (values and fact.id in STANDS_IN_ROWS):
        return replace(_said(fact, choices, said, known), before=_otherwise(proposed, said["values"], known))
    if values and fact.id in (MINOR, CONTACT) and proposed is not None:
        # That nobody is a child, or a way is safe, is for a person to say, and not before what came in since.
        heard = _read(known, since=parse_datetime(said["at"])).get(fact.id) if said else proposed
        if newer := _newer(fact, choices, values, heard, known):
            return newer
    if values:
        same = proposed is not None and frozenset(proposed.values) == values
        counted = _counted(known) if fact.with_number else ()
        told = _reached(known) if fact.id == CONTACT else ()
        sources = (*counted, *told, *(_sources(proposed, known) if same else ()))
        other = _people_told(known, read) if fact.id == RESIDENTS else _otherwise(proposed, values, known)
        before = tuple(each for each in other if each not in sources)
        return KnownFact(fact, choices, values, sources=sources, before=before)
    if proposed is not None:
        return KnownFact(fact, choices, frozenset(proposed.values), True, _sources(proposed, known))
    return KnownFact(fact, choices, start)


def _added_since(fact: CaseFact, said: Said, known: Known) -> bool:
    """Return whether the case got somebody, or a place, after it was said here whether there is any."""
    at, found = parse_datetime(said["at"]), {PEOPLE: _people, PLACE: places_in}.get(fact.id)
    if found is None or at is None or "who" in said:
        return False
    return any(each.added is not None and each.added > at for each in found(known))


def _people(known: Known) -> list[SubjectView]:
    """Return who may be there: not whoever only gains by it."""
    people = (each for each in known.subjects if each.kind == Subject.Kind.PERSON)
    return [each for each in people if list(each.roles) != [POSSIBLE_EXPLOITER]]


def places_in(known: Known) -> list[SubjectView]:
    """Return the places and companies of a case."""
    return [each for each in known.subjects if each.kind in (Subject.Kind.PLACE, Subject.Kind.COMPANY)]


def where_of(known: Known) -> CasePlaces:
    """Return the places of a case, seen from its own municipality."""
    return CasePlaces(known.subjects, known.pack, code_of(known.case.organisation_id))


def _said(fact: CaseFact, choices: Sequence[FactValue], said: Said, known: Known) -> KnownFact:
    """Return what a person said, or what came in later where that asks for more protection."""
    at, values = parse_datetime(said["at"]), frozenset(said["values"])
    heard = _read(known, since=at).get(fact.id)
    if newer := _newer(fact, choices, values, heard, known):
        return newer
    differs = heard is not None and not values.issuperset(heard.values)
    against = _sources(heard, known) if differs else ()
    by = UUID(said["by"]) if said["by"] else None
    return KnownFact(
        fact, choices, values, against=against, said_at=at, said_by=by, said_name=said.get("who", "")
    )


def _newer(
    fact: CaseFact,
    choices: Sequence[FactValue],
    values: frozenset[str],
    heard: Proposal | None,
    known: Known,
) -> KnownFact | None:
    """Return what was heard, where it asks for more protection than these values."""
    later = frozenset(heard.values) if heard else values
    if not _graver(fact, later, values):
        return None
    if fact.many:
        # What came in stands beside what somebody said, which does not end by it.
        later |= values.intersection(fact.protective)
    return KnownFact(fact, choices, later, from_report=True, against=_sources(heard, known))


def _graver(fact: CaseFact, heard: frozenset[str], said: frozenset[str]) -> bool:
    order = fact.protective
    rank = {value: place for place, value in enumerate(order)}
    return min((rank.get(each, len(order)) for each in heard), default=len(order)) < min(
        (rank.get(each, len(order)) for each in said), default=len(order)
    )


def _read(known: Known, *, since: datetime | None) -> Mapping[str, Proposal]:
    contents = [content for at, content in known.observations if since is None or at > since]
    ticked = [indicator for content in contents for indicator in content["indicators"]]
    with in_dutch():
        also = [
            sentence
            for content in contents
            for sentence in also_told(content.get("lasts", ""), put_out=bool(content.get("put_out")))
        ]
    return propose([*(content["text"] for content in contents), *also], ticked, known.pack)


def _sources(proposed: Proposal | None, known: Known) -> tuple[Source, ...]:
    """Return what a proposal was heard from, as it is shown: a sentence as it was told, or the indicator."""
    heard = proposed.heard if proposed else ()
    found = (
        Source(each.words)
        if isinstance(each, Sentence)
        else Source(shown(known.pack.indicators[each.indicator].label), ticked=True)
        for each in heard
    )
    return tuple(dict.fromkeys(found))


def _otherwise(proposed: Proposal | None, values: Collection[str], known: Known) -> tuple[Source, ...]:
    """Return what was heard of other values than these."""
    heard = tuple(each for each in proposed.heard if each.value not in values) if proposed else ()
    return _sources(replace(proposed, heard=heard), known) if proposed and heard else ()


def _people_told(known: Known, read: Mapping[str, Proposal]) -> tuple[Source, ...]:
    """Return what tells of people there, where somebody answered that nobody lives or sleeps there."""
    answers = (each for each in known.pack.residents.answers if each.nobody)
    row, people = known.residents, read.get(PEOPLE)
    denied = row is not None and row.answer in {each.id for each in answers}
    return _otherwise(people, ("no",), known) if denied else ()


def _counted(known: Known) -> tuple[Source, ...]:
    """Return what is known of how many people there are: as they stand among the subjects."""
    people = (each.name for each in known.subjects if each.kind == Subject.Kind.PERSON)
    return tuple(Source(name) for name in people)


def _reached(known: Known) -> tuple[Source, ...]:
    """Return how people can be reached, as it was told."""
    return tuple(Source(line) for reach in reaches_in(known.flags).values() for line in reach.lines)


def _from_rows(known: Known) -> Mapping[str, Collection[str]]:
    """Return what the rows of the case say: who says it there says it here."""
    case, pack, flags = known.case, known.pack, known.flags
    where = where_of(known)
    found: dict[str, Collection[str]] = {
        DANGER: ["now"] if case.acute else [],
        MINOR: [case.minor] if case.minor != Minor.UNKNOWN else [],
        WISH: [known.wish] if known.wish != Wish.UNKNOWN else [],
        FORM: flags.get("forms", []),
        CONCRETE: [known.concrete] if known.concrete != Answer.UNKNOWN else [],
        SUBREGION: [subregion_of(case, pack)],
        TERRITORY: where.territory,
        SLEEPS: where.sleeps,
        SLEEP_SUBREGION: where.sleep_subregion,
        CONTACT: [value] if (value := contact_value(flags)) else [],
        HOLD: [WAITS] if known.holds else [],
        REPORTER: flags.get(REPORTER, []),
    }
    if places := places_in(known):
        found[PLACE] = ["found_only" if all(list(each.roles) == [FOUND] for each in places) else "known"]
    if _people(known):
        found[PEOPLE] = ["yes"]
    if known.residents is not None:
        # An answer that lets nothing go says nothing of papers, unless somebody did something first.
        asked = known.residents.first_step or known.residents.lets_place_go
        found[PAPERS] = ["settled"] if asked else []
        found[RESIDENTS] = ["settled"] if known.residents.lets_place_go else []
    for flag, (fact, value) in FLAGS.items():
        said = flags.get(flag)
        if said is True:
            found[fact] = [value]
        elif isinstance(said, str) and said != "unknown":
            found[fact] = [said]
    allowed = {fact.id: {each.id for each in choices_of(fact, pack)} for fact in pack.plan_facts}
    return {
        fact: kept
        for fact, values in found.items()
        if (kept := [v for v in values if v in allowed.get(fact, ())])
    }


FLAGS = {
    "coercion_seen": ("forced", ""),
    "non_eu_minor": ("child_alone", ""),
    "organised": ("organised", "yes"),
    "complex_person": ("many_problems", "yes"),
    "diplomatic_household": ("embassy", "yes"),
    "bad_housing": ("housing", "bad"),
}
"""What was chosen before there was a plan: the fact that it is, and the value that a yes means."""


def subregion_of(case: Case, pack: Pack) -> str:
    """Return the part of the region in which a case is; empty where nobody says it."""
    municipality = pack.municipalities.get(code_of(case.organisation_id))
    return municipality.subregion if municipality else ""
