"""From a folder of YAML files to a `Pack`, with every problem found in one go."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from .checks import check_pack
from .entries import Entries, Entry
from .pack import Pack
from .problems import PackInvalid, PackProblem, problems_of
from .translations import Translations
from .yaml_reading import UnreadableYaml, read_yaml

# The description of the pack stands in pack.yaml; every other part in a file of its own name.
_FILE_OF = {"description": "pack.yaml", "feedback_codes": "feedback.yaml"}


def file_of(part: str) -> str:
    """Return the name of the file in which a part of the pack stands."""
    return _FILE_OF.get(part, f"{part}.yaml")


def load_pack(folder: Path) -> Pack:
    """Read and check the pack in `folder`.

    Raises `PackInvalid` with all problems: unreadable files, entries of a wrong shape, doubled ids,
    references to ids that do not exist, and rules of the handbook that the pack breaks.
    """
    reader = _Reader(folder)
    fields = {name: reader.read(name, field.annotation) for name, field in Pack.model_fields.items()}
    reader.report_unknown_files()
    reader.problems.extend(reader.translations.problems())
    if any(value is None for value in fields.values()):
        raise PackInvalid(tuple(reader.problems))
    pack = Pack(**fields)
    problems = [*reader.problems, *check_pack(pack, broken=reader.broken, file_of=file_of)]
    if problems:
        raise PackInvalid(tuple(problems))
    return pack


class _Reader:
    """Reads the files of one folder and remembers what was wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.translations = Translations(folder)
        self.problems: list[PackProblem] = []
        # Ids of entries that could not be read: whoever refers to them makes no mistake of its own.
        self.broken: dict[str, set[str]] = {}

    def read(self, name: str, annotation: Any) -> Any:
        """Return the typed value of one part of the pack, or None when the file is of no use."""
        try:
            content = read_yaml(self.folder / file_of(name))
        except FileNotFoundError:
            if not Pack.model_fields[name].is_required():
                return annotation(())
            return self._problem(name, "", "het bestand ontbreekt", "the file is missing")
        except UnreadableYaml as error:
            return self._problem(name, "", error.dutch, error.english)
        content = self.translations.added_to(name, content)
        if issubclass(annotation, Entries):
            return self._entries(name, annotation, content)
        return self._one(name, annotation, content, "")

    def report_unknown_files(self) -> None:
        """Note every YAML file that no part of the pack uses: probably a slip in its name."""
        known = {file_of(name) for name in Pack.model_fields}
        for path in sorted(self.folder.glob("*.y*ml")):
            if path.name not in known:
                self.problems.append(
                    PackProblem(
                        path.name, "", "dit bestand hoort niet in een pakket", "no such file in a pack"
                    )
                )

    def _entries(self, name: str, annotation: type[Entries[Any]], content: Any) -> Any:
        if not isinstance(content, list):
            return self._problem(name, "", "het bestand moet een lijst zijn", "the file must be a list")
        kind: type[Entry] = get_args(annotation.model_fields["root"].annotation)[0]
        entries: list[Entry] = []
        for number, raw in enumerate(content, start=1):
            entry_id = _id_in(raw, number)
            entry = self._one(name, kind, raw, entry_id)
            if entry is None:
                self.broken.setdefault(name, set()).add(entry_id)
            elif any(entry.id == other.id for other in entries):
                self._problem(name, entry_id, "deze id staat er twee keer", "this id stands there twice")
            else:
                entries.append(entry)
        return annotation.model_construct(tuple(entries))

    def _one(self, name: str, kind: type[BaseModel], raw: Any, entry_id: str) -> Any:
        try:
            # Through JSON, because strict validation then accepts lists and dates as YAML writes them.
            return kind.model_validate_json(json.dumps(raw))
        except ValidationError as error:
            self.problems.extend(problems_of(error, file_of(name), entry_id))
            return None

    def _problem(self, name: str, entry: str, dutch: str, english: str) -> None:
        self.problems.append(PackProblem(file_of(name), entry, dutch, english))


def _id_in(raw: Any, number: int) -> str:
    if isinstance(raw, Mapping) and isinstance(raw.get("id"), str):
        return str(raw["id"])
    return f"#{number}"
