"""The fixed name of a new entry, made from how people call it, so that nobody has to invent one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from sluitend.exports.differences import CALLED
from sluitend.kernel.handbook.entries import SOURCE_LANGUAGE

LONGEST = 40
NAMELESS = "nieuw"
"""The name of what says nothing by which it can be called."""

_OTHER = re.compile(r"[^a-z0-9]+")


def name_for(content: Mapping[str, Any], taken: Collection[str]) -> str:
    """Return a fixed name for an entry that has none yet.

    Args:
        content: the plain values of the entry, as far as they are filled in.
        taken: the fixed names that the list has already.
    """
    name = _plain(next((words for each in CALLED if (words := _words(content.get(each)))), "")) or NAMELESS
    number = 2
    free = name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free


def _words(value: Any) -> str:
    found = value.get(SOURCE_LANGUAGE, "") if isinstance(value, Mapping) else value
    return found if isinstance(found, str) else ""


def _plain(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    name = _OTHER.sub("_", letters).strip("_")
    if len(name) <= LONGEST:
        return name
    whole, _dash, _rest = name[: LONGEST + 1].rpartition("_")
    return (whole or name[:LONGEST]).strip("_")
