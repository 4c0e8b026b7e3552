"""The manual as a page of the desk: `docs/handleiding.md`, of which only the forms that it uses are known.

`docs/handleiding.en.md` says the same in English, part by part and fold by fold: a link leads to the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from django.conf import settings
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from sluitend.kernel.handbook.entries import SOURCE_LANGUAGE
from sluitend.kernel.organisations.models import Role

FILES: Mapping[str, str] = {SOURCE_LANGUAGE: "handleiding.md", "en": "handleiding.en.md"}
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
"""The part of the manual for each role, by its Dutch heading."""

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_LEAD = re.compile(r"^\*\*(.+)\*\*$", re.MULTILINE)
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
class Fold:
    """What the manual says under one bold line: closed until somebody opens it."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Part:
    """A part of the manual under one heading: what stands first, and its folds."""

    id: str
    title: str
    language: str
    blocks: tuple[Block, ...]
    folds: tuple[Fold, ...]

    def at(self, same: Part) -> Part:
        """Return this part with the addresses of another, which says the same in another language."""
        folds = tuple(replace(fold, id=its.id) for fold, its in zip(self.folds, same.folds, strict=True))
        return replace(self, id=same.id, folds=folds)


@cache
def parts(language: str = SOURCE_LANGUAGE) -> tuple[Part, ...]:
    """Return the manual in a language by its headings; it is read once."""
    text = (settings.ROOT / "docs" / FILES[language]).read_text(encoding="utf-8")
    found = tuple(_parts(text, language))
    if language == SOURCE_LANGUAGE:
        return found
    return tuple(part.at(same) for part, same in zip(found, parts(), strict=True))


def parts_for(
    roles: frozenset[Role], language: str = SOURCE_LANGUAGE
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return what is for everybody and for these roles, and what is for others; else in Dutch."""
    own = {slugify(EVERYBODY), *(slugify(OF_ROLE[role]) for role in roles if role in OF_ROLE)}
    found = parts(language if language in FILES else SOURCE_LANGUAGE)
    return (
        tuple(part for part in found if part.id in own),
        tuple(part for part in found if part.id not in own),
    )


def _parts(text: str, language: str) -> Iterator[Part]:
    for title, body in _pieces(_HEADING, text)[1:]:
        (_nothing, first), *folds = _pieces(_LEAD, body)
        part = slugify(title)
        yield Part(
            part,
            title,
            language,
            tuple(_blocks(first)),
            tuple(Fold(f"{part}-{slugify(lead)}", lead, tuple(_blocks(said))) for lead, said in folds),
        )


def _pieces(mark: re.Pattern[str], text: str) -> list[tuple[str, str]]:
    """Return what stands under each line of a kind, with the words of that line; the first has none."""
    first, *rest = mark.split(text)
    return [("", first), *zip(rest[::2], rest[1::2], strict=True)]


def _blocks(body: str) -> Iterator[Block]:
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        lines: list[str] = []
        items: list[list[str]] = []
        numbered = False
        for line in paragraph.splitlines():
            found = _ITEM.fullmatch(line)
            if found and not items and lines:
                yield Block((_marked(" ".join(lines)),))
                lines = []
            if found and found[1] and items:
                items[-1].append(found[3])
            elif found:
                numbered = numbered or found[2] != "-"
                items.append([found[3]])
            elif items and line.startswith(" "):
                items[-1][-1] += f" {line.strip()}"
            elif items:
                yield Block(tuple(map(_item, items)), is_list=True, numbered=numbered)
                items, lines, numbered = [], [line.strip()], False
            else:
                lines.append(line.strip())
        if items:
            yield Block(tuple(map(_item, items)), is_list=True, numbered=numbered)
        elif lines:
            yield Block((_marked(" ".join(lines)),))


def _item(item: list[str]) -> SafeString:
    """Return one item of a list, with the choices that it has below it."""
    said, *choices = map(_marked, item)
    if not choices:
        return said
    return format_html(
        "{}<ul>{}</ul>", said, format_html_join("", "<li>{}</li>", ((one,) for one in choices))
    )


def _marked(words: str) -> SafeString:
    found = str(escape(words))
    for mark, element in _MARKS:
        found = mark.sub(element, found)
    return mark_safe(found)  # noqa: S308 - escaped above; the marks make elements without attributes of the text
