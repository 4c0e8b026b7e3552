"""From what somebody typed, or where their phone is, to the municipality that a report is for."""

from dataclasses import dataclass

from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.territory import Elsewhere, Municipality, elsewhere_in

OUTSIDE = "outside"


@dataclass(frozen=True)
class Found:
    """The municipality, or why there is none yet: it must be asked, or it lies outside the region.

    `elsewhere` is which one outside the region the typed place tells.
    """

    municipality: Municipality | None = None
    outside: bool = False
    elsewhere: Elsewhere | None = None

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
    chosen: str = "",
) -> Found:
    """Return where a report belongs.

    What was chosen goes before what was typed, and that before the phone: somebody may report at home.

    Args:
        pack: the handbook with the region's places.
        text: an address, the name of a place, or words.
        latitude, longitude: of the phone, when it was allowed to tell.
        chosen: CBS code from the list, or `OUTSIDE`.
    """
    if chosen == OUTSIDE:
        return Found(outside=True)
    if chosen and chosen in pack.municipalities:
        return Found(pack.municipalities[chosen])
    if text and (named := pack.municipality_for_place(text)):
        return Found(named)
    if text and (other := elsewhere_in(text, pack.elsewhere)):
        return Found(outside=True, elsewhere=other)
    if latitude is not None and longitude is not None:
        return Found(pack.municipality_near(latitude, longitude))
    return Found()
