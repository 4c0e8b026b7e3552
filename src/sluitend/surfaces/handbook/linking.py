"""Lists of links to entries."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from sluitend.kernel.handbook.approach import RiskGroup, Trade
from sluitend.kernel.handbook.entries import Entry
from sluitend.kernel.handbook.recognition import ALL_FORMS, Form
from sluitend.surfaces.handbook.reading import Reading

type Link = tuple[Entry, str]
type Part = tuple[str, list[Link]]


def linked(entries: Iterable[Entry], view: str) -> list[Link]:
    """Return each entry with the address of its page."""
    return [(each, reverse(view, args=[each.id])) for each in entries]


def in_guide_first(entries: Sequence[Trade | RiskGroup], view: str) -> list[Part]:
    """Return entries in two parts: those that the guide names, and those that were added."""
    return [
        (_("In de handreiking"), linked((each for each in entries if each.in_guide), view)),
        (_("Ook van belang"), linked((each for each in entries if not each.in_guide), view)),
    ]


def forms_of(held: Reading, ids: tuple[str, ...]) -> tuple[Form, ...]:
    """Return the forms of exploitation with these ids; those of every form name none."""
    return () if ALL_FORMS in ids else held.named(held.pack.forms, ids)


def headings_for(held: Reading, forms: tuple[str, ...]) -> list[Link]:
    """Return the headings of measures that belong to one of these forms by name, with their addresses."""
    found = (each for each in held.shown(held.pack.headings) if set(each.forms) & set(forms) - {ALL_FORMS})
    return linked(found, "handbook_heading")
