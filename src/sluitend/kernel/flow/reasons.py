"""Prepared reasons of the handbook, and words that somebody types beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.handling import Reason
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack

SENTENCE_LENGTH = 600


@dataclass(frozen=True)
class Named:
    """An id with its words."""

    id: str
    label: str


class _Labelled(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def label(self) -> Text: ...


def as_named(entries: Iterable[_Labelled]) -> tuple[Named, ...]:
    """Return what the handbook lists with its words in the language of the page."""
    return tuple(Named(each.id, shown(each.label)) for each in entries)


def reasons(pack: Pack, list_id: str, *, sentences: bool = True) -> tuple[Named, ...]:
    """Return the prepared reasons of a list.

    Args:
        sentences: with those too that ask for a sentence beside them.
    """
    return as_named(each for each in pack.reason_list(list_id) if sentences or not each.asks_sentence)


def chosen_reason(
    pack: Pack, list_id: str, reason_id: str, *, sentences: bool = True, otherwise: str = ""
) -> Reason:
    """Return the prepared reason that somebody chose.

    Args:
        sentences: whether one that asks for a sentence may be chosen.
        otherwise: what is said when none was chosen.

    Raises:
        DomainError: it is none of the list.
    """
    found = pack.reason_list(list_id).reason(reason_id)
    if found is None or (found.asks_sentence and not sentences):
        raise DomainError(otherwise or _("Kies een reden."), "reason")
    return found


def require_offered(chosen: str, offered: Iterable[Named], field: str, *, otherwise: str) -> None:
    """Refuse what was not offered.

    Args:
        otherwise: what is said then.

    Raises:
        DomainError: it was not, with its field.
    """
    if all(each.id != chosen for each in offered):
        raise DomainError(otherwise, field)


def typed(text: str, field: str, *, missing: str, longest: int = SENTENCE_LENGTH) -> str:
    """Return what somebody wrote, without the space around it.

    Args:
        field: in which it was written.
        missing: what is said when nothing was written.

    Raises:
        DomainError: nothing, or too much.
    """
    if not text.strip():
        raise DomainError(missing, field)
    if len(text) > longest:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste %(n)d tekens.") % {"n": longest}, field)
    return text.strip()
