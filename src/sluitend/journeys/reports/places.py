"""From what somebody typed, or where their phone is, to the municipality that a report is for."""

from dataclasses import dataclass

from sluitend.kernel.handbook.address_book import NONE, Address, Doors
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.territory import Municipality, elsewhere_in

OUTSIDE = "outside"
GIVE_METRES = 100.0
"""A border in the handbook is drawn with fewer points than it has, and stops where the sea begins."""


@dataclass(frozen=True)
class Found:
    """The municipality, or why there is none yet: it must be asked, or it lies outside the region.

    `elsewhere` is the name of one outside the region, where the typed place or the phone tells it.
    """

    municipality: Municipality | None = None
    outside: bool = False
    elsewhere: str = ""

    @property
    def asks(self) -> bool:
        """Whether only the reporter can say which municipality it is."""
        return self.municipality is None and not self.outside


def find(
    pack: Pack,
    *,
    text: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    accuracy: float | None = None,
    chosen: str = "",
    doors: Doors = NONE,
    door: Address | None = None,
) -> Found:
    """Return where a report belongs.

    What was chosen goes before what was typed, and that before the phone: somebody may report at home.

    Args:
        pack: the handbook with the region's places.
        text: an address, the name of a place, or words.
        latitude, longitude: of the phone, when it was allowed to tell.
        accuracy: how many metres the phone may be off.
        chosen: CBS code from the list, or `OUTSIDE`.
        doors: the addresses that the text may mean, where this installation has addresses.
        door: the one of them that was picked.
    """
    if chosen == OUTSIDE:
        return Found(outside=True)
    if chosen and chosen in pack.municipalities:
        return Found(pack.municipalities[chosen])
    if typed := _typed(pack, text, doors, door):
        return typed
    if latitude is not None and longitude is not None:
        return _at(pack, latitude, longitude, off=accuracy or 0.0)
    return Found()


def _typed(pack: Pack, text: str, doors: Doors, door: Address | None) -> Found | None:
    """Return what the words tell: an address goes before names of places, which may be in a street too."""
    if meant := door or (doors.found[0] if doors.sure else None):
        return Found(pack.municipalities.get(meant.municipality))
    if doors.beside:
        return Found(outside=True, elsewhere=doors.beside)
    if text and (named := pack.municipality_for_place(text)):
        return Found(named)
    if text and (other := elsewhere_in(text, pack.elsewhere)):
        return Found(outside=True, elsewhere=other.name)
    return None


def town_at(pack: Pack, municipality: Municipality, latitude: float, longitude: float) -> str:
    """Return the town of a municipality that is nearest to a point in it; empty for a point in another."""
    if pack.borders.areas:
        area = pack.borders.at(latitude, longitude)
        if area is None or area.code != municipality.id:
            return ""
    elif pack.municipality_near(latitude, longitude) != municipality:
        return ""
    near = pack.places_near(latitude, longitude)
    return next((each.name for each in near if each.municipality == municipality.id), "")


def _at(pack: Pack, latitude: float, longitude: float, *, off: float) -> Found:
    """Return where a point lies: by the borders, or without those by the nearest place."""
    if not pack.borders.areas:
        return Found(pack.municipality_near(latitude, longitude))
    area = pack.borders.at(latitude, longitude)
    if area and (own := pack.municipalities.get(area.code)):
        return Found(own)
    own_borders = pack.borders.of(pack.municipalities.ids)
    near = min((each.metres_from(latitude, longitude) for each in own_borders), default=0.0)
    if area is None or near <= max(off, GIVE_METRES):
        # A phone is never sent away for what it may be off: who holds it knows.
        return Found()
    return Found(outside=True, elsewhere=area.name)
