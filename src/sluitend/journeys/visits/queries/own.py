"""What a planner sees of own visits.

The same statements whether or not a wait request binds them: it asks only whether every wait request was
looked at.
"""

from collections.abc import Mapping
from datetime import date

from sluitend.journeys.visits.journey import NOT_RELEASED, PLANNED, VISIT_LIST, VISIT_WORK
from sluitend.journeys.visits.models import Visit
from sluitend.journeys.visits.places import Place
from sluitend.journeys.visits.queries import bound, lists, rows
from sluitend.journeys.visits.queries.shapes import OwnView, VisitRow
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.listing import Chosen, Page
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope, open_envelopes


def own_visits(actor: Actor, asked: Mapping[str, str] | None = None) -> Page[VisitRow]:
    """Return what somebody planned, by what an address asks: when nothing, the last day first."""
    require_role(actor, VISIT_LIST)
    chosen = Chosen.of((lists.OWN, lists.LATEST_DAY), asked or {})
    own = Visit.objects.filter(organisation_id=actor.own_organisation, planner_id=actor.own_account)
    if chosen[lists.OWN.name]:
        own = own.filter(closed__isnull=chosen[lists.OWN.name] == lists.OPEN)
    found, more = lists.page_of_visits(own, lists.LATEST_DAY, chosen, actor)
    chosen.note(actor, VISIT_LIST, Visit.ACTIVITY, [(PLANNED, row.id) for row in found])
    return Page(visit_rows(found, actor), chosen, more)


def own_open(actor: Actor) -> list[tuple[str, date, Place]]:
    """Return kind, day and place of what somebody planned and is not done."""
    require_role(actor, VISIT_LIST)
    own = list(
        Visit.objects.filter(
            organisation_id=actor.own_organisation, planner_id=actor.own_account, closed__isnull=True
        )
    )
    envelopes = open_envelopes([row.envelope_id for row in own], actor=actor, purpose=VISIT_LIST, of=[Visit])
    record(actor=actor, action=VISIT_LIST, activity=Visit.ACTIVITY)
    return [
        (row.kind, row.day, Place.from_json(envelopes[row.envelope_id].read(row, "content")))
        for row in own
        if row.envelope_id in envelopes
    ]


def visit_rows(found: list[Visit], actor: Actor) -> list[VisitRow]:
    """Return visits as rows, their places opened in two statements."""
    envelopes = open_envelopes(
        [row.envelope_id for row in found], actor=actor, purpose=VISIT_LIST, of=[Visit]
    )
    heard = bound.all_heard(actor.own_organisation)
    readable = (row for row in found if row.envelope_id in envelopes)
    return [_row(row, envelopes[row.envelope_id], heard=heard) for row in readable]


def _row(row: Visit, envelope: OpenEnvelope, *, heard: bool) -> VisitRow:
    state, state_words = bound.shown(row, heard=heard)
    return VisitRow(
        code=row.code,
        kind=row.get_kind_display(),
        day=row.day,
        place=Place.from_json(envelope.read(row, "content")),
        state=state,
        state_words=state_words,
    )


def own_visit(code: str, actor: Actor) -> OwnView:
    """Return one visit as its planner sees it; logged.

    Raises:
        Absent: there is none of this person.
    """
    row = rows.find_visit(code, actor, VISIT_WORK)
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=VISIT_WORK)
    content = envelope.read(row, "content")
    told = NextStep.objects.filter(
        organisation_id=row.organisation_id,
        subject_id=row.id,
        what=NOT_RELEASED,
        done__isnull=True,
    )
    note(row, actor, VISIT_WORK, "read")
    state, state_words = bound.shown(row, heard=bound.all_heard(row.organisation_id))
    return OwnView(
        code=row.code,
        kind=row.get_kind_display(),
        day=row.day,
        place=Place.from_json(content),
        aim=content["aim"],
        state=state,
        state_words=state_words,
        must_hear=told.exists(),
        day_came=row.day_came,
        found=envelope.read(row, "found") or "",
    )
