"""The languages of the pages about working and living, by their own names; the front door leads there."""

from __future__ import annotations

from dataclasses import dataclass

from sluitend.kernel.handbook.entries import FALLBACK_LANGUAGE, SOURCE_LANGUAGE
from sluitend.kernel.handbook.pack import Pack

ALWAYS = (SOURCE_LANGUAGE, FALLBACK_LANGUAGE)
OWN_NAMES = {"nl": "Nederlands", "en": "English"}
RIGHT_TO_LEFT = frozenset({"ar", "fa"})

# The languages in which the words of these pages themselves exist, beside those of the handbook.
PRODUCT_LANGUAGES = frozenset(
    {
        *("nl", "en", "pl", "ro", "bg", "es", "pt", "hu", "uk", "ru"),
        *("tr", "el", "ar", "fa", "ti", "fr", "zh", "vi", "tl", "id"),
    }
)


@dataclass(frozen=True)
class Tongue:
    """A language somebody can choose, by its own name in its own script."""

    code: str
    own_name: str
    direction: str


def direction_of(code: str) -> str:
    """Return how a language is written, as HTML says it."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"


def tongues(pack: Pack) -> tuple[Tongue, ...]:
    """Return the languages of these pages: Dutch and English, then the others as the handbook ranks them."""
    known = {each.id: each.own_name for each in sorted(pack.languages, key=lambda each: each.priority)}
    codes = [*ALWAYS, *(code for code in known if code in PRODUCT_LANGUAGES and code not in ALWAYS)]
    return tuple(Tongue(code, known.get(code) or OWN_NAMES[code], direction_of(code)) for code in codes)
