"""The rules for a question: what it is, of whom, and how it is answered."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.exchanges.models import Request
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.phrases import marked
from sluitend.kernel.flow.reasons import Named
from sluitend.kernel.handbook.guidance import Basis
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.telltale import Looked

Answer, Kind = Request.Answer, Request.Kind
QUESTION_LENGTH = 2000
LATEST_DAYS = 60
PARTNER_KINDS = (Kind.QUESTION, Kind.DEED)
"""What a partner asks. A signal is a report: it goes by its own form, straight into the inbox."""


@dataclass(frozen=True)
class Addressee:
    """An organisation that can be asked: somebody there can sign in today."""

    id: UUID
    code: str
    name: str
    kind: str
    """Of a partner as the handbook has it; every municipality is one kind."""


@dataclass(frozen=True)
class AskOffer:
    """All that a partner may choose for a question to a municipality."""

    addressees: tuple[Addressee, ...]
    kinds: tuple[Named, ...]
    answer_by: date
    release_number: int

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
    acute: bool = False
    minor: bool = False
    looked: Looked = field(default_factory=dict)


def is_partner(actor: Actor) -> bool:
    """Return whether somebody asks and answers for a partner."""
    return actor.organisation_kind == Organisation.Kind.PARTNER


def answer_bases(pack: Pack, actor: Actor) -> tuple[Named, ...]:
    """Return the legal bases on which the actor's organisation may share something."""
    return tuple(named(each) for each in pack.bases if is_partner(actor) or each.usable_by_municipality)


def named(basis: Basis) -> Named:
    """Return a legal basis with its code."""
    words = f"{shown(basis.label)} ({basis.code})"
    return Named(basis.id, marked(words, confirmed=basis.confirmed))


def answers_to(row: Request) -> tuple[str, ...]:
    """Return what can be answered now. To what somebody holds: first only whether there is something.

    Who is bound by professional secrecy can also say that there is something that may not be told.
    """
    if row.kind == Request.Kind.KNOWN and row.answer == Answer.NONE:
        silent = (Answer.SILENT,) if has_secrecy(row) else ()
        return (Answer.HIT, *silent, Answer.NOTHING, Answer.MAY_NOT)
    if row.kind == Request.Kind.KNOWN:
        return (Answer.DETAILS, Answer.MAY_NOT)
    return (Answer.DETAILS, Answer.NOTHING, Answer.MAY_NOT)


def has_secrecy(row: Request) -> bool:
    """Return whether whoever is asked is bound by professional secrecy."""
    return row.inquiry is not None and row.inquiry.secrecy


def may_answer(row: Request) -> bool:
    """Return whether it is the turn of whoever is asked."""
    return row.state == State.ACCEPTED and row.answer in (Answer.NONE, Answer.ASKED)


def may_ask_further(row: Request) -> bool:
    """Return whether there is something of which more can be asked about a case."""
    return row.state == State.ACCEPTED and row.answer == Answer.HIT and bool(row.about)


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
    check_words_and_day(question.text, question.answer_by)
    return asked


def check_words_and_day(text: str, answer_by: date) -> None:
    """Refuse a question without words, and a day that cannot be.

    Raises:
        DomainError: the first thing that is wrong, with its field.
    """
    if not text.strip():
        raise DomainError(_("Schrijf wat u vraagt."), "text")
    if len(text) > QUESTION_LENGTH:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 2.000 tekens."), "text")
    check_day(answer_by)


def check_day(answer_by: date) -> None:
    """Refuse a day before which nobody can answer, or that lies too far away.

    Raises:
        DomainError: it does.
    """
    ahead = (answer_by - timezone.localdate()).days
    if ahead < 0:
        raise DomainError(_("Deze dag is voorbij. Kies vandaag of later."), "answer_by")
    if ahead > LATEST_DAYS:
        raise DomainError(_("Kies een dag binnen twee maanden."), "answer_by")
