"""What the region may read of help: figures of half years that are over, and what is agreed."""

from sluitend.journeys.assurance.queries.asking import (
    Years,
    asked_now,
    asks,
    kinds_now,
    may_be_asked,
    open_round,
    years,
)
from sluitend.journeys.assurance.queries.assured import Board, One, board, choices, one, sees_assured
from sluitend.journeys.assurance.queries.released import Picture, picture

__all__ = [
    "Board",
    "One",
    "Picture",
    "Years",
    "asked_now",
    "asks",
    "board",
    "choices",
    "kinds_now",
    "may_be_asked",
    "one",
    "open_round",
    "picture",
    "sees_assured",
    "years",
]
