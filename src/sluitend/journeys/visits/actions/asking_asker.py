"""Consulting the asker of a wait request through its own desk: a question and the answer.

It is about one visit that the wait request binds; or, after the day of the wait request, about the wait
request itself.

The answer is written by the asker alone, once. The municipality makes a consultation of it, by itself, as it
makes the tokens of a wait request: in the background, and first of all whenever somebody looks or releases.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.visits import jobs, leaving, terms
from sluitend.journeys.visits.actions import writing
from sluitend.journeys.visits.actions.hearing import let_plans_follow
from sluitend.journeys.visits.actions.passing import came_out, let_pass
from sluitend.journeys.visits.actions.waiting import fall_back, plan_release, wait_for
from sluitend.journeys.visits.journey import (
    ANSWER_AS_ASKER,
    CONSULT_ASKER,
    VISIT_RELEASE,
    WAIT_REQUEST,
    WAIT_REQUEST_ASKED,
    WAIT_REQUEST_CONSULT,
)
from sluitend.journeys.visits.models import Consultation, Visit, WaitRequest, WaitRequestQuestion
from sluitend.journeys.visits.queries import bound, rows
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.access.rounds import fenced, in_fences
from sluitend.kernel.flow.verbs import OnTurns, changing, doing, note
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.escalation import tell
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.organisations.queries import colleagues
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelopes
from sluitend.kernel.telltale import NOTHING_LOOKED, Looked, words_that_leave

TEXT_LENGTH = 600
AT_ONCE = 500


@dataclass(frozen=True)
class AskerAnswer:
    """What an asker says about one visit, or about its own wait request after its day."""

    answer: str
    wait_until: date | None = None
    text: str = ""
    looked: Looked = field(default=NOTHING_LOOKED, kw_only=True)
    """What was decided on each word that was marked: the municipality reads them."""


def ask_asker(
    *, actor: Actor, code: str, visit_code: str, text: str = "", looked: Looked = NOTHING_LOOKED
) -> None:
    """Ask whoever asked to wait about one visit. It tells them what and when, and releases nothing.

    Args:
        actor: a focal point.
        code: of the wait request.
        visit_code: of a visit that the wait request binds.
        text: what she adds, in her own words.
        looked: what she decided on each word of it that was marked.

    Raises:
        Absent: no such wait request or visit.
        DomainError: too long, a word was not looked at, or nobody can sign in there.
        Conflict: this wait request does not bind this visit any more, or it was asked already.
    """
    writing.lock(actor.own_organisation)
    wait_request = rows.find_wait_request(code, actor, WAIT_REQUEST_CONSULT)
    visit = rows.find_visit(visit_code, actor, VISIT_RELEASE)
    if (
        visit.closed
        or wait_request not in bound.binding_wait_requests(visit)
        or bound.open_question(wait_request, visit)
    ):
        raise Conflict
    _check_question(wait_request, text)
    with doing(writing.Beside(wait_request, actor, WAIT_REQUEST_CONSULT, "asked")) as it:
        question = _asked(it, visit, text, looked)
        if visit.state == Visit.State.PLANNED:
            with changing(visit):
                wait_for(visit, timezone.localtime(question.due).date(), actor)


def ask_after(*, actor: Actor, code: str, text: str = "", looked: Looked = NOTHING_LOOKED) -> None:
    """Ask whoever asked to wait about the request itself, of which the day has passed. It ends nothing yet.

    Args:
        actor: a focal point.
        code: of the wait request.
        text: what she adds, in her own words.
        looked: what she decided on each word of it that was marked.

    Raises:
        Absent: none binds this municipality.
        DomainError: its day has not passed, nobody of the asker can sign in, the text is too long, or a word
            of it was not looked at.
        Conflict: it has ended already, or was asked already.
    """
    writing.lock(actor.own_organisation)
    wait_request = rows.find_wait_request(code, actor, WAIT_REQUEST_CONSULT)
    if wait_request.state not in WaitRequest.BINDING or bound.open_question(wait_request, None):
        raise Conflict
    if not bound.passed(wait_request):
        raise DomainError(_("De datum is nog niet voorbij. Alleen de vrager heft het eerder op."))
    _check_question(wait_request, text)
    with doing(OnTurns(wait_request, actor, WAIT_REQUEST_CONSULT, "asked.after")) as it:
        if wait_request.state == WaitRequest.State.RUNS:
            let_pass(wait_request, actor)
        question = _asked(it, None, text, looked)
        it.next_step(CONSULT_ASKER, due=question.due, waits=True)


def _check_question(wait_request: WaitRequest, text: str) -> None:
    if wait_request.asker_id is None or not colleagues(wait_request.asker_id, roles=[Role.PARTNER]):
        raise DomainError(_("Daar kan niemand inloggen. Bel, en leg het overleg vast."))
    if len(text) > TEXT_LENGTH:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 600 tekens."), "text")


def _asked(it: OnTurns[WaitRequest], visit: Visit | None, text: str, looked: Looked) -> WaitRequestQuestion:
    """Write the question with the step of the asker, and let the people there hear that something waits."""
    wait_request, actor, due = it.row, it.actor, terms.due(ANSWER_AS_ASKER)
    about = {"kind": "", "day": wait_request.until.isoformat()}
    if visit:
        due = min(due, end_of(max(visit.day, timezone.localdate())))
        about = {"kind": visit.kind, "day": visit.day.isoformat()}
    row = WaitRequestQuestion(
        id=uuid4(),
        organisation_id=wait_request.organisation_id,
        asker_id=wait_request.asker_id,
        wait_request=wait_request,
        visit=visit,
        code=wait_request.code,
        asked_at=timezone.now(),
        due=due,
    )
    content = it.envelope.read(wait_request, "content")
    left = words_that_leave(text, looked, leaving.of_question(content, wait_request, visit, actor))
    it.envelope.seal(row, "content", {**about, "text": left, "by": actor.name})
    row.recipient_step = followup.add_for_other(
        row=row,
        subject_kind=WAIT_REQUEST,
        what=ANSWER_AS_ASKER,
        due=due,
        actor=actor,
        organisation_id=_asker(row),
        owner_role=Role.PARTNER,
    )
    row.save(force_insert=True)
    after_commit(jobs.tell_asker, _asker(row))
    return row


def answer_as_asker(*, actor: Actor, code: str, question_id: UUID, said: AskerAnswer) -> None:
    """Answer a question about one's own wait request. What was said stays said; to a new one, anew.

    Args:
        actor: somebody of the asker.
        code: of the wait request.
        question_id: which question.
        said: it may go ahead, wait until a day, or the asker takes it over.

    Raises:
        Absent: the actor's organisation was asked nothing of this kind.
        DomainError: no answer, a day that cannot be, or a word was not looked at.
        Conflict: it was answered, or is no longer asked.
    """
    wait_request = rows.find_asked(code, actor)
    row = WaitRequestQuestion.objects.filter(
        pk=question_id, wait_request=wait_request, asker_id=actor.own_organisation
    ).first()
    if row is None:
        raise Absent
    if row.recipient_closed or wait_request.state not in WaitRequest.BINDING:
        raise Conflict
    _check(said)
    with doing(writing.Beside(wait_request, actor, WAIT_REQUEST_ASKED, f"answer.{said.answer}")) as it:
        asked = it.envelope.read(row, "content")
        background = leaving.told_in(it.envelope.read(wait_request, "content"), asked["text"], asked["by"])
        left = words_that_leave(said.text, said.looked, background)
        it.envelope.seal(row, "reply", {"text": left, "by": actor.name})
        _answered(row, said, actor)
    after_commit(jobs.catch_up, wait_request.organisation_id)


def _answered(row: WaitRequestQuestion, said: AskerAnswer, actor: Actor) -> None:
    followup.finish(row=row, actor=actor, step_field="recipient_step", closed_field="recipient_closed")
    changed = WaitRequestQuestion.objects.filter(pk=row.pk, answer="", recipient_closed__isnull=True).update(
        answer=said.answer,
        wait_until=said.wait_until if said.answer == Consultation.Outcome.WAIT else None,
        answered_at=timezone.now(),
        answered_by=actor.own_account,
        reply=row.reply,
        recipient_step=None,
        recipient_closed=row.recipient_closed,
    )
    if not changed:
        raise Conflict


def _check(said: AskerAnswer) -> None:
    if said.answer not in WaitRequestQuestion.ANSWERS:
        raise DomainError(_("Kies een antwoord."), "answer")
    if said.answer == Consultation.Outcome.WAIT:
        if said.wait_until is None:
            raise DomainError(_("Tot welke dag?"), "wait_until")
        if not timezone.localdate() < said.wait_until <= terms.latest_until():
            raise DomainError(_("Kies een dag na vandaag, niet te ver weg."), "wait_until")
    if len(said.text) > TEXT_LENGTH:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 600 tekens."), "text")


def work_in(actor: Actor) -> int:
    """Make a consultation of each answer that came. Call `writing.lock` first.

    Args:
        actor: the system, acting for the municipality that asked.

    Returns:
        How many there were.
    """
    new = list(bound.new_answers(actor.own_organisation).select_related("wait_request", "visit")[:AT_ONCE])
    held: set[UUID] = set()

    def work(some: Sequence[WaitRequestQuestion]) -> None:
        ids = [row.wait_request.envelope_id for row in some]
        envelopes = open_envelopes(ids, actor=actor, purpose="wait_request.answer")
        held.update(envelopes)
        for row in some:
            if row.wait_request.envelope_id in envelopes:
                _work_in(row, envelopes[row.wait_request.envelope_id], actor)

    left = in_fences(new, work)
    done = sum(row.wait_request.envelope_id in held for row in new if row not in left)
    if done:
        people = colleagues(actor.own_organisation, roles=[Role.FOCAL_POINT, Role.DEPUTY])
        after_commit(tell, *sorted({each.account_id for each in people}))
    return done


def _work_in(question: WaitRequestQuestion, envelope: OpenEnvelope, actor: Actor) -> None:
    WaitRequestQuestion.objects.filter(pk=question.pk).update(worked_in=timezone.now())
    wait_request, visit, by = question.wait_request, question.visit, question.answered_by_id
    if question.answered_at is None or by is None:
        raise Conflict
    wait_request.refresh_from_db()  # another answer of this moment may have ended it
    if wait_request.state not in WaitRequest.BINDING or (visit and visit.closed):
        return
    row = Consultation(
        organisation_id=wait_request.organisation_id,
        wait_request=wait_request,
        visit=visit,
        question=question,
        turn=bound.next_consultation(wait_request),
        asked_on=timezone.localtime(question.answered_at).date(),
        at=timezone.now(),
        by_id=by,
        outcome=question.answer,
        wait_until=question.wait_until,
    )
    envelope.seal(row, "whom", envelope.read_genuine(question, "reply")["by"])
    row.save(force_insert=True)
    if visit is None:
        with changing(wait_request):
            came_out(row, wait_request, actor)
        if wait_request.state not in WaitRequest.BINDING:
            let_plans_follow(wait_request)
    else:
        _heard(row, visit, actor)
    note(wait_request, actor, "wait_request.answer", question.answer)


def _heard(said: Consultation, visit: Visit, actor: Actor) -> None:
    """Let what came out about a visit count."""
    if visit.state == Visit.State.RELEASED and not bound.allows(said, said.wait_request):
        with changing(visit):
            fall_back(visit, actor)
    elif visit.state == Visit.State.PLANNED:
        with changing(visit):
            if said.wait_until:
                wait_for(visit, said.wait_until, actor)
            else:
                plan_release(visit, actor)


def let_go(actor: Actor) -> int:
    """End the questions that nobody needs an answer to any more: the wait request or the visit ended.

    Args:
        actor: the system, acting for the municipality that asked.

    Returns:
        How many there were.
    """
    idle = WaitRequestQuestion.objects.filter(
        organisation_id=actor.own_organisation, recipient_closed__isnull=True
    ).exclude(wait_request__state__in=WaitRequest.BINDING, visit__closed__isnull=True)
    found = list(idle[:AT_ONCE])
    for row in found:
        with fenced():
            WaitRequestQuestion.objects.filter(pk=row.pk).update(
                recipient_step=None, recipient_closed=timezone.now()
            )
            # The asker's own steps are out of reach here; a job that acts for it finishes them.
            after_commit(jobs.finish_question_steps, row.id, _asker(row))
    return len(found)


def _asker(row: WaitRequestQuestion) -> UUID:
    if row.asker_id is None:
        raise Conflict
    return row.asker_id
