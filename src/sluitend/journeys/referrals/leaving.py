"""What a partner would read word for word, and what of it a person must look at first.

Pure functions over frozen data, as in `choosing`: computed anew at sending, from what is really sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from sluitend.journeys.referrals.choosing import (
    NUMBER,
    QUESTION,
    WISHES_AGAINST,
    Choice,
    Offer,
    OfferedPart,
    Selected,
    problems,
    selected,
)
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.telltale import (
    GO,
    OUT,
    SURE,
    Look,
    Sort,
    Written,
    forms,
    looks_at,
    place_first,
    told_by,
    without,
    written_part,
)
from sluitend.kernel.telltale.leaving import look_field, still_to_look_at

WHO = frozenset({Sort.NAME, Sort.BIRTH, Sort.PHONE, Sort.NUMBER, Sort.MAIL, Sort.ACCOUNT})
"""What says who somebody is."""

MOST_NUMBER = 9999


class Rule(StrEnum):
    """Whether a word may stay."""

    FREE = "free"
    GROUND = "ground"
    NEVER = "never"


def rule_for(offer: Offer, look: Look) -> Rule:
    """Return whether a word may go along with this route.

    What only looks like a name or a street never needs a ground: a capital letter is no evidence.
    """
    if look.sort is Sort.REPORTER or (look.sort is Sort.REACH and not offer.to_care):
        return Rule.NEVER
    if look.sort in offer.held:
        return Rule.NEVER  # also what only looks like an address, of a place that the case does not have
    if not look.known and look.sort not in SURE:
        return Rule.FREE
    if look.sort.part in offer.never_parts:
        return Rule.NEVER
    return Rule.FREE if look.sort.part in offer.may_parts else Rule.GROUND


def as_written(offer: Offer, chosen: Iterable[str], texts: Mapping[str, str]) -> tuple[OfferedPart, ...]:
    """Return the chosen parts in the words that somebody gave them; what is no free text stays as it is."""
    wanted = frozenset(chosen)
    return tuple(
        replace(part, text=texts.get(part.id, part.text).strip())
        if part.free or part.part == NUMBER
        else part
        for part in offer.parts
        if part.id in wanted and not part.never
    )


def looks_of(offer: Offer, parts: Iterable[OfferedPart], question: str, today: date) -> tuple[Look, ...]:
    """Return what is to be looked at in these parts and the question."""
    parts = tuple(parts)
    return looks_at(
        [written for part in parts if (written := _written(part))] + [Written(QUESTION, question)],
        finder=offer.finder,
        known=offer.known,
        today=today,
        goes=told_by(part.part for part in parts if not part.free),
    )


def as_sent(
    parts: Iterable[OfferedPart], question: str, looks: tuple[Look, ...], looked: Mapping[str, str]
) -> tuple[tuple[OfferedPart, ...], str]:
    """Return parts and question as the partner reads them: without what was left out."""
    sent = (
        replace(part, text=without(written, looks, looked)) if (written := _written(part)) else part
        for part in parts
    )
    return tuple(sent), without(Written(QUESTION, question), looks, looked)


def with_named_off(offer: Offer, today: date) -> Offer:
    """Tick nothing beforehand that tells of a person, where nobody may be named."""
    if not offer.without_names:
        return offer
    why = _("Hierin staat iets over een persoon. Lees het eerst.")
    named = {
        look.row for look in looks_of(offer, offer.parts, "", today) if rule_for(offer, look) != Rule.FREE
    }
    return replace(
        offer,
        parts=tuple(replace(each, off=each.off or why) if each.id in named else each for each in offer.parts),
    )


@dataclass(frozen=True)
class _Leaving:
    """What somebody chose, word for word: as it was written, what is to be looked at, and as it is sent."""

    parts: tuple[OfferedPart, ...]
    looks: tuple[Look, ...]
    sent: tuple[OfferedPart, ...]
    asked: str
    after: tuple[Look, ...]
    """What is found in the very words that are sent: what was left out may not uncover something else."""


def _leaving(offer: Offer, choice: Choice, today: date) -> _Leaving:
    # Once for all who ask: every text is searched for everything that could tell who somebody is.
    parts, question = as_written(offer, choice.parts, choice.texts), choice.question.strip()
    looks = looks_of(offer, parts, question, today)
    sent, asked = as_sent(parts, question, looks, choice.looked)
    same = (sent, asked) == (parts, question)
    said = (offer.no_way,) if offer.no_way and choice.no_way else ()
    after = looks if same else looks_of(offer, sent, asked, today)
    return _Leaving(parts, looks, (*sent, *said), asked, after)


def going(offer: Offer, choice: Choice, today: date) -> Selected:
    """Return what the partner would read, and in which respects that goes further than route or wish."""
    return _going(offer, choice, _leaving(offer, choice, today))


def _going(offer: Offer, choice: Choice, leaving: _Leaving) -> Selected:
    stay = [look for look in leaving.looks if choice.looked.get(look.key) == GO]
    what = selected(offer, choice.parts, parts=leaving.sent, question=leaving.asked)
    named = offer.wish in WISHES_AGAINST and any(look.known and look.sort in WHO for look in stay)
    return replace(
        what,
        against_wish=what.against_wish or named,
        words=tuple(look.text for look in stay if rule_for(offer, look) == Rule.GROUND),
    )


def all_problems(offer: Offer, choice: Choice, today: date) -> dict[str, str]:
    """Return everything that is wrong with a choice, by field; empty when it may be sent."""
    leaving = _leaving(offer, choice, today)
    return _all_problems(offer, choice, today, leaving, _going(offer, choice, leaving))


def require_sendable(offer: Offer, choice: Choice, today: date) -> Selected:
    """Return what goes.

    Raises:
        DomainError: the first thing that is wrong, with its field.
    """
    leaving = _leaving(offer, choice, today)
    what = _going(offer, choice, leaving)
    for name, message in _all_problems(offer, choice, today, leaving, what).items():
        raise DomainError(message, field=name)
    return what


def _all_problems(
    offer: Offer, choice: Choice, today: date, leaving: _Leaving, what: Selected
) -> dict[str, str]:
    return {**problems(offer, choice, what, today), **_leaving_problems(offer, choice, leaving)}


def _leaving_problems(offer: Offer, choice: Choice, leaving: _Leaving) -> dict[str, str]:
    if found := _text_problems(leaving.parts):
        return found
    unread = [look for look in leaving.looks if choice.looked.get(look.key) not in (OUT, GO)]
    if unread:
        return {look_field(unread[0]): still_to_look_at(len(unread))}
    for look in leaving.after:
        if rule_for(offer, look) == Rule.NEVER:
            alike = (each for each in leaving.looks if (each.row, each.text) == (look.row, look.text))
            same = next(alike, None)
            name = look_field(same) if same else "parts"
            stays = _("“%(word)s” mag niet mee. Laat het weg of schrijf het anders.") % {"word": look.text}
            return {name: f"{stays} {place_first()}" if look.sort in offer.held else stays}
    return {}


def text_field(part: OfferedPart) -> str:
    """Return the name of the field with the words of a part."""
    return forms.text_field(part.id)


def no_number() -> str:
    """Return what is said of a number of people that is none."""
    return _("Schrijf een getal van 0 tot en met 9999.")


def _text_problems(parts: Iterable[OfferedPart]) -> dict[str, str]:
    found = {}
    for part in parts:
        if part.part == NUMBER and not (part.text.isdecimal() and int(part.text) <= MOST_NUMBER):
            found[text_field(part)] = no_number()
        elif part.free and not part.text:
            found[text_field(part)] = _("Schrijf wat de partner leest, of vink dit uit.")
        elif part.free and len(part.text) > forms.LONGEST_TEXT:
            found[text_field(part)] = _("Dit is te lang. Schrijf ten hoogste 20.000 tekens.")
    return found


def _written(part: OfferedPart) -> Written | None:
    return written_part(part.id, part.part, part.text)
