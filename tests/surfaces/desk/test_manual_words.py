"""What the manual says between quotes is what stands on the screen, and each address in it leads somewhere.

A quote is a message of the product or a label of the handbook: as a whole, or its beginning, up to what the
product fills in, to what stands between brackets, or to the full stop or colon at its end. What is filled in
is written as "…".
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import polib
import pytest
from django.conf import settings
from django.urls import resolve
from tests.packs import den_haag

from sluitend.exports.kind_names import KINDS
from sluitend.exports.names import field_name, named_fields

MANUAL = (settings.ROOT / "docs" / "handleiding.md").read_text(encoding="utf-8")
QUOTE = re.compile(r'"([^"]+)"')
FILLED_IN = re.compile(r"[“\"]?(?:%\(\w+\)[sd]|\{\w*\})[”\"]?")


def quotes(text: str) -> list[str]:
    """Return what stands between quotes, each on one line."""
    return QUOTE.findall(" ".join(text.split()))


def forms(message: str) -> set[str]:
    """Return how the manual may say a message: as a whole, or its beginning."""
    whole = " ".join(re.sub(r"<[^>]+>", "", FILLED_IN.sub("…", message)).split())
    found = {whole, whole.rstrip(".:"), whole.partition(" (")[0]}
    if "…" in whole.removeprefix("… "):
        begin = whole.removeprefix("… ").partition("…")[0]
        found |= {begin.strip(), f"{begin}…"}
    return {form for one in found for form in (one, one.removeprefix("… ")) if form}


def messages() -> Iterator[tuple[str, str]]:
    """Give each message of the product, and each name of a list or a field, in Dutch and English."""
    for each in polib.pofile(str(settings.ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po")):
        if not each.obsolete:
            yield each.msgid, each.msgstr or each.msgstr_plural[0]
        if not each.obsolete and each.msgid_plural:
            yield each.msgid_plural, each.msgstr_plural[1]
    for one, many, english, english_many in KINDS.values():
        yield one, english
        yield many, english_many
    for name in named_fields():
        field = field_name(name)
        yield field.nl.capitalize(), field.in_language("en").capitalize()


def labels(found: Any) -> Iterator[tuple[str, str]]:
    """Give every text of the pack in Dutch and English."""
    if isinstance(found, dict):
        if isinstance(found.get("nl"), str):
            yield found["nl"], found.get("en") or ""
        for each in found.values():
            yield from labels(each)
    elif isinstance(found, list | tuple):
        for each in found:
            yield from labels(each)


@cache
def on_screen() -> dict[str, frozenset[str]]:
    """Return each form of each message in Dutch, with its forms in English."""
    found: dict[str, set[str]] = {}
    for dutch, english in (*messages(), *labels(den_haag().model_dump())):
        for form in forms(dutch):
            found.setdefault(form, set()).update(forms(english))
    return {dutch: frozenset(english) for dutch, english in found.items()}


def test_every_word_between_quotes_stands_on_the_screen() -> None:
    said = quotes(MANUAL)
    assert len(said) > 200
    assert [words for words in dict.fromkeys(said) if words not in on_screen()] == []


@pytest.mark.parametrize(
    ("message", "said", "not_said"),
    [
        ("Verstuur naar %(partner)s", "Verstuur naar", "Verstuur"),
        ("Druk af op A5 (pdf)", "Druk af op A5", "op A5"),
        ('Wat betekent "%(word)s"?', "Wat betekent …?", "betekent"),
        ("%(label)s in %(number)s andere talen", "… in … andere talen", "andere talen"),
        ("Het logboek klopt niet.", "Het logboek klopt niet", "Het logboek"),
        ("%(name)s pakt dit op.", "pakt dit op", "pakt dit"),
    ],
)
def test_a_message_is_said_whole_or_from_its_beginning(message: str, said: str, not_said: str) -> None:
    assert said in forms(message)
    assert not_said not in forms(message)


def test_every_address_in_the_manual_leads_somewhere() -> None:
    addresses = re.findall(r"`(/[^`]+)`", MANUAL)
    assert addresses
    for address in addresses:
        resolve(address)
