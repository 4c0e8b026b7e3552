"""Answers by kind of organisation, beside those of all together: no small count may follow from the two.

Of a kind all answers to a question are told, or none. What is not told is then a block: each hidden kind with
each answer. From what is told follow only sums over whole kinds and over whole answers of that block. So
the block has two kinds at least, and what it holds of an answer is no small count.

Nothing here asks the database.
"""

from collections.abc import Collection, Mapping

from sluitend.kernel.small_cells import LEAST

type Counts = Mapping[str, int | None]


def told_kinds(
    rows: Mapping[str, Counts],
    totals: Counts,
    answers: Counts,
    whole: int | None,
    least: int = LEAST,
) -> dict[str, dict[str, int]]:
    """Return the kinds of which all answers to a question may be told.

    Args:
        rows: of each kind how often each answer was given; None where that is small.
        totals: how many of each kind answered, as it is told; each of them answered every question.
        answers: how often each answer was given by all together, as it is told.
        whole: how many answered. It is told with another question where it is not with this one.
        least: the smallest count that may be told.
    """
    if whole is None:
        return {}
    shown: dict[str, dict[str, int]] = {}
    for kind, cells in rows.items():
        full = {each: number for each in answers if (number := cells.get(each)) is not None}
        if totals.get(kind) is not None and len(full) == len(answers) and min(full.values()) >= least:
            shown[kind] = full
    while shown and not _safe(shown, rows.keys(), answers, whole, least):
        del shown[min(shown, key=lambda kind: (sum(shown[kind].values()), kind))]
    return shown


def _safe(
    shown: Mapping[str, Mapping[str, int]],
    kinds: Collection[str],
    answers: Counts,
    whole: int,
    least: int,
) -> bool:
    hidden = len(kinds) - len(shown)
    if not hidden:
        return True
    rest = {
        each: number - sum(one[each] for one in shown.values())
        for each, number in answers.items()
        if number is not None
    }
    if len(rest) < len(answers):
        # What all the answers that are hidden hold together follows too.
        told = sum(sum(one.values()) for one in shown.values())
        rest[""] = whole - told - sum(rest.values())
    return hidden > 1 and min(rest.values()) >= least
