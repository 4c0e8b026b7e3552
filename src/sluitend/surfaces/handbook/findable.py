"""What can be found in the handbook, by which of its words, and on which page it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from sluitend.kernel.handbook.entries import Entry, Structure, Text
from sluitend.kernel.handbook.guidance import Partner
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plans import Action
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.handbook.recognition import ALL_FORMS, Indicator
from sluitend.kernel.handbook.searchable import SearchPage, SearchWords
from sluitend.surfaces.handbook.searching import STEMMERS, Hits, Index, Line
from sluitend.surfaces.handbook.sections import SECTIONS


@dataclass(frozen=True)
class Kind:
    """A kind of entries that has a page: the words by which they are found, and the address.

    Only words that stand on that page for every reader of the entry: a note for who is signed in is not here.
    """

    part: str
    address: Callable[[Pack, Any], str]
    fields: tuple[str, ...]
    title: str = "label"
    beside: Callable[[Pack, Any], tuple[Entry, ...]] = lambda _pack, _entry: ()
    exists: bool = False
    """That it exists needs no confirming."""

    def claims(self, pack: Pack, entry: Any) -> tuple[Entry, ...]:
        """Return what must be confirmed before anybody may find an entry: itself, and whom it names."""
        return () if self.exists else (entry, *self.beside(pack, entry))


def _own_page(view: str) -> Callable[[Pack, Any], str]:
    return lambda _pack, entry: reverse(view, args=[entry.id])


def _card_of(_pack: Pack, signal: Indicator) -> str:
    """Return the address of a card on which a signal stands."""
    if signal.roles:
        return reverse("handbook_card_role", args=[signal.roles[0]])
    forms = [form for form in signal.forms if form != ALL_FORMS]
    return reverse("handbook_card_form", args=[forms[0]]) if forms else reverse("handbook_cards")


def _asked(pack: Pack, action: Action) -> Partner | None:
    named = pack.plan_parties[action.party].partner
    able = (pack.partner_for(named, code) for code in pack.subregions.ids) if named else ()
    return next((each for each in able if each), None)


def _named_by(pack: Pack, action: Action) -> tuple[Entry, ...]:
    """Return whom an action names: the party, and the partner whose page it leads to."""
    partner = _asked(pack, action)
    return (pack.plan_parties[action.party], *([partner] if partner else []))


def _partner_of(pack: Pack, action: Action) -> str:
    """Return the address of whom an action asks; actions have no pages of their own."""
    partner = _asked(pack, action)
    return reverse("handbook_partner", args=[partner.id]) if partner else reverse("handbook_who")


def _part_of_care(_pack: Pack, entry: Entry) -> str:
    """Return the address of the page of help and shelter, there where an entry stands in a fold."""
    return f"{reverse('handbook_care')}#{entry.id}"


# In the order of the page with results.
KINDS = (
    Kind("partners", _own_page("handbook_partner"), ("aliases", "task")),
    Kind(
        "help_lines",
        lambda _pack, line: f"{reverse('handbook_numbers')}#{line.id}",
        ("number", "audience"),
        title="name",
    ),
    Kind(
        "points", lambda _pack, point: f"{reverse('handbook_points')}#{point.id}", ("where", "what", "spoken")
    ),
    Kind("care_situations", _part_of_care, ("text",)),
    Kind("care_offers", _part_of_care, ("for_whom", "placed_by", "not_for")),
    Kind("care_nevers", _part_of_care, (), title="text"),
    Kind("care_tasks", _part_of_care, (), title="text"),
    Kind("plan_actions", _partner_of, (), title="says", beside=_named_by),
    Kind("forms", _own_page("handbook_form"), ("description",)),
    Kind("indicators", _card_of, ("innocent",)),
    Kind("moments", _own_page("handbook_moment"), ("look_at", "ask", "mind")),
    Kind("roles", _own_page("handbook_card_role"), ()),
    Kind("cards", _own_page("language_card_choose"), (), title="text"),
    Kind("sectors", _own_page("handbook_sector"), ("why",)),
    Kind("branches", _own_page("handbook_branch"), ("role", "ask")),
    Kind("risk_groups", _own_page("handbook_group"), ("why", "inform", "mind")),
    Kind("barriers", _own_page("handbook_barrier"), ("facilitators", "what")),
    Kind("instruments", _own_page("handbook_instrument"), ("body", "ground")),
    Kind("headings", _own_page("handbook_heading"), ()),
    Kind(
        "measures",
        lambda _pack, measure: reverse("handbook_heading", args=[measure.heading]),
        ("check", "evidence", "example"),
    ),
    Kind(
        "registers",
        lambda _pack, register: f"{reverse('handbook_registers')}#{register.id}",
        ("purpose", "fields"),
    ),
    Kind("reader_pages", _own_page("handbook_readers"), ("sections",)),
    Kind("claims", lambda _pack, _claim: reverse("handbook_figures"), ("origin", "shown_as")),
    Kind("municipalities", lambda _pack, town: _whom_to_call_in(town.id), (), title="known_as", exists=True),
)
OF_PART = {kind.part: kind for kind in KINDS}
PAGES = "pages"
"""The part of what can be found that is no entry but a page."""

type Key = tuple[str, str]


def _whom_to_call_in(municipality: str) -> str:
    return f"{reverse('handbook_who')}?{urlencode({'gemeente': municipality})}"


def lines_of(pack: Pack, language: str) -> Iterator[Line]:
    """Yield what can be found in a handbook, in one language."""
    said = _said(pack, language)
    with override(language):
        for page, section in SECTIONS.items():
            yield Line(PAGES, page, str(section.label), str(section.text), tuple(said[PAGES, page]))
    for kind in KINDS:
        for entry in getattr(pack, kind.part):
            body = [words for field in kind.fields for words in _words(getattr(entry, field), language)]
            title = " ".join(_words(getattr(entry, kind.title), language))
            also = tuple(said[kind.part, entry.id])
            yield Line(kind.part, entry.id, title, " ".join(_ended(each) for each in body), also)


def address_of(pack: Pack, line: Line) -> str:
    """Return on which page it stands."""
    if line.part == PAGES:
        return reverse(SECTIONS[SearchPage(line.entry_id)].view)
    return OF_PART[line.part].address(pack, getattr(pack, line.part)[line.entry_id])


def claims_of(pack: Pack, line: Line) -> tuple[Entry, ...]:
    """Return what must be confirmed and hold today before anybody may find it."""
    if line.part == PAGES:
        return ()
    return OF_PART[line.part].claims(pack, getattr(pack, line.part)[line.entry_id])


@lru_cache(maxsize=4)
def index_of(number: int, language: str) -> Index:
    """Return the index of a release in a language; made at its first use and kept."""
    return Index(lines_of(release(number).pack, language), language)


def find(number: int, language: str, query: str) -> Hits:
    """Return what a query finds, also where it was asked in the other language than the page is in.

    The other language counts where more of the words stand there, or where they stand there more exactly.
    """
    own = index_of(number, language)
    hits = own.find(query)
    for other in (each for each in STEMMERS if each != language):
        also = index_of(number, other).find(query)
        if also.asked > hits.asked:
            keyed = own.by_key
            hits = replace(also, lines=tuple(keyed[line.key] for line in also.lines))
    return hits


def _said(pack: Pack, language: str) -> Mapping[Key, list[str]]:
    """Return what people call each page and entry; a town is also found with the word before its name."""
    said: dict[Key, list[str]] = defaultdict(list)
    for each in pack.search_words:
        for part in SEARCHED:
            for entry_id in getattr(each, part):
                said[part, entry_id] += getattr(each, language)
    for town in pack.municipalities:
        with override(language):
            said["municipalities", town.id] += [
                _("Gemeente %(name)s") % {"name": name} for name in {town.known_as, town.name, *town.aliases}
            ]
    return said


# What search words can lead to.
SEARCHED = (PAGES, *(kind.part for kind in KINDS if kind.part in SearchWords.model_fields))


def _words(value: object, language: str) -> Iterator[str]:
    if isinstance(value, Text):
        yield value.in_language(language)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _words(each, language)
    elif isinstance(value, Structure):
        for name in type(value).model_fields:
            part = getattr(value, name)
            if isinstance(part, Text) or (isinstance(part, tuple) and part and isinstance(part[0], Text)):
                yield from _words(part, language)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!", ":")) else f"{sentence}."
