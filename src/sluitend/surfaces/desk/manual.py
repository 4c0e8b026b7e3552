"""The manual as a page of the desk: `docs/handleiding.md`, of which only the forms that it uses are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from sluitend.kernel.organisations.models import Role

EVERYBODY = "Voor iedereen met een account"
OF_ROLE: Mapping[Role, str] = {
    Role.REPORTER: "Melder",
    Role.FOCAL_POINT: "Aandachtsfunctionaris en vervanger",
    Role.DEPUTY: "Aandachtsfunctionaris en vervanger",
    Role.INSPECTOR: "Toezichthouder",
    Role.PARTNER: "Partner",
    Role.PRIVACY_OFFICER: "Privacyfunctionaris",
    Role.MANAGER: "Leidinggevende",
    Role.ADMINISTRATOR: "Beheerder",
    Role.REGIONAL_COORDINATOR: "Regiocoördinator",
}
"""The part of the manual for each role."""

_ITEM = re.compile(r"( *)(-|\d+\.) (.*)")
_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(?<![\w*])\*([^*\s][^*]*?)\*(?![\w*])"), r"<em>\1</em>"),
    (re.compile(r"`([^`]+)`"), r'<code class="sl-code">\1</code>'),
    # What a link leads to is a file of whoever runs the server.
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
)


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list with its items; `numbered` for steps that follow each other."""

    lines: tuple[str, ...]
    is_list: bool = False
    numbered: bool = False


@dataclass(frozen=True)
class Part:
    """A part of the manual under one heading."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@cache
def parts() -> tuple[Part, ...]:
    """Return the manual by its headings; it is read once."""
    text = (settings.ROOT / "docs" / "handleiding.md").read_text(encoding="utf-8")
    return tuple(_parts(text))


def parts_for(roles: frozenset[Role]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return what is for everybody and for these roles, and what is for others."""
    own = {EVERYBODY, *(OF_ROLE[role] for role in roles if role in OF_ROLE)}
    return (
        tuple(part for part in parts() if part.title in own),
        tuple(part for part in parts() if part.title not in own),
    )


def _parts(text: str) -> Iterator[Part]:
    for piece in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _break, body = piece.partition("\n")
        yield Part(slugify(title), title.strip(), tuple(_blocks(body)))


def _blocks(body: str) -> Iterator[Block]:
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        lines: list[str] = []
        items: list[str] = []
        numbered = False
        for line in paragraph.splitlines():
            found = _ITEM.fullmatch(line)
            if found and not items and lines:
                yield Block((_marked(" ".join(lines)),))
                lines = []
            if found:
                numbered = numbered or found[2] != "-"
                items.append(found[3])
            elif items and line.startswith(" "):
                items[-1] += f" {line.strip()}"
            elif items:
                yield Block(tuple(map(_marked, items)), is_list=True, numbered=numbered)
                items, lines, numbered = [], [line.strip()], False
            else:
                lines.append(line.strip())
        if items:
            yield Block(tuple(map(_marked, items)), is_list=True, numbered=numbered)
        elif lines:
            yield Block((_marked(" ".join(lines)),))


def _marked(words: str) -> SafeString:
    found = str(escape(words))
    for mark, element in _MARKS:
        found = mark.sub(element, found)
    return mark_safe(found)  # noqa: S308 - escaped above; the marks make elements without attributes of the text
