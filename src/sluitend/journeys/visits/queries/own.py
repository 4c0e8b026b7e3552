"""What a planner sees of own visits.

The same statements whether or not a wait request binds them: it asks only whether every wait request was
looked at.
"""

from datetime import date

from django.db.models import Q, QuerySet

from sluitend.journeys.visits.journey import NOT_RELEASED, VISIT_LIST, VISIT_WORK
from sluitend.journeys.visits.models import Visit
from sluitend.journeys.visits.places import Place
from sluitend.journeys.visits.queries import bound, rows
from sluitend.journeys.visits.queries.shapes import OwnView, Page, VisitRow
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope, open_envelopes

PAGE = 50


def own_visits(actor: Actor, *, after: str = "") -> Page[VisitRow]:
    """Return what somebody planned, the last day first.

    Args:
        actor: who planned.
        after: the code with which the last page ended.
    """
    require_role(actor, VISIT_LIST)
    own = Visit.objects.filter(organisation_id=actor.own_organisation, planner_id=actor.own_account)
    found, more = page_of(own, after)
    record(actor=actor, action=VISIT_LIST, activity=Visit.ACTIVITY)
    return Page(tuple(visit_rows(found, actor)), more)


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


def page_of(own: QuerySet[Visit], after: str) -> tuple[list[Visit], str]:
    """Return a page of a list, the last day first, and the code with which the next one begins."""
    if last := own.filter(code=after).first() if after else None:
        own = own.filter(Q(day__lt=last.day) | Q(day=last.day, id__gt=last.id))
    page = list(own.order_by("-day", "id")[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].code if len(page) > PAGE else ""


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
