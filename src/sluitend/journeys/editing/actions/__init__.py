"""The verbs of a draft of the handbook. Nothing else changes one; see the modules."""

from sluitend.journeys.editing.actions.drafts import catch_up, drop, go_back, offer, publish, start, take_back
from sluitend.journeys.editing.actions.entries import (
    Edit,
    put_back,
    review,
    review_language,
    save,
    save_sheet,
)
from sluitend.journeys.editing.actions.errors import ChangedMeanwhile, NotRight, OtherWasFirst

__all__ = [
    "ChangedMeanwhile",
    "Edit",
    "NotRight",
    "OtherWasFirst",
    "catch_up",
    "drop",
    "go_back",
    "offer",
    "publish",
    "put_back",
    "review",
    "review_language",
    "save",
    "save_sheet",
    "start",
    "take_back",
]
