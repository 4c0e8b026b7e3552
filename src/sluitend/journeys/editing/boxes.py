"""The boxes of the form for one entry: what a template draws, with what stands in each and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from sluitend.exports.choice_names import choice_name
from sluitend.exports.differences import label_of
from sluitend.exports.names import field_name
from sluitend.journeys.editing.filled import NO, YES
from sluitend.journeys.editing.shapes import Kind, Shape, shapes_of
from sluitend.kernel.handbook.entries import Refers, Text
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.recognition import Reference

BESIDE = 2
LAST = ("source", "confirmed", "asked", "review_by", "valid_from", "valid_until", "exact_match")
"""What says how sure an entry is stands below what it says, in this order."""

ASKED_OF_ALL = frozenset({"source", "review_by"})
"""What a model lets be empty, for releases of before, and the rules of a new one ask of every entry."""

ID = "id"
"""The program makes one of the name; only who wants another fills it in."""

OPEN = "asked"
"""The piece that is never folded: who confirms something always says how they know."""

HINTS: Mapping[str, Promise] = {
    ID: _("Laat leeg: het programma maakt er een van de naam. Zij verandert daarna nooit."),
    "asked": _("Wie belde of mailde, en wie gaf antwoord? Dit komt in het handboek te staan."),
    "number": _("Alleen cijfers, zoals 070-123 45 67. Het publiek belt dit nummer."),
}
"""What stands with a field beside its name."""

FEW = 40
"""So many things to choose from can be ticked; of more of them one searches by name."""

ROOM = 2
"""So many boxes are empty, to search for more."""


@dataclass(frozen=True)
class Option:
    """Something to choose."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class Box:
    """One control, or a group of boxes (`boxes`) with a heading."""

    name: str
    label: str
    kind: Kind
    required: bool = False
    value: str = ""
    language: str = ""
    language_name: str = ""
    options: tuple[Option, ...] = ()
    boxes: tuple[Box, ...] = ()
    more: tuple[Box, ...] = ()
    count: int = 0
    errors: tuple[str, ...] = ()
    folded: bool = False
    hint: Promise | str = ""
    choices: str = ""
    """The id of the list of names of which one searches, when there are too many to tick."""

    @property
    def typed(self) -> tuple[str, ...]:
        """What was typed and is not in the list, with room for more."""
        return (*self.value.splitlines(), *("",) * ROOM)

    @property
    def in_lines(self) -> str:
        """What stands in a box of lines: with one more before an empty first one, which a browser drops."""
        return f"\n{self.value}" if self.value.startswith("\n") else self.value

    @property
    def id(self) -> str:
        """The id of the control in the page."""
        return f"id-{self.name.replace('.', '-')}"


@dataclass(frozen=True)
class Choices:
    """The names among which a box is searched; boxes of the same kind share them."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Drawing:
    """What the boxes are drawn from."""

    pack: Pack
    languages: Sequence[str]
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    choices: dict[str, Choices] = field(default_factory=dict)
    """The lists of names that the boxes drawn so far need."""

    def boxes(self, model: type[BaseModel], raw: Mapping[str, Any], prefix: str = "") -> tuple[Box, ...]:
        """Return the boxes of a model with the values of `raw` in them."""
        shapes = sorted(shapes_of(model), key=lambda one: LAST.index(one.name) + 1 if one.name in LAST else 0)
        if not prefix and model is not Reference:
            shapes = [replace(one, required=_is_asked(one)) for one in shapes]
            shapes.sort(key=lambda one: one.name == ID)
            # A yes or no that holds by itself is shown as it holds, never as one that says nothing.
            raw = {one.name: one.default for one in shapes if one.default is not None} | {**raw}
        return tuple(self._drawn(shape, f"{prefix}{shape.name}", raw.get(shape.name)) for shape in shapes)

    def _drawn(self, shape: Shape, name: str, value: Any) -> Box:
        if shape.kind in (Kind.TEXT, Kind.TEXTS):
            return self._texts(shape, name, value)
        return self._one(shape, name, value)

    def _one(self, shape: Shape, name: str, value: Any) -> Box:
        box: dict[str, Any] = {
            "name": name,
            "label": _label(name),
            "required": shape.required,
            "errors": self._wrong(name),
            "hint": HINTS.get(name, ""),
        }
        if shape.kind is Kind.PIECE and shape.model:
            inside = self.boxes(shape.model, value or {}, f"{name}.")
            folded = not value and not box["errors"] and shape.name != OPEN
            return Box(**box, kind=shape.kind, boxes=inside, folded=folded)
        if shape.kind is Kind.PIECES and shape.model:
            return self._pieces(shape.model, box, value or [])
        if shape.kind is Kind.YES_NO:
            said = {True: YES, False: NO}.get(value, "")
            return Box(**box, kind=shape.kind, value=said)
        if shape.kind in (Kind.CHOICE, Kind.CHOICES):
            chosen = value if isinstance(value, list) else [value]
            first = [one for one in chosen if one in shape.choices]
            order = [*first, *(one for one in shape.choices if one not in first)]
            options = tuple(Option(one, chosen_words(shape.name, one), one in chosen) for one in order)
            return Box(**box, kind=shape.kind, options=options)
        if shape.refers:
            return self._references(shape, box, value)
        typed = "\n".join(map(str, value)) if isinstance(value, list) else _typed(value)
        return Box(**box, kind=shape.kind, value=typed)

    def _references(self, shape: Shape, box: dict[str, Any], value: Any) -> Box:
        assert shape.refers is not None  # noqa: S101 - the caller looked
        chosen = [str(one) for one in (value if isinstance(value, list) else [value] if value else [])]
        known = self._known(shape.refers, chosen, shape.name)
        if shape.kind is Kind.REFERENCES and len(known) > FEW:
            named = tuple(one for one in known if one.chosen)
            rest = [one for one in chosen if one not in {each.value for each in named}]
            choices = f"keuzes-{shape.name}"
            self.choices[choices] = Choices(choices, tuple(one.label for one in known if not one.chosen))
            return Box(**box, kind=shape.kind, options=named, value="\n".join(rest), choices=choices)
        return Box(**box, kind=shape.kind, options=known)

    def _known(self, refers: Refers, chosen: Sequence[str], field_of: str) -> tuple[Option, ...]:
        labels = labels_of(self.pack, refers, field_of)
        # What was chosen stands first, in its order: some lists of the handbook are read in the order given.
        order = [*(one for one in chosen if one in labels), *(one for one in labels if one not in chosen)]
        return tuple(Option(one, f"{labels[one]} ({one})", one in chosen) for one in order)

    def _texts(self, shape: Shape, name: str, value: Any) -> Box:
        drawn = []
        for language in self.languages:
            if shape.kind is Kind.TEXTS:
                words = "\n".join(_words(one, language) for one in value or ())
            else:
                words = _words(value, language)
            wrong = self._wrong(name) if language == self.languages[0] else ()
            drawn.append(
                Box(
                    name=f"{name}.{language}",
                    label=_label(name),
                    kind=shape.kind,
                    required=shape.required and language in self.languages[:BESIDE],
                    value=words,
                    language=language,
                    language_name=self._called(language),
                    errors=(*wrong, *self._wrong(f"{name}.{language}")),
                )
            )
        # Dutch and English stand beside each other; the other languages fold.
        return Box(
            name=name,
            label=_label(name),
            kind=Kind.LANGUAGES,
            boxes=tuple(drawn[:BESIDE]),
            more=tuple(drawn[BESIDE:]),
        )

    def _called(self, language: str) -> str:
        entry = self.pack.languages.get(language)
        return shown(label_of(entry)).split(" (")[0] if entry else language

    def _pieces(self, model: type[BaseModel], box: dict[str, Any], values: Sequence[Any]) -> Box:
        shown = [*values, {}]
        name = box["name"]
        inside = tuple(
            Box(
                name=f"{name}.{number}",
                label=f"{_label(name)} {number + 1}",
                kind=Kind.PIECE,
                boxes=self.boxes(model, raw, f"{name}.{number}."),
                folded=number == len(values),
                errors=self._wrong(f"{name}.{number}"),
            )
            for number, raw in enumerate(shown)
        )
        return Box(**box, kind=Kind.PIECES, boxes=inside, count=len(shown))

    def _wrong(self, name: str) -> tuple[str, ...]:
        return tuple(self.errors.get(name, ()))


def _is_asked(shape: Shape) -> bool:
    """Tell whether a field of an entry may not be left empty."""
    return shape.name != ID and (shape.required or shape.default is not None or shape.name in ASKED_OF_ALL)


def labels_of(pack: Pack, refers: Refers, field_of: str) -> dict[str, str]:
    """Return how people call everything that a field can refer to."""
    to_groups = refers.kind == "partners_or_groups"
    entries = [*pack.partners] if to_groups else getattr(pack, refers.kind)
    groups = {work.group for partner in pack.partners for work in partner.works} if to_groups else set()
    more = {one: chosen_words(field_of, one) for one in sorted({*refers.also, *groups})}
    return more | {entry.id: shown(label_of(entry)) for entry in entries}


def chosen_words(field_of: str, value: str) -> str:
    """Return how people call a value that a field can be chosen to be."""
    name = choice_name(field_of, value)
    return name.in_language((get_language() or "nl")[:2]) if name else value.replace("_", " ")


def _label(name: str) -> str:
    last = next(step for step in reversed(name.split(".")) if not step.isdigit())
    words = field_name(last).in_language((get_language() or "nl")[:2])
    return words[:1].upper() + words[1:]


def _words(value: Any, language: str) -> str:
    if isinstance(value, Text):
        value = dict(value.root)
    if isinstance(value, str):
        return value if language == "nl" else ""
    return str(value.get(language, "")) if isinstance(value, Mapping) else ""


def _typed(value: Any) -> str:
    return "" if value is None else str(value)
