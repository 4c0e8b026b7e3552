"""The list of exchanges: what came in and what went out. One line in the ledger, no envelope opened."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.exchanges import asking, words
from sluitend.journeys.exchanges.actions.requesting import awaits
from sluitend.journeys.exchanges.journey import EXCHANGE_LIST, QUESTION_LIST
from sluitend.journeys.exchanges.models import ACTIVITY, Request, Transfer
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.flow.models import State, TwoSided
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Organisation

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
    """Return what this organisation sent and received, the newest first. A partner has questions only.

    Args:
        actor: who looks.
        show: `open` or `klaar`.
        after: where the last page ended, as it came from `Page.after`.
    """
    partner = asking.is_partner(actor)
    action = QUESTION_LIST if partner else EXCHANGE_LIST
    require_role(actor, action)
    found: list[TwoSided] = [*_page(Request, actor, show == "open", after)]
    if not partner:
        found += _page(Transfer, actor, show == "open", after)
    found.sort(key=lambda row: (row.sent, row.code), reverse=True)
    names = _names(found)
    record(actor=actor, action=action, activity=ACTIVITY)
    return Page(
        rows=tuple(_row(row, actor, names) for row in found[:PAGE]),
        after=found[PAGE - 1].sent.isoformat() if len(found) > PAGE else "",
    )


def _page[Kind: TwoSided](model: type[Kind], actor: Actor, is_open: bool, after: str) -> list[Kind]:
    own = actor.own_organisation
    rows = model._default_manager.filter(  # noqa: SLF001 - Django documents it
        Q(organisation_id=own, closed__isnull=is_open) | Q(recipient_id=own, recipient_closed__isnull=is_open)
    )
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


def _names(found: list[TwoSided]) -> dict[object, str]:
    """Return organisations by id and by code."""
    ids = {key for row in found for key in (row.organisation_id, row.recipient_id) if key}
    codes = {row.municipality for row in found if isinstance(row, Transfer)}
    wanted = Organisation.objects.filter(Q(id__in=ids) | Q(code__in=codes)).values_list("id", "code", "name")
    return {key: name for identity, code, name in wanted for key in (identity, code)}


def _row(row: TwoSided, actor: Actor, names: dict[object, str]) -> Row:
    received = row.organisation_id != actor.own_organisation
    sender = names[row.organisation_id]
    waits = row.state == State.SENT or (isinstance(row, Request) and awaits(row))
    if isinstance(row, Transfer):
        recipient, place, kind = names[row.municipality], "overdrachten", _("Overdracht")
        said = words.state_for_recipient(row, sender) if received else words.state_for_sender(row, recipient)
    elif isinstance(row, Request):
        recipient, place, kind = names[row.recipient_id], "verzoeken", str(Request.Kind(row.kind).label)
        said = words.request_for_asked(row, sender) if received else words.request_for_asker(row, recipient)
    else:
        raise TypeError(row)
    return Row(
        code=row.code,
        address=f"/werk/{place}/{row.code}/",
        kind=kind,
        other=sender if received else recipient,
        received=received,
        area=row.area,
        state_words=said,
        sent=row.sent,
        answer_by=row.answer_by if waits else None,
        late=waits and row.answer_by < timezone.localdate(),
        urgent=row.urgency == "now",
        minor=row.minor,
    )
