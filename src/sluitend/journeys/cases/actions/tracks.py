"""The two tracks: open, work on, close."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.going_on import go_on
from sluitend.journeys.cases.actions.postponing import check_due, check_next_look, refuse_later
from sluitend.journeys.cases.actions.reasons import check_reason, said_by
from sluitend.journeys.cases.actions.working import OnCase, OnTrack, find_open_case, on_case, open_tracks
from sluitend.journeys.cases.journey import (
    CASE_WORK,
    CHOOSE_ROUTE,
    FOLLOW_CASE,
    HAND_OVER,
    REFER,
    WORK_TRACK,
)
from sluitend.journeys.cases.models import ResidentsQuestion, SentReferral, TimelineEvent, Track, TrackKind
from sluitend.journeys.cases.queries.kept_plan import Kept, composed_on, kept_plan, track_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.handling import Closes
from sluitend.kernel.manifest import StepKind, step_named


def place_may_go(case_id: UUID) -> bool:
    """Return whether the last answer about the residents lets something happen at the place."""
    latest = ResidentsQuestion.objects.filter(case_id=case_id).order_by("-at").first()
    return latest is not None and latest.lets_place_go


def require_place_may_go(case_id: UUID, field: str | None = None) -> None:
    """Refuse any action at the place while nobody said what happens to the residents. Help goes first."""
    if not place_may_go(case_id):
        raise DomainError(
            _("Beantwoord eerst wat er met de bewoners gebeurt. Tot dan kan dit alleen “Nog niet” zijn."),
            field,
        )


def ensure_track(it: OnCase, kind: str, what: StepKind, *, due: datetime | None = None) -> None:
    """Give the track of this kind this next step, opening it where it was not open.

    Args:
        due: when somebody chose that it can wait until then; nothing hurries before that.
    """
    if kind not in TrackKind.values:
        raise Absent
    case = it.row
    known = Track.objects.filter(case=case, kind=kind).first()
    new = Track(organisation_id=case.organisation_id, case=case, code=case.code, kind=kind)
    on_track = it.on_track(known or new)
    on_track.plan(what, due=due, done_for_now=due is not None)
    if known is None:
        on_track.insert()
        it.event(TimelineEvent.What.TRACK_OPENED, track=kind)
    elif on_track.row.state == Track.State.CLOSED:
        on_track.to(Track.State.WAITS)
        on_track.row.closed, on_track.row.outcome = None, ""


def stop_composing(it: OnCase, kept: Kept, action: str) -> None:
    """Give the track of an action that is not composed any more another step, where nothing else is.

    Args:
        kept: what is kept of the plan by now.
    """
    if action not in it.row.pack.plan_actions:
        return
    track = track_of(action, it.row.pack)
    row = open_tracks(it.row).filter(kind=track).first()
    if row is not None and not composed_on(kept, track, it.row.pack):
        steps = NextStep.objects.filter(pk__in=[row.current_step_id], what=REFER)
        if steps.exists():
            it.on_track(row).plan(WORK_TRACK)


def open_track(*, actor: Actor, code: str, track: str) -> None:
    """Open a track of a case, or open a closed one again; a track that is open stays as it is."""
    case = find_open_case(code, actor, CASE_WORK)
    if Track.objects.filter(case=case, kind=track).exclude(state=Track.State.CLOSED).exists():
        return
    with doing(OnCase(case, actor, CASE_WORK, purpose="open_track")) as it:
        ensure_track(it, track, WORK_TRACK)


def work_track(
    *,
    actor: Actor,
    code: str,
    track: str,
    summary: str,
    runs: bool,
    due: date | None = None,
    revision: int | None = None,
) -> None:
    """Write where a track stands, in one or two sentences, and when it is looked at again.

    Args:
        summary: replaces the present one; the timeline keeps both.
        runs: whether something is being done; the place track needs the answer about the residents for that.
        due: the next look; the handbook's term when left out, and where there is hurry no later than that.
        revision: of the track as the person saw it.

    Raises:
        DomainError: the gate before the place track, or a date that has passed.
        Conflict: somebody else changed the track.
    """
    with on_case(code, actor, CASE_WORK, purpose="work_track") as it:
        on_track = it.track(track, revision=revision)
        if on_track.row.state == Track.State.CLOSED:
            raise Conflict
        on_track.to(Track.State.RUNS if runs else Track.State.WAITS)
        if runs and track == TrackKind.PLACE:
            require_place_may_go(it.row.id, "runs")
        moment = end_of(check_due(due)) if due else None
        if moment is not None:
            check_next_look(it.row, moment)
        _replan_work(on_track, moment)
        on_track.seal("summary", {"text": summary.strip()})
        it.event(TimelineEvent.What.TRACK_WORKED, summary.strip(), track=track)
        it.part = ("track", on_track.row.id)


def _replan_work(on_track: OnTrack, due: datetime | None) -> None:
    present = NextStep.objects.filter(pk__in=[on_track.row.current_step_id]).first()
    waits = present is not None and present.waits_on_other
    decided = (CHOOSE_ROUTE, REFER, HAND_OVER)
    keeps = present is not None and (waits or present.what in decided)
    if keeps and due is None:
        # What was decided still has to be done: writing where the track stands does not finish it.
        return
    if present is None or not keeps:
        on_track.plan(WORK_TRACK, due=due, done_for_now=True)
        return
    if due is not None:
        refuse_later(present, due)
    on_track.plan(step_named(present.what), due=due, waits=waits)


def close_track(
    *,
    actor: Actor,
    code: str,
    track: str,
    outcome: str,
    reason: str,
    sentence: str = "",
    revision: int | None = None,
) -> None:
    """Close a track with an outcome and a reason. A referral that is still open on it holds this up.

    Where the case is acute and no other track runs, the case as a whole is looked at now.
    """
    with on_case(code, actor, CASE_WORK, purpose="close_track") as it:
        case, on_track = it.row, it.track(track, revision=revision)
        ended = case.pack.outcomes.get(outcome)
        if ended is None or Closes.TRACK not in ended.closes or ended.track not in (track, "both"):
            raise DomainError(_("Kies hoe dit spoor eindigde."), "outcome")
        why = check_reason(case.pack, "track_close", reason, sentence)
        if SentReferral.objects.filter(case=case, track=track, open=True).exists():
            raise DomainError(_("Er loopt nog een doorzetting op dit spoor. Rond die eerst af."))
        on_track.close_with(ended)
        let_go = _let_go_of_what_was_composed(it, track)
        # The line names whatever got another step; what names the case is about its tracks too.
        looks = _look_at_what_is_left(it, but=track)
        it.part = None if let_go or looks else ("track", on_track.row.id)
        it.event(TimelineEvent.What.TRACK_CLOSED, ended.label.nl, said_by(why, sentence), track=track)


def _let_go_of_what_was_composed(it: OnCase, track: str) -> bool:
    """Let what was not sent before its track closed be open again. Returns whether there was any."""
    kept = kept_plan(it.row, it.envelope)
    if composed := composed_on(kept, track, it.row.pack):
        for action in composed:
            del kept["actions"][action]
        it.seal("plan", kept)
        go_on(it, kept)
    return bool(composed)


def _look_at_what_is_left(it: OnCase, *, but: str) -> bool:
    """Let an acute case be looked at now when no other track of it is open. Returns whether that was so."""
    case = it.row
    if not case.acute or open_tracks(case).exclude(kind=but).exists():
        return False
    if not NextStep.objects.filter(pk__in=[case.current_step_id], what=FOLLOW_CASE, urgent=False).exists():
        return False
    it.plan(FOLLOW_CASE, nothing_runs=True)
    return True
