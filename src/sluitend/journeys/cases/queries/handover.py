"""A case as the journey of exchanges needs it: to hand over, and to see what was added since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sluitend.journeys.cases.journey import TRANSFER_SEND
from sluitend.journeys.cases.models import SentReferral, TimelineEvent, Track
from sluitend.journeys.cases.queries.along import Along, along_of
from sluitend.journeys.cases.queries.parts import CaseForReferral, case_for_referral
from sluitend.journeys.cases.queries.plan_facts import known_of
from sluitend.journeys.cases.queries.plans import transfer_of
from sluitend.journeys.cases.queries.rows import find_case, open_case
from sluitend.journeys.cases.queries.shapes import PartView
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.planning import Planned

CONTENT = (
    TimelineEvent.What.REPORT,
    TimelineEvent.What.SUBJECT,
    TimelineEvent.What.OBSERVED,
    TimelineEvent.What.CORRECTED,
    TimelineEvent.What.NOTE,
    TimelineEvent.What.LOOKED_UP,
    TimelineEvent.What.WISH,
    TimelineEvent.What.FACTS,
)
"""What changes what a case holds; the rest is work on it."""


@dataclass(frozen=True)
class CaseForHandover:
    """An opened case with what decides whether it can go."""

    case: CaseForReferral
    open_referrals: tuple[str, ...]
    tracks: tuple[str, ...]
    forms: tuple[str, ...]
    along: Mapping[str, Along]
    """What goes along with a row, by the id of that row."""
    plan: tuple[PartView, ...]
    """The rows that tell of its plan."""
    asked: Planned | None
    """How the handbook lets it go to another municipality."""


def case_for_handover(code: str, actor: Actor) -> CaseForHandover:
    """Return an opened case, logged like a case that is read.

    Raises:
        Absent: there is none for this organisation.
    """
    row = find_case(code, actor, TRANSFER_SEND)
    envelope = open_case(row, actor, TRANSFER_SEND)
    sent = SentReferral.objects.filter(case=row, open=True).order_by("at")
    tracks = Track.objects.filter(case=row).exclude(state=Track.State.CLOSED)
    along, plan = along_of(row, envelope, actor.organisation_name)
    case = case_for_referral(code, actor)
    return CaseForHandover(
        case=case,
        open_referrals=tuple(sent.values_list("referral_code", flat=True)),
        tracks=tuple(tracks.values_list("kind", flat=True)),
        forms=tuple((envelope.read(row, "facts") or {}).get("forms", [])),
        along=along,
        plan=tuple(plan),
        asked=transfer_of(known_of(row, envelope, case.subjects)),
    )


def changes_since(case_id: UUID, moment: datetime, actor: Actor) -> int:
    """Return how often the content of a case of the actor's organisation changed since a moment."""
    rows = TimelineEvent.objects.filter(
        organisation_id=actor.own_organisation, case_id=case_id, at__gt=moment, what__in=CONTENT
    )
    return rows.count()


def open_referrals(case_id: UUID, actor: Actor) -> tuple[str, ...]:
    """Return the codes of what partners still hold of a case."""
    sent = SentReferral.objects.filter(organisation_id=actor.own_organisation, case_id=case_id, open=True)
    return tuple(sent.order_by("at").values_list("referral_code", flat=True))
