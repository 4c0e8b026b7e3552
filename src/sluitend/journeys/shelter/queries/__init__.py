"""What is read of searches: one opened, the list without names, and who is reached now."""

from sluitend.journeys.shelter.queries.listed import NightCell, SearchLine, begun_from, searches, without_bed
from sluitend.journeys.shelter.queries.opened import SearchView, search
from sluitend.journeys.shelter.queries.reaching import Reached, reached

__all__ = [
    "NightCell",
    "Reached",
    "SearchLine",
    "SearchView",
    "begun_from",
    "reached",
    "search",
    "searches",
    "without_bed",
]
