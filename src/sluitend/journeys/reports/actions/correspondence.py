"""The focal point and the reporter: ask, read what came back, tell what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from sluitend.journeys.reports.actions.doorstep import require_here, waits_elsewhere
from sluitend.journeys.reports.actions.handling import envelope_of, load, next_step, note
from sluitend.journeys.reports.actions.messages import add_message
from sluitend.journeys.reports.journey import (
    ANSWER_ADVICE,
    AWAIT_REPORTER,
    READ_ANSWER,
    READ_REPORT,
    REPORT_ANSWER,
    TELL_REPORTER,
)
from sluitend.journeys.reports.models import Kind, MailboxMessage, Report, State
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.followup.actions import finish, finish_open
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.manifest import StepKind

PURPOSE = "report.answer"
AT_ONCE = 500


@dataclass(frozen=True)
class Ticked:
    """What a reporter ticked beside a message: danger now, a child, or both."""

    id: UUID
    report_id: UUID
    acute: bool
    minor: bool


def ask(report_id: UUID, *, actor: Actor, questions: Sequence[str] = (), text: str = "") -> Report:
    """Ask the reporter something; the answer comes through the receipt.

    A report of danger that nobody decided on waits for no answer: it stays with who must decide, by its date.

    Args:
        report_id: which.
        actor: the focal point or deputy.
        questions: ids of prepared questions of the pack.
        text: a question in own words.

    Raises:
        DomainError: nothing is asked, or an unknown prepared question.
    """
    loaded = load(report_id, actor, REPORT_ANSWER)
    row = loaded.row
    require_here(row, actor)
    add_message(
        row, envelope_of(row, actor, PURPOSE), _question(questions, text), MailboxMessage.Kind.QUESTION
    )
    row.closed = None
    if not (row.acute and row.state == State.NEW):
        next_step(row, AWAIT_REPORTER, actor, waits=True)
    elif row.current_step is None or row.current_step.what == READ_ANSWER:
        next_step(row, _to_decide(row), actor)
    loaded.write()
    note(actor, "report.ask", row)
    return row


def tell(report_id: UUID, *, actor: Actor, code: str = "", text: str = "", closes: bool = False) -> Report:
    """Tell the reporter what became of it, in the agreed sentence of a code or in own words.

    Args:
        report_id: which.
        actor: who tells; the system when a case closes.
        code: id of a feedback code or of an outcome of the pack.
        text: own words, in place of the sentence.
        closes: nothing more will come; the report is closed when it was in a case or with another team, and
            when what its reporter wrote last was read.

    Raises:
        DomainError: no such code and no text.
    """
    loaded = load(report_id, actor, REPORT_ANSWER)
    row = loaded.row
    require_here(row, actor)
    add_message(
        row, envelope_of(row, actor, PURPOSE), text.strip() or _sentence(code), MailboxMessage.Kind.FEEDBACK
    )
    if closes and row.closed is None:
        row.state = State.CLOSED
        if row.current_step is None or row.current_step.what != READ_ANSWER:
            finish(row=row, actor=actor)
        loaded.write()
    if closes:
        # What its reporter wrote and nobody read is read still. It may have been closed while its case went
        # on, and a colleague was still to look along: at nothing any more.
        finish_open(subject_id=row.id, actor=actor, what=SECOND_EYES)
    note(actor, "report.tell", row)
    return row


def read_answer(report_id: UUID, *, actor: Actor, seen: int | None = None) -> Report:
    """Record that the message of the reporter was read; what stood before it is the next step again.

    Args:
        report_id: which.
        actor: who read it.
        seen: number of the last message of the reporter that the person saw.

    Raises:
        Conflict: the reporter wrote more after it was seen.
    """
    loaded = load(report_id, actor, REPORT_ANSWER)
    row = loaded.row
    if row.current_step is None or row.current_step.what != READ_ANSWER:
        return row
    came = MailboxMessage.objects.filter(report_id=row.id, direction=MailboxMessage.Direction.IN)
    if seen is not None and came.filter(number__gt=seen).exists():
        raise Conflict
    _back_to(row, actor)
    loaded.write()
    note(actor, "report.read_answer", row)
    return row


def stop_asking(report_id: UUID, *, actor: Actor) -> Report:
    """Wait no longer for an answer of the reporter; what stood before the question is the next step again."""
    loaded = load(report_id, actor, REPORT_ANSWER)
    row = loaded.row
    if row.current_step is None or row.current_step.what != AWAIT_REPORTER:
        return row
    _back_to(row, actor)
    loaded.write()
    note(actor, "report.stop_asking", row)
    return row


def _back_to(row: Report, actor: Actor) -> None:
    """Plan what stood before words went to and fro; nothing where the report was decided on."""
    if waits_elsewhere(row, actor):
        next_step(row, row.door.wait, actor, waits=True)
    elif row.state == State.NEW:
        next_step(row, _to_decide(row), actor)
    elif row.state == State.TAKEN_IN:
        next_step(row, TELL_REPORTER, actor, waits=True)
    else:
        # To have read it is not to have looked along.
        finish(row=row, actor=actor, still_looked_at=True)


def _to_decide(row: Report) -> StepKind:
    return ANSWER_ADVICE if row.kind == Kind.ADVICE else READ_REPORT


def unheard(actor: Actor, *, report_id: UUID | None = None) -> list[Ticked]:
    """Return the messages with danger or a child ticked that no case heard yet, the first one first.

    Args:
        report_id: of this report alone.
    """
    ticked = Q(acute=True) | Q(minor=True)
    found = MailboxMessage.objects.filter(
        ticked, organisation_id=actor.own_organisation, swept=True, heard=False
    )
    if report_id:
        found = found.filter(report_id=report_id)
    rows = found.order_by("report_id", "number").values_list("id", "report_id", "acute", "minor")
    return [Ticked(*row) for row in rows[:AT_ONCE]]


def note_heard(message_id: UUID, *, actor: Actor) -> None:
    """Note that a message was heard. Called by the journey of cases."""
    MailboxMessage.objects.filter(pk=message_id, organisation_id=actor.own_organisation).update(heard=True)


def _question(questions: Sequence[str], text: str) -> str:
    prepared = current_release().pack.questions
    if any(each not in prepared for each in questions):
        raise DomainError(_("Kies een vraag uit de lijst."), "questions")
    lines = [*(prepared[each].text.nl for each in questions), *filter(None, [text.strip()])]
    if not lines:
        raise DomainError(_("Kies een vraag of schrijf er een."), "text")
    return "\n".join(lines)


def _sentence(code: str) -> str:
    pack = current_release().pack
    entry = pack.feedback_codes.get(code) or pack.outcomes.get(code)
    if entry is None:
        raise DomainError(_("Kies wat de melder leest."), "code")
    return entry.to_reporter.nl
