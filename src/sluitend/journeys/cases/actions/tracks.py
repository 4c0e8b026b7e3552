"""The two tracks: open, work on, close."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.planning import plan_case_step, plan_track_step
from sluitend.journeys.cases.actions.postponing import check_due, check_next_look, refuse_later
from sluitend.journeys.cases.actions.reasons import check_reason
from sluitend.journeys.cases.journey import (
    CASE_WORK,
    CHOOSE_ROUTE,
    FOLLOW_CASE,
    HAND_OVER,
    REFER,
    WORK_TRACK,
)
from sluitend.journeys.cases.models import (
    Case,
    ResidentsQuestion,
    SentReferral,
    TimelineEvent,
    Track,
    TrackKind,
)
from sluitend.journeys.cases.rows import (
    find_open_case,
    find_track,
    note,
    open_case,
    pack_of,
    save_sealed,
    write_event,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.followup.actions import finish, settle
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.handling import Closes
from sluitend.kernel.manifest import StepKind, step_named
from sluitend.kernel.sealing.envelopes import OpenEnvelope


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


def ensure_track(
    case: Case,
    envelope: OpenEnvelope,
    kind: str,
    what: StepKind,
    *,
    actor: Actor,
    due: datetime | None = None,
) -> Track:
    """Return the track of this kind with this next step, opening it where it was not open.

    Args:
        due: when somebody chose that it can wait until then; nothing hurries before that.
    """
    if kind not in TrackKind.values:
        raise Absent
    track = Track.objects.filter(case=case, kind=kind).first()
    if track is None:
        track = Track(organisation_id=case.organisation_id, case=case, code=case.code, kind=kind)
        plan_track_step(case, track, what, actor=actor, due=due, done_for_now=due is not None)
        track.save(force_insert=True)
        write_event(case, envelope, actor=actor, what=TimelineEvent.What.TRACK_OPENED, track=kind)
        return track
    if track.state == Track.State.CLOSED:
        track.state, track.closed, track.outcome = Track.State.WAITS, None, ""
    plan_track_step(case, track, what, actor=actor, due=due, done_for_now=due is not None)
    save_sealed(track, envelope, fields=["state", "closed", "outcome", "current_step"])
    return track


def open_track(*, actor: Actor, code: str, track: str) -> None:
    """Open a track of a case, or open a closed one again; a track that is open stays as it is."""
    case = find_open_case(code, actor, CASE_WORK)
    if Track.objects.filter(case=case, kind=track).exclude(state=Track.State.CLOSED).exists():
        return
    envelope = open_case(case, actor, CASE_WORK)
    ensure_track(case, envelope, track, WORK_TRACK, actor=actor)
    note(case, actor=actor, action=CASE_WORK, purpose="open_track")
    settle()


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
    case = find_open_case(code, actor, CASE_WORK)
    row = find_track(case, track, revision=revision)
    to = Track.State.RUNS if runs else Track.State.WAITS
    if to not in Track.TRANSITIONS[row.state] or row.state == Track.State.CLOSED:
        raise Conflict
    if runs and track == TrackKind.PLACE:
        require_place_may_go(case.id, "runs")
    moment = end_of(check_due(due)) if due else None
    if moment is not None:
        check_next_look(case, moment)
    envelope = open_case(case, actor, CASE_WORK)
    row.state = to
    _replan_work(case, row, moment, actor)
    save_sealed(
        row, envelope, fields=["state", "current_step"], sealed={"summary": {"text": summary.strip()}}
    )
    write_event(
        case, envelope, actor=actor, what=TimelineEvent.What.TRACK_WORKED, text=summary.strip(), track=track
    )
    note(case, actor=actor, action=CASE_WORK, purpose="work_track", subject=("track", row.id))
    settle()


def _replan_work(case: Case, track: Track, due: datetime | None, actor: Actor) -> None:
    present = NextStep.objects.filter(pk__in=[track.current_step_id]).first()
    waits = present is not None and present.waits_on_other
    decided = (CHOOSE_ROUTE, REFER, HAND_OVER)
    keeps = present is not None and (waits or present.what in decided)
    if keeps and due is None:
        # What was decided still has to be done: writing where the track stands does not finish it.
        return
    if present is None or not keeps:
        plan_track_step(case, track, WORK_TRACK, actor=actor, due=due, done_for_now=True)
        return
    if due is not None:
        refuse_later(present, due)
    plan_track_step(case, track, step_named(present.what), actor=actor, due=due, waits_on_other=waits)


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
    case = find_open_case(code, actor, CASE_WORK)
    row = find_track(case, track, revision=revision)
    pack = pack_of(case)
    ended = pack.outcomes.get(outcome)
    if ended is None or Closes.TRACK not in ended.closes or ended.track not in (track, "both"):
        raise DomainError(_("Kies hoe dit spoor eindigde."), "outcome")
    why = check_reason(pack, "track_close", reason, sentence)
    if row.state == Track.State.CLOSED:
        raise Conflict
    if SentReferral.objects.filter(case=case, track=track, open=True).exists():
        raise DomainError(_("Er loopt nog een doorzetting op dit spoor. Rond die eerst af."))
    envelope = open_case(case, actor, CASE_WORK)
    row.state, row.outcome = Track.State.CLOSED, ended.id
    finish(row=row, actor=actor)
    save_sealed(row, envelope, fields=["state", "outcome", "closed", "current_step"])
    whole = _look_at_what_is_left(case, envelope, actor)
    text = ". ".join(filter(None, [ended.label.nl, sentence.strip() if why.asks_sentence else why.label.nl]))
    write_event(case, envelope, actor=actor, what=TimelineEvent.What.TRACK_CLOSED, text=text, track=track)
    # The line names whatever got another step; what names the case is about its tracks too.
    about = None if whole else ("track", row.id)
    note(case, actor=actor, action=CASE_WORK, purpose="close_track", subject=about)
    settle()


def _look_at_what_is_left(case: Case, envelope: OpenEnvelope, actor: Actor) -> bool:
    """Let an acute case be looked at now when no track of it is open. Returns whether that was so."""
    if not case.acute or Track.objects.filter(case=case).exclude(state=Track.State.CLOSED).exists():
        return False
    if not NextStep.objects.filter(pk__in=[case.current_step_id], what=FOLLOW_CASE, urgent=False).exists():
        return False
    plan_case_step(case, FOLLOW_CASE, actor=actor, nothing_runs=True)
    save_sealed(case, envelope, fields=["current_step"])
    return True
