"""What a focal point decides about a report: take in, pass on, close, move to another door, correct."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.reports.actions.doorstep import require_here
from sluitend.journeys.reports.actions.messages import add_message
from sluitend.journeys.reports.content import ACTIVITY, DecisionContent
from sluitend.journeys.reports.doors import MUNICIPALITY
from sluitend.journeys.reports.journey import (
    ANSWER_ADVICE,
    READ_ANSWER,
    READ_ASKER,
    READ_REPORT,
    REPORT,
    REPORT_ANSWER,
    REPORT_INTAKE,
    REPORT_SECOND_EYES,
    TELL_REPORTER,
)
from sluitend.journeys.reports.models import (
    AT_MUNICIPALITY,
    TRANSITIONS,
    Kind,
    MailboxMessage,
    Minor,
    Report,
    State,
    may_be_minor,
)
from sluitend.journeys.reports.terms import due
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Resource, require
from sluitend.kernel.access.errors import Conflict, DomainError, Refused, barred
from sluitend.kernel.flow.verbs import columns, differing
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup import assigning
from sluitend.kernel.followup.actions import finish, plan, settle
from sluitend.kernel.followup.deadlines import retention_day
from sluitend.kernel.followup.journey import SECOND_EYES, STEP_ASSIGN
from sluitend.kernel.handbook.handling import OTHER_REASON
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.manifest import Permission, StepKind, step_named
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope

PURPOSE = "report.intake"


@dataclass(frozen=True)
class Loaded:
    """A report as it was read: what is written later compares with this.

    Its words keep the proof of the public process, so another state is no other revision.
    """

    row: Report
    read: Mapping[str, Any]

    def write(self) -> None:
        """Write what differs from what was read, unless somebody else was first.

        Raises:
            Conflict: state, step or words are no longer those that were read.
        """
        stands = {name: self.read[name] for name in ("state", "current_step_id", "revision")}
        unchanged = Report.objects.filter(pk=self.row.pk, **stands)
        if not unchanged.update(**(differing(self.row, self.read) or stands)):
            raise Conflict


def load(report_id: UUID, actor: Actor, action: Permission) -> Loaded:
    """Return a report of the actor's organisation, if the actor may do this to it.

    Raises:
        Refused: absent, of another organisation, or not allowed: they look alike.
    """
    row = Report.objects.filter(pk=report_id, organisation_id=actor.own_organisation).first()
    if row is None:
        raise Refused
    require(actor, action, Resource("report", row.organisation_id, id=row.id))
    return Loaded(row, columns(row))


def envelope_of(row: Report, actor: Actor, purpose: str = PURPOSE) -> OpenEnvelope:
    """Open the envelope of a report that still has its words."""
    if row.envelope_id is None:
        raise Refused
    return open_envelope(row.envelope_id, actor=actor, purpose=purpose)


def note(actor: Actor, action: str, row: Report) -> None:
    """Write the ledger line of an action on a report and let the database check the promise."""
    settle()
    record(actor=actor, action=action, subject=(row.door.kind, row.id), activity=ACTIVITY)


def next_step(row: Report, what: StepKind, actor: Actor, *, waits: bool = False) -> None:
    """Plan the next step of a report, in the term of the handbook."""
    minor = may_be_minor(row.minor)
    hurries = what in (READ_REPORT, ANSWER_ADVICE, READ_ANSWER, READ_ASKER)
    plan(
        row=row,
        subject_kind=row.door.kind,
        what=what,
        due=partial(due, current_release().pack, what, acute=row.acute and hurries, minor=minor and hurries),
        actor=actor,
        # Of a municipality whoever has the matter; a care organisation has one role.
        owner_role=None if row.door is MUNICIPALITY else row.door.role,
        urgent=row.acute and hurries,
        minor=minor,
        waits_on_other=waits,
    )


def ask_second_eyes(row: Report, actor: Actor) -> None:
    """Ask the deputy to look too at an acute report or one about a child. It never holds the report up."""
    if row.asks_second_eyes:
        followup.ask_second_eyes(
            row=row,
            subject_kind=REPORT,
            due=due(current_release().pack, SECOND_EYES, acute=row.acute, minor=True),
            actor=actor,
            urgent=row.acute,
            minor=may_be_minor(row.minor),
            work_of=row.decided_by_id,
        )


def assign_report(
    *,
    actor: Actor,
    code: str,
    account_id: UUID | None = None,
    team_id: UUID | None = None,
    seen: str | None = None,
) -> None:
    """Give a report to a person or a team; to neither: to all with the role.

    Raises:
        Refused: no such report here.
        DomainError: closed, or whoever it is given to may not have it.
        Conflict: somebody else than on the page of whoever gives it (`seen`) has it by now.
    """
    row = Report.objects.filter(code=code, organisation_id=actor.own_organisation).first()
    if row is None:
        raise Refused
    require(actor, STEP_ASSIGN, Resource("report", row.organisation_id, id=row.id))
    if row.closed:
        raise DomainError(_("Deze melding is klaar."))
    assigning.check_may_have(actor, account_id=account_id, team_id=team_id)
    assigning.assign(
        matter_id=row.id,
        subject_ids=[row.id],
        actor=actor,
        account_id=account_id,
        team_id=team_id,
        seen=seen,
    )
    note(actor, STEP_ASSIGN, row)


def take_in(report_id: UUID, *, actor: Actor) -> Report:
    """Make a report part of a case, which its own journey makes. The reporter still has to hear."""
    loaded = load(report_id, actor, REPORT_INTAKE)
    row = _decided(loaded, State.TAKEN_IN, actor)
    next_step(row, TELL_REPORTER, actor, waits=True)
    loaded.write()
    note(actor, "report.take_in", row)
    return row


def pass_on(
    report_id: UUID, *, department: str, actor: Actor, reason: str = "", sentence: str = ""
) -> Report:
    """Hand a report to another team of the municipality, without a case, and tell the reporter so.

    Args:
        report_id: which.
        department: id in the pack.
        actor: the focal point or deputy.
        reason: id of a prepared reason; `sentence` goes with "another reason".
        sentence: free text, sealed.

    Raises:
        DomainError: no such department, or another reason without its sentence.
    """
    loaded = load(report_id, actor, REPORT_INTAKE)
    if department not in current_release().pack.departments:
        raise DomainError(_("Kies een team."), "department")
    _check_reason(reason, sentence)
    row = _decided(loaded, State.PASSED_ON, actor)
    row.outcome = department
    with in_dutch():
        told = _("Een ander team van de gemeente kijkt naar uw melding.")
    _end(loaded, actor, told, DecisionContent(reason, sentence, department))
    note(actor, "report.pass_on", row)
    return row


def close(report_id: UUID, *, outcome: str, actor: Actor, reason: str = "", sentence: str = "") -> Report:
    """Close a report with an outcome of the pack; the reporter reads the sentence that belongs to it.

    Raises:
        DomainError: no such outcome, or another reason without its sentence.
    """
    loaded = load(report_id, actor, REPORT_INTAKE)
    pack = current_release().pack
    found = pack.outcomes.get(outcome)
    if found is None:
        raise DomainError(_("Kies hoe dit afloopt."), "outcome")
    _check_reason(reason, sentence)
    in_a_case = loaded.row.state == State.TAKEN_IN
    row = _decided(loaded, State.CLOSED, actor)
    row.outcome, row.retention_until = (
        outcome,
        retention_day(pack.retention[found.retention], timezone.localdate()),
    )
    _end(loaded, actor, found.to_reporter.nl, DecisionContent(reason, sentence), still_looked_at=in_a_case)
    note(actor, "report.close", row)
    return row


def answer_advice(report_id: UUID, *, text: str, actor: Actor) -> Report:
    """Answer a question for advice; with that it is done and counted."""
    loaded = load(report_id, actor, REPORT_ANSWER)
    if loaded.row.kind != Kind.ADVICE:
        raise DomainError(_("Dit is geen adviesvraag."))
    if not text.strip():
        raise DomainError(_("Schrijf een antwoord."), "text")
    row = _decided(loaded, State.CLOSED, actor)
    _end(loaded, actor, text, DecisionContent())
    note(actor, "report.answer_advice", row)
    return row


def move_kind(report_id: UUID, *, kind: str, actor: Actor) -> Report:
    """Mend a wrong choice of the reporter: report, help for somebody, or advice. The reporter need not.

    Raises:
        DomainError: no such kind, or something was decided already.
    """
    loaded = load(report_id, actor, REPORT_INTAKE)
    row = loaded.row
    if kind not in AT_MUNICIPALITY or row.state != State.NEW:
        raise DomainError(_("Dit kan alleen bij een nieuwe melding."), "kind")
    require_here(row, actor)
    row.kind = kind
    next_step(row, ANSWER_ADVICE if kind == Kind.ADVICE else READ_REPORT, actor)
    loaded.write()
    note(actor, "report.move_kind", row)
    return row


def correct(report_id: UUID, *, acute: bool, minor: str, actor: Actor) -> Report:
    """Correct what decides how urgent a report is. The words of the reporter are never edited."""
    loaded = load(report_id, actor, REPORT_INTAKE)
    row = loaded.row
    if minor not in Minor.values:
        raise DomainError(_("Kies een antwoord."), "minor")
    before = (row.acute, may_be_minor(row.minor))
    row.acute, row.minor = acute, minor
    if row.closed is None:
        if (acute, may_be_minor(minor)) > before or not any(before):
            ask_second_eyes(row, actor)
        what = step_named(row.current_step.what) if row.current_step else READ_REPORT
        next_step(row, what, actor, waits=bool(row.current_step and row.current_step.waits_on_other))
    loaded.write()
    note(actor, "report.correct", row)
    return row


def second_eyes(report_id: UUID, *, actor: Actor) -> Report:
    """Record that a second person looked at a report.

    Raises:
        DomainError: it is their own work.
    """
    loaded = load(report_id, actor, REPORT_SECOND_EYES)
    row = loaded.row
    asked = followup.look_along(subject_id=row.id, actor=actor)
    # What came in a moment ago has no such step yet.
    if not asked and row.decided_by_id == actor.account_id:
        raise barred(_("Een tweede paar ogen is van iemand anders."))
    row.second_eyes, row.second_eyes_by_id = timezone.localdate(), actor.account_id
    loaded.write()
    note(actor, REPORT_SECOND_EYES, row)
    return row


def _decided(loaded: Loaded, state: State, actor: Actor) -> Report:
    row = loaded.row
    if state not in TRANSITIONS[row.state]:
        raise Conflict
    require_here(row, actor)
    row.state, row.decided, row.decided_by_id = state, timezone.localdate(), actor.account_id
    if row.asks_second_eyes:
        followup.look_along_at_own([row.id], actor, row.decided_by_id)
    return row


def _end(
    loaded: Loaded, actor: Actor, text: str, decision: DecisionContent, *, still_looked_at: bool = False
) -> None:
    """Tell the reporter, keep the reason and close what was open, but for who is asked to look along."""
    row = loaded.row
    envelope = envelope_of(row, actor)
    if row.decision is not None:  # it was closed before: other words are a next revision
        envelope.advance(row)
    envelope.seal(row, "decision", decision.to_json() or None)
    add_message(row, envelope, text, MailboxMessage.Kind.FEEDBACK)
    finish(row=row, actor=actor, still_looked_at=still_looked_at)
    loaded.write()


def _check_reason(reason: str, sentence: str) -> None:
    if reason == OTHER_REASON and not sentence.strip():
        raise DomainError(_("Schrijf in één zin waarom."), "sentence")
