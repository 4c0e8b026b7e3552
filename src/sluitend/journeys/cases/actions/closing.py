"""Closing and reopening a case."""

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.measures import NOT_SAID, Ended, note_tried
from sluitend.journeys.cases.actions.reasons import check_reason, said_by
from sluitend.journeys.cases.actions.working import OnCase, on_case
from sluitend.journeys.cases.journey import CASE_CLOSE
from sluitend.journeys.cases.models import Case, CaseReport, SentReferral, TimelineEvent, Track
from sluitend.journeys.cases.queries.rows import find_case
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.journey import WEIGH
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.followup.deadlines import retention_day
from sluitend.kernel.handbook.handling import Closes, Outcome
from sluitend.kernel.handbook.pack import Pack


def close_case(
    *,
    actor: Actor,
    code: str,
    outcome: str,
    tell: str,
    reason: str,
    sentence: str = "",
    ended: Ended = NOT_SAID,
    revision: int | None = None,
) -> None:
    """Close a case with an outcome, a word to every reporter and a term after which it is destroyed.

    Args:
        outcome: id of an outcome that closes a case; it sets the retention term.
        tell: what the reporters read: `outcome` for the text of the outcome, or the id of a feedback code.
        reason: id of a prepared reason.
        sentence: for "another reason" only.
        ended: what helped of what was tried, or why nothing was; asked of a case that was worked by its plan.
        revision: of the case as the person saw it.

    Raises:
        DomainError: a track or a referral is still open, or something is missing.
        Conflict: somebody else changed it.
    """
    with on_case(code, actor, CASE_CLOSE, revision=revision) as it:
        pack = it.row.pack
        how = _outcome(pack, outcome)
        why = check_reason(pack, "case_close", reason, sentence)
        telling = _told(pack, how, tell)
        _require_nothing_open(it.row)
        tried = note_tried(it, ended)
        it.to(Case.State.CLOSED)
        close_with(it, how, telling=telling)
        it.event(TimelineEvent.What.CLOSED, how.label.nl, said_by(why, sentence), tried)


def close_with(it: OnCase, outcome: Outcome, *, telling: str) -> None:
    """End a case with an outcome, a term after which it is destroyed, and a word to every reporter."""
    case = it.row
    case.outcome, case.held_until = outcome.id, None
    case.retention_until = retention_day(case.pack.retention[outcome.retention], timezone.localdate())
    it.close()
    for report_id in CaseReport.objects.filter(case=case).values_list("report_id", flat=True):
        reports.tell(report_id, actor=it.actor, text=telling, closes=True)
    it.purpose = outcome.id


def _outcome(pack: Pack, outcome_id: str) -> Outcome:
    outcome = pack.outcomes.get(outcome_id)
    if outcome is None or Closes.CASE not in outcome.closes:
        raise DomainError(_("Kies hoe deze casus eindigde."), "outcome")
    return outcome


def _told(pack: Pack, outcome: Outcome, tell: str) -> str:
    """Return the text that the reporters read: prepared, never somebody's own words about a case."""
    if tell == "outcome":
        return outcome.to_reporter.nl
    code = pack.feedback_codes.get(tell)
    if code is None:
        raise DomainError(_("Kies wat de melder hoort."), "tell")
    return code.to_reporter.nl


def _require_nothing_open(case: Case) -> None:
    if case.transfer is not None:
        raise DomainError(_("Er loopt een overdracht. Haal die eerst terug of rond die af."))
    if SentReferral.objects.filter(case=case, open=True).exists():
        raise DomainError(_("Er loopt nog een doorzetting. Rond die eerst af."))
    if Track.objects.filter(case=case).exclude(state=Track.State.CLOSED).exists():
        raise DomainError(_("Er is nog een spoor open. Sluit eerst beide sporen af."))


def reopen(*, actor: Actor, code: str, reason: str, sentence: str = "") -> None:
    """Open a closed case again: it is weighed anew, and its retention term stops.

    Raises:
        DomainError: no reason.
        Conflict: it is open.
    """
    case = find_case(code, actor, CASE_CLOSE)
    if case.state != Case.State.CLOSED:
        raise Conflict
    if case.transfer is not None:
        # Two municipalities would own one matter.
        raise DomainError(
            _("Deze casus is overgedragen. Vraag de andere gemeente om de casus terug te geven.")
        )
    why = check_reason(case.pack, "reopen", reason, sentence)
    with doing(OnCase(case, actor, CASE_CLOSE, purpose=f"reopen.{why.id}"[:60])) as it:
        it.to(Case.State.WEIGHING)
        case.closed = case.retention_until = None
        case.outcome = ""
        it.plan(WEIGH)
        it.event(TimelineEvent.What.REOPENED, said_by(why, sentence))
