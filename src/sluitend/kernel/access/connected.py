"""Nothing is taken for a municipality where nobody reads."""

from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.organisations.reading import towns


class NobodyReads(DomainError):
    """Nobody reads in this municipality, by whatever way it would come."""


def check_reads(organisation_id: UUID) -> None:
    """Let nothing be taken for a municipality where nobody reads.

    Raises:
        NobodyReads: nobody does. Of what is no municipality this says nothing.
    """
    if any(each.id == organisation_id and not each.reads for each in towns()):
        raise NobodyReads(_("In deze gemeente leest nog niemand. Bel daarheen."), "municipality")
