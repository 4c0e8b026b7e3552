"""Finding in a text what tells who somebody is, and whether a case knows it as such."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from sluitend.kernel.handbook.guidance import CONTACT
from sluitend.kernel.handbook.origins import origin_in_words
from sluitend.kernel.handbook.queries import current_release, release
from sluitend.kernel.sealing.tokens import normalise
from sluitend.kernel.telltale import patterns
from sluitend.kernel.telltale.folding import Folded, words
from sluitend.kernel.telltale.hidden import Hidden, hides
from sluitend.kernel.telltale.lists import EMPTY, Lists, lists_of

SHORT_LABEL = 3
"""A description of a person of up to so many words may begin with a name."""


class Sort(StrEnum):
    """What a mark is."""

    NAME = "name"
    BIRTH = "birth"
    PHONE = "phone"
    NUMBER = "number"
    MAIL = "mail"
    ACCOUNT = "account"
    PLATE = "plate"
    ADDRESS = "address"
    RESIDENCE = "residence"
    HEALTH = "health"
    REACH = "reach"
    REPORTER = "reporter"

    @property
    def part(self) -> str:
        """The part of a case that it belongs to."""
        return _PARTS[self]


_PARTS = {
    Sort.NAME: "person_name",
    Sort.BIRTH: "birth_date",
    Sort.PHONE: "phone",
    Sort.NUMBER: "person_name",
    Sort.MAIL: CONTACT,
    Sort.ACCOUNT: "online_account",
    Sort.PLATE: "vehicle",
    Sort.ADDRESS: "place",
    Sort.RESIDENCE: "residence_status",
    Sort.HEALTH: "health",
    Sort.REACH: CONTACT,
    Sort.REPORTER: "reporter_identity",
}


SURE = frozenset(set(Sort) - {Sort.NAME, Sort.ADDRESS})
"""What its form alone gives away. A capital makes no name, and a street no home."""


@dataclass(frozen=True)
class Known:
    """What a case knows that points at somebody, folded; `plain` are words of companies and places."""

    names: frozenset[str] = frozenset()
    births: frozenset[date] = frozenset()
    numbers: frozenset[str] = frozenset()
    plates: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    reach: frozenset[str] = frozenset()
    """Numbers and mail addresses at which somebody can be reached safely."""
    plain: frozenset[str] = frozenset()
    hidden: tuple[Hidden, ...] = ()
    """Who reported: compared, never read. A name that the case has of a subject too is the subject's."""


@dataclass(frozen=True)
class Mark:
    """A piece of a text, as it was typed."""

    sort: Sort
    start: int
    end: int
    known: bool


class Finder:
    """Finds by the lists of words of one handbook."""

    def __init__(self, lists: Lists = EMPTY) -> None:
        self.lists = lists

    def known(
        self,
        *,
        people: Iterable[str] = (),
        identifiers: Iterable[tuple[str, str]] = (),
        others: Iterable[str] = (),
        reached: Iterable[str] = (),
        hidden: Iterable[Hidden] = (),
    ) -> Known:
        """Return what is known.

        Args:
            people: how people are called in a case: a name, a description, or both.
            identifiers: of subjects: kind and value.
            others: how companies and places are called.
            reached: how people can be reached safely.
            hidden: who reported.
        """
        people, identifiers = list(people), list(identifiers)
        called = [value.rpartition("|")[0] for kind, value in identifiers if kind == "name_birth"]
        born = [value.rpartition("|")[2] for kind, value in identifiers if kind == "name_birth"]
        texts = [Folded.of(each).text for each in people]
        values = {kind: [value for each, value in identifiers if each == kind] for kind, _ in identifiers}
        return Known(
            names=frozenset(
                [*patterns.name_words(called), *(name for each in people for name in self._names_in(each))]
            ),
            births=frozenset(day for text in (*texts, *born) for _start, _end, day in patterns.dates(text)),
            numbers=frozenset(
                [
                    *(patterns.significant(value) for value in values.get("phone", ())),
                    *(run for text in texts for run in patterns.long_runs(text)),
                ]
            )
            - {""},
            plates=frozenset(form for value in values.get("plate", ()) for form in normalise("plate", value)),
            accounts=frozenset(
                form for value in values.get("account", ()) for form in normalise("account", value)
            ),
            addresses=frozenset(
                form for value in values.get("address", ()) for form in normalise("address", value)
            ),
            reach=frozenset(at for each in reached for at in _at(Folded.of(each).text)),
            plain=frozenset(word for each in others for word in words(each)),
            hidden=tuple(hidden),
        )

    def marks(self, text: str, known: Known, *, today: date, looks_like: bool = True) -> tuple[Mark, ...]:
        """Return what tells who somebody is, in the order of the text; no two overlap.

        Args:
            text: as typed.
            known: what the case knows.
            today: what is a birth date and what a day of work depends on it.
            looks_like: also what only looks like it; without, only what the case knows.
        """
        folded = Folded.of(text)
        found = [
            Mark(sort, *folded.span(start, end), known=True)
            for sort, start, end in self._known_in(folded, known)
        ]
        if looks_like:
            shapes = (*self._shapes(folded, today), *self._like_names(folded, known))
            found += [Mark(sort, *folded.span(start, end), known=False) for sort, start, end in shapes]
        return tuple(_apart(found, text))

    def _known_in(self, folded: Folded, known: Known) -> Iterator[tuple[Sort, int, int]]:
        yield from _known_figures(folded.text, known)
        yield from _known_codes(folded.text, known)
        if known.reach:
            yield from ((Sort.REACH, *span) for span, at in _spans(folded.text) if at in known.reach)
        for start, end, written in patterns.tokens(folded.text):
            capital = folded.raw[folded.at[start]].isupper()
            if patterns.is_named(written, known.names, capital=capital):
                yield Sort.NAME, start, end
            elif hides(known.hidden, written, capital=capital):
                yield Sort.REPORTER, start, end
        for start, end, joined in patterns.spaced(folded.text):
            if any(name in joined for name in known.names if len(name) > 2):
                yield Sort.NAME, start, end
            elif hides(known.hidden, joined, capital=False):
                yield Sort.REPORTER, start, end
        if known.hidden:
            yield from ((Sort.REPORTER, *span) for span in _reached(folded.text, known.hidden))

    def _shapes(self, folded: Folded, today: date) -> Iterator[tuple[Sort, int, int]]:
        text = folded.text
        yield from self._listed(text)
        yield from ((Sort.MAIL, *span) for span in patterns.mails(text))
        yield from ((Sort.ACCOUNT, *span) for span in patterns.accounts(text))
        if not patterns.has_figures(text):
            return
        for start, end, day in patterns.dates(text):
            if patterns.is_birth(text, start, day, today):
                yield Sort.BIRTH, start, end
        yield from ((Sort.PHONE, *span) for span in patterns.phones(text))
        yield from ((Sort.NUMBER, *span) for span in patterns.numbers(text))
        yield from ((Sort.PLATE, *span) for span in patterns.plates(text))
        yield from ((Sort.ADDRESS, *span) for span in patterns.addresses(text))

    def _listed(self, text: str) -> Iterator[tuple[Sort, int, int]]:
        for sort, listed in ((Sort.RESIDENCE, self.lists.residence), (Sort.HEALTH, self.lists.health)):
            yield from ((sort, *found.span()) for found in listed.finditer(text))

    def _like_names(self, folded: Folded, known: Known) -> Iterator[tuple[Sort, int, int]]:
        plain = self.lists.plain | known.plain
        shouted = patterns.is_shouted(folded.raw)
        before, ended = "", 0
        for start, end, written in patterns.tokens(folded.text):
            last, between = before, (ended, start)
            before, ended = written, end
            if not folded.raw[folded.at[start]].isupper():
                continue
            raw, parts = folded.raw[slice(*folded.span(start, end))], patterns.split(written)
            if self._is_plain(raw, parts, plain):
                continue
            led = last in self.lists.before_name and patterns.leads_on(
                last, folded.text[slice(*between)].strip()
            )
            if "".join(parts) in self.lists.given_name or led:
                yield Sort.NAME, start, end
            elif not (shouted or patterns.begins_sentence(folded.text, start) or patterns.is_short_for(raw)):
                yield (Sort.ADDRESS if patterns.is_street("".join(parts)) else Sort.NAME), start, end

    def _is_plain(self, raw: str, parts: list[str], plain: frozenset[str]) -> bool:
        return "".join(parts) in plain or plain.issuperset(parts) or origin_in_words(raw) is not None

    def _names_in(self, label: str) -> Iterator[str]:
        """Yield the names in how a person is called: "Marek de voorman" has one, "Man met pet" none."""
        folded = Folded.of(label)
        tokens = list(patterns.tokens(folded.text))
        for number, (start, _end, written) in enumerate(tokens):
            raw = folded.raw[folded.at[start]]
            parts = patterns.split(written)
            joined = "".join(parts)
            plain = self._is_plain(written, parts, self.lists.plain)
            if plain or joined in patterns.PARTICLES or len(joined) < 2:
                continue
            given = joined in self.lists.given_name
            capital = raw.isupper() and (number > 0 or len(tokens) <= SHORT_LABEL)
            if given or capital or len(tokens) == 1:
                yield from {joined, *(word for word in parts if len(word) > 1)}


def _known_figures(text: str, known: Known) -> Iterator[tuple[Sort, int, int]]:
    if not patterns.has_figures(text):
        return
    for start, end, day in patterns.dates(text):
        if day in known.births:
            yield Sort.BIRTH, start, end
    day_runs = [form for day in known.births for form in patterns.day_runs(day)]
    for start, end, run in patterns.runs(text):
        if any(form in run for form in day_runs):
            yield Sort.BIRTH, start, end
        elif any(number in run for number in known.reach):
            yield Sort.REACH, start, end
        elif any(number in run for number in known.numbers):
            yield Sort.PHONE, start, end


def _reached(text: str, hidden: tuple[Hidden, ...]) -> Iterator[patterns.Span]:
    """Yield the numbers and mail addresses at which a hidden one can be reached."""
    yield from (span for span, at in _spans(text) if any(each.has(at) for each in hidden))


def _spans(text: str) -> Iterator[tuple[patterns.Span, str]]:
    """Yield the telephone numbers and mail addresses in a text: where they stand, and what they are."""
    yield from ((span, patterns.significant(text[slice(*span)])) for span in patterns.phones(text))
    yield from ((span, text[slice(*span)]) for span in patterns.mails(text))


def _at(text: str) -> Iterator[str]:
    return (at for _span, at in _spans(text) if at)


def _known_codes(text: str, known: Known) -> Iterator[tuple[Sort, int, int]]:
    for sort, values in ((Sort.PLATE, known.plates), (Sort.ACCOUNT, known.accounts)):
        for value in values:
            yield from ((sort, *found.span()) for found in patterns.spelt(value).finditer(text))
    if known.addresses and patterns.has_figures(text):
        for spans in patterns.doors(text):
            at = (span for span in spans if known.addresses & set(normalise("address", text[slice(*span)])))
            yield from ((Sort.ADDRESS, *span) for span in islice(at, 1))


def _apart(found: list[Mark], text: str) -> Iterator[Mark]:
    """Yield the marks without overlap: what touches becomes one, and what is known of it stays known."""
    last: Mark | None = None
    for mark in sorted(found, key=lambda each: (each.start, -each.end)):
        if last is None:
            last = mark
        elif mark.start < last.end or _same_name(last, mark, text):
            wider = mark if mark.end - mark.start > last.end - last.start else last
            either = {last.sort, mark.sort}
            sort = next((each for each in (Sort.REPORTER, Sort.REACH) if each in either), wider.sort)
            last = Mark(sort, last.start, max(last.end, mark.end), last.known or mark.known)
        else:
            yield last
            last = mark
    if last is not None:
        yield last


def _same_name(last: Mark, mark: Mark, text: str) -> bool:
    """Return whether two names stand side by side, with nothing or a small word between them."""
    between = text[last.end : mark.start]
    return (
        last.sort == mark.sort
        and mark.sort in (Sort.NAME, Sort.REPORTER)
        and not re.search(r"[^\w .']", between)
        and set(words(between)) <= patterns.PARTICLES
    )


def finder() -> Finder:
    """Return the finder of the newest handbook: what is looked for grows, also for a case of before."""
    return _finder_of(current_release().number)


@lru_cache(maxsize=4)
def _finder_of(number: int) -> Finder:
    return Finder(lists_of(release(number).pack))
