"""What borders must be: of every municipality or of none, around its places, and not too large."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .borders import MOST_POINTS
from .problems import Finding

if TYPE_CHECKING:
    from .pack import Pack

PART = "borders"


def border_findings(pack: Pack) -> Iterator[Finding]:
    """Yield what is wrong with the borders of a pack; a pack may do without."""
    borders = pack.borders
    if not borders.areas:
        return
    if not borders.source:
        yield Finding(
            PART,
            "",
            ("er staat niet van wie de grenzen zijn", "it does not say whose borders these are"),
            (
                "zet 'source' boven in het bestand, of maak het met sluitend handbook borders",
                "put 'source' at the top of the file, or make it with sluitend handbook borders",
            ),
            "source",
        )
    if borders.points > MOST_POINTS:
        yield Finding(
            PART,
            "",
            (
                f"de grenzen hebben meer dan {MOST_POINTS} punten",
                f"the borders have more than {MOST_POINTS} points",
            ),
            (
                "maak het bestand met sluitend handbook borders: dat neemt alleen deze regio",
                "make the file with sluitend handbook borders: that takes this region alone",
            ),
        )
        return
    yield from _missing(pack)
    yield from _places(pack)


def _missing(pack: Pack) -> Iterator[Finding]:
    drawn = {area.code for area in pack.borders.areas}
    for each in pack.municipalities:
        if each.id not in drawn:
            yield Finding(
                PART,
                each.id,
                ("deze gemeente heeft geen grens", "this municipality has no border"),
                (
                    "maak het bestand opnieuw met grenzen van nu: sluitend handbook borders, of haal het weg",
                    "make the file anew of the borders of now: sluitend handbook borders, or take it out",
                ),
            )


def _places(pack: Pack) -> Iterator[Finding]:
    own = {area.code: area for area in pack.borders.of(pack.municipalities.ids)}
    for place in pack.places:
        area = own.get(place.municipality)
        if area is None or area.has(place.latitude, place.longitude):
            continue
        there = pack.borders.at(place.latitude, place.longitude)
        but = (f"in {there.name}", f"in {there.name}") if there else ("erbuiten", "outside it")
        yield Finding(
            "places",
            place.id,
            (
                f"deze plaats ligt niet in {area.name}, maar {but[0]}",
                f"this place does not lie in {area.name}, but {but[1]}",
            ),
            ("verbeter het punt, of de gemeente", "mend the point, or the municipality"),
            "latitude",
        )
