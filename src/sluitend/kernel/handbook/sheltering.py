"""Looking for a place to sleep: which kinds there are, what a night can be, and what the clock does."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .entries import BothLanguages, Fact, Refers


class Household(StrEnum):
    """For whom a place is looked for."""

    ADULT = "adult"
    FAMILY = "family"
    CHILD = "child"


class Night(StrEnum):
    """What a night was, or is going to be. There is no fifth."""

    PLACED = "placed"
    BRIDGED = "bridged"
    DECLINED = "declined"
    NOWHERE = "nowhere"


class Hour(StrEnum):
    """What has an hour of its own each day, weekends included."""

    TURN = "turn"
    """The night before is over, and what is looked for is the night that comes."""
    LISTED = "listed"
    FILLED = "filled"
    """Before this it is known what the night before became."""
    REMINDED = "reminded"
    BEFORE = "before"
    """Before this everybody has a bed, or a decision."""
    CLIMBED = "climbed"


class ShelterKind(Fact):
    """A kind of place. What `bridges` is a bed for the night that is not meant for it."""

    label: BothLanguages
    who_places: BothLanguages
    households: tuple[Household, ...] = Field(min_length=1)
    bridges: bool = False


class ShelterFilter(Fact):
    """What a place must have for somebody."""

    label: BothLanguages


class ShelterRefusal(Fact):
    """Why a provider says no, or why nothing here fits."""

    label: BothLanguages


class NightState(Fact):
    """How one of the four is called, and when it is that."""

    label: BothLanguages
    meaning: BothLanguages


class NightHour(Fact):
    """An hour of the clock, and what happens then."""

    at: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    text: BothLanguages

    @property
    def time(self) -> time:
        """The hour."""
        return time.fromisoformat(self.at)


class NightRung(Fact):
    """Whom to reach when the hour has passed. Without a number of the handbook nobody knows how."""

    label: BothLanguages
    help_line: Annotated[str, Refers("help_lines")] | None = None
