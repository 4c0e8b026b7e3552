"""What tells who somebody is: found in a text before it leaves, so that a person looks at each of it.

Patterns, lists of words of the handbook and what the case itself knows; no model. It marks, it never decides.
"""

from sluitend.kernel.telltale.finding import SURE, Finder, Known, Mark, Sort, finder
from sluitend.kernel.telltale.hidden import Hidden
from sluitend.kernel.telltale.leaving import (
    NO_BACKGROUND,
    NOTHING_LOOKED,
    PLACES,
    STAYS,
    Background,
    Looked,
    place_first,
    require_looked_at,
    words_that_leave,
)
from sluitend.kernel.telltale.lists import betrays
from sluitend.kernel.telltale.looking import GO, LEFT_OUT, OUT, Look, Written, looks_at, without
from sluitend.kernel.telltale.parts import FREE_PARTS, told_by, written_part

__all__ = [
    "FREE_PARTS",
    "GO",
    "LEFT_OUT",
    "NOTHING_LOOKED",
    "NO_BACKGROUND",
    "OUT",
    "PLACES",
    "STAYS",
    "SURE",
    "Background",
    "Finder",
    "Hidden",
    "Known",
    "Look",
    "Looked",
    "Mark",
    "Sort",
    "Written",
    "betrays",
    "finder",
    "looks_at",
    "place_first",
    "require_looked_at",
    "told_by",
    "without",
    "words_that_leave",
    "written_part",
]
