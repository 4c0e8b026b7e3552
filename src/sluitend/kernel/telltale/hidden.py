"""Who must not be named, known without the name: digests of its words, under a key of their own."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, permutations

from sluitend.kernel.sealing.folding import fold
from sluitend.kernel.telltale import patterns

DIGEST_BYTES, KEY_BYTES = 8, 16
MOST_WORDS = 8
"""Of a name: no name has more, and each pair of them is kept too."""


@dataclass(frozen=True)
class Hidden:
    """Words of somebody that can be compared and not be read."""

    key: bytes
    digests: frozenset[bytes]

    @classmethod
    def of(cls, *, name: str, phone: str = "", mail: str = "") -> "Hidden":
        """Hide how somebody is called and reached."""
        key = secrets.token_bytes(KEY_BYTES)
        said = [*_forms(name), patterns.significant(phone), fold(mail)]
        return cls(key, frozenset(_digest(key, each) for each in said if each))

    @classmethod
    def from_kept(cls, kept: Sequence[str]) -> "Hidden":
        """Return what was kept; what the public process sealed in another form hides nobody."""
        try:
            key, *digests = [bytes.fromhex(each) for each in kept]
        except ValueError:
            return cls(b"", frozenset())
        return cls(key[:KEY_BYTES], frozenset(digests))

    def to_keep(self) -> tuple[str, ...]:
        """Return it as texts to seal: the key first. Their order tells nothing of the name."""
        return (self.key.hex(), *sorted(each.hex() for each in self.digests)) if self.digests else ()

    def has(self, word: str) -> bool:
        """Return whether a folded word is one of these, or that with an s behind it."""
        forms = (word, word[:-1]) if word.endswith("s") and len(word) > 3 else (word,)
        return any(_digest(self.key, each) in self.digests for each in forms)


def hides(hidden: Iterable[Hidden], written: str, *, capital: bool) -> bool:
    """Return whether a word is a hidden one, has it beside a hyphen, or is made of two of them.

    As with other names, one of two letters counts with a capital only.
    """
    parts = patterns.split(written)
    forms = {form for form in (*parts, "".join(parts)) if capital or len(form) > 2}
    return any(each.has(form) for each in hidden for form in forms)


def _forms(name: str) -> Iterator[str]:
    """Yield the words of a name, and how two or all of them look when nothing stands between."""
    words = list(islice(dict.fromkeys(patterns.name_words([name])), MOST_WORDS))
    yield from words
    yield from (first + second for first, second in permutations(words, 2))
    yield "".join(words)


def _digest(key: bytes, word: str) -> bytes:
    return hashlib.blake2b(word.encode(), key=key, digest_size=DIGEST_BYTES).digest()
