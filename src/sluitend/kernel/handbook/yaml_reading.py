"""Reading YAML that we did not write: no aliases, no tags, no doubled keys, no huge or deep files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as SafeLoader  # seven times as fast
except ImportError:  # a PyYAML that was built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 20


class UnreadableYaml(Exception):
    """Raised with Dutch and English words for a file that cannot be read."""

    def __init__(self, dutch: str, english: str) -> None:
        self.dutch = dutch
        self.english = english
        super().__init__(dutch)


class _PlainLoader(SafeLoader):
    """A safe loader in which only `true` and `false` are booleans and dates stay text.

    YAML 1.1 turns `yes`, `no` and `on` into booleans, which would silently change ids and answers.
    """

    yaml_implicit_resolvers = {
        first: [
            (tag, pattern)
            for tag, pattern in resolvers
            if tag in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:null")
        ]
        for first, resolvers in SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build a mapping, and refuse a key that stands in it twice: YAML would keep only the last."""
        seen: set[str] = set()
        for key_node, _ in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise UnreadableYaml(
                    f"regel {line}: een sleutel is één woord", f"line {line}: a key is one word"
                )
            if key_node.value in seen:
                raise UnreadableYaml(
                    f"regel {line}: '{key_node.value}' staat er twee keer",
                    f"line {line}: '{key_node.value}' stands there twice",
                )
            seen.add(key_node.value)
        return super().construct_mapping(node, deep=deep)


_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def read_yaml(path: Path) -> Any:
    """Return the content of a YAML file as plain lists, mappings, text and numbers.

    Raises `UnreadableYaml` for what is no readable file, a file over 2 MB, aliases and anchors (a small file
    of aliases can fill the memory), nesting deeper than a pack needs, tags, doubled keys and bad YAML.
    """
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableYaml("het bestand is groter dan 2 MB", "the file is larger than 2 MB")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UnreadableYaml("het bestand is geen UTF-8", "the file is not UTF-8") from None
    except FileNotFoundError:
        raise
    except OSError:
        raise UnreadableYaml("dit is geen leesbaar bestand", "this is not a readable file") from None
    try:
        _refuse_dangerous(text)
        return yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UnreadableYaml(
            f"regel {line}: geen geldige YAML ({error.problem})",
            f"line {line}: not valid YAML ({error.problem})",
        ) from None
    except (yaml.YAMLError, ValueError):  # a ValueError comes from a number of thousands of figures
        raise UnreadableYaml("geen geldige YAML", "not valid YAML") from None


def _refuse_dangerous(text: str) -> None:
    # The events are read one by one, so this look costs no memory and no recursion.
    depth = 0
    for event in yaml.parse(text, Loader=SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise UnreadableYaml(
                f"regel {line}: verwijzingen met & en * mogen niet",
                f"line {line}: references with & and * are not allowed",
            )
        if getattr(event, "tag", None):
            raise UnreadableYaml(
                f"regel {line}: tags met ! mogen niet", f"line {line}: tags with ! are not allowed"
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise UnreadableYaml(f"regel {line}: te diep genest", f"line {line}: nested too deeply")
