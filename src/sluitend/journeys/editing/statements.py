"""What the handbook says of an organisation that can be asked about it, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sluitend.exports.differences import label_of
from sluitend.exports.names import field_name
from sluitend.journeys.editing.boxes import chosen_words, labels_of
from sluitend.journeys.editing.shapes import shapes_of
from sluitend.kernel.handbook.entries import Entry, Fact
from sluitend.kernel.handbook.guidance import Partner
from sluitend.kernel.handbook.helping import InformationPoint
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.recognition import HelpLine, OpenHours

ASKED: Mapping[str, tuple[str, ...]] = {
    "partners": ("task", "channels"),
    "help_lines": ("number", "hours", "open", "languages"),
    "points": ("where", "address", "number", "hours", "languages"),
}
"""Of which lists an organisation is asked, and about which fields."""
BY_MOST, MUST_MOST = 80, 500
"""How long may be who answers, and what a line must be."""


@dataclass(frozen=True)
class Statement:
    """One thing that the handbook says of an organisation."""

    part: str
    entry_id: str
    field: str
    name: str
    says: str

    @property
    def key(self) -> str:
        """Its name in a form and in an answer."""
        return f"{self.part}.{self.entry_id}.{self.field}"


def title_of(pack: Pack, part: str, entry_id: str) -> str:
    """Return how the handbook calls an entry."""
    return shown(label_of(getattr(pack, part)[entry_id]))


def statements(pack: Pack, part: str, entry_id: str) -> tuple[Statement, ...]:
    """Return what an organisation is asked about: of a partner, its number too. Empty for what is not asked.

    Args:
        pack: as the handbook has it.
        part: the list.
        entry_id: the entry, which may have gone since.
    """
    entry = getattr(pack, part).get(entry_id) if part in ASKED else None
    if entry is None:
        return ()
    found = [*_of(pack, part, entry)]
    line = entry.help_line if isinstance(entry, Partner) else None
    if line is not None and line in pack.help_lines:
        found += _of(pack, "help_lines", pack.help_lines[line])
    return tuple(found)


def name_of(field: str) -> str:
    """Return how a page calls a field."""
    label = field_name(field).in_language((get_language() or "nl")[:2])
    return label[:1].upper() + label[1:]


def place_of(key: str) -> tuple[str, str, str]:
    """Return the list, the entry and the field of a statement; a name of an entry may have dots."""
    part, _dot, rest = key.partition(".")
    entry_id, _dot, field = rest.rpartition(".")
    return part, entry_id, field


def sure(entry: Entry, day: date) -> dict[str, Any]:
    """Return the fields by which an entry says that somebody found out on a day that all of it is right."""
    fields: dict[str, Any] = {"confirmed": True} if isinstance(entry, Fact) else {}
    if isinstance(entry, HelpLine):
        fields |= {"checked_on": day.isoformat(), "open_confirmed": True}
    if isinstance(entry, Partner):
        fields["channel_confirmed"] = True
    return fields


def _of(pack: Pack, part: str, entry: HelpLine | InformationPoint | Partner) -> Iterator[Statement]:
    for name in ASKED[part]:
        if says := _words(pack, entry, name):
            yield Statement(part, entry.id, name, name_of(name), says)


def _words(pack: Pack, entry: Entry, name: str) -> str:
    value = getattr(entry, name)
    if not isinstance(value, tuple):
        return "" if value is None else str(value) if isinstance(value, str) else shown(value)
    if value and isinstance(value[0], OpenHours):
        return "; ".join(_hours(one) for one in value)
    refers = next(one for one in shapes_of(type(entry)) if one.name == name).refers
    labels = labels_of(pack, refers, name) if refers else {}
    return ", ".join(labels.get(one) or chosen_words(name, one) for one in value)


def _hours(one: OpenHours) -> str:
    every = len(set(one.days)) == len(WEEKDAYS_ABBR)
    days = _("elke dag") if every else ", ".join(str(WEEKDAYS_ABBR[day - 1]) for day in one.days)
    round_the_clock = one.opens == one.closes
    return f"{days}: {_('dag en nacht') if round_the_clock else f'{one.opens}–{one.closes}'}"
