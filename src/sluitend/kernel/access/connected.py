"""Nothing is taken for a municipality where nobody reads."""

from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.organisations.reading import Town, town


class NobodyReads(DomainError):
    """Nobody reads in this municipality, by whatever way it would come."""


def check_reads(organisation_id: UUID, asked: Town | None = None) -> None:
    """Let nothing be taken for a municipality where nobody reads.

    Args:
        organisation_id: for whom something comes in.
        asked: what the database said of it in this transaction, of whoever found it by its code.

    Raises:
        NobodyReads: nobody does. Of what is no municipality this says nothing.
    """
    found = asked if asked and asked.id == organisation_id else town(organisation_id)
    if found is not None and not found.reads:
        raise NobodyReads(_("In deze gemeente leest nog niemand. Bel daarheen."), "municipality")
