"""What the handbook says to somebody at risk: statements, numbers, places and questions to oneself.

What is not confirmed, or does not hold today, is not here; of a blocked text the one in its stead is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sluitend.kernel.handbook.checks_of_translations import read_in_whole
from sluitend.kernel.handbook.entries import FALLBACK_LANGUAGE, Entry, Text
from sluitend.kernel.handbook.helping import InformationPoint
from sluitend.kernel.handbook.hours import answered
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import before_calling
from sluitend.kernel.handbook.recognition import HelpLine, PublicText
from sluitend.surfaces.tongues import ALWAYS

from .words import Words, words

EMERGENCY = "112"
# A page may be seen over a shoulder: no word of the subject, also not in the name of an organisation.
TELLING = re.compile(
    r"mensenhandel|slachtoffer|uitbuiting|dader|verdachte|prostitu|politie|illega"
    r"|traffick|victim|exploit|perpetrator|suspect|police|crime|misdaad|slavernij|slavery",
    re.IGNORECASE,
)
# What a statement may say, but not on a first screen.
INTIMATE = re.compile(rf"{TELLING.pattern}|\bseks|\bsex", re.IGNORECASE)
# Which picture stands with a statement that is not of its topic's own kind.
PICTURES = {"telling_2": "hand", "telling_4": "danger", "telling_5": "place"}


@dataclass(frozen=True)
class Statement:
    """One thing to know.

    `unread` means: not yet read in this language, so in Dutch and English instead. What is `folded` is not
    for a first screen. What is `to_do` somebody can do now.
    """

    versions: tuple[Words, ...]
    picture: str
    unread: bool
    folded: bool
    to_do: bool


@dataclass(frozen=True)
class Line:
    """A number to tap or a page to write to. `open` is None when the hours were not checked."""

    name: Words
    number: str
    tel: str
    audience: Words
    hours: Words | None
    open: bool | None
    languages: tuple[str, ...]
    chat: str


@dataclass(frozen=True)
class PlaceToGo:
    """A place to go to; `speaks` tells that it is known to speak the language of the page."""

    anchor: str
    name: Words
    where: Words
    what: Words
    spoken: Words
    hours: Words | None
    number: str
    tel: str
    address: str
    speaks: bool
    serves: tuple[str, ...]


@dataclass(frozen=True)
class OwnQuestion:
    """A question to oneself. The answer stays on the screen."""

    key: str
    question: Words
    picture: str


def statements(pack: Pack, topic: str, picture: str, code: str, day: date) -> tuple[Statement, ...]:
    """Return what there is to know of a topic: first what needs no reading by a lawyer, each once."""
    found = {
        each.id: each
        for text in pack.public_texts
        if text.topic == topic
        for each in _standing(pack, text, day)
    }
    ordered = sorted(found.values(), key=lambda each: each.legal)
    return tuple(_statement(each, PICTURES.get(each.id, picture), code, day) for each in ordered)


def sentence(pack: Pack, text_id: str, code: str, day: date) -> Words | None:
    """Return one sentence of the handbook by its id, or None when the public may not see it."""
    text = pack.public_texts.get(text_id)
    standing = _standing(pack, text, day) if text else ()
    return words(standing[0].text, code) if standing else None


def is_read_in(pack: Pack, code: str) -> bool:
    """Tell whether somebody has read all of these pages in a language; Dutch and English are ours."""
    return code in ALWAYS or read_in_whole(pack, code)


def lines(pack: Pack, code: str, moment: datetime) -> tuple[Line, ...]:
    """Return the numbers that the public may see, without 112 and without a name that tells the subject.

    Nor that of police or inspection: who reads this calls who helps, and what must come first stands in no
    language here.
    """
    known = (each for each in pack.public_help_lines() if each.for_seekers)
    valid = (each for each in known if each.valid_on(moment.date()))
    helping = (each for each in valid if not before_calling(each.id, pack))
    shown = (each for each in helping if each.id != EMERGENCY and _reachable(each) and not _tells(each))
    return tuple(_line(pack, each, code, moment) for each in shown)


def one_to_call(shown: Iterable[Line], own_name: str) -> Line | None:
    """Return the one number that a first screen may have: answered at known hours, in this language."""
    sure = (each for each in shown if each.tel and each.open is not None and own_name in each.languages)
    return next(sure, None)


def emergency(pack: Pack, code: str) -> Words | None:
    """Return the name of 112 in a language; the number itself always stands on the page."""
    line = pack.help_lines.get(EMERGENCY)
    return words(line.name, code) if line else None


def is_open(line: HelpLine, moment: datetime) -> bool | None:
    """Tell whether somebody answers now, or None when the hours are not known for certain.

    Args:
        moment: the time of day in the Netherlands.
    """
    return answered(line, moment).now if line.open_confirmed else None


def places(pack: Pack, code: str, day: date) -> tuple[PlaceToGo, ...]:
    """Return the places to go to, first those that are known to speak the language.

    One without an address or a number is not here: nobody can go there.
    """
    known = (each for each in pack.points if each.public and each.valid_on(day))
    found = [_place(pack, each, code) for each in known if each.address or each.number]
    return tuple(sorted(found, key=lambda each: not each.speaks))


def own_questions(pack: Pack, code: str, day: date) -> tuple[OwnQuestion, ...]:
    """Return the questions to oneself."""
    shown = (each for each in pack.self_check if _public(each, day))
    return tuple(OwnQuestion(each.id, words(each.text, code), each.picture) for each in shown)


def _public(entry: Entry, day: date) -> bool:
    return entry.confirmed and entry.valid_on(day)


def _standing(pack: Pack, text: PublicText, day: date) -> tuple[PublicText, ...]:
    block = pack.blocks[text.blocked_by] if text.blocked_by else None
    standing = pack.public_texts[block.instead] if block and not block.lifted else text
    return (standing,) if _public(standing, day) else ()


def _statement(text: PublicText, picture: str, code: str, day: date) -> Statement:
    unread = text.legal and code not in ALWAYS and not (text.reviewed_in(code) and text.text.has(code))
    codes = ALWAYS if unread else (code,)
    versions = tuple(_with_amount(text, each, day) for each in codes)
    return Statement(versions, picture, unread, _says(INTIMATE, text.text), text.to_do)


def _with_amount(text: PublicText, code: str, day: date) -> Words:
    said = words(text.text, code)
    if text.amount is None or not text.amount.shown_on(day):
        return said
    amount = f"{text.amount.value:.2f}"
    comma = amount.replace(".", ",") if said.code != FALLBACK_LANGUAGE else amount
    return Words(f"{said.text} {comma} {text.amount.unit.in_language(said.code)}.", said.code, said.direction)


def _tells(line: HelpLine) -> bool:
    return any(_says(TELLING, text) for text in (line.name, line.audience))


def _says(words_of: re.Pattern[str], text: Text) -> bool:
    return any(words_of.search(text.in_language(code)) for code in ALWAYS)


def _reachable(line: HelpLine) -> bool:
    return bool(line.chat) or any(map(str.isdigit, line.number))


def _line(pack: Pack, line: HelpLine, code: str, moment: datetime) -> Line:
    return Line(
        name=words(line.name, code),
        number=line.number,
        tel=_tel(line.number),
        audience=words(line.audience, code),
        hours=words(line.hours, code) if line.open and line.open_confirmed else None,
        open=is_open(line, moment),
        languages=tuple(pack.languages[each].own_name for each in line.languages),
        chat=line.chat or "",
    )


def _place(pack: Pack, point: InformationPoint, code: str) -> PlaceToGo:
    return PlaceToGo(
        anchor=point.id,
        name=words(point.label, code),
        where=words(point.where, code),
        what=words(point.what, code),
        spoken=words(point.spoken, code),
        hours=words(point.hours, code) if point.hours else None,
        number=point.number or "",
        tel=_tel(point.number or ""),
        address=point.address or "",
        speaks=code in point.languages,
        serves=tuple(sorted(each.known_as for each in pack.municipalities.named(point.municipalities))),
    )


def _tel(number: str) -> str:
    return re.sub(r"[^0-9+]", "", number)
