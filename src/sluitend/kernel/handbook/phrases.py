"""Phrases of a pack: words as they stand, or words that stand near each other in one sentence.

`~` stands between groups that may come in any order with a few words between them, `+` between groups that
stand next to each other with two words between them at most, `>` between groups that do so in this order
("bedreigt > @dierbaren": it matters who threatens whom), `|` between words of which one is enough, and `@`
before the id of a group of the pack: "@papieren ~ kluis|afgepakt". Each is heard wherever it begins a word;
where it ends in a point, the word ends there too, and with `*` before it it is heard inside a word, the last
of a compound ("*stal." in "varkensstal"). What begins with `!` is a manner of speaking, and says nothing. A
phrase has `MOST_GROUPS` groups at most: each one more multiplies the orders to look for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from unicodedata import normalize

WHOLE = "."
INSIDE = "*"
NEAR = "~"
CLOSE = "+"
FOLLOWED = ">"
SILENT = "!"
GROUP = "@"
OR = "|"

REMEMBERED = 4096
BETWEEN = 8
"""As many words may stand between two groups."""

MOST_GROUPS = 4
"""As many groups may a phrase have: of ten there would be millions of orders, and reading would never end."""

_NEAR_TO = rf"(?:\W++\w++){{0,{BETWEEN}}}?\W++"
# Not beyond a comma, where another begins to act.
_NEXT_TO = r"(?: [^\s,.;:!?()]++){0,2}? "

_GROUP = re.compile(rf"{GROUP}([a-z0-9_]+)")
_BETWEEN_GROUPS = re.compile(rf"[{NEAR}{CLOSE}{FOLLOWED}]")
_DENIALS = r"(?:geen|niet|nooit|zonder|niemand|not|never|no|nobody|without|\w+n't)"
_DENIED = re.compile(rf"\b{_DENIALS}\b")
_DENIED_BEFORE = re.compile(rf"\b{_DENIALS}(?: enkele?)? $")
_NOBODY_BEFORE = re.compile(r"\b(?:niemand|nobody)(?: [^\s,.;:!?()]+){0,2} $")
_NEW_CLAUSE = re.compile(r"[,;:()]| (?:maar|want|dus|but) ")
_LOOKED_BACK = 80
_WORD_BEGINS = re.compile(r"(?<!\w)\w")
_BEGINNING = 4
_JOINS = r"(?:en|maar|want|dus|and|but)"

# "Hij slaat haar niet." At the end of a clause: "hij slaat haar niet alleen" says that he does.
_DENIED_AFTER = re.compile(
    rf"(?: (?!{_JOINS}\b)[^\s,.;:!?()]++){{0,3}}? (?:niet|nooit|not)(?: meer)?"
    rf"(?=$|[,;:!?)]|\.(?!\w)| {_JOINS}\b)"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that is ready to be looked for. `near` is what its groups look like, where it has any."""

    words: str
    groups: tuple[tuple[str, ...], ...]
    """Of each group the words of which a text must have one, without points."""
    near: re.Pattern[str] | None = None
    silent: bool = False
    """Whether it only takes away what others would hear in its words."""
    begins: tuple[frozenset[str], ...] = ()
    """Of groups whose words begin a word: how these begin, as `beginnings` has them of a text."""
    denying: tuple[str, ...] = ()
    """Its own words that deny, as "mag niet" does: where these are found, nothing is taken away."""

    @property
    def order(self) -> tuple[bool, bool, int]:
        """Where it comes among others: what says nothing, then exact words, the longest first."""
        return not self.silent, self.near is not None, 0 if self.near else -len(self.words)

    def may_begin_in(self, begun: frozenset[str]) -> bool:
        """Return whether a text has words that begin so: quicker than to look for each in it."""
        return not any(begun.isdisjoint(each) for each in self.begins)

    def may_be_in(self, text: str) -> bool:
        """Return whether a text has the words at all: most phrases end here, so this must be quick."""
        for group in self.groups:
            for one in group:
                if one in text:
                    break
            else:
                return False
        return True

    def spans(self, sentence: str) -> Iterator[tuple[int, int]]:
        """Yield where a sentence has it: from where to where."""
        if self.near is None:
            yield from _exact(sentence, self.words)
        elif self.may_be_in(sentence):
            yield from self._near(sentence, self.near)

    def _near(self, sentence: str, near: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        start = 0
        while found := near.search(sentence, start):
            # "Hij is niet geslagen": what is denied says nothing, unless these words of the phrase deny.
            if self.silent or self._denies(found[0]) or not self._denied(found, sentence):
                yield found.span()
                start = found.end()
            else:
                # "Geen politie wil hij, alleen hulp": behind the comma it may still be said.
                further = _NEW_CLAUSE.search(sentence, found.start() + 1, found.end())
                start = further.end() if further else found.end()

    def _denies(self, words: str) -> bool:
        return any(one in words for one in self.denying)

    def _denied(self, found: re.Match[str], sentence: str) -> bool:
        before = sentence[max(0, found.start() - _LOOKED_BACK) : found.start()]
        if _DENIED.search(found[0]) or _DENIED_BEFORE.search(before):
            return True
        if CLOSE not in self.words and FOLLOWED not in self.words:
            return False
        return bool(_NOBODY_BEFORE.search(before) or _DENIED_AFTER.match(sentence, found.end()))


def plain(words: str) -> str:
    """Return words without capitals, with one space between them and one kind of apostrophe."""
    return " ".join(normalize("NFKC", words).lower().replace("’", "'").split())


def beginnings(text: str) -> frozenset[str]:
    """Return how the words of a text begin, by one letter up to `_BEGINNING`."""
    places = [word.start() for word in _WORD_BEGINS.finditer(text)]
    return frozenset(text[place : place + size] for place in places for size in range(1, _BEGINNING + 1))


# Of phrases of a pack only: what somebody told is never remembered.
@lru_cache(maxsize=REMEMBERED)
def phrase(written: str) -> Phrase:
    """Return a phrase as it is looked for; one without words or with too many groups is never found."""
    words = plain(written)
    silent = words.startswith(SILENT)
    words = words.removeprefix(SILENT).strip()
    groups = groups_of(words)
    if len(groups) > MOST_GROUPS:
        return Phrase("", ((),), silent=silent)
    if len(groups) == 1 and len(groups[0]) <= 1 and INSIDE not in words:
        only = ((words.removesuffix(WHOLE),),) if words.strip(WHOLE) else ((),)
        return Phrase(words, only, silent=silent)
    looks = [rf"(?<!\w)(?:{OR.join(_word(one) for one in group)})" for group in groups]
    between = _NEXT_TO if CLOSE in words or FOLLOWED in words else _NEAR_TO
    orders: Iterable[Sequence[str]] = [looks] if FOLLOWED in words else permutations(looks)
    bare = [tuple(one.removesuffix(WHOLE).removeprefix(INSIDE) for one in group) for group in groups]
    # A group of few words is soonest known not to be there.
    begins = tuple(
        frozenset(one.removesuffix(WHOLE)[:_BEGINNING] for one in group)
        for group in groups
        if all(_WORD_BEGINS.match(one) for one in group)
    )
    denying = tuple(one for group in bare for one in group if _DENIED.search(one))
    near = re.compile(OR.join(map(between.join, orders)))
    return Phrase(words, tuple(sorted(bare, key=len)), near, silent, begins, denying)


def written_out(written: str, groups: Mapping[str, str]) -> str:
    """Return a phrase with the words of each group that it names; a group that is not there has none."""
    if GROUP not in written:
        return written
    return _GROUP.sub(lambda named: groups.get(named[1], ""), written)


def groups_named(written: str) -> list[str]:
    """Return the ids of the groups that a phrase names."""
    return _GROUP.findall(written)


def groups_of(words: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups of a phrase, with the words of each."""
    return tuple(
        tuple(one.strip() for one in group.split(OR) if one.strip(f"{WHOLE}{INSIDE} "))
        for group in _BETWEEN_GROUPS.split(words)
    )


def _word(words: str) -> str:
    bare = re.escape(words.removesuffix(WHOLE).removeprefix(INSIDE))
    begin = r"\w*?" if words.startswith(INSIDE) else ""
    return rf"{begin}{bare}\b" if words.endswith(WHOLE) else rf"{begin}{bare}\w*+"


def _exact(sentence: str, phrase: str) -> Iterator[tuple[int, int]]:
    """Yield where these words begin, at the beginning of a word."""
    words = phrase.removesuffix(WHOLE)
    start = sentence.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        whole = words == phrase or not sentence[end : end + 1].isalnum()
        if whole and (start == 0 or not _in_word(sentence[start - 1])):
            yield start, end
        start = sentence.find(words, start + 1)


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
