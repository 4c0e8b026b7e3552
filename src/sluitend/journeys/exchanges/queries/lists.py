"""The list of exchanges: what came in and what went out. One line in the ledger, no envelope opened."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from sluitend.journeys.exchanges import asking
from sluitend.journeys.exchanges.journey import EXCHANGE_LIST, QUESTION_LIST
from sluitend.journeys.exchanges.models import ACTIVITY
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may, require_role
from sluitend.kernel.flow.models import TwoSided, kinds
from sluitend.kernel.flow.queries import names_of
from sluitend.kernel.ledger.actions import record

PAGE = 50
STATES = ("open", "klaar")


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
    """Return what this organisation sent and received, the newest first, of every kind that it may see.

    Args:
        actor: who looks.
        show: `open` or `klaar`.
        after: where the last page ended, as it came from `Page.after`.
    """
    action = QUESTION_LIST if asking.is_partner(actor) else EXCHANGE_LIST
    require_role(actor, action)
    listed = [each for each in kinds().values() if each.LISTED]
    found = [row for model in listed for row in _page(model, actor, show == "open", after)]
    found.sort(key=lambda row: (row.sent, row.code), reverse=True)
    names = names_of({key for row in found for key in (row.organisation_id, row.asked) if key})
    record(actor=actor, action=action, activity=ACTIVITY)
    return Page(
        rows=tuple(_row(row, actor, names) for row in found[:PAGE]),
        after=found[PAGE - 1].sent.isoformat() if len(found) > PAGE else "",
    )


def _page(model: type[TwoSided], actor: Actor, is_open: bool, after: str) -> list[TwoSided]:
    """Return those of one kind on the sides on which this person may look."""
    own, sides = actor.own_organisation, []
    if may(actor, model.FOLLOW):
        sides.append(Q(organisation_id=own, closed__isnull=is_open))
    if may(actor, model.LOOK):
        sides.append(Q(recipient_id=own, recipient_closed__isnull=is_open))
    if not sides:
        return []
    rows = model._default_manager.filter(reduce(or_, sides))  # noqa: SLF001 - Django documents it
    moment = _moment(after)
    if moment is not None:
        rows = rows.filter(sent__lt=moment)
    return list(rows.order_by("-sent", "-id")[: PAGE + 1])


def _moment(text: str) -> datetime | None:
    """Return where the last page ended; an address that somebody changed shows the first page."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _row(row: TwoSided, actor: Actor, names: dict[UUID | str, str]) -> Row:
    received = row.organisation_id != actor.own_organisation
    key = row.organisation_id if received else row.asked
    other = names[key] if key else ""
    return Row(
        code=row.code,
        address=row.KIND.home.format(code=row.code),
        kind=row.label,
        other=other,
        received=received,
        area=row.area,
        state_words=row.in_words(other, received=received),
        sent=row.sent,
        answer_by=row.answer_by if row.awaits else None,
        late=row.awaits and row.answer_by < timezone.localdate(),
        urgent=row.acute,
        minor=row.minor,
    )
