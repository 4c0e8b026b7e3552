"""Consulting the asker of a hold through its own desk: a question and the answer.

It is about one visit that the hold binds; or, after the day of the hold, about the hold itself.

The answer is written by the asker alone, once. The municipality makes a consultation of it, by itself, as it
makes the tokens of a hold: in the background, and first of all whenever somebody looks or releases.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.visits import jobs, leaving, rows, terms
from sluitend.journeys.visits.actions.passing import came_out, let_pass
from sluitend.journeys.visits.actions.waiting import fall_back, plan_release, wait_for
from sluitend.journeys.visits.journey import (
    ANSWER_HOLDER,
    CONSULT_ASKER,
    HOLD,
    HOLD_ASKED,
    HOLD_CONSULT,
    VISIT_RELEASE,
)
from sluitend.journeys.visits.models import Consultation, Hold, HoldQuestion, Visit
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.access.rounds import fenced, in_fences
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.escalation import tell
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.organisations.queries import colleagues
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope, open_envelopes
from sluitend.kernel.telltale import NOTHING_LOOKED, Looked, words_that_leave

TEXT_LENGTH = 600
AT_ONCE = 500


@dataclass(frozen=True)
class HolderAnswer:
    """What the asker of a hold says about one visit, or about the hold itself after its day."""

    answer: str
    wait_until: date | None = None
    text: str = ""
    looked: Looked = field(default=NOTHING_LOOKED, kw_only=True)
    """What was decided on each word that was marked: the municipality reads them."""


def ask_holder(
    *, actor: Actor, code: str, visit_code: str, text: str = "", looked: Looked = NOTHING_LOOKED
) -> None:
    """Ask whoever asked to wait about one visit. It tells them what and when, and releases nothing.

    Args:
        actor: a focal point.
        code: of the hold.
        visit_code: of a visit that the hold binds.
        text: what she adds, in her own words.
        looked: what she decided on each word of it that was marked.

    Raises:
        Absent: no such hold or visit.
        DomainError: too long, a word was not looked at, or nobody can sign in there.
        Conflict: this hold does not bind this visit any more, or it was asked already.
    """
    rows.lock(actor.own_organisation)
    hold = rows.find_hold(code, actor, HOLD_CONSULT)
    visit = rows.find_visit(visit_code, actor, VISIT_RELEASE)
    if visit.closed or hold not in rows.binding_holds(visit) or rows.open_question(hold, visit):
        raise Conflict
    _check_question(hold, text)
    question = _asked(hold, visit, text, actor, looked)
    if visit.state == Visit.State.PLANNED:
        wait_for(visit, timezone.localtime(question.due).date(), actor)
    rows.note(hold, actor=actor, action=HOLD_CONSULT, purpose="asked")
    followup.settle()
    after_commit(jobs.tell_asker, _asker(question))


def ask_after(*, actor: Actor, code: str, text: str = "", looked: Looked = NOTHING_LOOKED) -> None:
    """Ask whoever asked to wait about the hold itself, of which the day has passed. It ends nothing yet.

    Args:
        actor: a focal point.
        code: of the hold.
        text: what she adds, in her own words.
        looked: what she decided on each word of it that was marked.

    Raises:
        Absent: none binds this municipality.
        DomainError: its day has not passed, nobody of the asker can sign in, the text is too long, or a word
            of it was not looked at.
        Conflict: it has ended already, or was asked already.
    """
    rows.lock(actor.own_organisation)
    hold = rows.find_hold(code, actor, HOLD_CONSULT)
    if hold.state not in Hold.BINDING or rows.open_question(hold, None):
        raise Conflict
    if not rows.passed(hold):
        raise DomainError(_("De datum is nog niet voorbij. Alleen de vrager heft het eerder op."))
    _check_question(hold, text)
    if hold.state == Hold.State.RUNS:
        let_pass(hold, actor)
    question = _asked(hold, None, text, actor, looked)
    followup.plan(
        row=hold,
        subject_kind=HOLD,
        what=CONSULT_ASKER,
        due=question.due,
        actor=actor,
        waits_on_other=True,
    )
    rows.save_turn(hold, "state", "current_step")
    rows.note(hold, actor=actor, action=HOLD_CONSULT, purpose="asked.after")
    followup.settle()
    after_commit(jobs.tell_asker, _asker(question))


def _check_question(hold: Hold, text: str) -> None:
    if hold.asker_id is None or not colleagues(hold.asker_id, roles=[Role.PARTNER]):
        raise DomainError(_("Daar kan niemand inloggen. Bel, en leg het overleg vast."))
    if len(text) > TEXT_LENGTH:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 600 tekens."), "text")


def _asked(hold: Hold, visit: Visit | None, text: str, actor: Actor, looked: Looked) -> HoldQuestion:
    due = terms.due(ANSWER_HOLDER)
    about = {"kind": "", "day": hold.until.isoformat()}
    if visit:
        due = min(due, end_of(max(visit.day, timezone.localdate())))
        about = {"kind": visit.kind, "day": visit.day.isoformat()}
    row = HoldQuestion(
        id=uuid4(),
        organisation_id=hold.organisation_id,
        asker_id=hold.asker_id,
        hold=hold,
        visit=visit,
        code=hold.code,
        asked_at=timezone.now(),
        due=due,
    )
    envelope = open_envelope(hold.envelope_id, actor=actor, purpose=HOLD_CONSULT)
    background = leaving.of_question(envelope.read(hold, "content"), hold, visit, actor)
    left = words_that_leave(text, looked, background)
    envelope.seal(row, "content", {**about, "text": left, "by": actor.name})
    row.recipient_step = followup.add_for_other(
        row=row,
        subject_kind=HOLD,
        what=ANSWER_HOLDER,
        due=due,
        actor=actor,
        organisation_id=_asker(row),
        owner_role=Role.PARTNER,
    )
    row.save(force_insert=True)
    return row


def answer_holder(*, actor: Actor, code: str, question_id: UUID, said: HolderAnswer) -> None:
    """Answer a question about one's own hold. What was said stays said; a new question gets a new answer.

    Args:
        actor: somebody of the asker.
        code: of the hold.
        question_id: which question.
        said: it may go ahead, wait until a day, or the asker takes it over.

    Raises:
        Absent: the actor's organisation was asked nothing of this kind.
        DomainError: no answer, a day that cannot be, or a word was not looked at.
        Conflict: it was answered, or is no longer asked.
    """
    hold = rows.find_asked(code, actor)
    row = HoldQuestion.objects.filter(pk=question_id, hold=hold, asker_id=actor.own_organisation).first()
    if row is None:
        raise Absent
    if row.recipient_closed or hold.state not in Hold.BINDING:
        raise Conflict
    _check(said)
    envelope = open_envelope(hold.envelope_id, actor=actor, purpose=HOLD_ASKED)
    asked = envelope.read(row, "content")
    background = leaving.told_in(envelope.read(hold, "content"), asked["text"], asked["by"])
    left = words_that_leave(said.text, said.looked, background)
    envelope.seal(row, "reply", {"text": left, "by": actor.name})
    followup.finish(row=row, actor=actor, step_field="recipient_step", closed_field="recipient_closed")
    changed = HoldQuestion.objects.filter(pk=row.pk, answer="", recipient_closed__isnull=True).update(
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
    rows.note(hold, actor=actor, action=HOLD_ASKED, purpose=f"answer.{said.answer}")
    followup.settle()
    after_commit(jobs.catch_up, hold.organisation_id)


def _check(said: HolderAnswer) -> None:
    if said.answer not in HoldQuestion.ANSWERS:
        raise DomainError(_("Kies een antwoord."), "answer")
    if said.answer == Consultation.Outcome.WAIT:
        if said.wait_until is None:
            raise DomainError(_("Tot welke dag?"), "wait_until")
        if not timezone.localdate() < said.wait_until <= terms.latest_until():
            raise DomainError(_("Kies een dag na vandaag, niet te ver weg."), "wait_until")
    if len(said.text) > TEXT_LENGTH:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 600 tekens."), "text")


def work_in(actor: Actor) -> int:
    """Make a consultation of each answer that came. Call `rows.lock` first.

    Args:
        actor: the system, acting for the municipality that asked.

    Returns:
        How many there were.
    """
    new = list(rows.new_answers(actor.own_organisation).select_related("hold", "visit")[:AT_ONCE])
    held: set[UUID] = set()

    def work(some: Sequence[HoldQuestion]) -> None:
        ids = [row.hold.envelope_id for row in some]
        envelopes = open_envelopes(ids, actor=actor, purpose="hold.answer")
        held.update(envelopes)
        for row in some:
            if row.hold.envelope_id in envelopes:
                _work_in(row, envelopes[row.hold.envelope_id], actor)

    left = in_fences(new, work)
    done = sum(row.hold.envelope_id in held for row in new if row not in left)
    if done:
        people = colleagues(actor.own_organisation, roles=[Role.FOCAL_POINT, Role.DEPUTY])
        after_commit(tell, *sorted({each.account_id for each in people}))
    return done


def _work_in(question: HoldQuestion, envelope: OpenEnvelope, actor: Actor) -> None:
    HoldQuestion.objects.filter(pk=question.pk).update(worked_in=timezone.now())
    hold, visit, by = question.hold, question.visit, question.answered_by_id
    if question.answered_at is None or by is None:
        raise Conflict
    hold.refresh_from_db()  # another answer of this moment may have ended it
    if hold.state not in Hold.BINDING or (visit and visit.closed):
        return
    row = Consultation(
        organisation_id=hold.organisation_id,
        hold=hold,
        visit=visit,
        question=question,
        turn=rows.next_consultation(hold),
        asked_on=timezone.localtime(question.answered_at).date(),
        at=timezone.now(),
        by_id=by,
        outcome=question.answer,
        wait_until=question.wait_until,
    )
    envelope.seal(row, "whom", envelope.read(question, "reply")["by"])
    row.save(force_insert=True)
    if visit is None:
        came_out(row, hold, actor)
    elif visit.state == Visit.State.RELEASED and not rows.allows(row, hold):
        fall_back(visit, actor)
    elif visit.state == Visit.State.PLANNED and question.wait_until:
        wait_for(visit, question.wait_until, actor)
    elif visit.state == Visit.State.PLANNED:
        plan_release(visit, actor)
        rows.save_turn(visit, "current_step")
    rows.note(hold, actor=actor, action="hold.answer", purpose=question.answer)


def let_go(actor: Actor) -> int:
    """End the questions that nobody needs an answer to any more: the hold or the visit ended.

    Args:
        actor: the system, acting for the municipality that asked.

    Returns:
        How many there were.
    """
    idle = HoldQuestion.objects.filter(
        organisation_id=actor.own_organisation, recipient_closed__isnull=True
    ).exclude(hold__state__in=Hold.BINDING, visit__closed__isnull=True)
    found = list(idle[:AT_ONCE])
    for row in found:
        with fenced():
            HoldQuestion.objects.filter(pk=row.pk).update(
                recipient_step=None, recipient_closed=timezone.now()
            )
            # The asker's own steps are out of reach here; a job that acts for it finishes them.
            after_commit(jobs.finish_question_steps, row.id, _asker(row))
    return len(found)


def _asker(row: HoldQuestion) -> UUID:
    if row.asker_id is None:
        raise Conflict
    return row.asker_id
