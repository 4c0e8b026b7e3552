"""Asking: what somebody without an account may do. It runs as the intake role, for nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.care.content import RequestContent, first
from sluitend.journeys.care.promising import promised
from sluitend.journeys.care.queries.receiving import on_call_number, receiver
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.actions import Anonymity, Minor
from sluitend.journeys.reports.queries import Kind
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.requesting import ADVICE, MINOR, START

MINORS = {"ja": Minor.YES, "nee": Minor.NO, "misschien": Minor.PERHAPS}


@dataclass(frozen=True)
class Asked:
    """What the asker gets: the code, which is nowhere else, and what is promised."""

    receipt: str
    promise: str
    number: str
    """Of who is on call, where that is promised."""
    fresh: bool


def file_request(answers: Mapping[str, Sequence[str]], *, sending: UUID, pack: Pack) -> Asked:
    """Take in a request for help, or a question for advice, for the organisation that coordinates care.

    Args:
        answers: to what was asked, by the names of the fields.
        sending: random number of the page; the same gives the same code and no second request.
        pack: the handbook that holds.

    Raises:
        DomainError: nobody reads there.
    """
    organisation_id = receiver(pack)
    if organisation_id is None:
        raise DomainError(_("Hier leest nu niemand uw vraag. Bel de gemeente."))
    promise = promised(pack.request, answers, on_call=lambda: on_call_number(pack))
    advice = ADVICE in answers.get(START, ())
    filed = reports.file_report(
        reports.Filing(
            organisation_id=organisation_id,
            content=RequestContent.of(answers, promise=promise),
            kind=Kind.CONSULT if advice else Kind.CARE,
            anonymity=_anonymity(answers, advice=advice),
            minor=MINORS.get(first(answers, MINOR), Minor.UNKNOWN),
            acute=promise.hurried,
            sending=sending,
            due=promise.due,
        ),
        pack=pack,
    )
    return Asked(filed.receipt, promise.name, promise.number, filed.fresh)


def keep_receipt(asked: Asked, *, advice: bool, actor: Actor) -> None:
    """Keep the receipt for whoever is signed in: after signing in they find back what they asked."""
    kind = Kind.CONSULT if advice else Kind.CARE
    reports.remember_receipt(receipt=asked.receipt, kind=kind, actor=actor)


def _anonymity(answers: Mapping[str, Sequence[str]], *, advice: bool) -> str:
    if advice:
        return Anonymity.ANONYMOUS
    return Anonymity.NAMED if first(answers, "may_name_asker") == "ja" else Anonymity.CONFIDENTIAL
