"""What the other municipality would read of a case, and what of it a person must look at first."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from sluitend.journeys.exchanges.offers import OfferedPart, TransferChoice, TransferOffer, require_sendable
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.telltale import (
    FREE_PARTS,
    GO,
    OUT,
    SURE,
    Look,
    Written,
    finder,
    looks_at,
    told_by,
    without,
    written_part,
)
from sluitend.kernel.telltale.forms import look_field, still_to_look_at

EXPLANATION = "explanation"


def looks_of(offer: TransferOffer, chosen: Iterable[str], explanation: str, today: date) -> tuple[Look, ...]:
    """Return what is to be looked at in these parts and the explanation."""
    wanted = frozenset(chosen)
    parts = [part for part in offer.allowed if part.id in wanted]
    texts = [written for part in parts if (written := written_part(part.id, part.part, part.text))]
    return looks_at(
        [*texts, Written(EXPLANATION, explanation)],
        finder=finder(),
        known=offer.known,
        today=today,
        goes=told_by(part.part for part in parts if part.part not in FREE_PARTS),
    )


def may_go(offer: TransferOffer, look: Look) -> bool:
    """Return whether a word may go along: what never leaves a municipality does not go to another one."""
    return look.sort not in SURE or look.sort.part not in offer.never_parts


def require_looked_at(
    offer: TransferOffer, choice: TransferChoice, today: date
) -> tuple[tuple[OfferedPart, ...], str]:
    """Return parts and explanation as the other one reads them.

    Raises:
        DomainError: something in the choice is not allowed, or a word was not looked at, with its field.
    """
    parts, explanation = require_sendable(offer, choice), choice.explanation.strip()
    looks = looks_of(offer, choice.parts, explanation, today)
    unread = [look for look in looks if choice.looked.get(look.key) not in (OUT, GO)]
    if unread:
        raise DomainError(still_to_look_at(len(unread)), look_field(unread[0]))
    for look in looks:
        if choice.looked[look.key] == GO and not may_go(offer, look):
            raise DomainError(_("Dit mag niet mee. Laat het weg of schrijf het anders."), look_field(look))
    sent = tuple(
        replace(part, text=without(Written(part.id, part.text), looks, choice.looked)) for part in parts
    )
    return sent, without(Written(EXPLANATION, explanation), looks, choice.looked)
