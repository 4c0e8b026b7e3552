"""What words about a hold are held against before they leave, on either side."""

from collections.abc import Mapping
from typing import Any

from sluitend.journeys.contacts.places import Place
from sluitend.kernel.telltale import Background


def told(place: Place, *more: str) -> Background:
    """Return what the other one has already: what a hold is about is not asked about again."""
    return Background(has=(*place.as_json().values(), *more))


def told_in(content: Mapping[str, Any], *more: str) -> Background:
    """Return the same of the sealed content of a hold."""
    return told(Place.from_json(dict(content)), content["sentence"], content["contact"], *more)
