"""How names, days, numbers and addresses are written. All of it works on a folded text."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

import phonenumbers
from stdnum import iban
from stdnum.nl import bsn

from sluitend.kernel.sealing.tokens import normalise
from sluitend.kernel.telltale.folding import words

type Span = tuple[int, int]

PARTICLES = frozenset(
    {"van", "de", "der", "den", "het", "ter", "ten", "te", "el", "al", "la", "le", "von", "da", "do", "dos"}
)
"""Small words inside names that are no name by themselves."""

OLD_YEARS = 8
"""A day that lies further back is rather a day of birth than a day of work."""

SHORTEST_RUN = 6
_TOKEN = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
_SPACED = re.compile(r"(?<![^\W\d_])(?:[^\W\d_][ .\-*_]){2,}[^\W\d_](?![^\W\d_])")
_RUN = re.compile(r"\d(?:[\W_]{0,3}\d)*")
_MONTHS = (
    "januari|january|jan",
    "februari|february|feb",
    "maart|march|mrt|mar",
    "april|apr",
    "mei|may",
    "juni|june|jun",
    "juli|july|jul",
    "augustus|august|aug",
    "september|sept|sep",
    "oktober|october|okt|oct",
    "november|nov",
    "december|dec",
)
_MONTH = "|".join(_MONTHS)
_GAP = r"\s{0,2}[-/.]\s{0,2}"
_DAYS = (
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}}){_GAP}(?P<m>\d{{1,2}}){_GAP}(?P<y>\d{{4}}|\d{{2}})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\s(?P<m>\d{1,2})\s(?P<y>\d{4})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<y>\d{{4}}){_GAP}(?P<m>\d{{1,2}}){_GAP}(?P<d>\d{{1,2}})(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:e|de|ste|st|nd|rd|th)?[\s.\-]{{1,2}}(?P<n>{_MONTH})"
        r"[\s.,\-]{1,2}(?P<y>\d{4})(?!\d)"
    ),
    re.compile(rf"(?<!\w)(?P<n>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)"),
)
_BORN = re.compile(r"(?:geboren|geboorte\w*|geb\b|born|birth\w*)[^.!?\n]{0,25}$")
_PHONE = re.compile(r"(?<![\w+])(?:\+|00|0)[\s(]{0,2}\d(?:[ ().\-/]{0,3}\d){7,13}(?!\d)")
_NINE = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){8}(?!\d)")
_IBAN = re.compile(r"(?<!\w)[a-z]{2}\d{2}(?:\s?[a-z0-9]{4}){2,7}(?:\s?[a-z0-9]{1,3})?(?!\w)")
_MAIL = re.compile(r"[^\s@<>(),;:\"]{1,64}@[^\s@<>(),;:\"]{1,80}\.[a-z]{2,}")
_ACCOUNT = re.compile(
    r"(?<![\w.])@\w[\w.]{2,40}"
    r"|(?:instagram|facebook|tiktok|snapchat|telegram|t)\.(?:com|me|org)/[\w./@\-]{2,80}"
)
_PLATE = re.compile(r"(?<![\w\-])(?:[a-z0-9]{1,3}-){2}[a-z0-9]{1,3}(?![\w\-])")
_STREET = (
    r"(?:straat|strt|str|laan|weg|kade|plein|pad|dijk|gracht|singel|hof|dreef|steeg|plantsoen|boulevard|haven|park"
    r"|street|road|avenue|lane|square)"
)
_DOOR = re.compile(
    rf"(?<!\w)(?!onderweg)[^\W\d_][\w'.\-]{{0,40}}{_STREET}\.?\s{{0,2}}\d{{1,5}}(?:[\s\-]?[a-z](?!\w))?(?!\d)"
)
_NUMBERED = re.compile(r"(?:(?<!\w)[^\W\d_][\w'.\-]{0,40}\s{1,2}){1,4}\d{1,5}(?:[\s\-]?[a-z](?!\w))?(?!\d)")
_POSTCODE = re.compile(
    r"(?<!\w)[1-9]\d{3}\s?(?!om|op|in|te|en|of|is|er|al|ik|je|we|ze|bv|kg|km|cm|at|on|to|or|am|pm|as|by)[a-z]{2}"
    r"(?:\s?,?\s?\d{1,5})?(?!\w)"
)
_PART_OF_DAY = re.compile(r"['’‘`]s\s{1,2}$")
"""What stands before "avonds" and "nachts": at the beginning of a sentence these have the capital."""
_SENTENCE_ENDS = '.!?:\n•*-–"“‘(['


def split(written: str) -> list[str]:
    """Return the words in a token: those that a hyphen, dot or apostrophe joins."""
    return _LETTERS.findall(written)


def tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the words of a text; what a hyphen, dot or apostrophe joins is one."""
    return ((*found.span(), found[0]) for found in _TOKEN.finditer(text))


def spaced(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield letters that are written apart, such as j a n, with the word they make."""
    return ((*found.span(), "".join(split(found[0]))) for found in _SPACED.finditer(text))


def name_words(names: Iterable[str]) -> Iterator[str]:
    """Yield each word of these names that is one by itself."""
    return (word for name in names for word in words(name) if len(word) > 1 and word not in PARTICLES)


def is_named(written: str, names: frozenset[str], *, capital: bool) -> bool:
    """Return whether a word is one of these names, has it beside a hyphen, or is made of them alone.

    A name of two letters is one only with a capital: "bo" and "al" are words too.
    """
    parts = split(written)
    forms = {*parts, "".join(parts)}
    if capital and forms & names:
        return True
    made = _made_of(names)
    return any(made.fullmatch(form) for form in forms)


@lru_cache(maxsize=256)
def _made_of(names: frozenset[str]) -> re.Pattern[str]:
    long = sorted((re.escape(name) for name in names if len(name) > 2), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(long)})+s?") if long else re.compile(r"(?!)")


def has_figures(text: str) -> bool:
    """Return whether there is a figure in a text at all: in most of what people tell there is none."""
    return re.search(r"\d", text) is not None


def runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield figures with at most a few other signs between them, and only the figures."""
    return ((*found.span(), re.sub(r"\D", "", found[0])) for found in _RUN.finditer(text))


def long_runs(text: str) -> Iterator[str]:
    """Yield the figures that are too many for a count."""
    return (run for _start, _end, run in runs(text) if len(run) >= SHORTEST_RUN)


def significant(value: str) -> str:
    """Return the figures of a telephone number that stay, with or without its country."""
    forms = normalise("phone", value)
    return str(phonenumbers.parse(forms[0]).national_number) if forms else ""


def dates(text: str) -> Iterator[tuple[int, int, date]]:
    """Yield the days that a text names with their year."""
    for pattern in _DAYS:
        for found in pattern.finditer(text):
            if day := _day(found.groupdict()):
                yield (*found.span(), day)


def day_runs(day: date) -> tuple[str, str]:
    """Return how a day looks when only its figures are left."""
    return day.strftime("%d%m%Y"), day.strftime("%Y%m%d")


def is_birth(text: str, start: int, day: date, today: date) -> bool:
    """Return whether a day is rather one of birth."""
    return day.year <= today.year - OLD_YEARS or _BORN.search(text[max(0, start - 60) : start]) is not None


def phones(text: str) -> Iterator[Span]:
    """Yield what can be a telephone number."""
    return (found.span() for found in _PHONE.finditer(text) if normalise("phone", found[0]))


def numbers(text: str) -> Iterator[Span]:
    """Yield what can be a citizen service number or a bank account."""
    yield from (found.span() for found in _NINE.finditer(text) if bsn.is_valid(found[0]))
    yield from (found.span() for found in _IBAN.finditer(text) if iban.is_valid(found[0]))


def mails(text: str) -> Iterator[Span]:
    """Yield mail addresses."""
    return (found.span() for found in _MAIL.finditer(text))


def accounts(text: str) -> Iterator[Span]:
    """Yield names of accounts."""
    return (found.span() for found in _ACCOUNT.finditer(text))


def plates(text: str) -> Iterator[Span]:
    """Yield what can be a Dutch number plate: six signs, letters and figures."""
    for found in _PLATE.finditer(text):
        signs = found[0].replace("-", "")
        if len(signs) == 6 and not signs.isalpha() and not signs.isdigit():
            yield found.span()


def addresses(text: str) -> Iterator[Span]:
    """Yield a street with a number, and a postcode with one."""
    yield from (found.span() for found in _DOOR.finditer(text))
    yield from (found.span() for found in _POSTCODE.finditer(text))


def doors(text: str) -> Iterator[list[Span]]:
    """Yield whatever may be a street with a number, the shortest first, to be held against what is known."""
    for found in _NUMBERED.finditer(text):
        begins = [each.start() for each in re.finditer(r"(?<!\w)[^\W\d]", found[0])]
        yield [(found.start() + begin, found.end()) for begin in reversed(begins)]
    yield from ([span] for span in addresses(text))


def spelt(value: str) -> re.Pattern[str]:
    """Return how a plate or account may be written: with other signs between, and not inside a word."""
    signs = [sign for sign in value.lower() if sign.isalnum()]
    return re.compile(r"(?<![^\W_])" + r"[\W_]{0,2}".join(map(re.escape, signs)) + r"(?![^\W_])")


def is_street(word: str) -> bool:
    """Return whether a word ends as streets do."""
    return re.search(rf"\w{{2}}{_STREET}$", word) is not None


def is_short_for(raw: str) -> bool:
    """Return whether a word is capitals alone, such as KvK written AVIM: an abbreviation."""
    return raw.isupper() and len(raw) <= 5


def is_shouted(raw: str) -> bool:
    """Return whether most of a text is in capitals, so that a capital says nothing."""
    signs = [sign for sign in raw if sign.isalpha()]
    return len(signs) > 12 and sum(sign.isupper() for sign in signs) > len(signs) / 2


def begins_sentence(text: str, start: int) -> bool:
    """Return whether a word stands at the beginning, where each word has a capital."""
    before = text[:start]
    if re.match(r"\w+s(?!\w)", text[start:]):
        before = _PART_OF_DAY.sub("", before)
    before = before.rstrip(" \t")
    return not before or before[-1] in _SENTENCE_ENDS


def leads_on(word: str, between: str) -> bool:
    """Return whether a word belongs to the next one: a full stop parts them, but not after dhr or mw."""
    return between in ("", ":") or (between == "." and re.fullmatch(r"[^aeiou]+|mevr", word) is not None)


def _day(found: dict[str, str | None]) -> date | None:
    year = int(found["y"] or 0)
    if year < 100:
        year += 2000 if year <= date.today().year % 100 else 1900  # noqa: DTZ011 - a century, not a day
    named = found.get("n")
    month = (
        next(number for number, names in enumerate(_MONTHS, 1) if named in names.split("|"))
        if named
        else int(found["m"] or 0)
    )
    try:
        return date(year, month, int(found["d"] or 0))
    except ValueError:
        return None
