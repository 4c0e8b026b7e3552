"""The only place where a search changes. One function a verb; see the modules."""

from sluitend.journeys.shelter.actions.clocking import by_clock, forget_addresses, to_remind
from sluitend.journeys.shelter.actions.hotels import answer_hotel, ask_hotel, note_hotel, recall_hotel
from sluitend.journeys.shelter.actions.missing import called, gone
from sluitend.journeys.shelter.actions.nights import child_is_not_bridged, set_night
from sluitend.journeys.shelter.actions.places import REASONS, open_address
from sluitend.journeys.shelter.actions.searching import (
    Wish,
    declined,
    end,
    extend,
    go_on,
    hold,
    leave,
    mediate,
    offer,
    place,
    refused,
    said_so,
    start,
    stop_mediation,
    too_late,
    withdraw,
)

__all__ = [
    "REASONS",
    "Wish",
    "answer_hotel",
    "ask_hotel",
    "by_clock",
    "called",
    "child_is_not_bridged",
    "declined",
    "end",
    "extend",
    "forget_addresses",
    "go_on",
    "gone",
    "hold",
    "leave",
    "mediate",
    "note_hotel",
    "offer",
    "open_address",
    "place",
    "recall_hotel",
    "refused",
    "said_so",
    "set_night",
    "start",
    "stop_mediation",
    "to_remind",
    "too_late",
    "withdraw",
]
