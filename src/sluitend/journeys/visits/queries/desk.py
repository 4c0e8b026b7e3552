"""What a focal point sees: what waits, its open points, and the wait requests that bind the municipality."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.visits import words
from sluitend.journeys.visits.journey import (
    PLANNED,
    READ_WAIT_REQUEST,
    VISIT_LIST,
    VISIT_RELEASE,
    WAIT_REQUEST,
    WAIT_REQUEST_LIST,
)
from sluitend.journeys.visits.models import Consultation, Visit, VisitToken, WaitRequest, WaitRequestQuestion
from sluitend.journeys.visits.places import Place
from sluitend.journeys.visits.queries import bound, lists, rows
from sluitend.journeys.visits.queries.found import found_at
from sluitend.journeys.visits.queries.own import visit_rows
from sluitend.journeys.visits.queries.points import Points, is_for_another, open_points, points_of
from sluitend.journeys.visits.queries.shapes import (
    AtCase,
    BesideLine,
    InHand,
    Said,
    VisitRow,
    VisitView,
    WaitRequestLine,
    WaitRequestRow,
    WaitRequestView,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.same_address import only_perhaps
from sluitend.kernel.ledger.actions import record, record_many
from sluitend.kernel.listing import PAGE, Chosen, Page
from sluitend.kernel.manifest import FOCAL, PLANNERS, FoundThere
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.organisations.queries import colleagues, names
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope, open_envelopes

OPEN = (Visit.State.PLANNED, Visit.State.RELEASED)


def waiting(actor: Actor, asked: Mapping[str, str] | None = None) -> Page[VisitRow]:
    """Return what is planned and not done, by what an address asks, and what is open of each."""
    require_role(actor, VISIT_RELEASE)
    chosen = Chosen.of((lists.KIND, lists.FIRST_DAY), asked or {})
    planned = Visit.objects.filter(organisation_id=actor.own_organisation, closed__isnull=True)
    if chosen[lists.KIND.name]:
        planned = planned.filter(kind=Visit.Kind(chosen[lists.KIND.name]))
    found, more = lists.page_of_visits(planned, lists.FIRST_DAY, chosen, actor, _planners(chosen, actor))
    people = names(row.planner_id for row in found)
    planners = {row.code: people.get(row.planner_id, "") for row in found}
    waits = [row for row in found if row.state == Visit.State.PLANNED]
    points = points_of(waits, actor)
    opens = {row.code: _open(row, points[row.id], actor) for row in waits}
    chosen.note(actor, VISIT_LIST, Visit.ACTIVITY, [(PLANNED, row.id) for row in found])
    # While an answer or a wait request is not to be read, what was released waits too.
    unread = (_("wachtverzoek"),)
    listed = [
        replace(each, planner=planners[each.code], open=opens.get(each.code, unread))
        for each in visit_rows(found, actor)
    ]
    return Page(listed, chosen, more)


def _planners(chosen: Chosen, actor: Actor) -> list[tuple[UUID, str]]:
    """Return who plans here, by whose name is sought."""
    people = colleagues(actor.own_organisation, roles=PLANNERS) if chosen.words else []
    return list({each.account_id: each.name for each in people}.items())


def _open(row: Visit, points: Points, actor: Actor) -> tuple[str, ...]:
    """Return what stands in the way of releasing a visit in one act, in a word each."""
    words_of = (
        (points.wait_requests, _("wachtverzoek")),
        (points.gates, _("bewoners")),
        (points.cases, _("casus")),
        (points.in_hand, _("een ander is daar bezig")),
        (points.beside, _("nog iets op die plek")),
        (is_for_another(row, actor), _("u plande dit zelf")),
    )
    return tuple(word for there, word in words_of if there)


def visit(code: str, actor: Actor) -> VisitView:
    """Return one visit with every open point; logged.

    Raises:
        Absent: there is none.
    """
    row = rows.find_visit(code, actor, VISIT_RELEASE)
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=VISIT_RELEASE)
    content = envelope.read(row, "content")
    points, alike = open_points(row, actor), bound.only_written_alike(row)
    state, state_words = bound.shown(row, heard=bound.all_heard(row.organisation_id))
    view = VisitView(
        code=row.code,
        kind=row.get_kind_display(),
        day=row.day,
        place=Place.from_json(content),
        aim=content["aim"],
        planner=names([row.planner_id]).get(row.planner_id, ""),
        state=state,
        state_words=state_words,
        case_code=row.case_code,
        wait_requests=tuple(
            _line(each, row, actor, perhaps=each.id in alike) for each in bound.binding_wait_requests(row)
        ),
        gates=tuple(each.code for each in points.gates),
        cases=tuple(each.code for each in points.cases),
        in_hand=_in_hand(points),
        others=_others(actor) if is_for_another(row, actor) else None,
        found=envelope.read(row, "found") or "",
        perhaps=_perhaps(points),
    )
    note(row, actor, VISIT_RELEASE, "read")
    return view


def _perhaps(points: Points) -> frozenset[str]:
    """Return the codes of what is only perhaps at the place of a visit."""
    codes = {each.id: each.code for each in (*points.gates, *points.cases, *points.elsewhere)}
    codes |= {each.id: each.code for each in points.beside}
    by_case = (each.code for each in points.with_partners if each.case_id in points.perhaps)
    return frozenset([*(code for one, code in codes.items() if one in points.perhaps), *by_case])


def _in_hand(points: Points) -> InHand:
    people = names(each.planner_id for each in points.beside)
    return InHand(
        partners=points.with_partners,
        elsewhere=tuple(each.code for each in points.elsewhere),
        beside=tuple(
            BesideLine(
                code=each.code,
                kind=str(Visit.Kind(each.kind).label),
                day=each.day,
                planner=people.get(each.planner_id, ""),
                state_words=str(Visit.State(each.state).label),
            )
            for each in points.beside
        ),
    )


def _others(actor: Actor) -> tuple[str, ...]:
    """Return who else releases here, whoever stands in from another municipality too."""
    found = colleagues(actor.own_organisation, roles=FOCAL)
    return tuple(dict.fromkeys(each.name for each in found if each.account_id != actor.account_id))


def _line(wait_request: WaitRequest, row: Visit, actor: Actor, *, perhaps: bool) -> WaitRequestLine:
    envelope = open_envelope(wait_request.envelope_id, actor=actor, purpose=WAIT_REQUEST_LIST)
    content = envelope.read(wait_request, "content")
    last, asked = bound.last_consultation(wait_request, row), bound.open_question(wait_request, row)
    note(wait_request, actor, WAIT_REQUEST_LIST, "read")
    return WaitRequestLine(
        code=wait_request.code,
        asker=words.asker(wait_request),
        contact=content["contact"],
        telephones=_telephones(wait_request, content["telephone"]),
        ground=words.reason("wait_request", wait_request.ground),
        until=wait_request.until,
        passed=bound.passed(wait_request),
        allows=bound.allows(last, wait_request),
        said=_said(last, envelope) if last else None,
        asked_on=asked.asked_at if asked else None,
        may_ask=_may_ask(wait_request, asked),
        perhaps=Place.from_json(content).words if perhaps else "",
    )


def _may_ask(wait_request: WaitRequest, asked: WaitRequestQuestion | None) -> bool:
    return (
        asked is None
        and wait_request.asker_id is not None
        and bool(colleagues(wait_request.asker_id, roles=[Role.PARTNER]))
    )


def _telephones(wait_request: WaitRequest, given: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (given, words.switchboard(wait_request)))))


def _said(row: Consultation, envelope: OpenEnvelope) -> Said:
    return Said(
        words=words.outcome(row),
        on=row.asked_on,
        whom=envelope.read(row, "whom"),
        by=names([row.by_id]).get(row.by_id, ""),
        wait_until=row.wait_until,
        cannot_wait=row.get_cannot_wait_display() if row.cannot_wait else "",
        in_writing=row.question is not None,
        remark=(envelope.read(row.question, "reply") or {}).get("text", "") if row.question else "",
    )


def wait_requests(actor: Actor, asked: Mapping[str, str] | None = None) -> Page[WaitRequestRow]:
    """Return the wait requests on the municipality by what an address asks: when nothing, those that bind."""
    require_role(actor, WAIT_REQUEST_LIST)
    ended = (asked or {}).get(lists.RUNNING.name) == lists.DONE
    sorting = lists.NEWEST if ended else lists.UNTIL
    chosen = Chosen.of((lists.RUNNING, sorting), asked or {})
    every = WaitRequest.objects.filter(organisation_id=actor.own_organisation)
    wanted = (
        every.exclude(state__in=WaitRequest.BINDING) if ended else every.filter(state__in=WaitRequest.BINDING)
    )
    held = lists.held_at(chosen.words, actor) if chosen.words else None
    found, more = lists.page_of_wait_requests(wanted, sorting, chosen, held, partner=words.partner_names())
    envelopes = open_envelopes(
        [row.envelope_id for row in found], actor=actor, purpose=WAIT_REQUEST_LIST, of=[WaitRequest]
    )
    chosen.note(actor, WAIT_REQUEST_LIST, Visit.ACTIVITY, [(WAIT_REQUEST, row.id) for row in found])
    who = words.askers(found)
    listed = [
        WaitRequestRow(
            code=row.code,
            who=who[row.pk],
            until=row.until,
            state=row.state,
            state_words=row.get_state_display(),
            place=Place.from_json(envelopes[row.envelope_id].read(row, "content")).words,
        )
        for row in found
        if row.envelope_id in envelopes
    ]
    return Page(listed, chosen, more)


def wait_request(code: str, actor: Actor) -> WaitRequestView:
    """Return one wait request on the municipality, and the visits that it binds; logged.

    Raises:
        Absent: there is none.
    """
    row = rows.find_wait_request(code, actor, WAIT_REQUEST_LIST)
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=WAIT_REQUEST_LIST)
    content = envelope.read(row, "content")
    about = Consultation.objects.filter(wait_request=row, visit__isnull=True).order_by("-turn")
    unread = NextStep.objects.filter(
        organisation_id=row.organisation_id, subject_id=row.id, what=READ_WAIT_REQUEST, done__isnull=True
    )
    asked = bound.open_question(row, None)
    note(row, actor, WAIT_REQUEST_LIST, "read")
    shown = bound.bound_visits(row, *OPEN)
    record_many(
        actor=actor,
        action=VISIT_LIST,
        subjects=[(PLANNED, each.id) for each in shown],
        activity=Visit.ACTIVITY,
        purpose="wait_request",
    )
    return WaitRequestView(
        code=row.code,
        asker=words.asker(row),
        contact=content["contact"],
        telephones=_telephones(row, content["telephone"]),
        place=Place.from_json(content),
        ground=words.reason("wait_request", row.ground),
        sentence=content["sentence"],
        asked_at=row.asked_at,
        until=row.until,
        state=row.state,
        state_words=row.get_state_display(),
        passed=bound.passed(row),
        must_read=unread.exists(),
        partner=row.partner,
        lifted=_lifted(row, envelope),
        visits=tuple(visit_rows(shown, actor)),
        said=tuple(_said(each, envelope) for each in about),
        asked_on=asked.asked_at if asked else None,
        may_ask=bound.passed(row) and _may_ask(row, asked),
    )


def _lifted(row: WaitRequest, envelope: OpenEnvelope) -> str:
    if row.state != WaitRequest.State.LIFTED:
        return ""
    parts = (
        row.get_lifted_display(),
        words.reason("lift_wait_request", row.lift_reason),
        envelope.read(row, "lift_text"),
    )
    return ". ".join(filter(None, parts))


def at_case(case_code: str, actor: Actor) -> tuple[tuple[AtCase, ...], list[FoundThere]]:
    """Return what is planned at the places of a case, never by whom, and what was seen there; logged.

    Raises:
        Absent: there is no such case.
    """
    case = cases.case_at(case_code, actor)
    tokens = cases.tokens_of(case.id, actor)
    there = VisitToken.objects.filter(organisation_id=actor.own_organisation, token__in=tokens)
    every = Visit.objects.filter(organisation_id=actor.own_organisation, closed__isnull=True)
    kinds: dict[UUID, set[str]] = {}
    for visit_id, kind in there.filter(visit__closed__isnull=True).values_list("visit_id", "kind"):
        kinds.setdefault(visit_id, set()).add(kind)
    planned = (every.filter(case_id=case.id) | every.filter(pk__in=list(kinds))).order_by("day", "id")
    record(actor=actor, action=VISIT_LIST, subject=("case", case.id), activity=Visit.ACTIVITY)
    heard = bound.all_heard(actor.own_organisation)
    rows = tuple(
        AtCase(
            row.code,
            row.get_kind_display(),
            row.day,
            bound.shown(row, heard=heard)[1],
            perhaps=row.case_id != case.id and only_perhaps(kinds.get(row.id, ())),
        )
        for row in planned[:PAGE]
    )
    return rows, found_at(case.id, tokens, actor)
