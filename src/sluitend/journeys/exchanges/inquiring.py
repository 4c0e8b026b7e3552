"""What a municipality may ask about a case: of whom, for what, on what ground, and with which parts of it.

Only what the handbook puts together is offered, and the same is held against what somebody sends.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.exchanges.asking import Addressee, check_words_and_day, may_ask_further, named
from sluitend.journeys.exchanges.journey import REQUEST_FOLLOW
from sluitend.journeys.exchanges.models import Request
from sluitend.journeys.exchanges.offers import (
    Hindrance,
    no_longer_here,
    require_free,
    residents_first,
)
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
from sluitend.journeys.exchanges.queries.addressees import addressees, asked_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.flow import terms
from sluitend.kernel.flow.finding import find
from sluitend.kernel.flow.reasons import Named, as_named, require_offered
from sluitend.kernel.handbook.inquiries import Inquiry
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.telltale import PLACES, finder

MINOR = ("yes", "perhaps")


@dataclass(frozen=True)
class Way:
    """An organisation that can be asked, with the requests that fit it."""

    addressee: Addressee
    inquiries: tuple[Named, ...]

    def has(self, about: str) -> bool:
        """Return whether this can be asked of it."""
        return any(each.id == about for each in self.inquiries)


@dataclass(frozen=True, kw_only=True)
class InquiryOffer(PartsOffer):
    """All that may be chosen for one request to one receiver."""

    case_id: UUID
    case_code: str
    case_name: str
    addressee: Addressee
    about: str
    label: str
    secrecy: bool
    first: bool
    """Whether this is the first question, before anything came back."""
    purposes: tuple[Named, ...]
    bases: tuple[Named, ...]
    asks: tuple[Named, ...]
    answer_by: date
    area: str
    acute: bool
    minor: bool
    release_number: int
    hindrances: tuple[Hindrance, ...]
    ticked: frozenset[str]
    """The parts that are ticked when the page opens: nothing that points somebody out."""


@dataclass(frozen=True, kw_only=True)
class InquiryChoice(PartsChoice):
    """What a person asks, on what ground, and which parts go along."""

    purpose: str
    basis: str
    asks: frozenset[str]
    text: str
    answer_by: date


@dataclass(frozen=True, kw_only=True)
class FurtherChoice(PartsChoice):
    """Why somebody needs more than that there is something, and which parts go along with that."""

    why: str


def fitting(pack: Pack, kind: str) -> tuple[Inquiry, ...]:
    """Return the requests for information that a receiver of this kind can get."""
    return tuple(each for each in pack.inquiries if kind in each.kinds)


def ways_to_ask(actor: Actor) -> tuple[Way, ...]:
    """Return whom a municipality can ask what; nobody who can be asked nothing."""
    pack = current_release().pack
    kinds = (Organisation.Kind.MUNICIPALITY, Organisation.Kind.PARTNER)
    ways = (Way(each, as_named(fitting(pack, each.kind))) for each in addressees(actor, kinds, pack))
    return tuple(way for way in ways if way.inquiries)


def inquiry_offer(case_code: str, to: str, about: str, actor: Actor) -> InquiryOffer:
    """Return what may be chosen for a request about a case; the case is opened, and logged as read.

    Raises:
        Absent: no such case, or that cannot be asked of this organisation.
    """
    release = current_release()
    found = next(
        (way.addressee for way in ways_to_ask(actor) if way.addressee.code == to and way.has(about)), None
    )
    if found is None:
        raise Absent
    case, inquiry = cases.case_for_referral(case_code, actor), release.pack.inquiries[about]
    return _offer(case, found, inquiry, release.pack, release.number, first=True)


def further_offer(code: str, actor: Actor) -> InquiryOffer:
    """Return what may go along with a second question, where there is something: what did not go yet.

    Raises:
        Absent: no such request of this organisation, or its receiver did not say that there is something.
    """
    row = find(Request, code, actor, REQUEST_FOLLOW)
    inquiry = row.inquiry
    if inquiry is None or row.case_id is None or not may_ask_further(row):
        raise Absent
    case = cases.case_for_referral(cases.code_of_case(row.case_id, actor), actor)
    offer = _offer(case, asked_of(row), inquiry, row.pack, row.release_number, first=False)
    content = open_envelope(row.envelope_id, actor=actor, purpose=REQUEST_FOLLOW).read(row, "content")
    went = {each["row"] for each in content.get("parts", ())}
    return replace(offer, parts=tuple(part for part in offer.parts if part.id not in went))


def _offer(
    case: cases.CaseForReferral, to: Addressee, inquiry: Inquiry, pack: Pack, number: int, *, first: bool
) -> InquiryOffer:
    may = inquiry.ceiling(first=first)
    later = frozenset(inquiry.may) - frozenset(may)
    outside = _("Niet nodig voor deze vraag.")
    waits = case.waits() if inquiry.asks_residents_question else {}
    ceiling = Ceiling(may, inquiry.may_not, outside, against_wish(case), waits)
    found = [each for each in cases.parts_for(case) if each.part in inquiry.may]
    parts = offered(found, ceiling, pack)
    return InquiryOffer(
        case_id=case.head.id,
        case_code=case.head.code,
        case_name=case.head.name,
        addressee=to,
        about=inquiry.id,
        label=shown(inquiry.label),
        secrecy=inquiry.secrecy,
        first=first,
        purposes=as_named(pack.purposes.named(inquiry.purposes)),
        bases=tuple(named(each) for each in pack.bases.named(inquiry.bases) if each.usable_by_municipality),
        asks=as_named(pack.parts.named(inquiry.asks)),
        answer_by=terms.answer_by(0 if case.head.acute else inquiry.answer_days),
        area=cases.area_in(found, case.municipality),
        acute=case.head.acute,
        minor=case.head.minor in MINOR,
        release_number=number,
        hindrances=_hindrances(case, inquiry),
        ticked=frozenset(
            part.id
            for part in parts
            if part.allowed
            and not part.free
            and (part.part == "place" or not pack.parts[part.part].identifies_person)
        ),
        parts=tuple(replace(part, reason=_later()) if part.part in later else part for part in parts),
        known=cases.known_to(case, finder()),
        never_parts=never_parts(pack),
        only=frozenset(may) - waits.keys(),
        # A place that the case does not have is asked about in words: it waits for the same question.
        held=PLACES if inquiry.asks_residents_question and not case.place_may_go else frozenset(),
    )


def _later() -> str:
    return _("Gaat pas mee als de ander iets heeft en dat mag delen.")


def _hindrances(case: cases.CaseForReferral, inquiry: Inquiry) -> tuple[Hindrance, ...]:
    first = residents_first(case) if inquiry.asks_residents_question else []
    return (*no_longer_here(case), *first)


def require_fitting(offer: InquiryOffer, choice: InquiryChoice) -> tuple[OfferedPart, ...]:
    """Return the parts that go, where all that was chosen fits together.

    Raises:
        DomainError: the first thing that is wrong, with its field.
    """
    require_free(offer.hindrances)
    require_offered(choice.purpose, offer.purposes, "purpose", otherwise=_("Kies waarvoor u dit vraagt."))
    require_offered(choice.basis, offer.bases, "basis", otherwise=_("Kies een grondslag."))
    if not choice.asks or choice.asks - {each.id for each in offer.asks}:
        raise DomainError(_("Kies wat u wilt weten."), "asks")
    check_words_and_day(choice.text, choice.answer_by)
    return chosen(offer, choice)
