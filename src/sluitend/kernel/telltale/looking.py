"""What a person must look at before a text leaves, and what the text is once they have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sluitend.kernel.sealing.folding import fold
from sluitend.kernel.telltale.finding import Finder, Known, Mark, Sort

OUT, GO = "out", "go"
LEFT_OUT = "[…]"
"""What stands where something was left out; the same in each language."""

SENTENCE_LENGTH = 160
_ENDS = ".!?\n"


@dataclass(frozen=True)
class Written:
    """A text that would leave.

    A part of its own, such as an address, is asked about only where it has what the case knows of another
    sort: `own` is what it is meant to tell.
    """

    row: str
    text: str
    free: bool = True
    own: frozenset[Sort] = frozenset()


@dataclass(frozen=True)
class Look:
    """One thing to look at: the same word in the same text is one, wherever it stands in it."""

    key: str
    row: str
    sort: Sort
    text: str
    known: bool
    before: str
    after: str
    times: int
    spans: tuple[tuple[int, int], ...]


def looks_at(
    written: Iterable[Written],
    *,
    finder: Finder,
    known: Known,
    today: date,
    goes: frozenset[Sort] = frozenset(),
) -> tuple[Look, ...]:
    """Return what is to be looked at in these texts.

    Args:
        written: what would leave.
        finder: of the handbook.
        known: what the case knows.
        today: the day.
        goes: what the case knows of these sorts goes along as a part of its own, and is not asked again.
    """
    found = []
    for each in written:
        together: dict[tuple[Sort, str], list[Mark]] = {}
        for mark in finder.marks(each.text, known, today=today, looks_like=each.free):
            if mark.sort not in each.own and not (mark.known and mark.sort in goes):
                word = fold(each.text[mark.start : mark.end])
                together.setdefault((mark.sort, word), []).append(mark)
        found += [_look(each, sort, word, marks) for (sort, word), marks in together.items()]
    return tuple(found)


def without(written: Written, looks: Iterable[Look], looked: Mapping[str, str]) -> str:
    """Return the text as it leaves: without what somebody left out."""
    spans = [
        span
        for look in looks
        if look.row == written.row and looked.get(look.key) == OUT
        for span in look.spans
    ]
    text = written.text
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + LEFT_OUT + text[end:]
    return text


def _look(written: Written, sort: Sort, word: str, marks: list[Mark]) -> Look:
    first = marks[0]
    around = [_sentence(written.text, mark) for mark in marks]
    # Another sentence is another question: what was looked at there says nothing of it here.
    told = "\0".join([written.row, sort, word, *(before + after for before, after in around)])
    return Look(
        key=sha256(told.encode()).hexdigest()[:20],
        row=written.row,
        sort=sort,
        text=written.text[first.start : first.end],
        known=any(mark.known for mark in marks),
        before=around[0][0],
        after=around[0][1],
        times=len(marks),
        spans=tuple((mark.start, mark.end) for mark in marks),
    )


def _sentence(text: str, mark: Mark) -> tuple[str, str]:
    """Return what stands before and after a mark in its own sentence."""
    start = max(text.rfind(end, 0, mark.start) for end in _ENDS) + 1
    ends = [place for end in _ENDS if (place := text.find(end, mark.end)) >= 0]
    end = min(ends, default=len(text)) + 1
    before = text[max(start, mark.start - SENTENCE_LENGTH) : mark.start].lstrip()
    return before, text[mark.end : min(end, mark.end + SENTENCE_LENGTH)].rstrip()
