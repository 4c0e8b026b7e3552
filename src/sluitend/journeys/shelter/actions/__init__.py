"""The only place where a search changes. One function a verb; see the modules."""

from sluitend.journeys.shelter.actions.clocking import by_clock, forget_addresses, to_remind
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
    too_late,
    withdraw,
)

__all__ = [
    "REASONS",
    "Wish",
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
    "offer",
    "open_address",
    "place",
    "refused",
    "said_so",
    "set_night",
    "start",
    "to_remind",
    "too_late",
    "withdraw",
]
