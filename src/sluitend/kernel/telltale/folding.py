"""A text folded to what its spellings have in common, that remembers where each sign stood."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from sluitend.kernel.sealing.folding import fold

_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Folded:
    """A text in small letters without diacritics, invisible signs or foreign digits.

    `at[i]` is where sign `i` of `text` began in what was typed; one more says where it ended.
    """

    raw: str
    text: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, raw: str) -> "Folded":
        """Fold a text."""
        signs = [_fold_sign(sign) for sign in raw]
        at = [number for number, folded in enumerate(signs) for _sign in folded]
        return cls(raw, "".join(signs), (*at, len(raw)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a piece of the folded text stands in what was typed, its diacritics included."""
        if start == end:
            return self.at[start], self.at[start]
        return self.at[start], self._after(self.at[end - 1] + 1)

    def _after(self, place: int) -> int:
        # A combining sign belongs to the letter before it.
        while place < len(self.raw) and unicodedata.combining(self.raw[place]):
            place += 1
        return place


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded."""
    return tuple(_LETTERS.findall(Folded.of(text).text))


@lru_cache(maxsize=4096)
def _fold_sign(sign: str) -> str:
    if sign == "\n":
        return sign
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    if unicodedata.category(sign) in ("Cf", "Mn", "Me"):
        return ""
    return fold(sign) or " "
