"""Numbers to call that have ended, and numbers that nobody looked at in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .helping import InformationPoint
from .loading import file_of
from .pack import Pack
from .problems import Finding, PackProblem
from .recognition import HelpLine


def ended_numbers(pack: Pack, day: date) -> tuple[PackProblem, ...]:
    """Return the numbers that no longer hold on `day`. A pack with one is not published."""
    return tuple(
        Finding(
            part,
            entry.id,
            (
                f"het nummer gold tot en met {entry.valid_until}",
                f"the number held until {entry.valid_until}",
            ),
            (
                "zoek het nummer van nu en verander 'valid_until', of haal de regel weg",
                "find the number of now and change 'valid_until', or take the entry out",
            ),
            "valid_until",
        ).problem(file_of)
        for part, entry in _with_number(pack)
        if entry.valid_until and entry.valid_until < day
    )


def overdue_numbers(pack: Pack, day: date) -> tuple[PackProblem, ...]:
    """Return the numbers that somebody should have looked at before `day`. They only warn."""
    return tuple(
        Finding(
            part,
            entry.id,
            (
                f"het nummer moest voor {entry.review_by} zijn nagekeken",
                f"the number was due on {entry.review_by}",
            ),
            (
                "bel het nummer en zet bij 'review_by' een dag over een half jaar",
                "call the number and put a day half a year from now at 'review_by'",
            ),
            "review_by",
        ).problem(file_of)
        for part, entry in _with_number(pack)
        if entry.review_by and entry.review_by < day
    )


def _with_number(pack: Pack) -> Iterator[tuple[str, HelpLine | InformationPoint]]:
    for line in pack.help_lines:
        yield "help_lines", line
    for point in pack.points:
        if point.number:
            yield "points", point
