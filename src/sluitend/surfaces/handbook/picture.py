"""The barrier model as a picture: the stages in a row, and under each where it can be made harder.

Two drawings of the same: beside each other for a desk, under each other for a phone. No letter gets smaller
than the text around it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.urls import reverse

from sluitend.kernel.handbook.approach import Barrier, Stage
from sluitend.kernel.handbook.language import shown

COLUMN, GAP, LINE, PAD = 126, 8, 18, 9
LETTERS_ACROSS, LETTERS_DOWN = 13, 34
WIDTH_DOWN = 320
POINT = 8


@dataclass(frozen=True)
class Line:
    """A line of words and where it stands."""

    x: int
    y: int
    words: str


@dataclass(frozen=True)
class Shape:
    """A stage or a barrier: a box with its words; a barrier leads to its page."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[Line, ...]
    url: str = ""
    confirmed: bool = True

    @property
    def arrow(self) -> str:
        """The outline of a stage: a box that points to the next."""
        right, middle = self.x + self.width, self.y + self.height // 2
        return (
            f"{self.x},{self.y} {right - POINT},{self.y} {right},{middle} "
            f"{right - POINT},{self.y + self.height} {self.x},{self.y + self.height}"
        )


@dataclass(frozen=True)
class Picture:
    """A drawing: how large, the stages and the barriers."""

    width: int
    height: int
    stages: tuple[Shape, ...]
    barriers: tuple[Shape, ...]


def across(stages: Sequence[Stage], barriers: Mapping[str, Sequence[Barrier]]) -> Picture:
    """Return the stages in a row, with the barriers of each under it."""
    names = [_lines(shown(stage.label), LETTERS_ACROSS) for stage in stages]
    top = max((len(lines) for lines in names), default=0) * LINE + 2 * PAD
    drawn, boxes, bottom = [], [], top
    for place, (stage, lines) in enumerate(zip(stages, names, strict=True)):
        x, y = place * (COLUMN + GAP), top + 2 * GAP
        drawn.append(_shape(x, 0, COLUMN, lines, height=top))
        for barrier in barriers.get(stage.id, ()):
            box = _barrier(x, y, COLUMN, barrier, LETTERS_ACROSS)
            boxes.append(box)
            y += box.height + GAP
            bottom = max(bottom, y)
    width = len(stages) * (COLUMN + GAP) - GAP if stages else 0
    return Picture(width, bottom, tuple(drawn), tuple(boxes))


def down(stages: Sequence[Stage], barriers: Mapping[str, Sequence[Barrier]]) -> Picture:
    """Return the stages under each other, each with its barriers."""
    drawn, boxes, y = [], [], 0
    for stage in stages:
        head = _shape(0, y, WIDTH_DOWN, _lines(shown(stage.label), LETTERS_DOWN))
        drawn.append(head)
        y += head.height + GAP
        for barrier in barriers.get(stage.id, ()):
            box = _barrier(2 * GAP, y, WIDTH_DOWN - 2 * GAP, barrier, LETTERS_DOWN)
            boxes.append(box)
            y += box.height + GAP
        y += GAP
    return Picture(WIDTH_DOWN, y, tuple(drawn), tuple(boxes))


def _barrier(x: int, y: int, width: int, barrier: Barrier, letters: int) -> Shape:
    url = reverse("handbook_barrier", args=[barrier.id])
    return _shape(x, y, width, _lines(shown(barrier.label), letters), url=url, confirmed=barrier.confirmed)


def _shape(
    x: int, y: int, width: int, words: list[str], *, height: int = 0, url: str = "", confirmed: bool = True
) -> Shape:
    lines = tuple(Line(x + PAD, y + PAD + LINE * (place + 1) - 5, each) for place, each in enumerate(words))
    return Shape(x, y, width, height or len(words) * LINE + 2 * PAD, lines, url, confirmed)


def _lines(words: str, letters: int) -> list[str]:
    return wrap(words, letters)
