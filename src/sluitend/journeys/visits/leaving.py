"""What words about a wait request are held against before they leave, on either side."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.visits import places
from sluitend.journeys.visits.journey import VISIT_RELEASE, WAIT_REQUEST_CONSULT
from sluitend.journeys.visits.models import Visit, WaitRequest
from sluitend.journeys.visits.places import Place
from sluitend.journeys.visits.queries import bound, rows
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.telltale import Background, Known


def told(place: Place, *more: str) -> Background:
    """Return what the other one has already: what a wait request is about is not asked about again."""
    return Background(has=(*place.as_json().values(), *more))


def told_in(content: Mapping[str, Any], *more: str) -> Background:
    """Return the same of the sealed content of a wait request."""
    return told(Place.from_json(dict(content)), content["sentence"], content["contact"], *more)


def background_of_question(code: str, visit_code: str, actor: Actor) -> Background:
    """Return what a question to the asker of a wait request is held against.

    Args:
        code: of the wait request.
        visit_code: about which; empty when it is about the wait request itself.
        actor: a focal point or deputy.

    Raises:
        Absent: no such wait request or visit of this municipality.
    """
    wait_request = rows.find_wait_request(code, actor, WAIT_REQUEST_CONSULT)
    visit = rows.find_visit(visit_code, actor, VISIT_RELEASE) if visit_code else None
    content = open_envelope(wait_request.envelope_id, actor=actor, purpose=WAIT_REQUEST_CONSULT).read(
        wait_request, "content"
    )
    return of_question(content, wait_request, visit, actor)


def of_question(
    content: Mapping[str, Any], wait_request: WaitRequest, visit: Visit | None, actor: Actor
) -> Background:
    """Return the same of an opened wait request: what the asker has, and what the municipality's own cases
    know.

    That is the case of the visit and those about its place; they are opened and logged.
    """
    planned = [visit] if visit else bound.bound_visits(wait_request, *Visit.State)
    known = cases.known_with(
        actor, bound.tokens_of(visit or wait_request), case_ids=[each.case_id for each in planned]
    )
    return replace(told_in(content), known=known)


def known_at(place: Place, actor: Actor) -> Known:
    """Return what the cases about a place know that somebody writes down to wait at; opened and logged."""
    return cases.known_with(actor, [token for _kind, token in places.tokens(actor.own_organisation, place)])
