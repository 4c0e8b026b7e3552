"""A case that goes to another municipality.

A transfer is a copy. Until the other one takes it, the case is worked on as before; from that moment on it
can only be closed here. Called by the journey of exchanges.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.closing import close_with
from sluitend.journeys.cases.actions.plan_news import note_transferred
from sluitend.journeys.cases.actions.working import on_case, on_own, open_tracks
from sluitend.journeys.cases.journey import (
    CASE_CLOSE,
    CASE_WORK,
    HAND_OVER,
    WORK_TRACK,
)
from sluitend.journeys.cases.models import (
    Case,
    SentReferral,
    TimelineEvent,
    Track,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.manifest import StepKind

TRANSFERRED = "transferred"
"""The outcome of a case that another municipality took over."""


def hand_over_sent(
    *,
    actor: Actor,
    case_code: str,
    transfer_id: UUID,
    transfer_code: str,
    recipient: str,
    answer_by: datetime,
) -> None:
    """Note that a transfer of this case is under way. The case stays open and can be worked on.

    Raises:
        Absent: no such case.
        DomainError: a transfer is under way already, or a referral is still open.
        Conflict: somebody else changed the case.
    """
    with on_case(case_code, actor, CASE_WORK, purpose="hand_over_sent") as it:
        if it.row.transfer is not None:
            raise DomainError(_("Er loopt al een overdracht van deze casus."))
        require_no_open_referral(it.row)
        it.row.transfer = transfer_id
        for track in _tracks_waiting_for(it.row, HAND_OVER):
            it.on_track(track).plan(WORK_TRACK, due=answer_by, waits=True)
        note_transferred(it, transfer_code)
        it.event(TimelineEvent.What.TRANSFER, f"{transfer_code}: {recipient}")


def hand_over_ended(*, actor: Actor, case_id: UUID, text: str) -> None:
    """Note that a transfer did not go through: recalled, returned or expired. The plan goes on.

    Args:
        text: the line for the timeline.
    """
    with on_own(case_id, actor, "hand_over_ended") as it:
        it.row.transfer = None
        for track in _tracks_that_waited(it.row):
            it.on_track(track).plan(WORK_TRACK)
        note_transferred(it, "")
        it.event(TimelineEvent.What.TRANSFER, text)


def close_handed_over(*, actor: Actor, case_id: UUID, text: str) -> None:
    """Close a case that another municipality took over: both tracks, with a word to every reporter.

    Args:
        text: the line for the timeline.

    Raises:
        DomainError: a referral is still open, and its answer must have somewhere to go.
        Conflict: it is closed already.
    """
    with on_own(case_id, actor, TRANSFERRED, CASE_CLOSE) as it:
        it.to(Case.State.CLOSED)
        require_no_open_referral(it.row)
        outcome = it.row.pack.outcomes[TRANSFERRED]
        for track in open_tracks(it.row):
            it.on_track(track).close_with(outcome)
        close_with(it, outcome, telling=outcome.to_reporter.nl)
        it.event(TimelineEvent.What.CLOSED, text)


def require_no_open_referral(case: Case) -> None:
    """Refuse while a partner still holds something of this case: its answer would come to nobody."""
    if SentReferral.objects.filter(case=case, open=True).exists():
        raise DomainError(
            _("Er is nog een doorzetting open. Lees het antwoord, wacht erop, of haal de doorzetting terug.")
        )


def _tracks_waiting_for(case: Case, what: StepKind) -> list[Track]:
    tracks = list(open_tracks(case))
    steps = NextStep.objects.filter(pk__in=[each.current_step_id for each in tracks], what=what)
    found = set(steps.values_list("pk", flat=True))
    return [track for track in tracks if track.current_step_id in found]


def _tracks_that_waited(case: Case) -> list[Track]:
    """Return the open tracks that waited for the other municipality, and for no partner."""
    asked = SentReferral.objects.filter(case=case, open=True).values_list("track", flat=True)
    tracks = list(open_tracks(case).exclude(kind__in=list(asked)))
    waits = NextStep.objects.filter(pk__in=[each.current_step_id for each in tracks], waits_on_other=True)
    found = set(waits.values_list("pk", flat=True))
    return [track for track in tracks if track.current_step_id in found]
