"""What becomes of a report that came in: a new case, a part of a case, or an end without a case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.beginning import Begun, begin
from sluitend.journeys.cases.actions.glancing import note
from sluitend.journeys.cases.actions.going_on import replan
from sluitend.journeys.cases.actions.notes import write_observation, write_subject
from sluitend.journeys.cases.actions.reasons import check_reason
from sluitend.journeys.cases.actions.sources import write_verdict
from sluitend.journeys.cases.actions.urgency import hear, hear_message, hear_of, living_case_of
from sluitend.journeys.cases.actions.working import OnCase, find_open_case
from sluitend.journeys.cases.drafts import NewSubject, subject_tokens
from sluitend.journeys.cases.from_report import forms_in, observations_in, reporter_in, row_in, subjects_in
from sluitend.journeys.cases.journey import CASE_WORK
from sluitend.journeys.cases.models import (
    Answer,
    Case,
    CaseReport,
    EarlierLink,
    Intake,
    Minor,
    Subject,
    SubjectToken,
    TimelineEvent,
    graver,
    is_minor,
)
from sluitend.journeys.cases.queries.earlier import earlier
from sluitend.journeys.cases.queries.kept_plan import kept_plan
from sluitend.journeys.cases.queries.plan_facts import FORM, REPORTER
from sluitend.journeys.cases.queries.rows import find_case, is_gone
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports import queries as report_queries
from sluitend.journeys.reports.journey import REPORT_INTAKE, WEIGH
from sluitend.journeys.reports.queries import ReportView
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Resource, require, require_role
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.followup.actions import one_unit
from sluitend.kernel.followup.models import Because
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.sealing.tokens import ADDRESS, DOOR

LONGEST_NAME = 60
NEW = "new"
"""The state of a report about which nobody decided yet."""


@dataclass(frozen=True)
class Judgement:
    """The three questions of intake: in scope, our task, our territory. Each yes, no or unknown."""

    scope: str
    task: str
    territory: str


def take_in_new(*, actor: Actor, report: ReportView, judgement: Judgement, name: str = "") -> str:
    """Make a case of a report and return its code. What was told is copied; the report stays as told.

    Args:
        actor: the focal point or deputy.
        report: as `reports.queries.report` gave it.
        judgement: the three answers.
        name: a neutral name; a proposal of the handbook when left out.

    Raises:
        DomainError: an answer is missing.
        Conflict: somebody else decided about the report.
    """
    _check(actor, judgement)
    pack = current_release().pack
    begun = Begun(
        acute=report.acute,
        minor=report.minor,
        forms=forms_in(report.content, pack),
        row=row_in(report.content, pack),
        name=name.strip()[:LONGEST_NAME],
        report_id=report.id,
    )
    with begin(begun, actor, REPORT_INTAKE, purpose="new_case") as it:
        reports.take_in(report.id, actor=actor)  # first: of two people at once the second is told so here
        _put_in(it, report)
        _write_intake(report.id, judgement, Intake.Decision.NEW, actor)
    return it.row.code


def add_to_case(*, actor: Actor, report: ReportView, judgement: Judgement, case_code: str) -> str:
    """Add a report to a case that exists, and return the code of the case.

    What the case already knows is not written twice; acute danger or a minor makes the case so too.

    Raises:
        DomainError: an answer is missing, or the case is closed.
        Conflict: somebody else decided about the report, or changed the case.
    """
    _check(actor, judgement)
    try:
        case = find_open_case(case_code.strip().upper(), actor, CASE_WORK)
    except Absent:
        raise DomainError(_("Wij vinden geen casus met deze code."), "case_code") from None
    with doing(OnCase(case, actor, REPORT_INTAKE, purpose="add_to_case")) as it:
        reports.take_in(report.id, actor=actor)
        _put_in(it, report)
        _hear_forms(it, report)
        if case.state in (Case.State.WEIGHING, Case.State.ON_HOLD):
            it.plan(WEIGH)
        hear(it, because=Because.REPORT, acute=report.acute, minor=report.minor, told=report.code)
        replan(it)
        _write_intake(report.id, judgement, Intake.Decision.ADD, actor)
    return case.code


def pass_on(
    *,
    actor: Actor,
    report: ReportView,
    judgement: Judgement,
    department: str,
    reason: str,
    sentence: str = "",
) -> None:
    """Pass a report to another department, without a case."""
    _check(actor, judgement)
    check_reason(current_release().pack, "pass_on", reason, sentence)
    reports.pass_on(report.id, department=department, actor=actor, reason=reason, sentence=sentence)
    _write_intake(report.id, judgement, Intake.Decision.PASS_ON, actor)


def close_report(
    *, actor: Actor, report: ReportView, judgement: Judgement, outcome: str, reason: str, sentence: str = ""
) -> None:
    """Close a report with an outcome and a reason, without a case."""
    _check(actor, judgement)
    check_reason(current_release().pack, "intake_close", reason, sentence)
    reports.close(report.id, outcome=outcome, actor=actor, reason=reason, sentence=sentence)
    _write_intake(report.id, judgement, Intake.Decision.CLOSE, actor)


def ask_reporter(
    *, actor: Actor, report_id: UUID, questions: list[str], text: str = "", case_code: str = ""
) -> None:
    """Ask the reporter something, before or after the report became part of a case."""
    reports.ask(report_id, actor=actor, questions=questions, text=text)
    if case_code:
        case = find_open_case(case_code, actor, CASE_WORK)
        OnCase(case, actor, CASE_WORK).event(TimelineEvent.What.MESSAGE)


def answer_advice(*, actor: Actor, report_id: UUID, text: str) -> None:
    """Answer a question for advice: the report is done with that."""
    reports.answer_advice(report_id, text=text, actor=actor)


def move_kind(*, actor: Actor, report_id: UUID, kind: str) -> None:
    """Mend a wrong choice at the door: report, help or advice. The reporter keeps code and promise."""
    reports.move_kind(report_id, kind=kind, actor=actor)


def second_eyes(*, actor: Actor, report_id: UUID) -> None:
    """Say that a second pair of eyes looked. It never holds anything up."""
    reports.second_eyes(report_id, actor=actor)


def judge_earlier(*, actor: Actor, report: ReportView, earlier_id: UUID, linked: bool) -> None:
    """Say of an earlier signal whether it belongs with this report."""
    require(actor, REPORT_INTAKE, Resource("report", report.organisation_id))
    hits = earlier(actor, report_queries.identifiers(report), about_id=report.id)
    found = next((each for each in hits if each.id == earlier_id), None)
    if found is None:
        raise Absent
    verdict = EarlierLink.Verdict.LINKED if linked else EarlierLink.Verdict.DISMISSED
    write_verdict(found, about_id=report.id, actor=actor, verdict=verdict)
    case = find_case(found.code, actor, CASE_WORK) if linked and found.kind == "case" else None
    if case is not None and (not found.closed or is_gone(case)):
        hear_of(case, actor, because=Because.SIGNAL, acute=report.acute, minor=report.minor, told=report.code)


def read_message(
    *,
    actor: Actor,
    report_id: UUID,
    acute: bool = False,
    minor: str = "unknown",
    seen: int | None = None,
) -> None:
    """Say that the message of a reporter was read, and whether it tells of danger or of a child.

    Args:
        seen: number of the last message of the reporter that the person saw.
        acute, minor: what the message tells; what was known already stays so.

    Raises:
        Refused: no such report here.
        DomainError: an answer that there is not.
        Conflict: the reporter wrote more after it was seen.
    """
    if minor not in Minor.values:
        raise DomainError(_("Kies een antwoord."), "minor")
    with one_unit():
        _hear_message(actor, report_id, acute=acute, minor=minor, seen=seen)


def _hear_message(actor: Actor, report_id: UUID, *, acute: bool, minor: str, seen: int | None) -> None:
    row = reports.read_answer(report_id, actor=actor, seen=seen)
    if acute or is_minor(minor):
        reports.correct(report_id, acute=row.acute or acute, minor=graver(row.minor, minor), actor=actor)
    for told in reports.unheard(actor, report_id=report_id):
        hear_message(told, actor)
    case = living_case_of(report_id, actor)
    if case is not None:
        if not is_gone(case):
            # What the reporter ticked made the report so before anybody read it.
            acute = acute or (row.acute and not case.acute)
            minor = minor if is_minor(case.minor) else graver(minor, row.minor)
        if acute or is_minor(minor):
            hear_of(case, actor, because=Because.MESSAGE, acute=acute, minor=minor, told=row.code)
    elif row.state != NEW and (acute or is_minor(minor)):
        raise DomainError(
            _("Deze melding loopt niet meer. Heropen de casus, of vul een nieuwe melding in.")
            + " "
            + _("Zo gaat dit niet verloren.")
        )


def _check(actor: Actor, judgement: Judgement) -> None:
    require_role(actor, REPORT_INTAKE)
    for field in ("scope", "task", "territory"):
        if getattr(judgement, field) not in Answer.values:
            raise DomainError(_("Kies een antwoord. “Weet niet” is ook een antwoord."), field)


def _write_intake(report_id: UUID, judgement: Judgement, decision: Intake.Decision, actor: Actor) -> None:
    Intake(
        organisation_id=actor.own_organisation,
        report_id=report_id,
        scope=judgement.scope,
        task=judgement.task,
        territory=judgement.territory,
        decision=decision,
        at=timezone.now(),
        by_id=actor.own_account,
    ).save(force_insert=True)


def _put_in(it: OnCase, report: ReportView) -> None:
    case = it.row
    it.write(CaseReport(report_id=report.id, report_code=report.code, received=report.received))
    note(it, row_in(report.content, case.pack))
    _hear_reporter(it, report)
    known = list(SubjectToken.objects.filter(case=case).values_list("token", "subject_id", "kind"))
    named = subjects_in(report.content, asks_help=report.kind == "help")
    about = dict.fromkeys(_known_as(case, new, known) or write_subject(it, new).id for new in named)
    role = case.pack.roles.get(report.content.role)
    for seen in observations_in(report.content, code=report.code, role=role.label.nl if role else ""):
        write_observation(it, replace(seen, about=tuple(about)))
        about.clear()  # one report says once that they were named together
    _take_over_verdicts(report.id, case)
    it.event(TimelineEvent.What.REPORT, report.code)


def _known_as(case: Case, new: NewSubject, known: Sequence[tuple[UUID, UUID, str]]) -> UUID | None:
    """Return the subject that a case has of it already; of people nobody can say that they are the same.

    Nor are two addresses that are written alike and have each a number of their own.

    Args:
        case: that a report is added to.
        new: what it names.
        known: (token, subject, kind) of the case.
    """
    if new.kind == Subject.Kind.PERSON:
        return None
    tokens = subject_tokens(case.organisation_id, new.identifiers)
    of_token = {token: subject for token, subject, _kind in known}
    numbers = {token for kind, token in tokens if kind == DOOR}
    same = [of_token[each] for each in numbers if each in of_token]
    others = {subject for _token, subject, kind in known if kind == DOOR and numbers and not same}
    hits = ((kind, of_token[token]) for kind, token in tokens if token in of_token)
    return next(iter([*same, *(hit for kind, hit in hits if kind != ADDRESS or hit not in others)]), None)


def _hear_reporter(it: OnCase, report: ReportView) -> None:
    """Keep with the case whether who told can be asked, works there or spoke to nobody: of each report."""
    facts = it.unsealed("facts") or {}
    told = reporter_in(report.content, it.row.pack, anonymous=report.anonymity == reports.Anonymity.ANONYMOUS)
    known = facts.get(REPORTER, [])
    if new := [each for each in told if each not in known]:
        it.seal("facts", {**facts, REPORTER: [*known, *new]})


def _hear_forms(it: OnCase, report: ReportView) -> None:
    """Let the case have what forms a later report names, unless somebody said which it is."""
    facts, pack = it.unsealed("facts") or {}, it.row.pack
    known = facts.get("forms", [])
    new = [each for each in forms_in(report.content, pack) if each not in known]
    if new and FORM not in kept_plan(it.row, it.envelope)["facts"]:
        it.seal("facts", {**facts, "forms": [*known, *new]})


def _take_over_verdicts(report_id: UUID, case: Case) -> None:
    """What was said about earlier signals of the report holds for its case."""
    for link in EarlierLink.objects.filter(about_id=report_id).exclude(earlier_id=case.id):
        EarlierLink.objects.get_or_create(
            organisation_id=case.organisation_id,
            about_id=case.id,
            earlier_id=link.earlier_id,
            defaults={
                "earlier_kind": link.earlier_kind,
                "earlier_code": link.earlier_code,
                "verdict": link.verdict,
                "at": link.at,
                "by_id": link.by_id,
            },
        )
