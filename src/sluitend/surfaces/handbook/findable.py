"""What can be found in the handbook, by which of its words, and on which page it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse

from sluitend.kernel.handbook.entries import Entry, Structure, Text
from sluitend.kernel.handbook.guidance import Partner
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plans import Action
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.handbook.recognition import ALL_FORMS, Indicator
from sluitend.surfaces.handbook.searching import Index, Line


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

    def claims(self, pack: Pack, entry: Any) -> tuple[Entry, ...]:
        """Return what must be confirmed before anybody may find an entry: itself, and whom it names."""
        return (entry, *self.beside(pack, entry))


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
)
OF_PART = {kind.part: kind for kind in KINDS}


def lines_of(pack: Pack, language: str) -> Iterator[Line]:
    """Yield what can be found in a handbook, in one language."""
    for kind in KINDS:
        for entry in getattr(pack, kind.part):
            body = [words for field in kind.fields for words in _words(getattr(entry, field), language)]
            title = " ".join(_words(getattr(entry, kind.title), language))
            yield Line(kind.part, entry.id, title, " ".join(_ended(each) for each in body))


@lru_cache(maxsize=4)
def index_of(number: int, language: str) -> Index:
    """Return the index of a release in a language; made at its first use and kept."""
    return Index(lines_of(release(number).pack, language), language)


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
