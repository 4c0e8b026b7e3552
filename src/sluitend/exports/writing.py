"""Writing a pack as files: YAML as its authors write it, with a file for each language beyond two."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from sluitend.exports.walking import texts_in
from sluitend.kernel.handbook.borders_reading import as_geojson
from sluitend.kernel.handbook.entries import FALLBACK_LANGUAGE, SOURCE_LANGUAGE, Entry
from sluitend.kernel.handbook.loading import file_of, kind_of, list_parts
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.translations import FOLDER, REVIEWED
from sluitend.kernel.handbook.yaml_reading import read_yaml

INLINE = (SOURCE_LANGUAGE, FALLBACK_LANGUAGE)
WIDTH = 110


def write_pack(pack: Pack, folder: Path) -> None:
    """Write the pack as a folder that `load_pack` reads back as an equal pack.

    Args:
        pack: what to write.
        folder: a new or empty folder; it is made.

    Raises:
        FileExistsError: there is something in the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(folder)
    lists = list_parts()
    for part in Pack.model_fields:
        value = getattr(pack, part)
        content = (
            [plain(entry, languages=INLINE) for entry in value]
            if part in lists
            else plain(value, languages=INLINE)
        )
        if part == "borders":
            if pack.borders.areas:
                borders = plain(pack.borders)
                (folder / file_of(part)).write_text(as_geojson(borders), encoding="utf-8")
            continue
        (folder / file_of(part)).write_text(as_yaml(content), encoding="utf-8")
    translated = {part: getattr(pack, part) for part in lists}
    for language in sorted(_languages(translated.values())):
        words = translation(translated, language)
        path = folder / FOLDER / f"{language}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(as_yaml(words), encoding="utf-8")


def write_part(folder: Path, part: str, entries: Iterable[Entry]) -> None:
    """Write one list of a pack in its folder; the comment on top of the file stays.

    Words beyond Dutch and English go to the file of their language, whose other words stay.
    """
    entries = tuple(entries)
    path = folder / file_of(part)
    _replace(path, as_yaml([plain(entry, languages=INLINE) for entry in entries]))
    files = {path.stem for path in (folder / FOLDER).glob("*.yaml")}
    for language in sorted(files | set(_languages([entries]))):
        words = translation({part: entries}, language).get(part)
        path = folder / FOLDER / f"{language}.yaml"
        # By the reader of packs: to the library a word such as `on` is a yes, and would be written as one.
        content = (read_yaml(path) or {}) if path.exists() else {}
        if content.get(part) == words:
            continue
        content = {**content, part: words} if words else {k: v for k, v in content.items() if k != part}
        path.parent.mkdir(exist_ok=True)
        _replace(path, as_yaml(content))


def translation(parts: dict[str, Iterable[Entry]], language: str) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the words of one language by part, id and field, as a file of that language has them."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for part, entries in parts.items():
        for entry in entries:
            words: dict[str, Any] = {
                path: text.root[language] for path, text in texts_in(entry) if language in text.root
            }
            review = next((one for one in entry.reviewed if one.language == language), None)
            if review:
                words[REVIEWED] = {"by": review.by, "on": review.on.isoformat()}
            if words:
                found.setdefault(part, {})[entry.id] = words
    return found


def as_json(pack: Pack) -> str:
    """Return the pack as JSON that people can read, with sorted keys."""
    return json.dumps(json.loads(pack.canonical_json()), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def as_yaml(content: Any) -> str:
    """Return plain values as YAML in the order in which they stand."""
    return yaml.dump(
        content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=False
    )


def schema_of(part: str) -> dict[str, Any]:
    """Return the JSON Schema of one file of a pack, for editors that help with typing."""
    if part in list_parts():
        schema = kind_of(part).model_json_schema()
        defs = schema.pop("$defs", {})
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": file_of(part),
            "type": "array",
            "items": schema,
            "$defs": _with_plain_strings(defs),
        }
    annotation: Any = Pack.model_fields[part].annotation
    schema = annotation.model_json_schema()
    schema["$defs"] = _with_plain_strings(schema.pop("$defs", {}))
    return {**schema, "$schema": "https://json-schema.org/draft/2020-12/schema", "title": file_of(part)}


def _with_plain_strings(defs: dict[str, Any]) -> dict[str, Any]:
    # A pack may write a plain string for a text in Dutch alone; the validator before the model allows it.
    if "Text" in defs:
        defs["Text"] = {"anyOf": [{"type": "string"}, defs["Text"]]}
    return defs


def _languages(parts: Iterable[Iterable[Entry]]) -> Iterator[str]:
    yield from {
        language
        for entries in parts
        for entry in entries
        for _, text in texts_in(entry)
        for language in text.root
        if language not in INLINE
    }


def _replace(path: Path, content: str) -> None:
    """Write a file in one go, below the comment that stands on top of it now."""
    comment = ""
    if path.exists():
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        top = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
        comment = "".join(lines[:top]) + ("\n" if top else "")
    new = path.with_suffix(".new")
    new.write_text(comment + content, encoding="utf-8")
    new.replace(path)


class _Dumper(yaml.SafeDumper):
    """YAML that our own reader takes: no aliases, and quotes where YAML 1.1 would see something else."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write equal values out, each in its own place."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists in mappings not at all, as the files do."""
        return super().increase_indent(flow, indentless)
