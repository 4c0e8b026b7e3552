"""Municipalities and places: from what somebody types, or from where a phone is, to a municipality."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import Annotated, Self

from pydantic import Field, model_validator

from .entries import BothLanguages, Entry, Fact, Refers, Structure

EARTH_RADIUS_KM = 6371.0
NEAR_KM = 6.0

SubregionId = Annotated[str, Refers("subregions")]

# With its letters anywhere in the text; the four figures alone only as a part between commas, because they
# can be a house number or a year.
_POSTCODE = re.compile(
    r"\b([1-9][0-9]{3})\s?[A-Za-z]{2}\b|(?:^|[,;\n])\s*([1-9][0-9]{3})\s*(?=$|[,;\n])", re.ASCII
)


class Subregion(Entry):
    """A part of the region; partners cover subregions."""

    label: BothLanguages


class Municipality(Fact):
    """A municipality with its CBS code as id, for example GM1783."""

    name: str
    aliases: tuple[str, ...] = ()
    subregion: SubregionId

    @property
    def known_as(self) -> str:
        """How people look for it in a list: by the name they use, with the official one after it."""
        return f"{self.aliases[0]} ({self.name})" if self.aliases else self.name


class PostcodeRange(Structure):
    """Four-figure postcodes, both ends included."""

    first: int = Field(ge=1000, le=9999)
    last: int = Field(ge=1000, le=9999)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.last < self.first:
            raise ValueError(
                "last ligt voor first|last lies before first"
                "|zet het laagste getal bij first|put the lowest number at first"
            )
        return self

    def has(self, postcode: int) -> bool:
        """Tell whether the postcode lies in the range."""
        return self.first <= postcode <= self.last


class Place(Fact):
    """A place of residence. `ordinary_word` marks names that are also common words, such as Monster."""

    name: str
    aliases: tuple[str, ...] = ()
    municipality: Annotated[str, Refers("municipalities")]
    postcodes: tuple[PostcodeRange, ...] = ()
    latitude: float = Field(ge=50.0, le=54.0)
    longitude: float = Field(ge=3.0, le=8.0)
    ordinary_word: bool = False

    def has_postcode(self, postcode: int) -> bool:
        """Tell whether the place has the four-figure postcode."""
        return any(span.has(postcode) for span in self.postcodes)


class Elsewhere(Fact):
    """A municipality outside the region, with the names of places in it, to say at once whom to call.

    `ordinary` has those of its names that are also common words: they count only after a comma.
    """

    name: str
    places: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()


def normalise(words: str) -> str:
    """Return words in lower case, without accents, apostrophes or doubled spaces."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9,;\n]+", " ", re.sub(r"['’`]", "", plain)).strip()


@cache
def _plain(name: str) -> str:
    """Return a name of the pack as `normalise` does; there are hundreds, and each text is beside all."""
    return normalise(name)


def place_in(text: str, names: Iterable[tuple[str, str, bool]]) -> str | None:
    """Find the municipality that `text` names; `names` gives name, municipality and ordinary word.

    A part between commas that is exactly a name wins. Then the longest name inside the text, and of
    equally long ones the last, because in an address the place comes last.
    """
    known = [(_plain(name), municipality, ordinary) for name, municipality, ordinary in names]
    plain = normalise(text)
    segments = {segment.strip() for segment in re.split(r"[,;\n]", plain)}
    for name, municipality, _ordinary in known:
        if name in segments:
            return municipality
    found = [
        (len(name), match.start(), municipality)
        for name, municipality, ordinary in known
        # Hardly any of them stands in the text at all, and a pattern costs ten times as much.
        if not ordinary and name in plain and (match := re.search(rf"\b{re.escape(name)}\b", plain))
    ]
    return max(found)[2] if found else None


# In an address the place comes last, after a number, a postcode or "in"; "Café Rotterdam" is no place.
_BEFORE_PLACE = r"(?:^|(?:^|\s)(?:in|te|near|\d+[a-z]{0,2}|\d{4} [a-z]{2}) )"


def elsewhere_in(text: str, others: Iterable[Elsewhere]) -> Elsewhere | None:
    """Find the municipality that `text` ends with or has as a part between commas; the longest name wins."""
    segments = [each.strip() for each in re.split(r"[,;\n]", normalise(text)) if each.strip()]
    found: list[tuple[int, Elsewhere]] = []
    for other in others:
        for called in (other.name, *other.places):
            name = _plain(called)
            if called in other.ordinary:
                fits = name in segments[1:]
            else:
                ends = (each for each in segments if each.endswith(name))
                fits = any(re.search(rf"{_BEFORE_PLACE}{re.escape(name)}$", each) for each in ends)
            if fits:
                found.append((len(name), other))
    return max(found, key=lambda each: each[0])[1] if found else None


def postcodes_in(text: str) -> tuple[int, ...]:
    """Return the four figures of each postcode in the text, in order."""
    return tuple(int(with_letters or alone) for with_letters, alone in _POSTCODE.findall(text))


def distance_km(latitude: float, longitude: float, place: Place) -> float:
    """Return the distance over the globe (haversine) to the centre of a place, in kilometres."""
    here, there = radians(latitude), radians(place.latitude)
    half_height = sin((there - here) / 2) ** 2
    half_width = sin(radians(place.longitude - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half_height + cos(here) * cos(there) * half_width))
