"""Translations that stand apart from the entries: a file for each language, so that a translator has one.

`talen/pl.yaml` has, for each kind of entry and each id, the words by field: `answers.yes.text` is the text
of the answer `yes`. `reviewed` there says who read the entry in that language, and when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .entries import SOURCE_LANGUAGE
from .problems import PackProblem
from .problems import Words as Pair
from .yaml_reading import UnreadableYaml, read_yaml

FOLDER = "talen"
REVIEWED = "reviewed"

type Words = Mapping[str, Mapping[str, Any]]


class Translations:
    """The translations in a folder, to add to what the files of entries say."""

    def __init__(self, folder: Path) -> None:
        self._problems: list[PackProblem] = []
        self._used: set[tuple[str, str, str]] = set()
        self._words = dict(self._read(folder / FOLDER))

    def added_to(self, kind: str, content: Any) -> Any:
        """Return the content of a file with the words of every language in it.

        What has not the shape of a list of entries comes back as it is: the reader says what is wrong.
        """
        if not isinstance(content, list):
            return content
        for language, kinds in self._words.items():
            entries = kinds.get(kind, {})
            for raw in content:
                entry_id = raw.get("id") if isinstance(raw, dict) else None
                if isinstance(entry_id, str) and entry_id in entries:
                    self._used.add((language, kind, entry_id))
                    self._add(raw, entries[entry_id], language, f"{kind}.{entry_id}")
        return content

    def problems(self) -> Iterator[PackProblem]:
        """Yield what is wrong: bad files, and words for what the pack does not have."""
        yield from self._problems
        for language, kinds in self._words.items():
            for kind, entries in kinds.items():
                for entry_id in entries:
                    if (language, kind, entry_id) not in self._used:
                        yield _problem(
                            language,
                            f"{kind}.{entry_id}",
                            ("dit bestaat niet in het pakket", "the pack does not have this"),
                            (
                                "haal deze regels weg, of verbeter de id",
                                "take these lines out, or mend the id",
                            ),
                        )

    def _read(self, folder: Path) -> Iterator[tuple[str, Words]]:
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            language = path.stem
            if path.suffix != ".yaml" or not re.fullmatch("[a-z]{2,3}", language):
                self._problems.append(
                    PackProblem(
                        f"{FOLDER}/{path.name}",
                        "",
                        "een vertaling heet naar haar taal, zoals pl.yaml",
                        "a translation is named after its language, such as pl.yaml",
                        remedy="geef het bestand de code van de taal als naam, of haal het weg",
                        remedy_en="name the file after the code of its language, or take it out",
                    )
                )
                continue
            try:
                content = read_yaml(path)
            except UnreadableYaml as error:
                self._problems.append(
                    _problem(
                        language,
                        "",
                        (error.dutch, error.english),
                        ("herstel het bestand, of haal het weg", "mend the file, or take it out"),
                    )
                )
                continue
            if _is_nested(content):
                yield language, content
            else:
                self._problems.append(
                    _problem(
                        language,
                        "",
                        (
                            "verwacht: soort, dan id, dan veld en tekst",
                            "expected: kind, then id, then field and text",
                        ),
                        ("kijk hoe een andere taal het schrijft", "see how another language writes it"),
                    )
                )

    def _add(self, raw: dict[str, Any], words: Any, language: str, place: str) -> None:
        for path, text in words.items():
            if path == REVIEWED:
                _list_in(raw, REVIEWED).append({"language": language, **text} if _is_map(text) else text)
            elif not _put(raw, path.split("."), language, text):
                self._problems.append(
                    _problem(
                        language,
                        place,
                        (f"'{path}' bestaat daar niet", f"'{path}' does not exist there"),
                        ("verbeter het veld, of haal de regel weg", "mend the field, or take the line out"),
                        path,
                    )
                )


def file_in(language: str) -> str:
    """Return the name of the file with the words of a language, as a pack has it."""
    return f"{FOLDER}/{language}.yaml"


def _put(raw: Any, steps: list[str], language: str, text: Any) -> bool:
    """Put the text where the steps lead; tell whether they lead to a text."""
    step, *rest = steps
    if isinstance(raw, list):
        if step.isdigit() and int(step) < len(raw):
            found: Any = raw[int(step)]
            if not rest:
                raw[int(step)] = {**_as_text(found), language: text}
                return True
        else:
            found = next((piece for piece in raw if _is_map(piece) and piece.get("id") == step), None)
        return found is not None and bool(rest) and _put(found, rest, language, text)
    if not isinstance(raw, dict) or step not in raw:
        return False
    if rest:
        return _put(raw[step], rest, language, text)
    if not isinstance(raw[step], str | dict):
        return False
    raw[step] = {**_as_text(raw[step]), language: text}
    return True


def _as_text(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {SOURCE_LANGUAGE: value}


def _list_in(raw: dict[str, Any], key: str) -> list[Any]:
    if not isinstance(raw.get(key), list):
        raw[key] = []
    found: list[Any] = raw[key]
    return found


def _is_map(value: Any) -> bool:
    return isinstance(value, dict)


def _is_nested(content: Any) -> bool:
    return isinstance(content, dict) and all(
        isinstance(kind, str) and isinstance(entries, dict) and all(map(_is_map, entries.values()))
        for kind, entries in content.items()
    )


def _problem(language: str, place: str, wrong: Pair, remedy: Pair, field: str = "") -> PackProblem:
    return PackProblem(file_in(language), place, *wrong, field, *remedy)
