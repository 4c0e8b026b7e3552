"""Fold text to what two spellings of one thing have in common."""

import unicodedata

_SINGLE = str.maketrans(
    {"ĳ": "ij", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"}
)


def fold(text: str) -> str:
    """Return text in lower case, without diacritics, with single spaces."""
    lowered = text.casefold().translate(_SINGLE)
    parted = unicodedata.normalize("NFKD", lowered)
    return " ".join("".join(sign for sign in parted if not unicodedata.combining(sign)).split())
