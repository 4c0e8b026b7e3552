"""What somebody who is signed in finds back: receipts, and marks to finish."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sluitend.journeys.reports.content import ACTIVITY, MarkContent
from sluitend.journeys.reports.journey import REPORT_REMEMBERED
from sluitend.journeys.reports.models import Mark, RememberedReceipt
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Refused
from sluitend.kernel.access.journey import OWN_ACCOUNT
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.sealing.envelopes import open_envelopes

MOST = 20


@dataclass(frozen=True)
class ReceiptView:
    """A remembered receipt. `code` is for opening the mailbox, not for the page."""

    id: UUID
    day: date
    kind: str
    code: str

    @property
    def tail(self) -> str:
        """The last group, by which a person knows it."""
        return self.code[-4:]


@dataclass(frozen=True)
class MarkView:
    """A mark that its maker can finish."""

    code: str
    day: date
    content: MarkContent
    due: datetime | None


def remembered(actor: Actor, *, page: int = 1) -> list[ReceiptView]:
    """Return a page of the receipts that this account keeps, newest first; logged as one line."""
    start = (page - 1) * MOST
    return _opened(_mine(RememberedReceipt, actor).order_by("-day", "id")[start : start + MOST], actor)


def remembers_more(actor: Actor, *, page: int) -> bool:
    """Return whether this account keeps receipts after a page of them."""
    return bool(_mine(RememberedReceipt, actor).order_by("-day", "id")[page * MOST :][:1])


def remembered_one(receipt_id: str, actor: Actor) -> ReceiptView | None:
    """Return one receipt that this account keeps, however old; None where it keeps none like that."""
    try:
        rows = _mine(RememberedReceipt, actor).filter(pk=UUID(receipt_id))
    except ValueError:
        return None
    return next(iter(_opened(rows, actor)), None)


def _opened(found: Iterable[RememberedReceipt], actor: Actor) -> list[ReceiptView]:
    require_role(actor, REPORT_REMEMBERED)
    rows = list(found)
    envelopes = open_envelopes([row.envelope_id for row in rows], actor=actor, purpose=REPORT_REMEMBERED)
    if rows:
        record(actor=actor, action=REPORT_REMEMBERED, activity=ACTIVITY)
    opened = [
        (row, envelopes[row.envelope_id].read(row, "receipt")) for row in rows if row.envelope_id in envelopes
    ]
    return [ReceiptView(row.id, row.day, value["kind"], value["code"]) for row, value in opened]


def open_marks(actor: Actor) -> list[MarkView]:
    """Return the marks that this account still has to finish."""
    require_role(actor, OWN_ACCOUNT)
    rows = list(_mine(Mark, actor).filter(closed__isnull=True).select_related("current_step")[:MOST])
    envelopes = open_envelopes([row.envelope_id for row in rows], actor=actor, purpose="mark.read", of=[Mark])
    return [
        MarkView(
            row.code,
            row.day,
            MarkContent.from_json(envelopes[row.envelope_id].read(row, "content")),
            row.current_step.due if row.current_step else None,
        )
        for row in rows
        if row.envelope_id in envelopes
    ]


def open_mark(code: str, actor: Actor) -> MarkView:
    """Return one mark of this account that is not finished.

    Raises:
        Refused: there is none with this code.
    """
    found = next((each for each in open_marks(actor) if each.code == code), None)
    if found is None:
        raise Refused
    return found


def _mine(table: Any, actor: Actor) -> Any:
    return table.objects.filter(organisation_id=actor.own_organisation, account_id=actor.own_account)
