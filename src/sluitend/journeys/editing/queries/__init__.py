"""What is shown of the handbook as it is edited; see the modules."""

from sluitend.journeys.editing.queries.looking import asks, lines, own_unread
from sluitend.journeys.editing.queries.pages import (
    DraftView,
    EntryView,
    blank,
    changes,
    draft_view,
    entry,
    entry_lines,
    in_the_way,
    overview,
    pack_of_draft,
    problems_with,
    trial,
)
from sluitend.journeys.editing.queries.places import editor_of

__all__ = [
    "DraftView",
    "EntryView",
    "asks",
    "blank",
    "changes",
    "draft_view",
    "editor_of",
    "entry",
    "entry_lines",
    "in_the_way",
    "lines",
    "overview",
    "own_unread",
    "pack_of_draft",
    "problems_with",
    "trial",
]
