"""Finding a report by its code, without opening it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sluitend.journeys.reports.journey import REPORT_LIST
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may, require_role
from sluitend.kernel.access.errors import Refused
from sluitend.kernel.manifest import Permission


@dataclass(frozen=True)
class CodeFound:
    """A report of the actor's organisation with the code that was sought."""

    code: str
    received: date
    closed: bool


def by_code(actor: Actor, code: str) -> list[CodeFound]:
    """Return the report with this code; nothing for who does not read reports."""
    if not may(actor, REPORT_LIST):
        return []
    rows = Report.objects.filter(organisation_id=actor.own_organisation, code=code)
    return [CodeFound(row.code, row.received, row.closed is not None) for row in rows]


def open_report_id(code: str, actor: Actor, action: Permission) -> UUID:
    """Return the id of an open report with this code, for a page that shows nothing of it.

    Raises:
        Refused: there is none, or this person may not do this to it.
    """
    require_role(actor, action)
    rows = Report.objects.filter(organisation_id=actor.own_organisation, code=code, closed__isnull=True)
    found = rows.values_list("id", flat=True).first()
    if found is None:
        raise Refused
    return found
