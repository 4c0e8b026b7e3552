"""One form for a Dutch address, however it was typed.

"Hoofdstr. 12 a" and "HOOFDSTRAAT 12A" are the same door.
"""

import re

from sluitend.kernel.sealing.folding import fold

_POSTCODE = re.compile(r"\b([1-9]\d{3})\s*([a-z]{2})\b")
_ADDITION = r"(?:[\s\-/]*(?:bis|hs|hoog|huis|bov|rd|zw|[ivx]{2,4}|[a-z]|\d{1,4})(?![a-z])){0,3}"
# A street, a number, an addition (12a, 12-a, 12 a bis, 12-3, 12 hs), and perhaps a town without a comma
# before it.
_DOOR = re.compile(rf"(?P<number>\d{{1,5}})(?P<addition>{_ADDITION})")
_NUMBER = re.compile(rf"(?P<street>.*?[^\d\s](?:\s+1[89]\d\d(?=\s+\d))?)\s*{_DOOR.pattern}(?:\s+[a-z'].*)?$")
_SMALL = frozenset({"de", "den", "der", "het", "van", "ter", "ten", "te", "t", "s", "v", "d", "vd"})

# Endings after a name ("hoofdstr") and words of their own ("hoofd str."), with the written form of each;
# "pln" before "ln".
_ENDINGS = (
    (re.compile(r"(?<=[a-z])(?:straat|strt|str)$"), "straat"),
    (re.compile(r"(?<=[a-z])(?:plein|pln)$"), "plein"),
    (re.compile(r"(?<=[a-z])(?:laan|ln)$"), "laan"),
    (re.compile(r"(?<=[a-z])(?:weg|wg)$"), "weg"),
    (re.compile(r"(?<=[a-z])(?:kade|kd)$"), "kade"),
    (re.compile(r"(?<=[a-z])(?:singel|sgl)$"), "singel"),
    (re.compile(r"(?<=[a-z])(?:gracht|gr)$"), "gracht"),
    (re.compile(r"(?<=[a-z])(?:dyk|dk)$"), "dijk"),
)
_WORDS = {
    "str": "straat",
    "strt": "straat",
    "ln": "laan",
    "pln": "plein",
    "wg": "weg",
    "kd": "kade",
    "sgl": "singel",
    "burg": "burgemeester",
    "dr": "doctor",
    "prof": "professor",
    "ds": "dominee",
    "mr": "meester",
    "ir": "ingenieur",
    "st": "sint",
    "gr": "gracht",
    "dk": "dijk",
}


def normal_addresses(text: str) -> list[str]:
    """Return the forms under which an address is found again: street and number, then postcode and number.

    A town behind a comma is left out: the postcode or the municipality says it, and people mostly leave it
    out.

    Args:
        text: as typed, such as "Hoofdstr. 12 a, 2511 AB Den Haag".

    Returns:
        None, one or two forms; without a house number there is none, for a street is not a door.
    """
    return _forms(text, with_addition=True)


def addresses_of_building(text: str) -> list[str]:
    """Return the same forms without the addition: of 12, 12a and 12-3 alike, to find rather too much.

    Args:
        text: as typed.

    Returns:
        None, one or two forms, each an address that `normal_addresses` leaves as it is.
    """
    return _forms(text, with_addition=False)


def street_words(text: str) -> list[str]:
    """Return the words of a street or place as all people's ways to write it have them.

    Unlike the form of a door they stay apart, and small words stay: of "burg. de Vriesstr." they are
    burgemeester, de, vriesstraat.
    """
    words = [word for word in re.split(r"[^a-z0-9]+", fold(text).replace("'", "")) if word]
    return [_whole(_WORDS.get(word, word)) for word in words]


def _whole(word: str) -> str:
    joined = word.replace("ij", "y")
    ending = next((each for each in _ENDINGS if each[0].search(joined)), None)
    return ending[0].sub(ending[1].replace("ij", "y"), joined) if ending else joined


def _forms(text: str, *, with_addition: bool) -> list[str]:
    folded = fold(text)
    postcode = _POSTCODE.search(folded)
    rest = folded[: postcode.start()] if postcode and postcode.start() else _POSTCODE.sub(" ", folded)
    parts = [part.strip(" .-") for part in rest.split(",")]
    found = next((match for part in parts if (match := _NUMBER.match(part))), None)
    if found is None:
        bare = _DOOR.fullmatch(rest.strip(" ,"))
        return [f"{_code(postcode)} {_door(bare, with_addition)}"] if postcode and bare else []
    door = _door(found, with_addition)
    street = _street(found["street"])
    forms = [f"{street} {door}"] if street else []
    if postcode:
        forms.append(f"{_code(postcode)} {door}")
    return forms


def _code(postcode: re.Match[str]) -> str:
    return f"{postcode[1]}{postcode[2]}"


def _door(found: re.Match[str], with_addition: bool) -> str:
    addition = re.sub(r"[^a-z0-9]", "", found["addition"]) if with_addition else ""
    return f"{int(found['number'])}{addition}"


def _street(text: str) -> str:
    """Return a street name without spaces, abbreviations and small words, and with one sign for ij and y."""
    words = [word for word in re.split(r"[^a-z0-9]+", text) if word]
    telling = [word for word in words if word not in _SMALL] or words
    return _whole("".join(_WORDS.get(word, word) for word in telling))
