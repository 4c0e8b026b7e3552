"""The list of exchanges: what came in and what went out, no envelope opened.

One line in the ledger, or one for each that was found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.exchanges import asking
from sluitend.journeys.exchanges.journey import EXCHANGE_LIST, QUESTION_LIST, REQUEST_SEND
from sluitend.journeys.exchanges.models import ACTIVITY, Request
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may, require_role
from sluitend.kernel.flow.models import State, TwoSided, kinds
from sluitend.kernel.flow.queries import names_of
from sluitend.kernel.listing import PAGE, Choice, Chosen, Order, Page, Sorting, named, page_of, with_code
from sluitend.kernel.organisations.queries import OrganisationView, organisations

SHOW = Choice("toon", _("Welke"), {"open": _("Open"), "klaar": _("Klaar")})
SIDE = Choice("van", _("Van wie"), {"": _("Alle"), "ons": _("Van ons"), "ander": _("Aan ons")})
NEWEST = Order(("-sent", "-id"), (datetime.fromisoformat, UUID))
OLDEST = Order(("sent", "id"), (datetime.fromisoformat, UUID))
SORT = Sorting(
    "volgorde", _("Volgorde"), {"": _("Nieuwste eerst"), "oud": _("Oudste eerst")}, (NEWEST, OLDEST)
)
CHOICES = (SHOW, SIDE, SORT)


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


def exchange_list(actor: Actor, asked: Mapping[str, str] | None = None) -> Page[Row]:
    """Return what this organisation sent and received, of every kind that it may see.

    Args:
        actor: who looks.
        asked: what was chosen.
    """
    chosen = Chosen.of(CHOICES, asked or {})
    action = QUESTION_LIST if asking.is_partner(actor) else EXCHANGE_LIST
    require_role(actor, action)
    others = _named(chosen.words)
    listed = [each for each in kinds().values() if each.LISTED]
    parts = [part for model in listed for part in _parts(model, actor, chosen, others)]
    found, after = page_of(parts, SORT.of(chosen), chosen.after, PAGE)
    names = names_of({key for row in found for key in (row.organisation_id, row.asked) if key})
    chosen.note(actor, action, ACTIVITY, [(row.KIND, row.id) for row in found])
    return Page([_row(row, actor, names) for row in found], chosen, after)


def requests_of_case(code: str, actor: Actor) -> tuple[Row, ...]:
    """Return what was asked about an open case, the newest first.

    Raises:
        Absent: there is no such case, or it is closed.
    """
    case_id = cases.open_case_id(code, actor, REQUEST_SEND)
    found = Request.objects.filter(organisation_id=actor.own_organisation, case_id=case_id)
    rows: list[TwoSided] = list(found.order_by("-sent", "-id")[:PAGE])
    names = names_of({row.asked for row in rows if row.asked})
    return tuple(_row(row, actor, names) for row in rows)


def open_requests(case_id: UUID, actor: Actor) -> tuple[str, ...]:
    """Return the codes of what was asked about a case and is not answered yet."""
    rows = Request.objects.filter(
        organisation_id=actor.own_organisation, case_id=case_id, state__in=[State.SENT, State.ACCEPTED]
    )
    return tuple(rows.order_by("sent").values_list("code", flat=True))


def _parts(
    model: type[TwoSided], actor: Actor, chosen: Chosen, others: Sequence[OrganisationView]
) -> list[QuerySet[TwoSided]]:
    """Return those of one kind on the sides on which this person may look."""
    own, sides, is_open = actor.own_organisation, [], chosen[SHOW.name] == "open"
    if may(actor, model.FOLLOW) and chosen[SIDE.name] != "ander":
        sides.append((Q(organisation_id=own, closed__isnull=is_open), model.ASKED_CODE or "recipient_id"))
    if may(actor, model.LOOK) and chosen[SIDE.name] != "ons":
        sides.append((Q(recipient_id=own, recipient_closed__isnull=is_open), "organisation_id"))
    every = model._default_manager.all()  # noqa: SLF001 - Django documents it
    if not chosen.words:
        return [every.filter(reduce(or_, (side for side, _other in sides)))] if sides else []
    return [
        part for side, other in sides for part in _sought(every.filter(side), chosen.words, other, others)
    ]


def _sought(
    rows: QuerySet[TwoSided], words: str, other: str, others: Sequence[OrganisationView]
) -> list[QuerySet[TwoSided]]:
    """Return what has this code, or is between this organisation and one of this name."""
    keys = (each.id if other.endswith("_id") else each.code for each in others)
    return [with_code(rows, words), *(rows.filter(**{other: each}) for each in keys)]


def _named(words: str) -> list[OrganisationView]:
    return named(words, ((each, each.name) for each in organisations())) if words else []


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
