"""What the region may read of help: figures of half years that are over, and what is agreed."""

from sluitend.journeys.assurance.queries.assured import Board, One, board, choices, one, sees_assured
from sluitend.journeys.assurance.queries.released import Picture, picture

__all__ = ["Board", "One", "Picture", "board", "choices", "one", "picture", "sees_assured"]
