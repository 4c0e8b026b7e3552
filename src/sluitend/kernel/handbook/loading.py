"""From a folder of YAML files to a `Pack`, with every problem found in one go."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from .borders_reading import FILE as BORDERS_FILE
from .borders_reading import UnreadableBorders, read_borders
from .checks import check_pack
from .entries import Entries, Entry
from .pack import Pack
from .problems import Finding, PackInvalid, PackProblem, Words, problems_of
from .translations import Translations
from .yaml_reading import UnreadableYaml, read_yaml

# The description of the pack stands in pack.yaml; every other part in a file of its own name.
_FILE_OF = {"description": "pack.yaml", "feedback_codes": "feedback.yaml", "borders": BORDERS_FILE}

_MISSING: Words = ("het bestand ontbreekt", "the file is missing")
_NO_FOLDER: Words = ("deze map bestaat niet", "this folder does not exist")
_GIVE_FOLDER: Words = ("geef de map van een pakket", "give the folder of a pack")
_MEND_FILE: Words = ("herstel het bestand", "mend the file")
_ENDLESS: Words = ("hier staat een getal zonder einde", "there is a number without end here")
_NO_LIST: Words = ("het bestand moet een lijst zijn", "the file must be a list")
_WRITE_LIST: Words = ("begin elke regel met '- id:'", "begin every entry with '- id:'")
_TWICE: Words = ("deze id staat er twee keer", "this id stands there twice")
_RENAME: Words = ("haal er een weg, of geef een andere id", "take one out, or give it another id")


def file_of(part: str) -> str:
    """Return the name of the file in which a part of the pack stands."""
    return _FILE_OF.get(part, f"{part}.yaml")


def load_pack(folder: Path) -> Pack:
    """Read and check the pack in `folder`.

    Raises `PackInvalid` with all problems: unreadable files, entries of a wrong shape, doubled ids,
    references to ids that do not exist, and rules of the handbook that the pack breaks.
    """
    if not folder.is_dir():
        raise PackInvalid((PackProblem(str(folder), "", *_NO_FOLDER, "", *_GIVE_FOLDER),))
    translations = Translations(folder)

    def content_of(part: str) -> Any:
        if part == "borders":
            return read_borders(folder / file_of(part))
        return translations.added_to(part, read_yaml(folder / file_of(part)))

    reader = _Reader(content_of)
    fields = reader.read_all()
    reader.report_unknown_files(folder)
    reader.problems.extend(translations.problems())
    return reader.checked(fields)


def pack_of(content: Mapping[str, Any]) -> Pack:
    """Return the pack that these plain values are, by part; checked as a folder is.

    Raises `PackInvalid` with all problems.
    """

    def content_of(part: str) -> Any:
        try:
            return content[part]
        except KeyError:
            raise FileNotFoundError(part) from None

    reader = _Reader(content_of)
    return reader.checked(reader.read_all())


def read_entry(part: str, raw: Any) -> tuple[Entry | None, tuple[PackProblem, ...]]:
    """Return one entry of a part of the pack by itself, or None and what is wrong with its shape."""
    reader = _Reader(lambda _: None)
    entry = reader.one(part, kind_of(part), raw, _id_in(raw, 1))
    return entry, tuple(reader.problems)


def kind_of(part: str) -> type[Entry]:
    """Return the model of the entries of a part that is a list of entries."""
    annotation: Any = Pack.model_fields[part].annotation
    kind: type[Entry] = get_args(annotation.model_fields["root"].annotation)[0]
    return kind


def list_parts() -> tuple[str, ...]:
    """Return the names of the parts of a pack that are lists of entries, in the order of the pack."""
    return tuple(
        name
        for name, field in Pack.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Entries)
    )


class _Reader:
    """Makes the parts of a pack of plain values, and remembers what was wrong."""

    def __init__(self, content_of: Callable[[str], Any]) -> None:
        self.content_of = content_of
        self.problems: list[PackProblem] = []
        # Ids of entries that could not be read: whoever refers to them makes no mistake of its own.
        self.broken: dict[str, set[str]] = {}

    def read_all(self) -> dict[str, Any]:
        """Return the typed value of every part."""
        return {name: self.read(name, field.annotation) for name, field in Pack.model_fields.items()}

    def checked(self, fields: Mapping[str, Any]) -> Pack:
        """Return the pack of these parts when nothing is wrong; raises `PackInvalid`."""
        if any(value is None for value in fields.values()):
            raise PackInvalid(tuple(self.problems))
        pack = Pack(**fields)
        problems = [*self.problems, *check_pack(pack, broken=self.broken, file_of=file_of)]
        if problems:
            raise PackInvalid(tuple(problems))
        return pack

    def read(self, name: str, annotation: Any) -> Any:
        """Return the typed value of one part of the pack, or None when the file is of no use."""
        try:
            content = self.content_of(name)
        except FileNotFoundError:
            if not Pack.model_fields[name].is_required():
                return Pack.model_fields[name].default
            return self._problem(name, "", _MISSING, (f"maak {file_of(name)}", f"make {file_of(name)}"))
        except UnreadableYaml as error:
            return self._problem(name, "", (error.dutch, error.english), _MEND_FILE)
        except UnreadableBorders as error:
            self.problems.extend(error.problems)
            return None
        if issubclass(annotation, Entries):
            return self._entries(name, annotation, content)
        return self.one(name, annotation, content, "")

    def report_unknown_files(self, folder: Path) -> None:
        """Note every YAML file that no part of the pack uses: probably a slip in its name."""
        known = {file_of(name) for name in Pack.model_fields}
        for path in sorted(folder.glob("*.y*ml")):
            if path.name not in known:
                self.problems.append(
                    PackProblem(
                        path.name,
                        "",
                        "dit bestand hoort niet in een pakket",
                        "no such file in a pack",
                        remedy="verbeter de naam, of haal het bestand weg",
                        remedy_en="mend the name, or take the file out",
                    )
                )

    def _entries(self, name: str, annotation: type[Entries[Any]], content: Any) -> Any:
        if not isinstance(content, list):
            return self._problem(name, "", _NO_LIST, _WRITE_LIST)
        kind = kind_of(name)
        entries: list[Entry] = []
        for number, raw in enumerate(content, start=1):
            entry_id = _id_in(raw, number)
            entry = self.one(name, kind, raw, entry_id)
            if entry is None:
                self.broken.setdefault(name, set()).add(entry_id)
            elif any(entry.id == other.id for other in entries):
                self._problem(name, entry_id, _TWICE, _RENAME)
            else:
                entries.append(entry)
        return annotation.model_construct(tuple(entries))

    def one(self, name: str, kind: type[BaseModel], raw: Any, entry_id: str) -> Any:
        """Return the typed value of one entry, or None when its shape is wrong."""
        try:
            # Through JSON, because strict validation then accepts lists and dates as YAML writes them.
            text = json.dumps(raw)
        except ValueError:  # a number of thousands of figures, which YAML can write in sixteens
            return self._problem(name, entry_id, _ENDLESS, _MEND_FILE)
        try:
            return kind.model_validate_json(text)
        except ValidationError as error:
            self.problems.extend(problems_of(error, file_of(name), entry_id))
            return None

    def _problem(self, name: str, entry: str, wrong: Words, remedy: Words) -> None:
        self.problems.append(Finding(name, entry, wrong, remedy).problem(file_of))


def _id_in(raw: Any, number: int) -> str:
    if isinstance(raw, Mapping) and isinstance(raw.get("id"), str):
        return str(raw["id"])
    return f"#{number}"
