"""What an entry asks somebody to fill in, worked out from the typed model of its kind."""

from __future__ import annotations

import types
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sluitend.kernel.handbook.entries import Refers, Text

SET_BY_US = frozenset({"reviewed"})
"""Fields that no form shows by itself."""


class Kind(StrEnum):
    """How a value is filled in."""

    TEXT = "text"
    TEXTS = "texts"
    LANGUAGES = "languages"
    WORD = "word"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    DAY = "day"
    REFERENCE = "reference"
    REFERENCES = "references"
    LINES = "lines"
    PIECE = "piece"
    PIECES = "pieces"


@dataclass(frozen=True)
class Shape:
    """One field of a model: its name, how it is filled in, and what it may hold."""

    name: str
    kind: Kind
    required: bool
    empty: Any = None
    """What it is when nothing is filled in and the field must stand there."""
    choices: tuple[str, ...] = ()
    refers: Refers | None = None
    model: type[BaseModel] | None = None
    numbers: bool = False
    default: bool | None = None
    """What a yes or no is as long as nobody says; None where it then says nothing."""


def shapes_of(model: type[BaseModel]) -> tuple[Shape, ...]:
    """Return the fields of a model that people fill in, in its order."""
    return tuple(_shape(name, field) for name, field in model.model_fields.items() if name not in SET_BY_US)


def _shape(name: str, field: FieldInfo) -> Shape:
    marks = [*field.metadata]
    bare, optional = _bare(field.annotation, marks)
    kind, more = _kind_of(bare, marks)
    required = field.is_required() and not optional
    default = field.default if kind is Kind.YES_NO and isinstance(field.default, bool) else None
    return Shape(name=name, kind=kind, required=required, default=default, **more)


def _bare(annotation: Any, marks: list[Any]) -> tuple[Any, bool]:
    """Return the type without `Annotated` and `None`, and whether None may be; `marks` takes what was on."""
    optional = False
    while True:
        if get_origin(annotation) is Annotated:
            marks.extend(annotation.__metadata__)
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, types.UnionType):
            inner = [one for one in get_args(annotation) if one is not type(None)]
            optional = optional or len(inner) < len(get_args(annotation))
            if len(inner) > 1:  # int | float
                return inner[-1], optional
            annotation = inner[0]
        else:
            return annotation, optional


def _kind_of(bare: Any, marks: list[Any]) -> tuple[Kind, dict[str, Any]]:
    refers = next((mark for mark in marks if isinstance(mark, Refers)), None)
    if get_origin(bare) is tuple:
        return _kind_of_many(get_args(bare)[0])
    if bare is Text:
        return Kind.TEXT, {}
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return Kind.PIECE, {"model": bare}
    return _kind_of_one(bare, refers)


def _kind_of_one(bare: Any, refers: Refers | None) -> tuple[Kind, dict[str, Any]]:
    if bare is bool:
        return Kind.YES_NO, {}
    if isinstance(bare, type) and issubclass(bare, Enum):
        return Kind.CHOICE, {"choices": tuple(one.value for one in bare)}
    if bare in (int, float):
        return Kind.NUMBER, {}
    if bare is date:
        return Kind.DAY, {}
    return (Kind.REFERENCE, {"refers": refers}) if refers else (Kind.WORD, {})


def _kind_of_many(item: Any) -> tuple[Kind, dict[str, Any]]:
    marks: list[Any] = []
    bare, _optional = _bare(item, marks)
    refers = next((mark for mark in marks if isinstance(mark, Refers)), None)
    if bare is Text:
        return Kind.TEXTS, {"empty": []}
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return Kind.PIECES, {"model": bare, "empty": []}
    if isinstance(bare, type) and issubclass(bare, Enum):
        return Kind.CHOICES, {"choices": tuple(one.value for one in bare), "empty": []}
    if refers:
        return Kind.REFERENCES, {"refers": refers, "empty": []}
    return Kind.LINES, {"numbers": bare is int, "empty": []}
