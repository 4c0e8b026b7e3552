"""To whom something can be shared without a yes, and on which grounds."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sluitend.journeys.care_files.grounds import grounds
from sluitend.journeys.care_files.journey import CARE_FILE_AGAINST
from sluitend.journeys.care_files.queries.offering import recipients
from sluitend.journeys.care_files.queries.reading import opened
from sluitend.journeys.care_files.words import Purpose
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.handbook.queries import current_release

OUTSIDE = "outside"
"""Somebody who does not work here, and is called."""


@dataclass(frozen=True)
class AgainstPage:
    """What is needed to decide to share without a yes."""

    code: str
    revision: int
    recipients: tuple[tuple[str, str], ...]
    grounds: tuple[tuple[str, str], ...]


def against_page(code: str, actor: Actor) -> AgainstPage:
    """Return what is needed to decide that, opened and logged.

    Raises:
        Absent: there is no such file here, or it is closed.
    """
    found, pack = opened(code, actor, CARE_FILE_AGAINST, purpose="page"), current_release().pack
    if found.row.closed is not None:
        raise Absent
    there = tuple(recipients(Purpose.SUPPORT, pack, actor))
    outside = (OUTSIDE, _("Een ander, die ik zelf bel"))
    return AgainstPage(code, found.row.revision, (*there, outside), grounds(pack))
