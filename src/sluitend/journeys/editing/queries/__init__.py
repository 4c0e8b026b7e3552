"""What is shown of the handbook as it is edited; see the modules."""

from sluitend.journeys.editing.queries.pages import (
    DraftView,
    EntryView,
    blank,
    changes,
    draft_view,
    entry,
    entry_lines,
    overview,
    pack_of_draft,
    problems_with,
    trial,
    waits_for_second,
)

__all__ = [
    "DraftView",
    "EntryView",
    "blank",
    "changes",
    "draft_view",
    "entry",
    "entry_lines",
    "overview",
    "pack_of_draft",
    "problems_with",
    "trial",
    "waits_for_second",
]
