"""What the manual says between quotes stands on the screen, in both languages; each address leads somewhere.

A quote is a message of the product or a label of the handbook: as a whole, or its beginning, up to what the
product fills in, to what stands between brackets, or to the full stop or colon at its end. What is filled in
is written as "…".
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from typing import Any

import polib
import pytest
from django.conf import settings
from django.urls import resolve
from django.utils.html import strip_tags
from tests.packs import den_haag

from sluitend.exports.kind_names import KINDS
from sluitend.exports.names import field_name, named_fields
from sluitend.surfaces.desk.manual import FILES, Block, parts

QUOTE = re.compile(r'"([^"]+)"')
FILLED_IN = re.compile(r"[“\"]?(?:%\(\w+\)[sd]|\{\w*\})[”\"]?")


def places(language: str) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Give what stands first in each part, and what each fold says, with its address."""
    for part in parts(language):
        yield part.id, part.blocks
        for fold in part.folds:
            yield fold.id, fold.blocks


def quotes(blocks: Iterable[Block]) -> list[str]:
    """Return what stands between quotes."""
    return [
        words
        for block in blocks
        for line in block.lines
        for words in QUOTE.findall(unescape(strip_tags(line)))
    ]


def codes(blocks: Iterable[Block]) -> list[str]:
    """Return what is to be typed: keys and addresses."""
    return [
        words for block in blocks for line in block.lines for words in re.findall(r"<code[^>]*>([^<]+)", line)
    ]


def shape(blocks: Iterable[Block]) -> list[tuple[bool, bool, list[int]]]:
    """Return which paragraphs, lists and steps there are, with how many choices each has below it."""
    return [(block.is_list, block.numbered, [line.count("<li>") for line in block.lines]) for block in blocks]


def forms(message: str) -> set[str]:
    """Return how the manual may say a message: as a whole, or its beginning."""
    whole = " ".join(re.sub(r"<[^>]+>", "", FILLED_IN.sub("…", message)).split())
    found = {whole, whole.rstrip(".:"), whole.partition(" (")[0]}
    begin, filled_in, _rest = whole.partition("…")
    if filled_in and begin:
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
    said = [words for _place, blocks in places("nl") for words in quotes(blocks)]
    assert len(said) > 250
    assert [words for words in dict.fromkeys(said) if words not in on_screen()] == []


def test_the_english_manual_says_each_of_them_as_the_english_screen() -> None:
    wrong = []
    for (place, dutch), (_place, english) in zip(places("nl"), places("en"), strict=True):
        left = quotes(english)
        for words in quotes(dutch):
            found = next((said for said in left if said in on_screen().get(words, ())), None)
            if found is None:
                wrong.append((place, words, "is not there in English"))
            else:
                left.remove(found)
        wrong += [(place, said, "is not there in Dutch") for said in left]
    assert wrong == []


def test_both_manuals_have_the_same_parts_folds_and_steps() -> None:
    dutch, english = list(places("nl")), list(places("en"))
    assert [place for place, _blocks in dutch] == [place for place, _blocks in english]
    for (place, said), (_place, translated) in zip(dutch, english, strict=True):
        assert (place, shape(said), codes(said)) == (place, shape(translated), codes(translated))


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
    addresses = [code for _place, blocks in places("nl") for code in codes(blocks) if re.match("/.", code)]
    assert addresses
    for address in addresses:
        resolve(address)


def test_each_file_of_the_manual_says_how_to_read_it() -> None:
    for name in FILES.values():
        text = (settings.ROOT / "docs" / name).read_text(encoding="utf-8")
        assert "112" in text.partition("## ")[0]
