"""Entries of a pack made by hypothesis from the typed models themselves."""

import types
from datetime import date
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel
from tests.exports.test_writing import WORDS

from sluitend.kernel.handbook.checks import known_ids
from sluitend.kernel.handbook.entries import Refers, Text
from sluitend.kernel.handbook.pack import Pack

# Made for nobody: what a form does not show, and what would have to agree with something else.
NOT_MADE = frozenset({"reviewed", "valid_from", "valid_until", "exact_match"})


# A plain word is one line; a sheet takes no space at its ends.
LINES = WORDS.filter(lambda words: words.strip() == words and len(words.splitlines()) == 1)


def raw_entries(kind: type[BaseModel], pack: Pack) -> st.SearchStrategy[dict[str, Any]]:
    """Return entries of a kind as plain values, whose references exist in the pack."""
    return _pieces(kind, known_ids(pack, {}))


def _pieces(model: type[BaseModel], known: dict[str, set[str]]) -> st.SearchStrategy[dict[str, Any]]:
    needed: dict[str, st.SearchStrategy[Any]] = {}
    free: dict[str, st.SearchStrategy[Any]] = {}
    for name, field in model.model_fields.items():
        if name in NOT_MADE:
            continue
        (needed if field.is_required() else free)[name] = _values(field.annotation, field.metadata, known)
    return st.fixed_dictionaries(needed, optional=free)


def _values(annotation: Any, marks: list[Any], known: dict[str, set[str]]) -> st.SearchStrategy[Any]:
    while get_origin(annotation) is Annotated:
        marks = [*marks, *annotation.__metadata__]
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        return st.one_of(
            *(st.none() if one is type(None) else _values(one, marks, known) for one in get_args(annotation))
        )
    if get_origin(annotation) is tuple:
        least = int(_limit(marks, "min_length", 0))
        return st.lists(
            _values(get_args(annotation)[0], [], known), min_size=least, max_size=least + 2, unique_by=str
        )
    if annotation is Text:
        return st.fixed_dictionaries({"nl": WORDS, "en": WORDS})
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _pieces(annotation, known)
    return _simple(annotation, marks, known)


def _simple(annotation: Any, marks: list[Any], known: dict[str, set[str]]) -> st.SearchStrategy[Any]:
    if refers := next((mark for mark in marks if isinstance(mark, Refers)), None):
        return st.sampled_from(sorted(known[refers.kind] | refers.also))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from([one.value for one in annotation])
    if annotation is bool:
        return st.booleans()
    if annotation is date:
        return st.dates(date(2020, 1, 1), date(2040, 1, 1)).map(date.isoformat)
    least, most = _limit(marks, "ge", 0), _limit(marks, "le", 99)
    if annotation is int:
        return st.integers(int(least), int(most))
    if annotation is float:
        return st.floats(least, most, allow_nan=False)
    pattern = _told(marks, "pattern")
    if pattern:
        return st.from_regex(pattern, fullmatch=True, alphabet=st.characters(codec="ascii"))
    return LINES.filter(lambda words: len(words) >= _limit(marks, "min_length", 0))


def _limit(marks: list[Any], name: str, otherwise: float) -> float:
    found = _told(marks, name)
    return otherwise if found is None else float(found)


def _told(marks: list[Any], name: str) -> Any:
    """Return what the marks of a field say of it: a limit, or a pattern."""
    told = (getattr(one, name, None) for mark in marks for one in (mark, *getattr(mark, "metadata", ())))
    return next((found for found in told if found is not None), None)
