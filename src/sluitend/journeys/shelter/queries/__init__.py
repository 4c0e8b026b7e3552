"""What is read of searches: one opened, the list without names, and who is reached now."""

from sluitend.journeys.shelter.queries.hotels import HotelView, hotel_towns, received_hotel, sent_hotel
from sluitend.journeys.shelter.queries.listed import NightCell, SearchLine, begun_from, searches, without_bed
from sluitend.journeys.shelter.queries.opened import SearchView, request_of, search
from sluitend.journeys.shelter.queries.reaching import Reached, reached

__all__ = [
    "HotelView",
    "NightCell",
    "Reached",
    "SearchLine",
    "SearchView",
    "begun_from",
    "hotel_towns",
    "reached",
    "received_hotel",
    "request_of",
    "search",
    "searches",
    "sent_hotel",
    "without_bed",
]
