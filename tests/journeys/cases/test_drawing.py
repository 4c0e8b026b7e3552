"""The picture of a case as shapes: whatever is drawn, nothing hides or runs past anything else."""

import re
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sluitend.journeys.cases import drawing
from sluitend.journeys.cases.drawing import HIGH, MOST, TOP, WIDE, WIDTH, Box, Sheet, sheets
from sluitend.journeys.cases.lanes import LANE_LEFT, LANE_LETTERS, MOST_TICKS, lanes
from sluitend.journeys.cases.queries.linked import Lane, Moment, Sort
from sluitend.journeys.cases.queries.picture import Bond, CasePicture, Column, Node
from sluitend.journeys.cases.queries.shapes import Head

DAY = date(2026, 11, 20)
HEAD = Head(
    id=UUID(int=1),
    code="C-1",
    name="",
    state="",
    state_words="",
    revision=1,
    acute=False,
    minor="no",
    release_number=1,
    owner="",
    opened=timezone.make_aware(datetime(2026, 11, 20)),  # noqa: DTZ001  (made aware here)
    closed=None,
    held_until=None,
    outcome="",
    retention_until=None,
    transferring=False,
)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def page(columns: list[Column], pairs: list[tuple[int, int, bool]], **more: object) -> CasePicture:
    """Return a picture with so many nodes, and lines between some of them."""
    nodes = [
        Node(str(place), each, "person", "Persoon", f"Iemand {place}")
        for place, each in enumerate(sorted(columns, key=list(Column).index))
    ]
    bonds = [
        Bond(
            nodes[one % len(nodes)], "samen genoemd", nodes[other % len(nodes)], "melding", DAY, sure, number
        )
        for number, (one, other, sure) in enumerate(pairs, start=1)
        if one % len(nodes) != other % len(nodes)
    ]
    return CasePicture(HEAD, nodes, bonds, (), **{"lanes": (), "moments": (), **more})  # type: ignore[arg-type]


pictures = st.builds(
    page,
    st.lists(st.sampled_from(list(Column)), min_size=3, max_size=MOST),
    st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24), st.booleans()), max_size=30),
)


def points(path: str) -> list[tuple[float, float]]:
    """Return points along a path of M, C and H."""
    found: list[tuple[float, float]] = []
    for kind, rest in re.findall(r"([MCH])([^MCH]+)", path):
        numbers = list(map(float, NUMBER.findall(rest)))
        if kind == "M":
            found.append((numbers[0], numbers[1]))
        elif kind == "H":
            (x, y), end = found[-1], numbers[0]
            found += [(x + (end - x) * part / 20, y) for part in range(1, 21)]
        else:
            first, second, last = zip(numbers[::2], numbers[1::2], strict=True)
            curve = (found[-1], first, second, last)
            found += [drawing._at(curve, part / 20) for part in range(1, 21)]
    return found


def crossed(sheet: Sheet) -> list[str]:
    """Return each box behind which a line runs that does not end there."""
    return [
        f"{box.node.name}: {edge.path}"
        for edge in sheet.edges
        for box in sheet.boxes
        for x, y in points(edge.path)
        if box.x + 2 < x < box.x + WIDE - 2 and box.y + 2 < y < box.y + HIGH - 2
    ]


def apart(one: Box, other: Box) -> bool:
    """Return whether two boxes do not touch."""
    return one.column != other.column or abs(one.y - other.y) > HIGH


@given(pictures)
def test_no_box_lies_on_another_and_no_line_runs_behind_one(made: CasePicture) -> None:
    (sheet,) = sheets(made)
    assert len(sheet.boxes) == len(made.nodes)
    assert all(apart(one, other) for place, one in enumerate(sheet.boxes) for other in sheet.boxes[:place])
    assert all(each.y >= TOP and each.y + HIGH <= sheet.height for each in sheet.boxes)
    assert all(
        0 <= x <= WIDTH and 0 <= y <= sheet.height for edge in sheet.edges for x, y in points(edge.path)
    )
    assert crossed(sheet) == []


@given(pictures)
def test_every_line_of_the_table_is_drawn_and_is_dashed_only_while_nobody_is_sure(made: CasePicture) -> None:
    (sheet,) = sheets(made)
    between: dict[frozenset[str], list[Bond]] = {}
    for bond in made.bonds:
        between.setdefault(frozenset({bond.start.key, bond.end.key}), []).append(bond)
    assert len(sheet.edges) == len(between)
    drawn = sorted((edge.sure, edge.label) for edge in sheet.edges)
    assert [sure for sure, _label in drawn] == sorted(
        any(one.sure for one in each) for each in between.values()
    )


@given(pictures)
def test_people_stand_left_places_in_the_middle_and_who_gains_right(made: CasePicture) -> None:
    (sheet,) = sheets(made)
    stands = {Column.PEOPLE: 0, Column.PLACE: 1, Column.GAIN: 2}
    upper = [each for each in sheet.boxes if each.node.column in stands]
    assert all(each.column == stands[each.node.column] for each in upper)
    lower = [each.row for each in sheet.boxes if each.node.column not in stands]
    assert min(lower, default=99) > max((each.row for each in upper), default=-1)


def test_of_very_much_each_place_has_its_own_picture() -> None:
    columns = [Column.PLACE, Column.PLACE, *[Column.PEOPLE] * 30]
    made = page(columns, [(0, 30, True), (1, 30, True), (2, 30, False), (3, 31, True)])
    (sheet,) = sheets(made)
    assert (sheet.title, len(sheet.boxes), len(sheet.edges)) == ("Iemand 30", 4, 3)
    assert sheets(page([Column.PEOPLE] * 2, [])) == []
    assert sheets(page([Column.PLACE, *[Column.PEOPLE] * 40], [(each, 40, True) for each in range(40)])) == []


@given(st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 2)), min_size=1, max_size=40))
def test_a_timeline_of_any_length_fits_its_lanes(drawn: list[tuple[int, int]]) -> None:
    at = HEAD.opened
    moments = [Moment(DAY - timedelta(days=back), at, Sort.SEEN, lane, "Feit") for back, lane in drawn]
    rows = [Lane("Hier", "C-1", DAY), Lane("Daar " * 20, "C-2", DAY, DAY), Lane("Zonder casus")]
    if all(each.lane != 2 for each in moments):
        rows.pop()
    made = lanes(page([Column.PLACE], [], lanes=rows, moments=moments))
    assert made is not None
    assert len(made.strips) == len(rows)
    assert all(LANE_LEFT <= each.x <= WIDTH - 16 for each in made.spots)
    assert all(each.begin <= each.end for each in made.strips)
    assert 0 <= len(made.ticks) <= MOST_TICKS
    assert len(made.strips[1].name) <= LANE_LETTERS
