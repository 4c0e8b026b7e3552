"""No hidden count follows from what is shown: not from a total, and not from the total of totals."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from sluitend.kernel.small_cells import LEAST, Part, protect, release

COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 200))
CELLS = st.dictionaries(st.integers(0, 30), COUNTS, min_size=1, max_size=12)


def primary(value: int) -> int | None:
    """What the database gives: nothing under ten, zero included."""
    return value if value >= LEAST else None


def given_to_us(cells: Mapping[int, int]) -> tuple[dict[int, int | None], int | None]:
    return {key: primary(value) for key, value in cells.items()}, primary(sum(cells.values()))


def check_part(cells: Mapping[int, int], part: Part[int]) -> None:
    """Check what an outsider can do with one part: subtract what is shown from the total."""
    shown = {key: value for key, value in part.cells.items() if value is not None}
    assert all(value == cells[key] for key, value in shown.items())
    assert all(value >= LEAST for value in shown.values())
    hidden = set(cells) - set(shown)
    if part.total is None or not hidden:
        return
    assert part.total == sum(cells.values())
    rest = part.total - sum(shown.values())
    # What is hidden together is no small count, and at least two share it: none of them follows.
    assert len(hidden) > 1
    assert rest >= LEAST


@given(CELLS)
def test_no_hidden_count_of_a_part_follows(cells: dict[int, int]) -> None:
    check_part(cells, protect(*given_to_us(cells)))


@given(CELLS)
def test_nothing_is_hidden_without_need(cells: dict[int, int]) -> None:
    if all(value >= LEAST for value in cells.values()):
        assert protect(*given_to_us(cells)) == Part(cells, sum(cells.values()))


@given(st.dictionaries(st.sampled_from("abc"), CELLS, min_size=1))
def test_no_hidden_total_follows_from_the_whole(parts: dict[str, dict[int, int]]) -> None:
    whole = sum(sum(cells.values()) for cells in parts.values())
    figures = release({name: given_to_us(cells) for name, cells in parts.items()}, primary(whole))
    for name, cells in parts.items():
        check_part(cells, figures.parts[name])
    if figures.total is not None:
        assert figures.total == whole
        assert all(part.total is not None for part in figures.parts.values())


def test_one_small_count_takes_the_next_smallest_with_it() -> None:
    assert protect({"a": None, "b": 31, "c": 12}, 48).cells == {"a": None, "b": 31, "c": None}


def test_two_zeros_do_not_follow_from_a_total() -> None:
    part = protect({"a": None, "b": None, "c": 40, "d": 15}, 55)
    assert part.cells == {"a": None, "b": None, "c": 40, "d": None}
    assert part.total == 55


def test_where_nothing_else_can_be_hidden_the_total_goes() -> None:
    assert protect({"a": None}, 12) == Part({"a": None}, None)
    assert protect({"a": None, "b": None}, None) == Part({"a": None, "b": None}, None)


def test_a_higher_least_is_kept() -> None:
    assert protect({"a": 15, "b": 40, "c": 41}, 96, least=20).cells == {"a": None, "b": None, "c": 41}
