"""What another organisation would read of a case or a message, and what of it a person must look at first."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from sluitend.journeys.exchanges.parts import OfferedPart, PartsChoice, PartsOffer, chosen
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.telltale import (
    GO,
    SURE,
    Look,
    Sort,
    Written,
    finder,
    looks_at,
    place_first,
    require_looked_at,
    told_by,
    without,
    written_part,
)
from sluitend.kernel.telltale.forms import LONGEST_TEXT, text_field
from sluitend.kernel.telltale.leaving import refuse

EXPLANATION = "explanation"
"""The row of what somebody writes beside the parts."""


def as_written(offer: PartsOffer, chosen: Iterable[str], texts: Mapping[str, str]) -> tuple[OfferedPart, ...]:
    """Return the chosen parts in the words that somebody gave them; what is no free text stays as it is."""
    wanted = frozenset(chosen)
    return tuple(
        replace(part, text=texts.get(part.id, part.text).strip()) if part.free else part
        for part in offer.allowed
        if part.id in wanted
    )


def looks_of(
    offer: PartsOffer, parts: Iterable[OfferedPart], explanation: str, today: date
) -> tuple[Look, ...]:
    """Return what is to be looked at in these parts and the explanation."""
    parts = tuple(parts)
    texts = [written for part in parts if (written := written_part(part.id, part.part, part.text))]
    return looks_at(
        [*texts, Written(EXPLANATION, explanation)],
        finder=finder(),
        known=offer.known,
        today=today,
        goes=told_by(part.part for part in parts if not part.free),
    )


def may_go(offer: PartsOffer, look: Look) -> bool:
    """Return whether a word may go along: what never leaves a municipality goes to nobody.

    Where the offer says which parts words may tell, what is known or sure of another sort stays too.
    """
    if look.sort is Sort.REPORTER or look.sort in offer.held:
        return False
    part, sure = look.sort.part, look.sort in SURE
    if sure and part in offer.never_parts:
        return False
    return offer.only is None or part in offer.only or not (sure or look.known)


def require_meant(
    offer: PartsOffer, choice: PartsChoice, explanation: str, today: date
) -> tuple[tuple[OfferedPart, ...], str]:
    """Return parts and explanation as the other one reads them.

    Raises:
        DomainError: a part cannot go, or a word was not looked at, with its field.
    """
    chosen(offer, choice)
    parts, explanation = as_written(offer, choice.parts, choice.texts), explanation.strip()
    for part in parts:
        _check_text(part)
    looks = looks_of(offer, parts, explanation, today)
    meant = (look for look in looks if choice.looked.get(look.key) == GO)
    refuse((look for look in meant if look.sort in offer.held), looks, place_first())
    require_looked_at(looks, choice.looked, lambda look: may_go(offer, look))
    sent = tuple(
        replace(part, text=without(Written(part.id, part.text), looks, choice.looked)) for part in parts
    )
    told = without(Written(EXPLANATION, explanation), looks, choice.looked)
    # Held against the very words that leave: what was left out may not uncover something else.
    after = looks_of(offer, sent, told, today)
    refuse((look for look in after if look.sort in offer.held), looks, place_first())
    refuse((look for look in after if not may_go(offer, look)), looks)
    return sent, told


def _check_text(part: OfferedPart) -> None:
    if part.free and not part.text:
        raise DomainError(_("Schrijf wat de ander leest, of vink dit uit."), text_field(part.id))
    if part.free and len(part.text) > LONGEST_TEXT:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 20.000 tekens."), text_field(part.id))
