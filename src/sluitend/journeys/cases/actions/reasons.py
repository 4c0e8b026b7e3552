"""Prepared reasons: one pick is enough, a sentence only for "another reason"."""

from typing import TypedDict

from django.utils.translation import gettext as _

from sluitend.journeys.cases.models import Minor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.handling import Reason
from sluitend.kernel.handbook.pack import Pack


def check_reason(pack: Pack, list_id: str, reason_id: str, sentence: str, *, field: str = "reason") -> Reason:
    """Return the prepared reason that was picked.

    Args:
        pack: of the release that the case follows.
        list_id: for which decision.
        reason_id: what was picked.
        sentence: what was typed beside it.
        field: of the form, for the message.

    Raises:
        DomainError: nothing was picked, or the reason asks for a sentence that is missing.
    """
    reason = pack.reason_list(list_id).reason(reason_id)
    if reason is None:
        raise DomainError(_("Kies een reden."), field)
    if reason.asks_sentence and not sentence.strip():
        raise DomainError(_("Schrijf in één zin uw reden."), f"{field}_text")
    return reason


class Told(TypedDict):
    """What `urgency.hear` takes of danger and of a child."""

    acute: bool
    minor: str


def told_by(*reasons: Reason) -> Told:
    """Return what who picked these reasons told of danger, and of a child."""
    child = any(each.minor for each in reasons)
    return {
        "acute": any(each.acute for each in reasons),
        "minor": Minor.PERHAPS if child else Minor.UNKNOWN,
    }


def said_by(reason: Reason, sentence: str) -> str:
    """Return what the timeline says of a reason: its label, or the sentence that it asked for."""
    return sentence.strip() if reason.asks_sentence else reason.label.nl


def sentence_for(reason: Reason, sentence: str) -> str | None:
    """Return the sentence when the reason asks for one: nothing else that was typed is kept."""
    return sentence.strip() if reason.asks_sentence else None
