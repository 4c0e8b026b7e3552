"""What a case offers to a municipality that is asked to take it over, and the rules for choosing from it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.exchanges.asking import check_day
from sluitend.journeys.exchanges.parts import (
    Ceiling,
    OfferedPart,
    PartsChoice,
    PartsOffer,
    against_wish,
    chosen,
    never_parts,
    offered,
)
from sluitend.journeys.exchanges.queries.lists import open_requests
from sluitend.journeys.reports import queries as reports
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.flow import phrases, terms
from sluitend.kernel.flow.reasons import Named, as_named, require_offered
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Planned
from sluitend.kernel.organisations.reading import towns
from sluitend.kernel.telltale import finder

ATTACHMENTS = "attachments"
EXPLANATION_LENGTH = 600
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


@dataclass(frozen=True, kw_only=True)
class TransferOffer(PartsOffer):
    """All that may be chosen for handing over one case."""

    case_id: UUID
    case_code: str
    case_name: str
    release_number: int
    municipalities: tuple[OfferedMunicipality, ...]
    proposed: str
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

    def municipality(self, code: str) -> OfferedMunicipality | None:
        """Return the municipality with this code when it can be asked."""
        return next((each for each in self.municipalities if each.code == code), None)


@dataclass(frozen=True, kw_only=True)
class TransferChoice(PartsChoice):
    """What a person chose to hand over, to whom."""

    municipality: str
    way: str
    basis: str
    purpose: str
    answer_by: date
    explanation: str
    files: frozenset[str] = frozenset()


def transfer_offer(case_code: str, actor: Actor) -> TransferOffer:
    """Return what may be chosen for handing over a case; the case is opened, and logged as read.

    Raises:
        Absent: no such case.
        DomainError: the handbook of this region has no action by which cases go to another municipality.
    """
    found = cases.case_for_handover(case_code, actor)
    case, pack = found.case, found.case.pack
    asked = _asked(found)
    found_parts = cases.parts_for(case, asked.may)
    able, waits = municipalities(actor), case.waits()
    ceiling = Ceiling(
        asked.may,
        asked.withheld,
        _("De andere gemeente heeft dit niet nodig om over te nemen."),
        against_wish(case),
        waits,
    )
    files = tuple(
        OfferedFile(str(each.id), each.name, each.size) for each in reports.files_of(case.reports, actor)
    )
    files_reason = _why_no_files(ceiling, pack) if files else ""
    return TransferOffer(
        case_id=case.head.id,
        case_code=case.head.code,
        case_name=case.head.name,
        release_number=case.head.release_number,
        municipalities=able,
        proposed=_proposed(case, able),
        parts=offered([*_once(found_parts, found), *found.plan], ceiling, pack, found.along),
        bases=tuple(
            Named(each.id, phrases.basis(pack, each.id, shown(asked.task.label)))
            for each in pack.bases.named(asked.task.bases)
            if each.usable_by_municipality
        ),
        purposes=as_named(pack.purposes.named(asked.share.purposes)),
        task=asked.task.label.nl,
        answer_by=timezone.localdate() if case.head.acute else terms.answer_by(asked.action.answer_days),
        area=cases.area_in(found_parts, actor.organisation_name),
        urgency="now" if case.head.acute else asked.urgency.value,
        acute=case.head.acute,
        minor=case.head.minor,
        forms=found.forms,
        tracks=found.tracks,
        hindrances=_hindrances(found, actor),
        explanation=shown(asked.action.says),
        human_decides=shown(asked.action.stop),
        files=() if files_reason else files,
        files_reason=files_reason,
        known=cases.known_to(case, finder()),
        never_parts=never_parts(pack),
        # Nor is it told in words.
        only=frozenset(pack.parts.ids) - waits.keys() if waits else None,
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
    require_free(offer.hindrances)
    asked = offer.municipality(choice.municipality)
    if asked is None:
        raise DomainError(_("Kies een gemeente."), "municipality")
    if not asked.has_accounts and choice.way not in WAYS:
        raise DomainError(_("Kies hoe u deze gemeente bereikt."), "way")
    _check_ground_and_day(offer, choice)
    going = chosen(offer, choice)
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
    require_offered(choice.basis, offer.bases, "basis", otherwise=_("Kies een grondslag."))
    require_offered(choice.purpose, offer.purposes, "purpose", otherwise=_("Kies waarvoor u dit deelt."))
    check_day(choice.answer_by)


def _asked(found: cases.CaseForHandover) -> Planned:
    if found.asked is None:
        raise DomainError(_("De handreiking zegt niet hoe een casus naar een andere gemeente gaat."))
    return found.asked


def _proposed(case: cases.CaseForReferral, able: Iterable[OfferedMunicipality]) -> str:
    """Return the municipality in which a place of the case lies, when that is another one."""
    codes = {each.code for each in able}
    for subject in case.subjects:
        found = case.pack.municipality_for_place(subject.name) if subject.kind == "place" else None
        if found is not None and found.id in codes:
            return found.id
    return ""


def _why_no_files(ceiling: Ceiling, pack: Pack) -> str:
    """Return why files of the reports cannot go, or nothing. They may show who somebody is."""
    part = pack.parts.get(ATTACHMENTS)
    return ceiling.outside if part is None or part.never else ceiling.why_not(part)


def _hindrances(found: cases.CaseForHandover, actor: Actor) -> tuple[Hindrance, ...]:
    hindrances = no_longer_here(found.case)
    hindrances += [
        Hindrance(
            _("Er is nog een doorzetting open. Lees het antwoord, wacht erop, of haal de doorzetting terug."),
            f"/werk/doorgezet/{each}/",
            _("Naar doorzetting %(code)s") % {"code": each},
        )
        for each in found.open_referrals
    ]
    hindrances += [
        Hindrance(
            _("Er loopt nog een vraag om informatie. Haal die terug of wacht het antwoord af."),
            f"/werk/verzoeken/{each}/",
            _("Naar verzoek %(code)s") % {"code": each},
        )
        for each in open_requests(found.case.head.id, actor)
    ]
    hindrances += residents_first(found.case) or _as_the_plan_asks(found)
    return tuple(hindrances)


def _as_the_plan_asks(found: cases.CaseForHandover) -> list[Hindrance]:
    """Return what must come first by the plan, whichever way somebody came to hand the case over."""
    plan = f"/werk/casussen/{found.case.head.code}/plan/"
    locks = found.asked.locks if found.asked else ()
    return [Hindrance(shown(lock.text), plan, _("Naar het plan")) for lock in locks]


def _once(parts: Collection[cases.PartView], found: cases.CaseForHandover) -> Iterator[cases.PartView]:
    """Leave out what a municipality before this one summed up, where this case sums up the same."""
    summed = {f"{each.label}: {each.value}" for each in parts}
    for each in parts:
        along = found.along.get(each.id)
        if not (along and along.more.get("sums_up") and each.value in summed):
            yield each


def require_free(hindrances: Iterable[Hindrance]) -> None:
    """Let nothing of a case go to another before what must be done first.

    Raises:
        DomainError: the first thing that must be.
    """
    for hindrance in hindrances:
        raise DomainError(hindrance.text)


def no_longer_here(case: cases.CaseForReferral) -> list[Hindrance]:
    """Return that a case is closed, or that another municipality was asked to take it over, or did."""
    home = f"/werk/casussen/{case.head.code}/"
    closed = Hindrance(_("Deze casus is gesloten."), home, _("Naar de casus"))
    goes = Hindrance(_("Er loopt al een overdracht van deze casus."), home, _("Naar de casus"))
    return [*([] if case.head.open else [closed]), *([goes] if case.head.transferring else [])]


def residents_first(case: cases.CaseForReferral) -> list[Hindrance]:
    """Return that the question about the residents comes first, where a place is known and it does."""
    if case.place_may_go or not _has_place(case):
        return []
    return [_residents(case.head.state, f"/werk/casussen/{case.head.code}/")]


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
