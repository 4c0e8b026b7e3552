"""Which parts of a case are words that somebody typed, and what each is meant to tell."""

from collections.abc import Iterable, Mapping

from sluitend.kernel.handbook.guidance import CONTACT
from sluitend.kernel.telltale.finding import Sort
from sluitend.kernel.telltale.looking import Written

FREE_PARTS = frozenset({"facts", "interpretation", "wish", "person_description", "plan_reasons"})
"""Words of people, that somebody may write otherwise before they go."""

_OWN: Mapping[str, frozenset[Sort]] = {
    "person_name": frozenset({Sort.NAME}),
    "birth_date": frozenset({Sort.BIRTH}),
    "phone": frozenset({Sort.PHONE}),
    "online_account": frozenset({Sort.ACCOUNT, Sort.MAIL}),
    "vehicle": frozenset({Sort.PLATE}),
    "place": frozenset({Sort.ADDRESS}),
    CONTACT: frozenset({Sort.REACH}),
}
_REACHING = frozenset({Sort.REACH, Sort.NAME, Sort.PHONE, Sort.MAIL, Sort.ACCOUNT})
"""What a way to reach somebody may name; of who reported it tells nothing."""
_TYPED = frozenset({*_OWN, "company", "language"})


def written_part(row: str, part: str, text: str) -> Written | None:
    """Return a part as a text that would leave, or None when the program wrote it."""
    if part in FREE_PARTS:
        return Written(row, text)
    if part in _TYPED:
        own = _REACHING if part == CONTACT else _OWN.get(part, frozenset())
        return Written(row, text, free=False, own=own)
    return None


def told_by(parts: Iterable[str]) -> frozenset[Sort]:
    """Return what these parts are meant to tell: where it is known, it is not asked again elsewhere."""
    return frozenset(sort for part in parts for sort in _OWN.get(part, ()))
