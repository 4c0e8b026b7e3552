"""The list of exchanges: what came in and what went out. One line in the ledger, no envelope opened."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.exchanges import words
from sluitend.journeys.exchanges.models import Exchange, Transfer
from sluitend.journeys.exchanges.rows import ACTIVITY
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Action, require
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Organisation

PAGE = 50
STATES = ("open", "klaar")
WAITS = frozenset({Exchange.State.SENT})


@dataclass(frozen=True)
class Row:
    """One exchange in a list: nothing of its content."""

    code: str
    address: str
    kind: str
    other: str
    received: bool
    area: str
    state_words: str
    sent: datetime
    answer_by: date | None
    late: bool
    urgent: bool
    minor: bool


@dataclass(frozen=True)
class Page:
    """Up to fifty of them, and the moment after which the next ones begin."""

    rows: tuple[Row, ...]
    after: str = ""


def exchange_list(actor: Actor, *, show: str = "open", after: str = "") -> Page:
    """Return what this organisation sent and received, the newest first.

    Args:
        actor: who looks.
        show: `open` or `klaar`.
        after: the code with which the last page ended.
    """
    require(actor, Action.EXCHANGE_LIST)
    rows = _transfers(actor, show == "open", after)
    senders = dict(
        Organisation.objects.filter(id__in={each.organisation_id for each in rows}).values_list("id", "name")
    )
    asked = dict(
        Organisation.objects.filter(code__in={each.municipality for each in rows}).values_list("code", "name")
    )
    record(actor=actor, action=Action.EXCHANGE_LIST, activity=ACTIVITY)
    shown = rows[:PAGE]
    return Page(
        rows=tuple(
            _row(each, actor, senders[each.organisation_id], asked[each.municipality]) for each in shown
        ),
        after=shown[-1].code if len(rows) > PAGE else "",
    )


def _transfers(actor: Actor, is_open: bool, after: str) -> list[Transfer]:
    own = actor.own_organisation
    rows = Transfer.objects.filter(
        Q(organisation_id=own, closed__isnull=is_open) | Q(recipient_id=own, recipient_closed__isnull=is_open)
    )
    last = Transfer.objects.filter(Q(organisation_id=own) | Q(recipient_id=own), code=after).first()
    if last is not None:
        rows = rows.filter(Q(sent__lt=last.sent) | Q(sent=last.sent, id__lt=last.id))
    return list(rows.order_by("-sent", "-id")[: PAGE + 1])


def _row(row: Transfer, actor: Actor, sender: str, recipient: str) -> Row:
    received = row.organisation_id != actor.own_organisation
    waits = row.state in WAITS
    return Row(
        code=row.code,
        address=f"/werk/overdrachten/{row.code}/",
        kind=_("Overdracht"),
        other=sender if received else recipient,
        received=received,
        area=row.area,
        state_words=words.state_for_recipient(row, sender)
        if received
        else words.state_for_sender(row, recipient),
        sent=row.sent,
        answer_by=row.answer_by if waits else None,
        late=waits and row.answer_by < timezone.localdate(),
        urgent=row.urgency == "now",
        minor=row.minor,
    )
