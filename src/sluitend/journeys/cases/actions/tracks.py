"""The two tracks: open, work on, close."""

from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.planning import plan_track_step
from sluitend.journeys.cases.actions.reasons import check_reason
from sluitend.journeys.cases.models import (
    Case,
    ResidentsQuestion,
    SentReferral,
    TimelineEvent,
    Track,
    TrackKind,
)
from sluitend.journeys.cases.rows import find_open_case, note, open_case, pack_of, save_sealed, write_event
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Action
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.followup.actions import finish, plan, settle
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.models import NextStep, StepKind, SubjectKind
from sluitend.kernel.handbook.handling import Closes
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.sealing.envelopes import OpenEnvelope

LATEST_DUE_DAYS = 366
LOOKS = frozenset({StepKind.FOLLOW_CASE, StepKind.WORK_TRACK})
"""Steps that are done by looking how it stands; somebody may say that it is safe to look again later."""


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


def find_track(case: Case, kind: str, *, revision: int | None = None) -> Track:
    """Return a track of a case, or not found when it was never opened."""
    track = Track.objects.filter(case=case, kind=kind).first()
    if track is None:
        raise Http404
    if revision is not None and track.revision != revision:
        raise Conflict
    return track


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
        raise Http404
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
    case = find_open_case(code, actor, Action.CASE_WORK)
    if Track.objects.filter(case=case, kind=track).exclude(state=Track.State.CLOSED).exists():
        return
    envelope = open_case(case, actor, Action.CASE_WORK)
    ensure_track(case, envelope, track, StepKind.WORK_TRACK, actor=actor)
    note(case, actor=actor, action=Action.CASE_WORK, purpose="open_track")
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
        due: the next look; the handbook's term when left out.
        revision: of the track as the person saw it.

    Raises:
        DomainError: the gate before the place track, or a date that has passed.
        Conflict: somebody else changed the track.
    """
    case = find_open_case(code, actor, Action.CASE_WORK)
    row = find_track(case, track, revision=revision)
    to = Track.State.RUNS if runs else Track.State.WAITS
    if to not in Track.STEPS[row.state] or row.state == Track.State.CLOSED:
        raise Conflict
    if runs and track == TrackKind.PLACE:
        require_place_may_go(case.id, "runs")
    moment = end_of(check_due(due)) if due else None
    envelope = open_case(case, actor, Action.CASE_WORK)
    row.state = to
    _replan_work(case, row, moment, actor)
    save_sealed(
        row, envelope, fields=["state", "current_step"], sealed={"summary": {"text": summary.strip()}}
    )
    write_event(
        case, envelope, actor=actor, what=TimelineEvent.What.TRACK_WORKED, text=summary.strip(), track=track
    )
    note(case, actor=actor, action=Action.CASE_WORK, purpose="work_track", subject=("track", row.id))
    settle()


def _replan_work(case: Case, track: Track, due: datetime | None, actor: Actor) -> None:
    present = NextStep.objects.filter(pk__in=[track.current_step_id]).first()
    waits = present is not None and present.waits_on_other
    decided = (StepKind.CHOOSE_ROUTE, StepKind.REFER, StepKind.HAND_OVER)
    keeps = present is not None and (waits or present.what in decided)
    if keeps and due is None:
        # What was decided still has to be done: writing where the track stands does not finish it.
        return
    if present is None or not keeps:
        plan_track_step(case, track, StepKind.WORK_TRACK, actor=actor, due=due, done_for_now=True)
        return
    if due is not None:
        _refuse_later(present, due)
    plan_track_step(case, track, StepKind(present.what), actor=actor, due=due, waits_on_other=waits)


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
    """Close a track with an outcome and a reason. A referral that is still open on it holds this up."""
    case = find_open_case(code, actor, Action.CASE_WORK)
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
    envelope = open_case(case, actor, Action.CASE_WORK)
    row.state, row.outcome = Track.State.CLOSED, ended.id
    finish(row=row, actor=actor)
    save_sealed(row, envelope, fields=["state", "outcome", "closed", "current_step"])
    text = ". ".join(filter(None, [ended.label.nl, sentence.strip() if why.asks_sentence else why.label.nl]))
    write_event(case, envelope, actor=actor, what=TimelineEvent.What.TRACK_CLOSED, text=text, track=track)
    note(case, actor=actor, action=Action.CASE_WORK, purpose="close_track", subject=("track", row.id))
    settle()


def check_due(due: date, field: str = "due") -> date:
    """Return a day on which somebody can be expected to look again: today or later, within a year."""
    today = timezone.localdate()
    if due < today:
        raise DomainError(_("Kies een dag die nog komt."), field)
    if (due - today).days > LATEST_DUE_DAYS:
        raise DomainError(_("Kies een dag binnen een jaar."), field)
    return due


def _refuse_later(step: NextStep, moment: datetime) -> None:
    """Refuse to put off what is acute and still has to be done."""
    latest = max(timezone.localdate(), timezone.localtime(step.due).date())
    if step.urgent and timezone.localtime(moment).date() > latest:
        raise DomainError(_("Dit is acuut. Een latere datum kan niet."), "due")


def change_due(
    *,
    actor: Actor,
    code: str,
    due: date,
    of: str = "case",
    reason: str = "",
    sentence: str = "",
    revision: int | None = None,
) -> None:
    """Set another date for the present next step of a case or of one of its tracks.

    Args:
        of: `case`, or the kind of a track.
        reason, sentence: why, where somebody says so.
        revision: of the case or the track.

    Raises:
        DomainError: the date has passed, or the step is about acute danger and would be put off: what
            only has to be looked at again may wait with a reason, what was decided may not.
    """
    case = find_open_case(code, actor, Action.CASE_WORK, revision=revision if of == "case" else None)
    row = case if of == "case" else find_track(case, of, revision=revision)
    step = NextStep.objects.filter(pk__in=[row.current_step_id]).first()
    if step is None:
        raise Conflict
    moment = end_of(check_due(due))
    why = check_reason(pack_of(case), "change_date", reason, sentence) if reason else None
    looked_at = step.what in LOOKS
    if step.urgent and looked_at and why is None:
        raise DomainError(_("Dit is acuut. Kies waarom het veilig kan wachten."), "reason")
    if not looked_at:
        _refuse_later(step, moment)
    envelope = open_case(case, actor, Action.CASE_WORK)
    plan(
        row=row,
        subject_kind=SubjectKind(step.subject_kind),
        what=StepKind(step.what),
        due=moment,
        actor=actor,
        urgent=step.urgent and not looked_at,
        minor=step.minor,
        waits_on_other=step.waits_on_other,
    )
    save_sealed(row, envelope, fields=["current_step"])
    track = "" if of == "case" else of
    said = (sentence.strip() if why.asks_sentence else why.label.nl) if why else ""
    with in_dutch():
        text = ". ".join(filter(None, [date_format(due, "l j F Y"), said]))
    write_event(case, envelope, actor=actor, what=TimelineEvent.What.DUE, text=text, track=track)
    note(case, actor=actor, action=Action.CASE_WORK, purpose="change_due")
    settle()
