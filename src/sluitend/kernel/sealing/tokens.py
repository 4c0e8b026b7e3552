"""Equality search on identifying values, without the values: keyed tokens of their normal form.

The database alone allows no dictionary attack; that two rows of one organisation have the same token does
show. Names have one exact and one phonetic token, and nothing near them: a token knows only equal and not
equal.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal, get_args
from urllib.parse import urlsplit
from uuid import UUID

import phonenumbers

from sluitend.kernel.sealing.addresses import normal_addresses
from sluitend.kernel.sealing.custodian import Custodian
from sluitend.kernel.sealing.custodian import custodian as present_custodian
from sluitend.kernel.sealing.folding import fold
from sluitend.kernel.sealing.phonetics import dutch_sound

Kind = Literal[
    "phone", "plate", "kvk", "company", "address", "door", "account", "name_birth", "name", "reference"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
VALUES: tuple[Kind, ...] = ("phone", "plate", "kvk", "company", "address", "account")
"""What is sought in reports and cases, whatever somebody types."""
ADDRESS: Kind = "address"
DOOR: Kind = "door"
"""The number of an address in the register: of one door, however it is written or called later."""

_DUTCH_DAY = re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})$")
_ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})$")
_LEGAL_FORMS = frozenset({"bv", "nv", "vof", "cv", "ltd", "gmbh", "eenmanszaak", "de", "het", "een", "t"})
_SHORTEST_NAME = 3
_HANDLE = re.compile(r"[a-z0-9._\-]{2,60}")


def tokens_for(
    organisation_id: UUID, kind: Kind, value: str, custodian: Custodian | None = None
) -> list[UUID]:
    """Return the tokens under which an organisation finds a value again.

    Args:
        organisation_id: whose key is used; tokens of two organisations never match.
        kind: what the value is.
        value: as typed; of `name_birth` the name, a bar and the date: `Jan Jansen|1990-02-01`.
        custodian: who keeps the key; this process's own by default.

    Returns:
        One token a normal form; none for a value that cannot be of this kind.

    Raises:
        NoKey: this process has no token keys (the public one).
    """
    texts = [f"{kind}\0{form}".encode() for form in normalise(kind, value)]
    if not texts:
        return []
    return [UUID(bytes=token) for token in (custodian or present_custodian()).tokens(organisation_id, texts)]


def search_tokens_for(organisation_id: UUID, kind: Kind, value: str) -> list[UUID]:
    """Return the tokens to search with: also those of the former key, while `keys renew-tokens` is at work.

    Raises:
        NoKey: this process has no token keys (the public one).
    """
    return tokens_of_any(organisation_id, [kind], value)


def tokens_of_any(organisation_id: UUID, kinds: Iterable[Kind], value: str) -> list[UUID]:
    """Return the tokens to search with for words that may be of any of these kinds; asked once of the keeper.

    Raises:
        NoKey: this process has no token keys (the public one).
    """
    texts = [f"{kind}\0{form}".encode() for kind in kinds for form in normalise(kind, value)]
    if not texts:
        return []
    return [UUID(bytes=token) for token in present_custodian().search_tokens(organisation_id, texts)]


def normalise(kind: Kind, value: str) -> list[str]:
    """Return the normal forms of a value, the exact one first; none when it cannot be of this kind."""
    return list(dict.fromkeys(_NORMALISERS[kind](value)))


def _phone(value: str) -> list[str]:
    try:
        number = phonenumbers.parse(value.replace("(0)", ""), "NL")
    except phonenumbers.NumberParseException:
        return []
    if not phonenumbers.is_possible_number(number):
        return []
    return [phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)]


def _plate(value: str) -> list[str]:
    plate = re.sub(r"[^A-Z0-9]", "", fold(value).upper())
    return [plate] if 4 <= len(plate) <= 10 else []


def _kvk(value: str) -> list[str]:
    digits = re.sub(r"[\s.\-]", "", value).upper().removeprefix("KVK").lstrip(":")
    return [digits] if re.fullmatch(r"[0-9]{8}", digits) else []


def _company(value: str) -> list[str]:
    """Return the name of a company without its legal form, and without the place behind a comma.

    Where it is stands beside what is found: people name another place for one company, and a person judges.
    """
    name = re.split(r"[,(|]", fold(value).replace("&", " en ").replace(".", ""), maxsplit=1)[0]
    joined = "".join(word for word in re.findall(r"[^\W_]+", name) if word not in _LEGAL_FORMS)
    letters = sum(sign.isalpha() for sign in joined)
    return [joined.replace("ij", "y")] if letters >= _SHORTEST_NAME else []


def _door(value: str) -> list[str]:
    number = value.strip()
    return [number] if re.fullmatch(r"[0-9]{16}", number) else []


def _account(value: str) -> list[str]:
    """Return a handle with its host when that is known, and the handle alone: people write either."""
    text = fold(value).strip(" .,;")
    if "/" in text:
        return _account_of_url(text)
    handle = text.removeprefix("@")
    return [handle] if _HANDLE.fullmatch(handle) or _is_mail(handle) else []


def _is_mail(text: str) -> bool:
    return re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", text) is not None


def _account_of_url(text: str) -> list[str]:
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return []
    path = [part for part in parts.path.split("/") if part]
    if not host or "." not in host:
        return []
    if not path:
        return [host]
    handle = path[0].removeprefix("@")
    return [
        f"{host}/{'/'.join([handle, *path[1:]])}",
        *([handle] if len(path) == 1 and _HANDLE.fullmatch(handle) else []),
    ]


def _name_birth(value: str) -> list[str]:
    """Return the name in any order of its words with the date of birth, and the same by sound."""
    name, _, birth = value.rpartition("|")
    day = read_day(birth.strip())
    words = sorted(re.findall(r"[^\W\d_]+", fold(name)))
    if day is None or not words:
        return []
    exact = f"{' '.join(words)}|{day.isoformat()}"
    sound = f"~{' '.join(sorted(dutch_sound(word) for word in words))}|{day.isoformat()}"
    return [exact, sound]


def _name(value: str) -> list[str]:
    """Return the words of a name in any order, and the same by sound."""
    words = sorted(word for word in re.findall(r"[^\W\d_]+", fold(value)) if len(word) > 1)
    if not words:
        return []
    return [" ".join(words), f"~{' '.join(sorted(dutch_sound(word) for word in words))}"]


def _reference(value: str) -> list[str]:
    """Return a number of one's own without what is written differently each time."""
    reference = re.sub(r"[^A-Z0-9]", "", fold(value).upper())
    return [reference] if 3 <= len(reference) <= 40 else []


def read_day(text: str) -> date | None:
    """Return the day that was written as `1990-02-01` or as `1-2-1990`."""
    match = _ISO_DAY.match(text) or _DUTCH_DAY.match(text)
    if match is None:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


_NORMALISERS: dict[Kind, Callable[[str], list[str]]] = {
    "phone": _phone,
    "plate": _plate,
    "kvk": _kvk,
    "company": _company,
    "address": normal_addresses,
    "door": _door,
    "account": _account,
    "name_birth": _name_birth,
    "name": _name,
    "reference": _reference,
}
