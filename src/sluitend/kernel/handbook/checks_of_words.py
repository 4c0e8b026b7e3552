"""The rules for words: what no sign and no id may name, and what no text may carry into a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape

from pydantic import BaseModel

from .entries import Entries, Entry, Text
from .origins import REMEMBERED, group_in_words, origin_in_id, origin_in_words
from .pack import Pack
from .problems import Finding, Words

# What somebody sees or hears, where they are told to look or to ask, and whom they are told to think of.
_SIGNS: Mapping[str, tuple[str, ...]] = {
    "indicators": ("label",),
    "marks": ("label",),
    "categories": ("label",),
    "moments": ("label", "look_at", "ask"),
    "questions": ("text",),
    "self_check": ("text",),
    "cards": ("text",),
    "risk_groups": ("label",),
    "sectors": ("label",),
    "branches": ("label",),
    "plan_facts": ("label",),
    "plan_answers": ("label",),
}

# The name of whom or what one goes to is no sign: a centre for refugees, care for people with a disability.
_NAMES_OF_PLACES = frozenset({"risk_groups", "sectors", "branches", "moments.label"})

# The ids of languages are the codes that the whole world uses.
_FREE_IDS = frozenset({"languages"})

_TAG = re.compile(r"<[a-z!/?]", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]]*\]\s*[(\[]")
_RUNNING_LINK = re.compile(r"(?:java|vb)script:|data:(?:text|image|application)/")
_IGNORED_IN_LINKS = re.compile(r"[\s\x00-\x1f\u00ad\u200b-\u200f\u2060\ufeff]+")

_PLAIN: Words = (
    "schrijf gewone tekst, zonder HTML of Markdown",
    "write plain text, without HTML or Markdown",
)


def word_findings(pack: Pack) -> Iterator[Finding]:
    """Yield every sign that says what people are, each id with origin, and what is more than text."""
    for part, fields in _SIGNS.items():
        for entry in getattr(pack, part):
            for field in fields:
                yield from _sign(part, entry.id, field, getattr(entry, field))
    yield from _signs_of_plans(pack)
    for part in Pack.model_fields:
        value = getattr(pack, part)
        for entry in value if isinstance(value, Entries) else (value,):
            entry_id = entry.id if isinstance(entry, Entry) else ""
            for path, words in strings_in(entry):
                yield from _string(part, entry_id, path, words)


def _signs_of_plans(pack: Pack) -> Iterator[Finding]:
    for fact in pack.plan_facts:
        for value in fact.values:
            yield from _sign("plan_facts", fact.id, f"values.{value.id}", value.label)
    for reading in pack.plan_readings:
        for phrase in reading.phrases:
            yield from _sign("plan_readings", reading.id, "phrases", Text({"nl": phrase}))
    for group in pack.plan_words:
        for phrase in group.phrases:
            yield from _sign("plan_words", group.id, "phrases", Text({"nl": phrase}))


def strings_in(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every string in an entry, with its path, such as `answers.yes.text.pl`."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Text):
        for language, words in value.root.items():
            yield _step(path, language), words
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from strings_in(getattr(value, name), _step(path, name))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from strings_in(item, _step(path, str(getattr(item, "id", number))))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from strings_in(item, _step(path, str(key)))


def _step(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _sign(part: str, entry_id: str, field: str, text: Text) -> Iterator[Finding]:
    is_name = not _NAMES_OF_PLACES.isdisjoint({part, f"{part}.{field}"})
    for language, words in text.root.items():
        if named := origin_in_words(words) or (None if is_name else group_in_words(words)):
            yield Finding(
                part,
                entry_id,
                (f"'{named}' is nooit een signaal", f"'{named}' is never an indicator"),
                (
                    "beschrijf wat iemand doet of meemaakt, niet wie iemand is of waar iemand vandaan komt",
                    "describe what somebody does or goes through, not who they are or come from",
                ),
                f"{field}.{language}",
            )


def _string(part: str, entry_id: str, path: str, words: str) -> Iterator[Finding]:
    is_id = path == "id" or path.endswith(".id")
    if is_id and part not in _FREE_IDS and (named := origin_in_id(words)):
        yield Finding(
            part,
            entry_id,
            (f"de id '{words}' noemt '{named}'", f"the id '{words}' names '{named}'"),
            (
                "kies een id zonder land, volk, geloof of huidskleur",
                "choose an id without country, people, religion or colour of skin",
            ),
            path,
        )
    if wrong := _more_than_text(words):
        yield Finding(part, entry_id, wrong, _PLAIN, path)


# A draft is checked at each keystroke that rests, and all but a few of its strings are those of a moment ago.
@lru_cache(maxsize=REMEMBERED)
def _more_than_text(words: str) -> Words | None:
    if _TAG.search(words) or _TAG.search(plain := unescape(words)):
        return "in de tekst staat HTML", "the text has HTML in it"
    if _IMAGE.search(plain):
        return "in de tekst staat een plaatje van elders", "the text has an image from elsewhere in it"
    if _RUNNING_LINK.search(_IGNORED_IN_LINKS.sub("", plain).casefold()):
        return "in de tekst staat een link die iets uitvoert", "the text has a link in it that runs something"
    return None
