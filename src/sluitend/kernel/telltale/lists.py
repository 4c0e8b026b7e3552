"""The lists of words of a handbook, ready to be looked for."""

import re
from dataclasses import dataclass

from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.sealing.folding import fold
from sluitend.kernel.telltale.folding import Folded, words

_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True)
class Lists:
    """What a handbook says of words: `plain` ones are no name, however they are written."""

    residence: re.Pattern[str]
    health: re.Pattern[str]
    before_name: frozenset[str]
    given_name: frozenset[str]
    plain: frozenset[str]


EMPTY = Lists(_NOTHING, _NOTHING, frozenset(), frozenset(), frozenset())
"""Of no handbook: only patterns, and what a case knows, are found."""


def lists_of(pack: Pack) -> Lists:
    """Return the lists of a handbook. Its towns, partners and languages are no names of people."""
    own = [
        *(name for place in pack.places for name in (place.name, *place.aliases)),
        *(name for each in pack.municipalities for name in (each.name, *each.aliases)),
        *(name for each in pack.partners for name in (each.label.nl, *each.aliases)),
        *(text for each in pack.languages for text in each.label.root.values()),
        *(each.label.nl for each in pack.words),
        *(each.label.nl for each in pack.forms),
    ]
    plain = {word for text in (*own, *_listed(pack, "no_name")) for word in words(text)}
    return Lists(
        residence=_pattern(_listed(pack, "residence")),
        health=_pattern(_listed(pack, "health")),
        before_name=frozenset(_listed(pack, "before_name")),
        given_name=frozenset(fold(each) for each in _listed(pack, "given_name")),
        plain=frozenset(plain),
    )


def betrays(text: str, pack: Pack) -> tuple[str, ...]:
    """Return the words of a text, as they were typed, that tell on a first screen what it is about."""
    folded = Folded.of(text)
    found = (each.span() for each in _pattern(_listed(pack, "telling")).finditer(folded.text))
    return tuple(text[slice(*folded.span(*each))] for each in found)


def _listed(pack: Pack, kind: str) -> tuple[str, ...]:
    entry = pack.watchwords.get(kind)
    return (*entry.nl, *entry.en) if entry else ()


def _pattern(listed: tuple[str, ...]) -> re.Pattern[str]:
    if not listed:
        return _NOTHING
    either = "|".join(sorted((_one(each) for each in listed), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def _one(listed: str) -> str:
    stem = r"\s+".join(re.escape(word) for word in fold(listed.removesuffix("*")).split())
    return rf"{stem}\w*" if listed.endswith("*") else stem
