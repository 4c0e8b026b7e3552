"""Finding a report by its code, without opening it."""

from dataclasses import dataclass
from datetime import date

from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Action, decide


@dataclass(frozen=True)
class CodeFound:
    """A report of the actor's organisation with the code that was sought."""

    code: str
    received: date
    closed: bool


def by_code(actor: Actor, code: str) -> list[CodeFound]:
    """Return the report with this code; nothing for who does not read reports."""
    if not decide(actor, Action.REPORT_LIST):
        return []
    rows = Report.objects.filter(organisation_id=actor.own_organisation, code=code)
    return [CodeFound(row.code, row.received, row.closed is not None) for row in rows]
