"""No small count of a kind of organisation follows, whoever reckons: every table that fits is tried."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from sluitend.journeys.assurance.crossing import told_kinds
from sluitend.kernel.small_cells import protect

LEAST = 2
"""As ten, but small enough to try every table."""
ANSWERS = ("yes", "partly")
type Table = Mapping[tuple[str, str], int]


def as_table(rows: list[tuple[int, int]]) -> Table:
    """Return how often those of each kind gave each answer."""
    return {(f"k{at}", each): row[i] for at, row in enumerate(rows) for i, each in enumerate(ANSWERS)}


ROWS = st.tuples(st.integers(0, 4), st.integers(0, 4))
TABLES = st.lists(ROWS, min_size=2, max_size=3).map(as_table)


class Told:
    """What may be read of a table."""

    def __init__(self, table: Table) -> None:
        kinds = sorted({kind for kind, _answer in table})
        self.kinds = kinds
        small = {cell: number if number >= LEAST else None for cell, number in table.items()}
        self.whole = sum(table.values())
        by = {kind: sum(table[kind, each] for each in ANSWERS) for kind in kinds}
        self.by = protect(by, self.whole, LEAST).cells
        columns = {each: sum(table[kind, each] for kind in kinds) for each in ANSWERS}
        self.columns = protect(columns, self.whole, LEAST).cells
        rows = {kind: {each: small[kind, each] for each in ANSWERS} for kind in kinds}
        whole = self.whole if self.whole >= LEAST else None
        self.rows = told_kinds(rows, self.by, self.columns, whole, LEAST)

    def fits(self, table: Table) -> bool:
        """Tell whether a table could be the one of which this was told."""
        return (
            sum(table.values()) == self.whole
            and all(
                sum(table[kind, each] for each in ANSWERS) == number
                for kind, number in self.by.items()
                if number is not None
            )
            and all(
                sum(table[kind, each] for kind in self.kinds) == number
                for each, number in self.columns.items()
                if number is not None
            )
        )

    def tables(self) -> Iterator[Table]:
        """Yield every table that fits: what is told stays, anything else is tried."""
        hidden = [(kind, each) for kind in self.kinds if kind not in self.rows for each in ANSWERS]
        known = {(kind, each): number for kind, row in self.rows.items() for each, number in row.items()}
        for numbers in product(range(self.whole + 1), repeat=len(hidden) - 1):
            last = self.whole - sum(known.values()) - sum(numbers)
            if last >= 0:
                table = known | dict(zip(hidden, (*numbers, last), strict=True))
                if self.fits(table):
                    yield table


def follows(tables: list[Table], cells: tuple[tuple[str, str], ...]) -> int | None:
    """Return how much these cells hold together, where every table says the same."""
    found = {sum(table[cell] for cell in cells) for table in tables}
    return found.pop() if len(found) == 1 else None


@settings(deadline=None, max_examples=60)  # each tries every table that fits
@given(TABLES)
def test_no_hidden_count_follows_from_all_that_is_told(table: Table) -> None:
    told = Told(table)
    assert all(number == table[kind, each] for kind, row in told.rows.items() for each, number in row.items())
    assert all(number >= LEAST for row in told.rows.values() for number in row.values())
    hidden = [cell for cell in table if cell[0] not in told.rows]
    if not told.rows or not hidden or told.whole > 16:
        return
    tables = list(told.tables())
    assert table in tables
    for cell in hidden:
        number = follows(tables, (cell,))
        assert number is None or number >= LEAST, cell
    for pair in combinations(hidden, 2):
        number = follows(tables, pair)
        assert number is None or number >= LEAST, pair


def test_one_kind_is_never_hidden_alone() -> None:
    rows: dict[str, dict[str, int | None]] = {
        "a": {"yes": 30, "no": 20},
        "b": {"yes": 15, "no": 12},
        "c": {"yes": 11, "no": None},
    }
    told = told_kinds(rows, {"a": 50, "b": 27, "c": 15}, {"yes": 56, "no": 36}, 92)
    assert told == {"a": {"yes": 30, "no": 20}}


def test_what_is_left_of_an_answer_is_no_small_count() -> None:
    rows: dict[str, dict[str, int | None]] = {
        "a": {"yes": 30, "no": 20},
        "b": {"yes": 8, "no": 12},
        "c": {"yes": None, "no": 11},
    }
    told = told_kinds(rows, {"a": 50, "b": 20, "c": 12}, {"yes": 39, "no": 43}, 93)
    assert told == {}


def test_nothing_is_hidden_without_need() -> None:
    rows: dict[str, dict[str, int | None]] = {"a": {"yes": 30, "no": 20}, "b": {"yes": 15, "no": 12}}
    assert told_kinds(rows, {"a": 50, "b": 27}, {"yes": 45, "no": 32}, 77) == rows


def test_under_the_least_nothing_is_told() -> None:
    assert told_kinds({"a": {"yes": None, "no": None}}, {"a": None}, {"yes": None, "no": None}, None) == {}
