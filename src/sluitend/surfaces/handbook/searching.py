"""Search in the handbook: an index in memory for each release and language, with stems and typing errors.

A release never changes and is small, so its index is made once in each process, and nothing of a search
touches the database. Stems come from Snowball, distances between words from RapidFuzz.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock

import snowballstemmer
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import WRatio
from rapidfuzz.process import extract

LONGEST_QUERY = 300
STEMMERS = {"nl": "dutch", "en": "english"}
# Words that stand everywhere and tell nothing, unless nothing else was asked.
_DUTCH = (
    "aan als bij dat de deze die dit door een en er het hij hoe iemand ik in is je kan met na naar niet "
    "of om onder ook op over te tot u uit uw van voor waar wat we wel wie wij worden wordt zij zijn"
)
_ENGLISH = (
    "a about an and are as at be by can do for from how i in is it my not of on or that the their there "
    "they this to was we what when where which who whom will with you your"
)
STOP_WORDS = {"nl": frozenset(_DUTCH.split()), "en": frozenset(_ENGLISH.split())}
TITLE, BODY = 3.0, 1.0
EXACT, STEM, PREFIX, WITHIN, NEAR = 4.0, 3.0, 2.0, 1.5, 1.0
CALLED = 10.0
SHORTEST_PREFIX, SHORTEST_WITHIN, SHORTEST_NEAR, LONG = 3, 5, 5, 10
# Of a longer question only the words that stand nowhere are looked for with a typing error.
CAREFUL_WORDS = 8
ALIKE = 60.0
"""From where on of a hundred two names look alike, to offer one for the other."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Line:
    """What can be found: an entry with its title and the rest of its words, in one language.

    `also` has what people call it: each phrase counts as another title.
    """

    part: str
    entry_id: str
    title: str
    body: str
    also: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What it is, in every language."""
        return self.part, self.entry_id


@dataclass(frozen=True)
class Hits:
    """What was found, the best first, and the words by which: to mark them where they stand.

    `asked` says which part of the words that were asked the lines hold, and how exactly.
    """

    lines: tuple[Line, ...]
    words: frozenset[str]
    asked: tuple[float, float] = (0.0, 0.0)


def plain(words: str) -> str:
    """Return words in lower case and without accents, as the index holds them."""
    spread = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """Return the words of a text, plain, in their order."""
    return _WORD.findall(plain(text))


class Index:
    """The words of one release in one language."""

    def __init__(self, lines: Iterable[Line], language: str) -> None:
        self.lines = tuple(lines)
        self.by_key = {line.key: line for line in self.lines}
        self._stop = STOP_WORDS.get(language, frozenset())
        self._stemmer = snowballstemmer.stemmer(STEMMERS.get(language, "dutch"))
        # It keeps the word that it works on, and a process answers many readers at once.
        self._stemming = Lock()
        self._where: dict[str, dict[int, float]] = defaultdict(dict)
        self._titles = [
            tuple(frozenset(words_of(each)) for each in (line.title, *line.also)) for line in self.lines
        ]
        for number, line in enumerate(self.lines):
            for word in words_of(line.body):
                self._where[word][number] = BODY
            for word in frozenset().union(*self._titles[number]):
                self._where[word][number] = TITLE
        self._words = tuple(self._where)
        self._of_stem: dict[str, list[str]] = defaultdict(list)
        for word, stem in zip(self._words, self._stemmer.stemWords(list(self._words)), strict=True):
            self._of_stem[stem].append(word)

    def find(self, query: str) -> Hits:
        """Return the lines that hold most of the words of a query, each perhaps with a typing error."""
        every = list(dict.fromkeys(words_of(query[:LONGEST_QUERY])))
        asked = [word for word in every if word not in self._stop] or every
        scores: dict[int, float] = defaultdict(float)
        held: dict[int, int] = defaultdict(int)
        marked: set[str] = set()
        meant: set[str] = set()
        exactly = 0.0
        for word in asked:
            near = self._near(word, careful=len(asked) <= CAREFUL_WORDS)
            marked.update(near)
            best = max(near.values(), default=0.0)
            meant.update(other for other, likeness in near.items() if likeness in (best, STEM))
            exactly += best / len(asked)
            for number, score in self._scored(near).items():
                scores[number] += score
                held[number] += 1
        most = max(held.values(), default=0)
        called = {number: said for number in held if (said := self._called(number, meant))}
        found = [number for number, count in held.items() if count == most or number in called]
        for number in found:
            scores[number] += self._likeness(number, every) + CALLED * called.get(number, 0)
        found.sort(key=lambda number: (-scores[number], number))
        return Hits(
            tuple(self.lines[number] for number in found),
            frozenset(marked),
            (most / max(len(asked), 1), exactly),
        )

    def nearest(self, query: str, limit: int) -> tuple[Line, ...]:
        """Return the lines of which a title or what people call it looks most like the query, if any does."""
        names = {
            (number, at): name
            for number, line in enumerate(self.lines)
            for at, name in enumerate((line.title, *line.also))
        }
        asked = " ".join(words_of(query[:LONGEST_QUERY]))
        like = extract(asked, names, scorer=WRatio, processor=plain, score_cutoff=ALIKE, limit=4 * limit)
        found = dict.fromkeys(number for _name, _score, (number, _at) in like)
        return tuple(self.lines[number] for number in list(found)[:limit])

    def _scored(self, near: Mapping[str, float]) -> dict[int, float]:
        best: dict[int, float] = {}
        for word, likeness in near.items():
            for number, weight in self._where[word].items():
                best[number] = max(best.get(number, 0.0), likeness * weight)
        return best

    def _called(self, number: int, meant: set[str]) -> int:
        """Return how many words the longest title or name of a line has of which each word was asked."""
        names = (name - self._stop or name for name in self._titles[number])
        return max((len(name) for name in names if name <= meant), default=0)

    def _likeness(self, number: int, every: list[str]) -> float:
        """Return how much of a title was asked for: a title that is the query comes first."""
        return (
            2
            * TITLE
            * EXACT
            * max(
                len(title.intersection(every)) / max(len(title.union(every)), 1)
                for title in self._titles[number]
            )
        )

    def _near(self, word: str, *, careful: bool) -> dict[str, float]:
        """Return the words of the index that may be meant, with how like the word they are."""
        near = dict(self._like(word, careful=careful))
        with self._stemming:
            stem = self._stemmer.stemWord(word)
        for other in self._of_stem.get(stem, ()):
            near[other] = max(near.get(other, 0.0), STEM)
        if word in self._where:
            near[word] = EXACT
        return near

    def _like(self, word: str, *, careful: bool) -> Iterator[tuple[str, float]]:
        if len(word) >= SHORTEST_NEAR and (careful or word not in self._where):
            most = 2 if len(word) >= LONG else 1
            for other, distance, _place in extract(
                word, self._words, scorer=OSA.distance, score_cutoff=most, limit=None
            ):
                yield other, NEAR / max(distance, 1)
        if len(word) >= SHORTEST_PREFIX:
            for other in self._words:
                if other.startswith(word):
                    yield other, PREFIX
                elif len(word) >= SHORTEST_WITHIN and word in other:
                    yield other, WITHIN


SNIPPET, BEFORE = 170, 60

type Piece = tuple[str, bool]


def snippet(text: str, words: frozenset[str]) -> list[Piece]:
    """Return a piece of a text around the first word that was found, with the found words marked."""
    first = next((each.start() for each in _WORD.finditer(text) if plain(each[0]) in words), 0)
    begin = 0 if first < BEFORE else text.rfind(" ", 0, first - BEFORE // 2) + 1
    end = len(text) if len(text) - begin <= SNIPPET else text.rfind(" ", begin, begin + SNIPPET)
    end = end if end > begin else begin + SNIPPET
    pieces = marked(text[begin:end], words)
    return [*([("… ", False)] if begin else []), *pieces, *([(" …", False)] if end < len(text) else [])]


def marked(text: str, words: frozenset[str]) -> list[Piece]:
    """Return a text in pieces, each with whether it is a word that was found."""
    pieces: list[Piece] = []
    at = 0
    for each in _WORD.finditer(text):
        if plain(each[0]) in words:
            pieces += [(text[at : each.start()], False), (each[0], True)]
            at = each.end()
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]
