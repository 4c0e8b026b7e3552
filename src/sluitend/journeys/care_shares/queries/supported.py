"""Whom an organisation supports, in a list: no envelope opened, so nobody's name and no number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sluitend.journeys.care_shares.journey import CARE_SHARE, CARE_SHARE_LIST
from sluitend.journeys.care_shares.models import CareShare
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.flow.queries import names_of
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.care import Shared
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.listing import PAGE, Choice, Chosen, Order, Page, page_of, with_code
from sluitend.kernel.manifest import step_named
from sluitend.kernel.organisations.models import Role

SHOW = Choice("toon", _("Welke"), {"open": _("Open"), "klaar": _("Klaar")})
NEWEST = Order(("-sent", "-id"), (datetime.fromisoformat, UUID))


@dataclass(frozen=True)
class Supported:
    """Somebody whom an organisation supports, or is asked to.

    Attributes:
        step: what there is to do for whom supports, and before when; empty where nothing is.
        until: the last day of the agreement; None of what is over.
    """

    code: str
    asked_by: str
    state_words: str
    since: datetime
    until: date | None
    step: str
    due: datetime | None
    minor: bool


def supports(actor: Actor) -> bool:
    """Return whether the actor's organisation supports people whom another one coordinates care for."""
    if Role.PARTNER not in actor.roles:  # asked for each page: of others without a question
        return False
    pack = current_release().pack
    own, care = actor.organisation_code, pack.care_coordination
    if care and care.id == own:
        return False
    work = pack.request.support_work
    found = (pack.partner_for(work, each.id) for each in pack.subregions) if work else ()
    return any(each is not None and each.id == own for each in found)


def supported(actor: Actor, asked: Mapping[str, str] | None = None) -> Page[Supported]:
    """Return whom the actor's organisation supports, by what an address asks: at first who is not over.

    Args:
        actor: who looks.
        asked: what was chosen.
    """
    require_role(actor, CARE_SHARE_LIST)
    chosen = Chosen.of((SHOW,), asked or {})
    rows = CareShare.objects.filter(
        recipient_id=actor.own_organisation,
        recipient_closed__isnull=chosen[SHOW.name] == "open",
        kind=Shared.SUPPORT,
    )
    found, after = page_of(
        [with_code(rows, chosen.words) if chosen.words else rows], NEWEST, chosen.after, PAGE
    )
    names, steps = names_of({row.organisation_id for row in found}), _steps(found, actor)
    chosen.note(actor, CARE_SHARE_LIST, CareShare.ACTIVITY, [(CARE_SHARE, row.id) for row in found])
    return Page([_line(row, names, steps.get(row.id)) for row in found], chosen, after)


def _steps(rows: list[CareShare], actor: Actor) -> dict[UUID, NextStep]:
    """Return of each what is to be done first."""
    steps = NextStep.objects.filter(
        organisation_id=actor.own_organisation, subject_id__in=[row.id for row in rows], done__isnull=True
    )
    first: dict[UUID, NextStep] = {}
    for each in steps.order_by("-urgent", "due", "id"):
        first.setdefault(each.subject_id, each)
    return first


def _line(row: CareShare, names: Mapping[UUID | str, str], step: NextStep | None) -> Supported:
    return Supported(
        code=row.code,
        asked_by=names[row.organisation_id],
        state_words=row.in_words("", received=True),
        since=row.sent,
        until=None if row.over else row.expires,
        step=str(step_named(step.what).label) if step else "",
        due=step.due if step else None,
        minor=row.minor,
    )
