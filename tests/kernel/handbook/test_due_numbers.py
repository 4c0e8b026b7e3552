"""Numbers that ended stop a publication; numbers that nobody looked at warn."""

from datetime import date

from sluitend.kernel.handbook.due_numbers import ended_numbers, overdue_numbers
from sluitend.kernel.handbook.entries import Entries
from sluitend.kernel.handbook.pack import Pack

DAY = date(2026, 11, 25)
YESTERDAY = date(2026, 11, 24)


def with_line(pack: Pack, **changed: object) -> Pack:
    """Return the pack with another first help line."""
    first, *others = pack.help_lines
    lines = (first.model_copy(update=changed), *others)
    return pack.model_copy(update={"help_lines": Entries(lines)})


def test_the_numbers_of_the_region_hold_and_were_looked_at(pack: Pack) -> None:
    assert ended_numbers(pack, DAY) == ()
    assert overdue_numbers(pack, DAY) == ()


def test_a_number_ends_the_day_after_its_last(pack: Pack) -> None:
    assert ended_numbers(with_line(pack, valid_until=DAY), DAY) == ()
    (problem,) = ended_numbers(with_line(pack, valid_until=YESTERDAY), DAY)
    assert (problem.file, problem.entry, problem.field) == ("help_lines.yaml", "112", "valid_until")
    assert problem.message == "het nummer gold tot en met 2026-11-24"
    assert problem.remedy


def test_a_number_that_nobody_looked_at_in_time_warns_and_does_not_end(pack: Pack) -> None:
    late = with_line(pack, review_by=YESTERDAY)
    assert ended_numbers(late, DAY) == ()
    (problem,) = overdue_numbers(late, DAY)
    assert (problem.file, problem.entry, problem.field) == ("help_lines.yaml", "112", "review_by")


def test_a_point_counts_only_when_it_has_a_number(pack: Pack) -> None:
    ended = tuple(point.model_copy(update={"valid_until": YESTERDAY}) for point in pack.points)
    found = ended_numbers(pack.model_copy(update={"points": Entries(ended)}), DAY)
    assert [problem.entry for problem in found] == ["vt"]
