"""What a case offers to a municipality that is asked to take it over, and the rules for choosing from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.reports import queries as reports
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.flow import terms
from sluitend.kernel.flow.reasons import Named
from sluitend.kernel.handbook.guidance import Part, Route, Verb
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.organisations.reading import towns
from sluitend.kernel.telltale import FREE_PARTS, Known, finder

QUESTION, ATTACHMENTS = "question", "attachments"
AREA_LENGTH = 120
EXPLANATION_LENGTH = 600
WISHES_AGAINST = frozenset({"no", "unclear"})
WAYS = ("secure_mail", "phone")


@dataclass(frozen=True)
class OfferedMunicipality:
    """A municipality that can be asked; without accounts it is reached by mail or telephone."""

    code: str
    name: str
    organisation_id: UUID
    has_accounts: bool
    telephone: str = ""


@dataclass(frozen=True)
class OfferedPart:
    """A part of the case that is there to go along."""

    id: str
    title: str
    text: str
    allowed: bool
    reason: str = ""
    """Why it cannot go."""
    part: str = ""
    """Which part of the handbook it is: each observation is a row of its own."""

    @property
    def free(self) -> bool:
        """Whether these are words of people, that somebody may write otherwise."""
        return self.part in FREE_PARTS


@dataclass(frozen=True)
class OfferedFile:
    """A file of a report of the case. A clean copy of it can go along."""

    id: str
    name: str
    size: int


@dataclass(frozen=True)
class Hindrance:
    """What must be done before the case can go, and where."""

    text: str
    url: str
    label: str


@dataclass(frozen=True)
class TransferOffer:
    """All that may be chosen for handing over one case."""

    case_id: UUID
    case_code: str
    case_name: str
    release_number: int
    municipalities: tuple[OfferedMunicipality, ...]
    proposed: str
    parts: tuple[OfferedPart, ...]
    bases: tuple[Named, ...]
    purposes: tuple[Named, ...]
    task: str
    answer_by: date
    area: str
    urgency: str
    acute: bool
    minor: str
    forms: tuple[str, ...]
    tracks: tuple[str, ...]
    hindrances: tuple[Hindrance, ...]
    explanation: str
    human_decides: str
    files: tuple[OfferedFile, ...] = ()
    files_reason: str = ""
    """Why files cannot go, when there are some."""

    known: Known = field(default_factory=Known)
    never_parts: frozenset[str] = frozenset()

    def municipality(self, code: str) -> OfferedMunicipality | None:
        """Return the municipality with this code when it can be asked."""
        return next((each for each in self.municipalities if each.code == code), None)

    @property
    def allowed(self) -> tuple[OfferedPart, ...]:
        """The parts that may go."""
        return tuple(part for part in self.parts if part.allowed)


@dataclass(frozen=True)
class TransferChoice:
    """What a person chose to hand over, to whom."""

    municipality: str
    way: str
    basis: str
    purpose: str
    answer_by: date
    parts: frozenset[str]
    explanation: str
    files: frozenset[str] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict)
    """The words of a part as the other one reads them, where somebody wrote them otherwise."""
    looked: Mapping[str, str] = field(default_factory=dict)
    """What somebody decided on each word that was marked, by its key."""


def transfer_offer(case_code: str, actor: Actor) -> TransferOffer:
    """Return what may be chosen for handing over a case; the case is opened, and logged as read.

    Raises:
        Absent: no such case.
        DomainError: the handbook of this region has no route by which cases go to another municipality.
    """
    found = cases.case_for_handover(case_code, actor)
    case, pack = found.case, found.case.pack
    route = _route(pack)
    found_parts = cases.parts_for(case, "person", route)
    able, against = municipalities(actor), _against_wish(case)
    files = tuple(
        OfferedFile(str(each.id), each.name, each.size) for each in reports.files_of(case.reports, actor)
    )
    files_reason = _why_no_files(route, pack, against=against) if files else ""
    return TransferOffer(
        case_id=case.head.id,
        case_code=case.head.code,
        case_name=case.head.name,
        release_number=case.head.release_number,
        municipalities=able,
        proposed=_proposed(case, able),
        parts=_parts(found_parts, route, pack, against=against),
        bases=tuple(
            Named(each.id, f"{shown(each.label)} ({each.code}), {shown(route.task)}")
            for each in pack.bases.named(route.bases)
            if each.usable_by_municipality
        ),
        purposes=tuple(Named(each.id, shown(each.label)) for each in pack.purposes.named(route.purposes)),
        task=route.task.nl,
        answer_by=timezone.localdate() if case.head.acute else terms.answer_by(route.answer_days),
        area=_area(found_parts, actor)[:AREA_LENGTH],
        urgency="now" if case.head.acute else route.urgency.value,
        acute=case.head.acute,
        minor=case.head.minor,
        forms=found.forms,
        tracks=found.tracks,
        hindrances=_hindrances(found, route),
        explanation=shown(route.explanation),
        human_decides=shown(route.human_decides),
        files=() if files_reason else files,
        files_reason=files_reason,
        known=cases.known_to(case, finder()),
        never_parts=frozenset(part.id for part in pack.parts if part.never),
    )


def municipalities(actor: Actor) -> tuple[OfferedMunicipality, ...]:
    """Return every other municipality, by name, and whether somebody reads there."""
    return tuple(
        OfferedMunicipality(each.code, each.name, each.id, each.reads, each.telephone)
        for each in towns()
        if each.id != actor.organisation_id
    )


def require_sendable(offer: TransferOffer, choice: TransferChoice) -> tuple[OfferedPart, ...]:
    """Return the parts that go, in the order of the handbook; `leaving` looks at their words.

    Raises:
        DomainError: the first thing that is wrong, with its field.
    """
    for hindrance in offer.hindrances:
        raise DomainError(hindrance.text)
    asked = offer.municipality(choice.municipality)
    if asked is None:
        raise DomainError(_("Kies een gemeente."), "municipality")
    if not asked.has_accounts and choice.way not in WAYS:
        raise DomainError(_("Kies hoe u deze gemeente bereikt."), "way")
    _check_ground_and_day(offer, choice)
    going = tuple(part for part in offer.allowed if part.id in choice.parts)
    if choice.parts - {part.id for part in going}:
        raise DomainError(_("Een van deze delen kan niet mee. Kies opnieuw."), "parts")
    if not going:
        raise DomainError(_("Kies wat u meestuurt. Er is nog niets gekozen."), "parts")
    if choice.files - {each.id for each in offer.files}:
        raise DomainError(_("Een van deze bestanden kan niet mee. Kies opnieuw."), "attached")
    if not choice.explanation.strip():
        raise DomainError(_("Schrijf waarom dit bij de andere gemeente hoort."), "explanation")
    if len(choice.explanation) > EXPLANATION_LENGTH:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 600 tekens."), "explanation")
    return going


def _check_ground_and_day(offer: TransferOffer, choice: TransferChoice) -> None:
    if choice.basis not in {each.id for each in offer.bases}:
        raise DomainError(_("Kies een grondslag."), "basis")
    if choice.purpose not in {each.id for each in offer.purposes}:
        raise DomainError(_("Kies waarvoor u dit deelt."), "purpose")
    if choice.answer_by < timezone.localdate():
        raise DomainError(_("Deze dag is voorbij. Kies vandaag of later."), "answer_by")
    if (choice.answer_by - timezone.localdate()).days > 60:
        raise DomainError(_("Kies een dag binnen twee maanden."), "answer_by")


def _route(pack: Pack) -> Route:
    for route in pack.routes:
        if route.verb is Verb.TRANSFER:
            return route
    raise DomainError(_("De handreiking heeft geen route naar een andere gemeente."))


def _proposed(case: cases.CaseForReferral, able: Iterable[OfferedMunicipality]) -> str:
    """Return the municipality in which a place of the case lies, when that is another one."""
    codes = {each.code for each in able}
    for subject in case.subjects:
        found = case.pack.municipality_for_place(subject.name) if subject.kind == "place" else None
        if found is not None and found.id in codes:
            return found.id
    return ""


def _against_wish(case: cases.CaseForReferral) -> bool:
    return case.wish is not None and case.wish.wish in WISHES_AGAINST and not case.against_wish


def _area(parts: Iterable[cases.PartView], actor: Actor) -> str:
    return next((each.value for each in parts if each.part == "area"), actor.organisation_name)


def _parts(
    found: Iterable[cases.PartView], route: Route, pack: Pack, *, against: bool
) -> tuple[OfferedPart, ...]:
    withheld = {each.part: shown(each.reason) for each in route.may_not}
    return tuple(
        replace(
            _part(pack.parts[each.part], each.value, route, withheld, against=against),
            id=each.id,
            title=each.label,
        )
        for each in found
        if each.part != QUESTION
    )


def _why_no_files(route: Route, pack: Pack, *, against: bool) -> str:
    """Return why files of the reports cannot go, or nothing. They may show who somebody is."""
    part = pack.parts.get(ATTACHMENTS)
    if part is None or part.never:
        return _("De andere gemeente heeft dit niet nodig om over te nemen.")
    withheld = {each.part: shown(each.reason) for each in route.may_not}
    return _part(part, "", route, withheld, against=against).reason


def _part(part: Part, text: str, route: Route, withheld: dict[str, str], *, against: bool) -> OfferedPart:
    reason = withheld.get(part.id, "")
    if not reason and part.id not in route.may:
        reason = _("De andere gemeente heeft dit niet nodig om over te nemen.")
    if not reason and against and part.identifies_person and part.id != "place":
        reason = _("De persoon wil dit niet, of dat is niet duidelijk. Besluit eerst over de wens.")
    return OfferedPart(part.id, part.label.nl, text, not reason, reason, part.id)


def _hindrances(found: cases.CaseForHandover, route: Route) -> tuple[Hindrance, ...]:
    code = found.case.head.code
    home = f"/werk/casussen/{code}/"
    hindrances = []
    if not found.case.head.open:
        hindrances.append(Hindrance(_("Deze casus is gesloten."), home, _("Naar de casus")))
    if found.transfer is not None:
        hindrances.append(
            Hindrance(_("Er loopt al een overdracht van deze casus."), home, _("Naar de casus"))
        )
    hindrances += [
        Hindrance(
            _("Er loopt nog een doorzetting. Haal die terug of wacht het antwoord af."),
            f"/werk/doorgezet/{each}/",
            _("Naar doorzetting %(code)s") % {"code": each},
        )
        for each in found.open_referrals
    ]
    if route.asks_residents_question and not found.case.place_may_go and _has_place(found.case):
        hindrances.append(_residents(found.case.head.state, home))
    return tuple(hindrances)


def _residents(state: str, home: str) -> Hindrance:
    if state in ("weighing", "on_hold"):
        return Hindrance(
            _("Weeg de casus eerst. Daarna beantwoordt u wat er met de bewoners gebeurt."),
            f"{home}weging/",
            _("Naar de weging"),
        )
    return Hindrance(
        _("Beantwoord eerst wat er met de bewoners gebeurt."), f"{home}bewoners/", _("Beantwoord de vraag")
    )


def _has_place(case: cases.CaseForReferral) -> bool:
    return any(subject.kind in ("place", "company") for subject in case.subjects)
