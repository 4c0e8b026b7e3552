"""The verbs of a draft of the handbook. Nothing else changes one; see the modules."""

from sluitend.journeys.editing.actions.asking import answer_check, ask_partner, lay_aside, take_over
from sluitend.journeys.editing.actions.checking import assign
from sluitend.journeys.editing.actions.drafts import (
    catch_up,
    drop,
    go_back,
    offer,
    publish,
    send_back,
    start,
    take_back,
)
from sluitend.journeys.editing.actions.entries import (
    Edit,
    look,
    put_back,
    review,
    review_language,
    save,
    save_sheet,
)
from sluitend.journeys.editing.actions.errors import ChangedMeanwhile, NotRight, OtherWasFirst, StaysBehind

__all__ = [
    "ChangedMeanwhile",
    "Edit",
    "NotRight",
    "OtherWasFirst",
    "StaysBehind",
    "answer_check",
    "ask_partner",
    "assign",
    "catch_up",
    "drop",
    "go_back",
    "lay_aside",
    "look",
    "offer",
    "publish",
    "put_back",
    "review",
    "review_language",
    "save",
    "save_sheet",
    "send_back",
    "start",
    "take_back",
    "take_over",
]
