"""Which ages a sentence names, in the words that people use for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SMALL = ("één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_NUMBERS = (
    *("tien", "elf", "twaalf", "dertien", "veertien", "vijftien"),
    *("zestien", "zeventien", "achttien", "negentien", "twintig"),
)
_TEENS = "|".join(_NUMBERS)
_YEARS = r"(?:jaar|jr|j)"

# How long something takes is no age: "al 12 jaar", "werkt daar 3 jaar", "16 jaar geleden".
_IN_YEARS = re.compile(
    r"(?<!\bal )(?<!\bsinds )(?<!\bna )(?<!\bruim )(?<!\bvoor )(?<!\bover )"
    r"(?<!\bal bijna )(?<!\bmeer dan )(?<!\bhier )(?<!\bdaar )"
    rf"\b(\d{{1,2}})[- ]?{_YEARS}\b(?! (?:lang|geleden|in dienst|bij|hier|daar|later)\b)"
    r"|\b(\d{1,2})[- ]?jarig(?:en?)?\b"
)

_YOUNG = (
    r"(?:(?:pleeg|stief|klein|buur)?(?:jongen|meisje|kind|dochter|zoon)|jongetje|meid|leerling|scholier|tiener"
    r"|broertje|zusje|neefje|nichtje|pupil)s?"
    r"|dochtertje|zoontje|kleuter|peuter|baby|kinderen|leerlingen|scholieren|meiden|zoon|zonen|puber|jongere|jongeren"
    r"|leerlinge|scholiere|nicht|neef|gozer|gastje|knul|joch"
)
_GROWN = (
    r"man|vrouw|iemand|persoon|studente?|cliënte?|cliente?|collega|bewoner|bewoonster|medewerker|medewerkster"
    r"|stagiaire?|klant|patiënte?|au pair|gedetineerde|verdachte|huurder|deelnemer|deelneemster|vriendin|dame"
    r"|zus|broer|werknemer|werkneemster|gast|cursiste?|jongeman|jongedame|lid|huisgenoot|huisgenote|student"
    r"|rekeninghouder|rekeninghoudster|dekmaat|matroos|kok|knecht|hulp|gastvrouw|vrouwtje|mevrouw|meneer"
)
_ABOUT = r"(?:nog maar |nog geen |net |pas |hooguit |ongeveer |amper |een jaar of |rond de )?"
_NO_AGE = (
    r"(?! (?:dagen|weken|maanden|euro|meter|kilo|klas|school|uur)\b)(?! (?:tot|t/m)(?: en met)? \d{1,2} uur)"
)

# "Een jongen van 15". Or of a grown-up only where the sentence goes on as after an age:
# "een man van 12 adressen" is none.
_AGED = re.compile(
    rf"\b(?:{_YOUNG}) van {_ABOUT}(\d{{1,2}}|{_TEENS})\b{_NO_AGE}"
    rf"|\b(?:{_GROWN}) van {_ABOUT}(\d{{2}}|{_TEENS})"
    r"(?=$|[,;!?)]|[.:](?!\d)| (?:die|en|uit|is|wil|zit|moet|mag|heeft|woont|werkt|slaapt|zegt)\b)"
)

# "Jayden van 15, die niet meekomt": of somebody by name, which no article goes before. Only the ages at
# which it matters, and only where the sentence goes on as after an age.
_NAMED = re.compile(
    r"(?:^|[,;:(] |\b(?:en|dat|of|met|bij|aan|door|voor|als|is|heet|heb|ken|zie|over|tegen|van) )"
    r"(?!(?:totaal|groep|ploeg|aantal|huur|boete|loon|bedrag|lading|partij|rij|reeks|minimaal|maximaal|zaal|kamer"
    r"|team|schuld|straf|korting|percentage|maat|klas|lokaal|bus|lijn|perron|nummer|uur|dag|week|maand)(?:s|en)?\b)"
    r"[a-zà-ÿ][a-zà-ÿ'’-]{2,} van (1\d|2[0-3])(?=, (?:die|een|dat)\b|$|[.!?](?!\d)"
    r"|,? (?:die|is|zit|moet|mag|heeft|woont|werkt|slaapt|loopt|komt|gaat|brengt|wil|zegt|krijgt|doet)\b)"
)

# "Haar dochtertje van vier slaapt": a small number only where the sentence goes on as after an age, for
# "een kind van twee collega's" is none.
_SMALL_AGED = re.compile(
    rf"\b(?:{_YOUNG}) van (?:nog maar |nog geen |net |pas |ongeveer )?({'|'.join(_SMALL)})"
    r"(?=$|[,;!?)]|[.:](?!\d)"
    r"| (?:jaar|die|dat|en|is|zit|moet|mag|heeft|woont|slaapt|huilt|gaat|bij|mee|blijft)\b)"
)

# "Een leerling uit klas 4 (15, havo)": between brackets only after a word for somebody young.
_BRACKETED = re.compile(rf"\b(?:{_YOUNG}|{_GROWN})\b[^.!?()]{{0,40}} \((\d{{2}})(?=[,)])")

# "Een leerling uit mijn klas, 16." or "een meisje, 15, komt": between commas after such a word, and no time.
_AFTER_A_COMMA = re.compile(
    rf"\b(?:{_YOUNG}|{_GROWN})\b[^.,;!?()]{{0,40}}, (?:net |pas |ongeveer )?(\d{{2}}|{_TEENS})"
    r"(?=$|[,;!?]|[.:](?!\d))"
)

# "Zij is zeventien", "hij wordt volgende maand vijftien", "zij zei eerst zestien en toen twintig".
_BEING = re.compile(
    r"\b(?:ben|is|was|wordt|werd|zegt|zei|net|pas|schat|schatten|hooguit|amper|rond de|een jaar of"
    r"|schat(?:ten)? (?:haar|hem|ze|hen) op)"
    r"(?: (?:nog|maar|net|pas|bijna|nu|volgende|deze|komende|maand|week|jaar|zelf|ongeveer"
    r"|eerst|dat|hij|ze|zij|geen|een jaar of))*"
    rf" (\d{{2}}|{_TEENS})(?=$|[,;!?)]|[.:](?!\d)| (?:en|die|of|maar|oud|geworden|zegt|is)\b)"
)

# "Nog geen achttien", "bijna 18", "wordt volgende week achttien", "jonger dan 18": a year less.
_NOT_YET = re.compile(
    r"\b(?:(?:nog|net) geen|jonger dan|onder de|bijna"
    r"|wordt(?: (?:pas|bijna|volgende|deze|komende|over|een|twee|drie|maand|maanden|week|weken|in|januari"
    r"|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december))+)"
    rf" (\d{{2}}|{_TEENS})(?=$|[,;!?)]|[.:](?!\d)| (?:{_YEARS}|en|die|of|maar|oud|geworden)\b)"
)

# "Zij is net achttien", "hij is vorige maand 18 geworden": that day is known, so it is no guess at an age.
# What somebody says of themselves may have been told to them, and who says "denk ik" guesses.
_COME_OF_AGE = re.compile(
    r"\b(?:(?:net|pas|onlangs|gisteren|vandaag|(?:vorige|deze|afgelopen) (?:week|maand)) (?:18|achttien)"
    rf"|(?:18|achttien)(?= geworden\b))(?: {_YEARS})?\b"
)
_CLAIMED = re.compile(
    r"\b(?:zegt|zei|zeggen|zeiden|beweert|beweerde|naar eigen zeggen|volgens|zou"
    r"|denk|denken|schat|schatten|vermoed|vermoeden|gok|lijkt)\b"
)

# "Ik schat haar op 17 of 18": in doubt whether somebody is a child. Of several, the youngest is one.
_OR_GROWN = re.compile(r" of (?:(?:misschien|al|net|toch) )?(18|19|20|21|achttien|negentien|twintig)\b")
_SEVERAL = re.compile(
    r"\b(?:zijn|waren|jongens|meisjes|kinderen|leerlingen|scholieren|meiden|dochters|zonen|zussen|broers)\b"
)
_OF_AGE = 18

_NOBODY = re.compile(r"\b(?:niemand|geen van)\b")

# A class of a primary school says an age: the children of its last year are eleven or twelve.
_CLASS = re.compile(r"\b(?:in|uit|van|zit in) groep ([1-8])\b(?! (?:man|mannen|vrouwen|personen|mensen)\b)")
_YOUNGEST_IN_A_CLASS = 3

_TOLD = (_IN_YEARS, _AGED, _NAMED, _SMALL_AGED, _BEING, _BRACKETED, _AFTER_A_COMMA)


def ages_in(sentence: str) -> Iterator[int]:
    """Yield the ages that a sentence names, of anybody in it; not of who is known to have come of age."""
    sooner: list[tuple[int, int, int | None]] = [
        (told.start(), told.end(), _number(told[1]) - 1)
        for told in _NOT_YET.finditer(sentence)
        if not _NOBODY.search(sentence, 0, told.start())
    ]
    if not _CLAIMED.search(sentence):
        sooner += [(told.start(), told.end(), None) for told in _COME_OF_AGE.finditer(sentence)]
    for pattern in _TOLD:
        for told in pattern.finditer(sentence):
            start, end = told.span(told.lastindex or 0)
            if not any(first <= start and end <= last for first, last, _ in sooner):
                yield _oldest(sentence, start, end)
    yield from (age for _, _, age in sooner if age is not None)
    for told in _CLASS.finditer(sentence):
        yield int(told[1]) + _YOUNGEST_IN_A_CLASS


def _oldest(sentence: str, start: int, end: int) -> int:
    """Return the age that stands there, or the grown-up one of two between which somebody doubts."""
    age = _number(sentence[start:end])
    grown = _OR_GROWN.match(sentence, end)
    if age >= _OF_AGE or grown is None or _SEVERAL.search(sentence, 0, start):
        return age
    return _number(grown[1])


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else 1 + (*_SMALL, *_NUMBERS).index(words)
