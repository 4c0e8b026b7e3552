"""What an asker sees of its own wait requests, and a manager of those that bind the municipality."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q

from sluitend.journeys.visits import terms, words
from sluitend.journeys.visits.journey import (
    WAIT_REQUEST,
    WAIT_REQUEST_ASK,
    WAIT_REQUEST_ASKED,
    WAIT_REQUEST_OVERRULE,
)
from sluitend.journeys.visits.models import Visit, WaitRequest, WaitRequestQuestion
from sluitend.journeys.visits.places import Place
from sluitend.journeys.visits.queries import lists, rows
from sluitend.journeys.visits.queries.shapes import AskedView, QuestionView, WaitRequestRow
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.listing import PAGE, Chosen, Page
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.organisations.queries import organisation, organisations
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope, open_envelopes


def asked(actor: Actor, choices: Mapping[str, str] | None = None) -> Page[WaitRequestRow]:
    """Return what the actor's organisation asked, by what an address asks: when nothing, the newest first."""
    require_role(actor, WAIT_REQUEST_ASK)
    chosen = Chosen.of((lists.OWN, lists.NEWEST), choices or {})
    own = WaitRequest.objects.filter(asker_id=actor.own_organisation)
    if chosen[lists.OWN.name]:
        binds = Q(state__in=WaitRequest.BINDING)
        own = own.filter(binds if chosen[lists.OWN.name] == lists.OPEN else ~binds)
    found, more = lists.page_of_wait_requests(own, lists.NEWEST, chosen, organisation_id=_towns(chosen))
    envelopes = open_envelopes(
        [row.envelope_id for row in found], actor=actor, purpose=WAIT_REQUEST_ASKED, of=[WaitRequest]
    )
    towns = {each.id: each.name for each in organisations(kinds=["municipality"])} if found else {}
    chosen.note(actor, WAIT_REQUEST_ASKED, Visit.ACTIVITY, [(WAIT_REQUEST, row.id) for row in found])
    listed = [
        WaitRequestRow(
            code=row.code,
            who=towns.get(row.organisation_id, ""),
            until=row.until,
            state=row.state,
            state_words=row.get_state_display(),
            place=Place.from_json(envelopes[row.envelope_id].read(row, "content")).words,
        )
        for row in found
        if row.envelope_id in envelopes
    ]
    return Page(listed, chosen, more)


def _towns(chosen: Chosen) -> list[tuple[UUID, str]]:
    """Return the municipalities, by whose name is sought."""
    found = organisations(kinds=["municipality"]) if chosen.words else []
    return [(each.id, each.name) for each in found]


def may_ask(actor: Actor) -> bool:
    """Return whether the actor's organisation may ask to wait, by the handbook."""
    key = Organisation.objects.filter(pk=actor.own_organisation).values_list("partner_key", flat=True).first()
    return key in terms.askers()


def asked_wait_request(code: str, actor: Actor) -> AskedView:
    """Return one wait request that the actor's organisation asked; logged.

    Raises:
        Absent: there is none.
    """
    row = rows.find_asked(code, actor)
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=WAIT_REQUEST_ASKED)
    content = envelope.read(row, "content")
    questions = WaitRequestQuestion.objects.filter(
        wait_request=row, asker_id=actor.own_organisation
    ).order_by("-asked_at", "id")
    town = organisation(row.organisation_id)
    note(row, actor, WAIT_REQUEST_ASKED, "read")
    return AskedView(
        code=row.code,
        municipality=town.name if town else "",
        telephone=town.telephone if town else "",
        place=Place.from_json(content),
        ground=words.reason("wait_request", row.ground),
        sentence=content["sentence"],
        contact=content["contact"],
        asked_telephone=content["telephone"],
        asked_at=row.asked_at,
        until=row.until,
        indexed=row.indexed,
        state=row.state,
        state_words=row.get_state_display(),
        questions=tuple(_question(each, row, envelope) for each in questions[:PAGE]),
    )


def _question(
    question: WaitRequestQuestion, wait_request: WaitRequest, envelope: OpenEnvelope
) -> QuestionView:
    content = envelope.read(question, "content")
    return QuestionView(
        id=question.id,
        kind=str(Visit.Kind(content["kind"]).label) if content["kind"] else "",
        day=date.fromisoformat(content["day"]) if content["day"] else None,
        text=content["text"],
        by=content["by"],
        asked_at=question.asked_at,
        answer=question.get_answer_display() if question.answer else "",
        wait_until=question.wait_until,
        may_answer=question.recipient_closed is None and wait_request.state in WaitRequest.BINDING,
    )


def binding(actor: Actor, choices: Mapping[str, str] | None = None) -> Page[WaitRequestRow]:
    """Return the wait requests that bind the municipality, for the mayor's decision: who asked, not what."""
    require_role(actor, WAIT_REQUEST_OVERRULE)
    chosen = Chosen.of((lists.UNTIL,), choices or {})
    every = WaitRequest.objects.filter(organisation_id=actor.own_organisation, state__in=WaitRequest.BINDING)
    found, more = lists.page_of_wait_requests(every, lists.UNTIL, chosen, partner=words.partner_names())
    chosen.note(actor, WAIT_REQUEST_OVERRULE, Visit.ACTIVITY, [(WAIT_REQUEST, row.id) for row in found])
    who = words.askers(found)
    listed = [
        WaitRequestRow(row.code, who[row.pk], row.until, row.state, row.get_state_display()) for row in found
    ]
    return Page(listed, chosen, more)


def binding_wait_request(code: str, actor: Actor) -> WaitRequestRow:
    """Return one of the wait requests that bind the municipality, for who decides for the mayor.

    Raises:
        Absent: there is none.
    """
    row = rows.find_wait_request(code, actor, WAIT_REQUEST_OVERRULE)
    if row.state not in WaitRequest.BINDING:
        raise Absent
    note(row, actor, WAIT_REQUEST_OVERRULE, "read")
    return WaitRequestRow(row.code, words.asker(row), row.until, row.state, row.get_state_display())
