"""Which facts a report proposes, by the readings of the pack: phrases, ages and ticked indicators.

A pure function over texts and pack, which reads sentence by sentence. It proposes only what protects:
that nobody is in danger, forced or a child is for a person to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .ages import ages_in
from .pack import Pack
from .phrases import Phrase, beginnings, phrase, plain, written_out
from .plans import Ages, CaseFact, Fills, Reading
from .recognition import ALL_FORMS, Indicator

WISH = "wish"
YES, NO, UNCLEAR = "yes", "no", "unclear"

# A sign that is followed by more words without a space, as in 14.30, ends nothing.
_END = re.compile(r"[.!?…][\"'”’)\]]?(?=\s|$)|[\n\r\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that says a value, and where it stands: in which text, and from where to where."""

    value: str
    text: int
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """An indicator that says a value."""

    value: str
    indicator: str


type Heard = Sentence | Ticked


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a report proposes for a fact, and all that it was heard from, contradictions too.

    There is one value, unless the fact has many.
    """

    values: tuple[str, ...]
    heard: tuple[Heard, ...]


class _Phrase(NamedTuple):
    phrase: Phrase
    fact: str
    value: str


class _Aged(NamedTuple):
    ages: Ages
    fact: str
    value: str


class _Place(NamedTuple):
    text: int
    start: int
    end: int


def propose(texts: Sequence[str], ticked: Iterable[str], pack: Pack) -> dict[str, Proposal]:
    """Return what a report proposes, by fact in the order of the pack, for the facts that it speaks of.

    Args:
        texts: the texts of the report, as they were told.
        ticked: the ids of its indicators; one that the pack does not have says nothing.
        pack: the handbook.
    """
    orders = {fact.id: _order(fact, pack) for fact in pack.plan_facts if fact.fills is Fills.REPORT}
    readings = [each for each in pack.plan_readings if each.value in orders.get(each.fact, ())]
    heard: dict[str, dict[Heard, None]] = {}
    groups = {each.id: each.joined for each in pack.plan_words}
    for fact_id, source in _in_texts(texts, readings, orders, groups):
        heard.setdefault(fact_id, {})[source] = None
    indicators = [found for each in ticked if (found := pack.indicators.get(each))]
    for fact_id, ticked_one in (*_in_indicators(indicators, readings), *_forms(indicators, pack)):
        if ticked_one.value in orders.get(fact_id, ()):
            heard.setdefault(fact_id, {})[ticked_one] = None
    return {
        fact.id: Proposal(_values(fact, orders[fact.id], heard[fact.id]), tuple(heard[fact.id]))
        for fact in pack.plan_facts
        if fact.id in heard
    }


def _order(fact: CaseFact, pack: Pack) -> tuple[str, ...]:
    """Return the values that may be proposed, the most protective first: never the one of knowing nothing."""
    if fact.protective:
        return fact.protective
    values = [value.id for value in fact.values[1:]]
    return (*values, *(pack.forms.ids if fact.of_forms else ()))


def _values(fact: CaseFact, order: tuple[str, ...], heard: Iterable[Heard]) -> tuple[str, ...]:
    said = {source.value for source in heard}
    if fact.id == WISH and {YES, NO} <= said and UNCLEAR in order:
        return (UNCLEAR,)
    found = tuple(value for value in order if value in said)
    return found if fact.many else found[:1]


def _in_indicators(
    indicators: Iterable[Indicator], readings: Iterable[Reading]
) -> Iterator[tuple[str, Ticked]]:
    for indicator in indicators:
        for each in readings:
            if indicator.id in each.indicators or each.emergency in indicator.emergency:
                yield each.fact, Ticked(each.value, indicator.id)


def _forms(indicators: Iterable[Indicator], pack: Pack) -> Iterator[tuple[str, Ticked]]:
    """Yield the form of each indicator that belongs to only one."""
    facts = [fact.id for fact in pack.plan_facts if fact.of_forms]
    for indicator in indicators:
        if len(indicator.forms) == 1 and indicator.forms[0] != ALL_FORMS:
            for fact_id in facts:
                yield fact_id, Ticked(indicator.forms[0], indicator.id)


def _in_texts(
    texts: Sequence[str],
    readings: Sequence[Reading],
    orders: dict[str, tuple[str, ...]],
    groups: dict[str, str],
) -> Iterator[tuple[str, Sentence]]:
    whole = plain("\n".join(texts))
    begun = beginnings(whole)
    phrases = [
        _Phrase(found, each.fact, each.value)
        for each in readings
        for words in each.phrases
        if (found := phrase(written_out(words, groups))).may_begin_in(begun) and found.may_be_in(whole)
    ]
    # Of one phrase with two values, as of two sentences, the protective one wins.
    phrases.sort(key=lambda each: (*each.phrase.order, orders[each.fact].index(each.value)))
    ages = [_Aged(each.ages, each.fact, each.value) for each in readings if each.ages]
    for place in _sentences(texts):
        words = texts[place.text][place.start : place.end]
        said = plain(words)
        for fact_id, value in dict.fromkeys((*_said(said, phrases), *_aged(said, ages))):
            yield fact_id, Sentence(value, *place, words)


def _sentences(texts: Sequence[str]) -> Iterator[_Place]:
    for number, text in enumerate(texts):
        start = 0
        for end in (*(sign.end() for sign in _END.finditer(text)), len(text)):
            piece = text[start:end]
            if words := piece.strip():
                first = start + len(piece) - len(piece.lstrip())
                yield _Place(number, first, first + len(words))
            start = end


def _said(sentence: str, phrases: Iterable[_Phrase]) -> Iterator[tuple[str, str]]:
    """Yield what the phrases say, the longest first; the same words say one thing of one fact."""
    used: dict[str, set[int]] = {}
    begun = beginnings(sentence)
    for each in phrases:
        if not each.phrase.may_begin_in(begun):
            continue
        for start, end in each.phrase.spans(sentence):
            taken = used.setdefault(each.fact, set())
            # A span that is not shorter covers one of the two ends of what it touches.
            if start not in taken and end - 1 not in taken:
                taken.update(range(start, end))
                if not each.phrase.silent:
                    yield each.fact, each.value


def _aged(sentence: str, ages: Iterable[_Aged]) -> Iterator[tuple[str, str]]:
    for age in ages_in(sentence):
        for within, fact_id, value in ages:
            if within.at_least <= age < within.below:
                yield fact_id, value
