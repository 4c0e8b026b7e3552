"""What a list can be filtered and sorted on: declared by the list, chosen in its address, paged by key.

Nothing that somebody typed stands in an address: only which of the declared choices, and where a page ended.
What is sought in a list comes in the body of a POST, is held against codes, tokens and names, and is kept
nowhere.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce
from operator import attrgetter, or_
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.ledger.actions import Subject, record_many
from sluitend.kernel.sealing.folding import fold

type Words = str | Promise

PAGE = 50
AFTER = "na"
"""Under which name an address says where the page before ended."""

SOUGHT = "q"
SEARCH = "search"
"""The purpose in the ledger of looking at what is sought in a list."""

LONGEST = 200
SHORTEST_NAME = 3
MOST_NAMES = 5
"""Of how many with the same word in their name a list shows what they have: each is a statement."""

CODE = re.compile(r"\s*([A-Z])[-– ]?([0-9A-Z]{4,8})\s*", re.IGNORECASE)


def asked_of(address: Mapping[str, str], body: Mapping[str, str]) -> dict[str, str]:
    """Return what a request asks of a list. What is sought counts in its body alone, never in its address."""
    words = "".join(each for each in body.get(SOUGHT, "") if each.isprintable())
    return {**address, SOUGHT: words.strip()[:LONGEST]}


def code_in(words: str) -> str:
    """Return the code that these words are, however it was typed; empty when they are none."""
    found = CODE.fullmatch(words)
    return f"{found[1]}-{found[2]}".upper() if found else ""


def with_code[M: Model](rows: QuerySet[M], words: str) -> QuerySet[M]:
    """Return of a list what has these words for a code; nothing, and no statement, when they are none."""
    code = code_in(words)
    return rows.filter(code=code) if code else rows.none()


def named[Key](words: str, names: Iterable[tuple[Key, str]]) -> list[Key]:
    """Return the first keys of what has these words in its name, from the beginning of a word."""
    sought = fold(words)
    if len(sought) < SHORTEST_NAME:
        return []
    return [key for key, name in names if f" {sought}" in f" {fold(name)}"][:MOST_NAMES]


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
    words: str = ""
    """What is sought in the list."""

    @classmethod
    def of(cls, choices: Sequence[Choice], asked: Mapping[str, str]) -> Self:
        """Return what somebody asks of a list with these choices; see `asked_of`."""
        values = {each.name: asked.get(each.name, "") for each in choices}
        return cls(
            choices,
            {
                each.name: values[each.name] if values[each.name] in each.options else each.usual
                for each in choices
            },
            asked.get(AFTER, ""),
            asked.get(SOUGHT, ""),
        )

    def __getitem__(self, name: str) -> str:
        """Return which option was chosen."""
        return self.values[name]

    @property
    def is_usual(self) -> bool:
        """Whether nothing was left out by a choice or by what is sought."""
        return not self.words and all(self[each.name] == each.usual for each in self.choices)

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
        return "?" + urlencode({name: each for name, each in values.items() if each != usual.get(name, "")})

    def following(self, after: str) -> str:
        """Return the address of the page that begins after a row."""
        return self.address(**{AFTER: after})

    def note(self, actor: Actor, action: str, activity: str, found: Iterable[Subject]) -> None:
        """Write that somebody looked at a list. Of who sought something the ledger names all that was shown.

        Args:
            actor: who looked.
            action: the right to see the list.
            activity: id in the register of processing activities.
            found: kind and id of each row that is shown.
        """
        subjects: Sequence[Subject | None] = (list(found) if self.words else []) or [None]
        purpose = SEARCH if self.words else ""
        record_many(actor=actor, action=action, subjects=subjects, activity=activity, purpose=purpose)


EVERY = Chosen((), {})
"""What somebody asks who asks nothing."""


@dataclass(frozen=True)
class Page[Row]:
    """Part of a list as it was chosen; `after` is where the next part begins, empty for the last."""

    rows: Sequence[Row]
    chosen: Chosen
    after: str = ""

    @property
    def next(self) -> str:
        """The address of the next page."""
        return self.chosen.following(self.after)


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

    def sorted[M: Model](self, rows: Iterable[M]) -> list[M]:
        """Return rows in this order."""
        found = list(rows)
        for column in reversed(self.columns):
            found.sort(key=attrgetter(column.lstrip("-")), reverse=column.startswith("-"))
        return found

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


@dataclass(frozen=True)
class Sorting(Choice):
    """In what order a list stands: one for each option."""

    orders: Sequence[Order] = ()

    def of(self, chosen: Chosen) -> Order:
        """Return the order that was chosen."""
        return dict(zip(self.options, self.orders, strict=True))[chosen[self.name]]


def page_of[M: Model](
    parts: Sequence[QuerySet[M]], order: Order, after: str, size: int = PAGE
) -> tuple[list[M], str]:
    """Return a page of what is in any of these, and where it ends when there is more.

    Each part is a statement of its own and reads its own index: "one or the other" would read the whole list.
    """
    last = order.values(after)
    found: dict[Any, M] = {}
    for part in parts:
        rows = part.filter(order.past(last)) if last else part
        found |= {row.pk: row for row in rows.order_by(*order.columns)[: size + 1]}
    page = order.sorted(found.values())
    return page[:size], order.key(page[size - 1]) if len(page) > size else ""


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
