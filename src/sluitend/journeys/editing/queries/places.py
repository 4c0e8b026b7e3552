"""On which page people read an entry of the handbook, and from it back to the entry in the editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PAGES: Mapping[str, tuple[str, str]] = {
    "forms": ("handbook_form", "exploitation"),
    "sectors": ("handbook_sector", "sector"),
    "branches": ("handbook_branch", "branch"),
    "risk_groups": ("handbook_group", "group"),
    "moments": ("handbook_moment", "moment"),
    "barriers": ("handbook_barrier", "barrier"),
    "instruments": ("handbook_instrument", "instrument"),
    "partners": ("handbook_partner", "partner"),
    "headings": ("handbook_heading", "heading"),
    "reader_pages": ("handbook_readers", "readers"),
}
"""Lists of which each entry has a page of its own, with what its address calls the entry."""

TOGETHER: Mapping[str, str] = {
    "help_lines": "handbook_numbers",
    "points": "handbook_points",
    "registers": "handbook_registers",
    "figures": "handbook_figures",
    "claims": "handbook_figures",
    "care_offers": "handbook_care",
}
"""Lists of which all entries stand on one page."""

EDITOR = "/werk/handboek/"
"""Where the editor is: the process that serves everybody does not know its addresses."""


def editor_of(page: str, said: Mapping[str, Any]) -> str:
    """Return where to change what a page shows; empty where it shows no entry or list by itself.

    Args:
        page: the name of its address.
        said: what the address says, by name.
    """
    for part, (name, key) in PAGES.items():
        if page == name and key in said:
            return f"{EDITOR}regel/{part}/{said[key]}/"
    return next((f"{EDITOR}lijst/{part}/" for part, name in TOGETHER.items() if page == name), "")
