"""What lies between a focal point and care coordination: the same rows for both, and no word that was typed.

No envelope is opened for it. What is last said is one of the fixed sentences, or how a task stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.care.journey import CARE_SHARED
from sluitend.journeys.reports.queries import (
    ACTIVITY,
    Passage,
    passages_between,
    promised_over,
    said_to_asker,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.flow.models import OVER, WAITING, State, TwoSided, kinds
from sluitend.kernel.flow.queries import names_of
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.listing import PAGE, Choice, Chosen, Order, Page, page_of
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.organisations.queries import organisations

SHOW = Choice("toon", gettext_lazy("Welke"), {"open": gettext_lazy("Open"), "klaar": gettext_lazy("Klaar")})
CHOICES = (SHOW,)
NEWEST = Order(("-sent", "-id"), (datetime.fromisoformat, UUID))


type Names = Mapping[UUID | str, str]


@dataclass(frozen=True)
class SharedRow:
    """One thing that lies between the two."""

    number: str
    since: date
    now_with: str
    sentence: str
    step: str
    before: date | None
    tonight: str
    """Of a task for tonight, whether it is open: never whether somebody has a bed."""


def shared_list(actor: Actor, asked: Mapping[str, str] | None = None) -> Page[SharedRow]:
    """Return what lies between this municipality and care coordination; for care, and every municipality.

    Raises:
        Absent: the region has no care coordination here, or this organisation does not do it.
        Refused: the role may not see it.
    """
    require_role(actor, CARE_SHARED)
    pack = current_release().pack
    others, at_care = _others(actor, pack)
    chosen = Chosen.of(CHOICES, asked or {})
    is_open = chosen[SHOW.name] == "open"
    parts: list[QuerySet[Any]] = [*passages_between(others, actor, is_open=is_open)]
    for model in kinds().values():
        parts += _between(model, others, actor, is_open=is_open)
    found, after = page_of(parts, NEWEST, chosen.after, PAGE)
    names = names_of({key for row in found for key in (row.organisation_id, row.recipient_id) if key})
    chosen.note(actor, CARE_SHARED, ACTIVITY, [])
    own = actor.own_organisation
    return Page([_row(row, names, pack, at_care=at_care, own=own) for row in found], chosen, after)


def _others(actor: Actor, pack: Pack) -> tuple[frozenset[UUID], bool]:
    """Return the organisations on the other side, and whether this one is care coordination."""
    partner = pack.care_coordination
    if partner is None:
        raise Absent
    if actor.organisation_code == partner.id:
        return frozenset(each.id for each in organisations(kinds=["municipality"])), True
    known = () if Role.PARTNER in actor.roles else organisations(kinds=["partner"])
    found = frozenset(each.id for each in known if each.code == partner.id)
    if not found:
        raise Absent
    return found, False


def _between(
    model: type[TwoSided], others: Iterable[UUID], actor: Actor, *, is_open: bool
) -> list[QuerySet[Any]]:
    rows, own = model._default_manager.all(), actor.own_organisation  # noqa: SLF001 - Django documents it
    # Which states are asked for, not which are left out: an index has only those.
    rows = rows.filter(state__in=WAITING if is_open else [State.DONE, *OVER])
    return [
        rows.filter(organisation_id=own, recipient_id__in=list(others)),
        rows.filter(recipient_id=own, organisation_id__in=list(others)),
    ]


def _row(
    row: Passage | TwoSided, names: Mapping[UUID | str, str], pack: Pack, *, at_care: bool, own: UUID
) -> SharedRow:
    if isinstance(row, Passage):
        return _passed(row, names, pack)
    to_care = (row.recipient_id == own) is at_care
    waits = row.state in WAITING
    holder = row.recipient_id if waits else row.organisation_id
    return SharedRow(
        number=row.code,
        since=timezone.localdate(row.sent),
        now_with=names.get(holder, "") if holder else "",
        sentence=_sentence(row, pack) if to_care else _task(row),
        step=_step(row),
        before=(getattr(row, "next_word", None) or row.answer_by) if waits else None,
        tonight="" if to_care or not row.acute else _task(row),
    )


def _passed(row: Passage, names: Names, pack: Pack) -> SharedRow:
    waits, accepted = row.state == Passage.State.SENT, row.state == Passage.State.ACCEPTED
    return SharedRow(
        number=row.code,
        since=timezone.localdate(row.sent),
        now_with=names.get(row.recipient_id if waits or accepted else row.organisation_id, ""),
        sentence=_("Uw vraag ligt bij de juiste organisatie.")
        if accepted
        else str(Passage.State(row.state).label),
        step=_("Neem over of geef terug") if waits else "",
        before=promised_over(row, pack) if waits else None,
        tonight="",
    )


def _sentence(row: TwoSided, pack: Pack) -> str:
    """Return what is read outside care of it: help that began and help that was not wanted alike."""
    if row.state == State.SENT:
        return said_to_asker(pack, "arrived")
    if row.state in OVER:
        return str(State(row.state).label)
    code = row.pack.feedback_codes.get(getattr(row, "answer", ""))
    # An answer has words for outside care. Of these one is read here; all else says that care is busy.
    offered = code is not None and code.to_reporter.nl == said_to_asker(pack, "offered", "nl")
    return said_to_asker(pack, "offered" if offered else "busy")


def _task(row: TwoSided) -> str:
    """Return how a question or a task for a municipality stands."""
    return _("Nog open") if row.state in WAITING else _("Besloten")


def _step(row: TwoSided) -> str:
    if row.state == State.SENT:
        return _("Lees en neem aan")
    if row.state != State.ACCEPTED:
        return ""
    return _("Laat meer weten") if getattr(row, "next_word", None) else _("Geef antwoord")
