"""The cards "Laat dit zien": one sentence in two languages, with answers to point at. Nothing is kept.

A card states no number and no rule, so one that the region has not confirmed yet is shown, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.helping import Card, CardDirection
from sluitend.kernel.handbook.pack import Pack

from .words import Words, words

# A picture for an answer that says as much in each card; any other has the picture of its card.
ANSWER_PICTURES = {
    **dict.fromkeys(("ja", "nu", "bel_nu", "vandaag"), "check"),
    **dict.fromkeys(("nee", "niemand", "niet", "zeg_niets", "nergens"), "no"),
    **dict.fromkeys(("straks", "later", "soms"), "clock"),
    **dict.fromkeys(("tolk", "kom_mee", "nu_weg", "hulp", "bericht"), "talk"),
    **dict.fromkeys(("kaart", "uitleg"), "card"),
    "weet_niet": "more",
}


@dataclass(frozen=True)
class Pair:
    """The same in the language of who sits on either side."""

    person: Words
    official: Words

    @property
    def differ(self) -> bool:
        """Whether these are two languages; else saying it once is enough."""
        return self.person.code != self.official.code


@dataclass(frozen=True)
class Answer:
    """An answer to point at, and what it asks of the official."""

    words: Pair
    picture: str
    follow_up: Words | None


@dataclass(frozen=True)
class Listed:
    """A card in a list. `asks` tells that the official asks; else somebody shows what they want to say."""

    key: str
    words: Pair
    picture: str
    asks: bool


@dataclass(frozen=True)
class Shown:
    """One card, its answers, and the cards on either side of it."""

    card: Listed
    number: int
    count: int
    answers: tuple[Answer, ...]
    previous: str
    next: str
    confirmed: bool


def listed(pack: Pack, person: str, official: str, day: date) -> tuple[Listed, ...]:
    """Return the cards: first what an official asks, then what somebody may want to say."""
    return tuple(_listed(card, person, official) for card in _cards(pack, day))


def shown(pack: Pack, key: str, person: str, official: str, day: date) -> Shown | None:
    """Return one card, or None when there is none of this name."""
    cards = _cards(pack, day)
    at = next((number for number, card in enumerate(cards) if card.id == key), None)
    if at is None:
        return None
    card = cards[at]
    return Shown(
        card=_listed(card, person, official),
        number=at + 1,
        count=len(cards),
        answers=tuple(_answers(pack, card, person, official)),
        previous=cards[at - 1].id if at else "",
        next=cards[at + 1].id if at + 1 < len(cards) else "",
        confirmed=card.confirmed,
    )


def is_draft(pack: Pack, day: date) -> bool:
    """Tell whether the region has still to confirm a card."""
    return any(not card.confirmed for card in _cards(pack, day))


def _cards(pack: Pack, day: date) -> tuple[Card, ...]:
    valid: Iterable[Card] = (card for card in pack.cards if card.valid_on(day))
    return tuple(sorted(valid, key=lambda card: card.direction is CardDirection.FROM_PERSON))


def _pair(text: Text, person: str, official: str) -> Pair:
    return Pair(words(text, person), words(text, official))


def _listed(card: Card, person: str, official: str) -> Listed:
    asks = card.direction is CardDirection.TO_PERSON
    return Listed(card.id, _pair(card.text, person, official), card.picture, asks)


def _answers(pack: Pack, card: Card, person: str, official: str) -> Iterator[Answer]:
    for each in card.answers:
        follow_up = words(each.follow_up, official) if each.follow_up else None
        picture = ANSWER_PICTURES.get(each.id, card.picture)
        yield Answer(_pair(each.text, person, official), picture, follow_up)
    if card.direction is CardDirection.FROM_PERSON:
        return  # an official does not answer a call for help with silence
    for standard in pack.card_answers:
        picture = ANSWER_PICTURES.get(standard.id, card.picture)
        yield Answer(_pair(standard.text, person, official), picture, None)
