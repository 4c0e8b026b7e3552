"""What an asker sees of its own holds, and a manager of those that bind the municipality."""

from datetime import date

from sluitend.journeys.visits import rows, terms, words
from sluitend.journeys.visits.journey import HOLD_ASK, HOLD_ASKED, HOLD_OVERRULE
from sluitend.journeys.visits.models import Hold, HoldQuestion, Visit
from sluitend.journeys.visits.places import Place
from sluitend.journeys.visits.queries.own import PAGE
from sluitend.journeys.visits.queries.shapes import AskedView, HoldRow, QuestionView
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.organisations.queries import organisation, organisations
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope, open_envelopes


def asked(actor: Actor) -> tuple[HoldRow, ...]:
    """Return what the actor's organisation asked, the newest first."""
    require_role(actor, HOLD_ASK)
    found = list(Hold.objects.filter(asker_id=actor.own_organisation).order_by("-asked_at", "id")[:PAGE])
    envelopes = open_envelopes([row.envelope_id for row in found], actor=actor, purpose=HOLD_ASKED, of=Hold)
    towns = {each.id: each.name for each in organisations(kinds=["municipality"])} if found else {}
    record(actor=actor, action=HOLD_ASKED, activity=rows.ACTIVITY)
    return tuple(
        HoldRow(
            code=row.code,
            who=towns.get(row.organisation_id, ""),
            until=row.until,
            state=row.state,
            state_words=row.get_state_display(),
            place=Place.from_json(envelopes[row.envelope_id].read(row, "content")).words,
        )
        for row in found
        if row.envelope_id in envelopes
    )


def may_ask(actor: Actor) -> bool:
    """Return whether the actor's organisation may ask to wait, by the handbook."""
    key = Organisation.objects.filter(pk=actor.own_organisation).values_list("partner_key", flat=True).first()
    return key in terms.askers()


def asked_hold(code: str, actor: Actor) -> AskedView:
    """Return one hold that the actor's organisation asked; logged.

    Raises:
        Absent: there is none.
    """
    row = rows.find_asked(code, actor)
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=HOLD_ASKED)
    content = envelope.read(row, "content")
    questions = HoldQuestion.objects.filter(hold=row, asker_id=actor.own_organisation).order_by(
        "-asked_at", "id"
    )
    town = organisation(row.organisation_id)
    rows.note(row, actor=actor, action=HOLD_ASKED, purpose="read")
    return AskedView(
        code=row.code,
        municipality=town.name if town else "",
        telephone=town.telephone if town else "",
        place=Place.from_json(content),
        ground=words.reason("hold_request", row.ground),
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


def _question(question: HoldQuestion, hold: Hold, envelope: OpenEnvelope) -> QuestionView:
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
        may_answer=question.recipient_closed is None and hold.state in Hold.BINDING,
    )


def binding(actor: Actor) -> tuple[HoldRow, ...]:
    """Return the holds that bind the municipality, for the mayor's decision: who asked, not about what."""
    require_role(actor, HOLD_OVERRULE)
    found = Hold.objects.filter(organisation_id=actor.own_organisation, state__in=Hold.BINDING)
    record(actor=actor, action=HOLD_OVERRULE, activity=rows.ACTIVITY, purpose="list")
    return tuple(
        HoldRow(row.code, words.asker(row), row.until, row.state, row.get_state_display())
        for row in found.order_by("until", "id")[:PAGE]
    )


def binding_hold(code: str, actor: Actor) -> HoldRow:
    """Return one of the holds that bind the municipality, for who decides for the mayor.

    Raises:
        Absent: there is none.
    """
    row = rows.find_hold(code, actor, HOLD_OVERRULE)
    if row.state not in Hold.BINDING:
        raise Absent
    rows.note(row, actor=actor, action=HOLD_OVERRULE, purpose="read")
    return HoldRow(row.code, words.asker(row), row.until, row.state, row.get_state_display())
