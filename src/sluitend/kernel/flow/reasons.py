"""Prepared reasons of the handbook, and words that somebody types beside them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.handling import Reason
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack

SENTENCE_LENGTH = 600


@dataclass(frozen=True)
class Named:
    """An id with its words."""

    id: str
    label: str


def reasons(pack: Pack, list_id: str, *, sentences: bool = True) -> tuple[Named, ...]:
    """Return the prepared reasons of a list.

    Args:
        sentences: with those too that ask for a sentence beside them.
    """
    return tuple(
        Named(each.id, shown(each.label))
        for each in pack.reason_list(list_id)
        if sentences or not each.asks_sentence
    )


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
