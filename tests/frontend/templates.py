"""The templates of the project, read as text."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.database import ROOT

SOURCE = ROOT / "src" / "sluitend"
COMMENT = re.compile(r"{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
ELEMENT = re.compile(r"<[a-zA-Z/!][^<>]*>", re.DOTALL)
# In a block that fills a tag of the template it extends.
ATTRIBUTE = re.compile(r"\b[\w-]+=\"[^\"]*\"")
SCRIPT = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL | re.IGNORECASE)


def templates() -> list[Path]:
    """Return every HTML template of the project."""
    return sorted(SOURCE.rglob("templates/**/*.html"))


def name(template: Path) -> str:
    """Return how a template is named in a message."""
    return str(template.relative_to(SOURCE))


def markup(template: Path) -> str:
    """Return a template without its comments."""
    return COMMENT.sub("", template.read_text(encoding="utf-8"))


def elements(template: Path) -> Iterator[str]:
    """Give the start and end tags of a template; what Django puts in stands in them as `·`."""
    for found in ELEMENT.finditer(TAG.sub("·", markup(template))):
        yield found.group()


def bare_words(template: Path) -> list[str]:
    """Return the words that stand between elements, outside everything that is translated."""
    text = TRANSLATED.sub("·", markup(template))
    text = SCRIPT.sub("·", TAG.sub("·", text))
    text = ATTRIBUTE.sub("·", ELEMENT.sub("·", text))
    return re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", text))


def bare_attributes(template: Path) -> list[str]:
    """Return the words of attributes that a person hears or sees."""
    spoken = re.compile(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"')
    found = []
    for element in elements(template):
        found += [word for value in spoken.findall(element) for word in re.findall(r"[^\W\d_]{2,}", value)]
    return found
