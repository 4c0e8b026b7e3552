"""A list that declares what it can be filtered and sorted on, and is paged by key."""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db.models import Q

from sluitend.kernel.listing import Choice, Chosen, Order

STATE = Choice("stand", "Stand", {"": "Open", "klaar": "Klaar"})
SORT = Choice("volgorde", "Volgorde", {"": "Nieuwste eerst", "oud": "Oudste eerst"})
CHOICES = (STATE, SORT)
NEWEST = Order(("-opened", "id"), (datetime.fromisoformat, UUID))


@dataclass(frozen=True)
class Row:
    """What a page ends with."""

    opened: datetime
    id: UUID


def test_without_a_choice_the_first_option_holds() -> None:
    chosen = Chosen.of(CHOICES, {})
    assert (chosen["stand"], chosen["volgorde"], chosen.is_usual) == ("", "", True)


@pytest.mark.parametrize("asked", ["onzin", "'; DROP TABLE", "x" * 9000, "💥"])
def test_what_is_no_option_chooses_what_is_usual_and_stands_in_no_link(asked: str) -> None:
    chosen = Chosen.of(CHOICES, {"stand": asked, "anders": asked})
    assert chosen.is_usual
    assert all(asked not in option.address for _label, options in chosen.bars() for option in options)


def test_a_choice_keeps_the_other_choices_and_begins_at_the_start() -> None:
    chosen = Chosen.of(CHOICES, {"stand": "klaar", "na": "abc"})
    (_stand, of_state), (_sort, of_sort) = chosen.bars()
    assert [(each.address, each.chosen) for each in of_state] == [("?", False), ("?stand=klaar", True)]
    assert [each.address for each in of_sort] == ["?stand=klaar", "?stand=klaar&volgorde=oud"]
    assert chosen.following("def") == "?stand=klaar&na=def"


def test_a_key_says_after_which_row_the_next_page_begins() -> None:
    row = Row(datetime(2026, 11, 28, 3, 4, 5, 678, tzinfo=UTC), uuid4())
    values = NEWEST.values(NEWEST.key(row))
    assert values == (row.opened, row.id)
    assert NEWEST.past(values) == Q(opened__lt=row.opened) | (Q(opened=row.opened) & Q(id__gt=row.id))


@pytest.mark.parametrize("key", ["", "onzin", "💥", "MjAyNg", "x" * 4000, "MjAyNi0wMS0wMXx4"])
def test_a_broken_key_is_none(key: str) -> None:
    assert NEWEST.values(key) is None


def key_of(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "moment", ["2026-01-01T00:00:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"]
)
def test_a_moment_that_is_none_begins_at_the_start(moment: str) -> None:
    assert NEWEST.values(key_of(f"{moment}|{uuid4()}")) is None


@pytest.mark.parametrize("zone", ["+23:59", "-23:59", "+01:00:00.5", "+00:00"])
def test_a_moment_in_a_zone_that_the_database_does_not_know_is_the_same_moment(zone: str) -> None:
    values = NEWEST.values(key_of(f"2026-01-01T12:00:00{zone}|{uuid4()}"))
    assert values is not None
    assert values[0] == datetime.fromisoformat(f"2026-01-01T12:00:00{zone}")
    assert values[0].tzinfo is UTC
