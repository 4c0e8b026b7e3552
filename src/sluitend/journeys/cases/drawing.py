"""The picture of a case as shapes on a sheet: fixed places, no chance, no weight.

People stand left, places in the middle, who gains right, things and other cases below, on rows that all
columns share. A line runs through the gaps between columns and rows, never behind a box: so it cannot seem to
end where it does not.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sluitend.journeys.cases.queries.picture import Bond, CasePicture, Column, Node

MOST, FEWEST = 25, 3
WIDTH, LEFTS, WIDE, HIGH = 1000, (20, 395, 770), 210, 58
TOP, PITCH = 24, 104
GAP = PITCH - HIGH
NAME_LETTERS, UNDER_LETTERS, LABEL_LETTERS = 19, 23, 19
ICONS = {
    "person": "person",
    "company": "building",
    "place": "place",
    "vehicle": "car",
    "phone": "phone",
    "case": "case",
    "report": "inbox",
    "source": "search",
}

type Point = tuple[float, float]
type Curve = tuple[Point, Point, Point, Point]
"""Where it begins, by what it is drawn, where it ends."""
type Taken = tuple[int, int, int]
"""Where a label stands, and half its width."""


@dataclass(frozen=True)
class Box:
    """Somebody or something where it stands."""

    node: Node
    column: int
    row: int

    @property
    def x(self) -> int:
        """Its left side."""
        return LEFTS[self.column]

    @property
    def y(self) -> int:
        """Its upper side."""
        return TOP + self.row * PITCH

    @property
    def middle(self) -> int:
        """Its height in the middle."""
        return self.y + HIGH // 2

    @property
    def radius(self) -> int:
        """How round its corners are: people are round."""
        return HIGH // 2 if self.node.column is Column.PEOPLE else 8

    @property
    def look(self) -> str:
        """How it looks."""
        return "case" if self.node.kind == "case" else str(self.node.column)

    @property
    def icon(self) -> str:
        """The icon of its kind; one that was added later is a thing like others."""
        return ICONS.get(self.node.kind, "id")

    @property
    def name(self) -> str:
        """Its name as far as it fits; the link says the whole."""
        return clipped(self.node.name, NAME_LETTERS)

    @property
    def under(self) -> str:
        """The words under its name, as far as they fit."""
        return clipped(self.node.under, UNDER_LETTERS)

    @property
    def said(self) -> str:
        """What who listens hears: what is seen, then what did not fit, then what it is."""
        node = self.node
        heard = [self.name, self.under, node.name, node.under, node.kind_words]
        return ", ".join(dict.fromkeys(filter(None, heard)))


@dataclass(frozen=True)
class Edge:
    """The lines between two boxes, drawn as one."""

    path: str
    sure: bool
    label: str
    x: int
    y: int

    @property
    def left(self) -> int:
        """Where the ground of its label begins."""
        return self.x - half_of(self.label)

    @property
    def width(self) -> int:
        """How wide the ground of its label is."""
        return 2 * half_of(self.label)


@dataclass(frozen=True)
class Sheet:
    """A picture: of which place it is where there are more, how high, what stands on it."""

    title: str
    height: int
    boxes: Sequence[Box]
    edges: Sequence[Edge]


def sheets(page: CasePicture) -> list[Sheet]:
    """Return the picture of a case; none of so little that the table says it, one a place of very much."""
    if len(page.nodes) < FEWEST:
        return []
    if len(page.nodes) <= MOST:
        return [_sheet("", page.nodes, page.bonds)]
    return list(filter(None, (_around(each, page) for each in page.nodes if each.column is Column.PLACE)))


def _around(place: Node, page: CasePicture) -> Sheet | None:
    """Return the picture of a place with all that has a line to it, where that can be drawn."""
    near = {place.key} | {each.key for bond in page.bonds for each in _ends_at(place, bond)}
    nodes = [each for each in page.nodes if each.key in near]
    if not FEWEST <= len(nodes) <= MOST:
        return None
    bonds = [each for each in page.bonds if {each.start.key, each.end.key} <= near]
    return _sheet(place.name, nodes, bonds)


def _ends_at(place: Node, bond: Bond) -> tuple[Node, ...]:
    return (bond.start, bond.end) if place.key in (bond.start.key, bond.end.key) else ()


def _sheet(title: str, nodes: Sequence[Node], bonds: Sequence[Bond]) -> Sheet:
    boxes = _placed(nodes)
    rows = max(each.row for each in boxes) + 1
    return Sheet(
        title, TOP * 2 + rows * PITCH - GAP, boxes, _edges(bonds, {each.node.key: each for each in boxes})
    )


def _placed(nodes: Sequence[Node]) -> list[Box]:
    of = {column: [each for each in nodes if each.column is column] for column in Column}
    upper = (of[Column.PEOPLE], of[Column.PLACE], of[Column.GAIN])
    rows = max(map(len, upper))
    boxes = [
        Box(node, column, (rows - len(stack) + column % 2) // 2 + place)
        for column, stack in enumerate(upper)
        for place, node in enumerate(stack)
    ]
    things, others = of[Column.THING], of[Column.OTHER]
    for stack, columns in (
        (things, (1, 0) if others else (1, 0, 2)),
        (others, (2,) if things else (1, 2, 0)),
    ):
        for place, node in enumerate(stack):
            down, beside = divmod(place, len(columns))
            boxes.append(Box(node, columns[beside], rows + down))
    return boxes


def _edges(bonds: Iterable[Bond], boxes: dict[str, Box]) -> list[Edge]:
    between: dict[tuple[str, str], list[Bond]] = defaultdict(list)
    for bond in bonds:
        first, second = sorted((bond.start.key, bond.end.key))
        between[first, second].append(bond)
    ends = Counter(key for pair in between for key in pair)
    used = Counter[str]()
    taken: list[Taken] = []
    edges = []
    for pair, several in between.items():
        one, other = sorted((boxes[key] for key in pair), key=lambda each: (each.column, each.row))
        start, end = (_port(each, used, ends[each.node.key]) for each in (one, other))
        curve, path = _way(one, other, start, end)
        label = _label(several)
        lean = 0 if curve[0][0] == curve[3][0] else ends[one.node.key] - ends[other.node.key]
        x, y = _free(curve, label, taken, lean=lean)
        edges.append(Edge(path, any(each.sure for each in several), label, x, y))
    return edges


def _port(box: Box, used: Counter[str], ends: int) -> float:
    """Return at what height the next line leaves a box, so that lines do not lie on each other."""
    used[box.node.key] += 1
    step = min(9.0, (HIGH - 16) / max(ends, 1))
    return box.middle + (used[box.node.key] - (ends + 1) / 2) * step


def _way(one: Box, other: Box, start: float, end: float) -> tuple[Curve, str]:
    """Return the curve on which the label of a line stands, and the whole line."""
    if one.column == other.column and other.row - one.row == 1:
        x = one.x + WIDE / 2
        curve: Curve = ((x, one.y + HIGH), (x, one.y + HIGH), (x, other.y), (x, other.y))
    elif one.column == other.column:
        # Out into the gap beside the column and back.
        side, turn = (one.x, -90) if one.column == 2 else (one.x + WIDE, 90)
        curve = ((side, start), (side + turn, start), (side + turn, end), (side, end))
    elif other.column - one.column == 1:
        curve = _across(one.x + WIDE, start, other.x, end)
    else:
        # Past the middle column, through the gap between two rows.
        lane = TOP + min(one.row, other.row) * PITCH + HIGH + GAP / 2
        curve = _across(one.x + WIDE, start, LEFTS[1], lane)
        last = _across(LEFTS[1] + WIDE, lane, other.x, end)
        return curve, f"{_path(curve)}H{last[0][0]:g}{_onward(last)}"
    return curve, _path(curve)


def _across(x: float, y: float, to_x: float, to_y: float) -> Curve:
    half = (to_x - x) / 2
    return (x, y), (x + half, y), (x + half, to_y), (to_x, to_y)


def _path(points: Curve) -> str:
    return f"M{points[0][0]:g} {points[0][1]:g}{_onward(points)}"


def _onward(points: Curve) -> str:
    return "C" + " ".join(f"{x:g} {y:g}" for x, y in points[1:])


def _label(bonds: Sequence[Bond]) -> str:
    """Return the words of a line where they are short, else its number in the table."""
    if len(bonds) == 1 and len(bonds[0].words) <= LABEL_LETTERS:
        return bonds[0].words
    numbers = [str(each.number) for each in bonds]
    return ", ".join(numbers[:3]) + (" …" if len(numbers) > 3 else "")


def _free(curve: Curve, label: str, taken: list[Taken], *, lean: int) -> tuple[int, int]:
    """Return where on a line its label stands: in the gap, where no other label stands already.

    Args:
        lean: how many lines more its first end has. Near the end that has fewer it is clear whose it is.
    """
    half = half_of(label)
    parts = (
        (0.75, 0.65, 0.5, 0.35) if lean > 0 else (0.25, 0.35, 0.5, 0.65) if lean < 0 else (0.5, 0.35, 0.65)
    )
    tried = [_within(_at(curve, part), half) for part in parts]
    point = next(
        (
            (x, y)
            for x, y in tried
            if all(abs(y - there) > 19 or abs(x - beside) > half + wide for beside, there, wide in taken)
        ),
        tried[0],
    )
    taken.append((*point, half))
    return point


def _within(point: tuple[int, int], half: int) -> tuple[int, int]:
    """Return a point moved aside as far as a label of this width needs to stand between two columns."""
    x, y = point
    for left, right in pairwise(LEFTS):
        if left + WIDE <= x <= right:
            room = half + 8
            x = min(max(x, left + WIDE + room), max(right - room, left + WIDE + room))
    return x, y


def _at(curve: Curve, part: float) -> tuple[int, int]:
    """Return the point of a curve at this part of its way."""
    rest = 1 - part
    weights = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
    return (
        round(sum(weight * x for weight, (x, _y) in zip(weights, curve, strict=True))),
        round(sum(weight * y for weight, (_x, y) in zip(weights, curve, strict=True))),
    )


def half_of(label: str) -> int:
    """Return half the width that a label takes."""
    return round(3.4 * len(label)) + 6


def clipped(words: str, letters: int) -> str:
    """Return words as far as they fit."""
    words = " ".join(words.split())
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"
