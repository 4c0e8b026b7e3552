"""What a list can be filtered and sorted on: declared by the list, chosen in its address, paged by key.

Nothing that somebody typed stands in an address: only which of the declared choices, and where a page ended.
"""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce
from operator import or_
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.functional import Promise

type Words = str | Promise

AFTER = "na"
"""Under which name an address says where the page before ended."""


@dataclass(frozen=True)
class Choice:
    """One thing to choose: which of the rows, or in what order.

    Attributes:
        name: in the address.
        label: of the row of choices.
        options: in the address, and in words; the first holds where nothing was chosen.
    """

    name: str
    label: Words
    options: Mapping[str, Words]

    @property
    def usual(self) -> str:
        """What holds where nothing was chosen."""
        return next(iter(self.options))


@dataclass(frozen=True)
class Option:
    """One option as a link."""

    words: Words
    address: str
    chosen: bool


@dataclass(frozen=True)
class Chosen:
    """What somebody chose in a list. An address that somebody changed chooses what is usual."""

    choices: Sequence[Choice]
    values: Mapping[str, str]
    after: str = ""

    @classmethod
    def of(cls, choices: Sequence[Choice], asked: Mapping[str, str]) -> Self:
        """Return what an address asks of a list with these choices."""
        values = {each.name: asked.get(each.name, "") for each in choices}
        return cls(
            choices,
            {
                each.name: values[each.name] if values[each.name] in each.options else each.usual
                for each in choices
            },
            asked.get(AFTER, ""),
        )

    def __getitem__(self, name: str) -> str:
        """Return which option was chosen."""
        return self.values[name]

    @property
    def is_usual(self) -> bool:
        """Whether nothing was left out by a choice."""
        return all(self[each.name] == each.usual for each in self.choices)

    def bars(self) -> list[tuple[Words, list[Option]]]:
        """Return each row of choices with its options as links."""
        return [
            (
                each.label,
                [
                    Option(words, self.address(**{each.name: value}), self[each.name] == value)
                    for value, words in each.options.items()
                ],
            )
            for each in self.choices
        ]

    @property
    def start(self) -> str:
        """The address of the first page of what was chosen."""
        return self.address()

    def address(self, **other: str) -> str:
        """Return the address of the first page with these values instead of what was chosen."""
        values = {**self.values, **other}
        usual = {each.name: each.usual for each in self.choices}
        return "?" + urlencode({name: each for name, each in values.items() if each != usual.get(name)})

    def following(self, after: str) -> str:
        """Return the address of the page that begins after a row."""
        return self.address(**{AFTER: after})


@dataclass(frozen=True)
class Order:
    """By which columns a list is ordered, a minus before what goes down.

    The last of them is never twice the same, so that a page begins after a row, however far the list goes on.
    """

    columns: tuple[str, ...]
    kinds: tuple[Callable[[str], Any], ...]
    """What makes the value of each column of its text."""

    def key(self, row: Any) -> str:
        """Return where the page ends of which this is the last row."""
        values = (getattr(row, each.lstrip("-")) for each in self.columns)
        text = "|".join(
            each.isoformat() if isinstance(each, date | datetime) else str(each) for each in values
        )
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def values(self, key: str) -> tuple[Any, ...] | None:
        """Return the values of the last row of the page before; None for the first page, and for nonsense."""
        try:
            texts = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)).decode().split("|")
            return tuple(_known(kind(each)) for kind, each in zip(self.kinds, texts, strict=True))
        except (ValueError, OverflowError, binascii.Error):
            return None

    def past(self, values: Sequence[Any]) -> Q:
        """Return what comes after a row.

        Args:
            values: of its columns; `Given`s where the question is put into SQL once.
        """
        found, same = [], Q()
        for column, value in zip(self.columns, values, strict=True):
            name, way = column.lstrip("-"), "lt" if column.startswith("-") else "gt"
            found.append(same & Q(**{f"{name}__{way}": value}))
            same &= Q(**{name: value})
        return reduce(or_, found)


def _known(value: Any) -> Any:
    """Return a value as the database takes it: it knows no moment without a zone, nor every zone.

    Raises:
        ValueError, OverflowError: there is none.
    """
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise ValueError("a moment without a zone")
    return value.astimezone(UTC)
