"""Who can be asked something, on what ground, and the rules for a question."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.exchanges.models import Request
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.flow import terms
from sluitend.kernel.flow.reasons import Named
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Membership, Organisation, Role
from sluitend.kernel.organisations.reading import towns
from sluitend.kernel.telltale import Looked

Kind = Request.Kind
QUESTION_LENGTH = 2000
LATEST_DAYS = 60
PARTNER_KINDS = (Kind.QUESTION, Kind.DEED, Kind.SIGNAL)
ANSWERS_FOR = {
    Organisation.Kind.MUNICIPALITY: (Role.FOCAL_POINT, Role.DEPUTY),
    Organisation.Kind.PARTNER: (Role.PARTNER,),
}
"""Who answers for an organisation of a kind."""


@dataclass(frozen=True)
class Addressee:
    """An organisation that can be asked: somebody there can sign in today."""

    id: UUID
    code: str
    name: str
    is_municipality: bool


@dataclass(frozen=True)
class AskOffer:
    """All that may be chosen for a question."""

    addressees: tuple[Addressee, ...]
    kinds: tuple[Named, ...]
    bases: tuple[Named, ...]
    purposes: tuple[Named, ...]
    answer_by: date
    release_number: int
    needs_ground: bool

    def addressee(self, code: str) -> Addressee | None:
        """Return the organisation with this code when it can be asked."""
        return next((each for each in self.addressees if each.code == code), None)


@dataclass(frozen=True)
class Question:
    """What a person asks of whom."""

    to: str
    kind: str
    text: str
    answer_by: date
    basis: str = ""
    purpose: str = ""
    acute: bool = False
    minor: bool = False
    looked: Looked = field(default_factory=dict)


def ask_offer(actor: Actor) -> AskOffer:
    """Return whom this person can ask what: a municipality what others hold, a partner a municipality."""
    release, partner = current_release(), is_partner(actor)
    pack = release.pack
    return AskOffer(
        addressees=_addressees(actor, municipalities_only=partner),
        kinds=tuple(
            Named(each.value, str(each.label)) for each in (PARTNER_KINDS if partner else (Kind.KNOWN,))
        ),
        bases=_bases(pack, municipality=not partner),
        purposes=tuple(Named(each.id, shown(each.label)) for each in pack.purposes),
        answer_by=terms.answer_by(None),
        release_number=release.number,
        needs_ground=not partner,
    )


def is_partner(actor: Actor) -> bool:
    """Return whether somebody asks and answers for a partner."""
    return actor.organisation_kind == Organisation.Kind.PARTNER


def answer_bases(pack: Pack, actor: Actor) -> tuple[Named, ...]:
    """Return the legal bases on which the actor's organisation may share something."""
    return _bases(pack, municipality=not is_partner(actor))


def check_question(offer: AskOffer, question: Question) -> Addressee:
    """Return who is asked.

    Raises:
        DomainError: the first thing that is wrong, with its field.
    """
    asked = offer.addressee(question.to)
    if asked is None:
        raise DomainError(_("Kies aan wie u dit vraagt."), "to")
    if question.kind not in {each.id for each in offer.kinds}:
        raise DomainError(_("Kies wat het is."), "kind")
    if not question.text.strip():
        raise DomainError(_("Schrijf wat u vraagt."), "text")
    if len(question.text) > QUESTION_LENGTH:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 2.000 tekens."), "text")
    _check_ground(offer, question)
    ahead = (question.answer_by - timezone.localdate()).days
    if ahead < 0:
        raise DomainError(_("Deze dag is voorbij. Kies vandaag of later."), "answer_by")
    if ahead > LATEST_DAYS:
        raise DomainError(_("Kies een dag binnen twee maanden."), "answer_by")
    return asked


def _check_ground(offer: AskOffer, question: Question) -> None:
    # A partner has rules of its own; where it names a ground it must be one of the handbook.
    if (offer.needs_ground or question.basis) and question.basis not in {each.id for each in offer.bases}:
        raise DomainError(_("Kies een grondslag."), "basis")
    if (offer.needs_ground or question.purpose) and question.purpose not in {
        each.id for each in offer.purposes
    }:
        raise DomainError(_("Kies waarvoor u dit vraagt."), "purpose")


def _addressees(actor: Actor, *, municipalities_only: bool) -> tuple[Addressee, ...]:
    kinds = [Organisation.Kind.MUNICIPALITY]
    if not municipalities_only:
        kinds.append(Organisation.Kind.PARTNER)
    roles = [role for kind in kinds for role in ANSWERS_FOR[kind]]
    members = Membership.objects.at_work().filter(role__in=roles)
    rows = Organisation.objects.filter(kind__in=kinds, pk__in=members.values("organisation_id")).exclude(
        pk=actor.own_organisation
    )
    # Who was only invited reads nothing yet.
    rows = rows.exclude(pk__in=[each.id for each in towns() if not each.reads])
    return tuple(
        Addressee(key, code, name, kind == Organisation.Kind.MUNICIPALITY)
        for key, code, name, kind in rows.order_by("kind", "name").values_list("pk", "code", "name", "kind")
    )


def _bases(pack: Pack, *, municipality: bool) -> tuple[Named, ...]:
    return tuple(
        Named(each.id, f"{shown(each.label)} ({each.code})")
        for each in pack.bases
        if not municipality or each.usable_by_municipality
    )
