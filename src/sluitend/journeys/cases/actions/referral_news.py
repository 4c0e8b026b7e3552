"""What the referrals journey tells a case: that something went, and what came back."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sluitend.journeys.cases.actions.plan_news import note_asked, note_ended, note_news
from sluitend.journeys.cases.actions.reasons import told_by
from sluitend.journeys.cases.actions.tracks import require_place_may_go
from sluitend.journeys.cases.actions.urgency import hear
from sluitend.journeys.cases.actions.working import OnCase, on_own, own_case, require_ours
from sluitend.journeys.cases.journey import CASE_WORK, WORK_TRACK
from sluitend.journeys.cases.models import Case, SentReferral, TimelineEvent, Track, TrackKind, is_minor
from sluitend.journeys.cases.queries.kept_plan import as_kept_plan, composed_on
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, Conflict
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.followup.models import Because
from sluitend.kernel.handbook.handling import Reason
from sluitend.kernel.manifest import StepKind


def referral_sent(
    *,
    actor: Actor,
    case_id: UUID,
    track: str,
    referral_id: UUID,
    referral_code: str,
    recipient: str,
    answer_by: datetime,
    actions: Iterable[str] = (),
    parts: Collection[str] = (),
    reasons: Iterable[Reason] = (),
) -> None:
    """Note that a referral went: the track runs and waits for the partner. Called by the referrals journey.

    Args:
        recipient: name of the partner, for the timeline.
        answer_by: when an answer is expected.
        actions: of the plan, that it asks.
        parts: of the handbook, that went within what may go.
        reasons: for sharing more, or against the wish; each may tell of danger, or of a child.

    Raises:
        DomainError: it concerns the place and nobody said what happens to the residents.
        Conflict: the case or the track is closed.
    """
    with on_own(case_id, actor, "referral_sent") as it:
        require_ours(it.row)
        on_track = it.track(track)
        if it.row.state == Case.State.CLOSED:
            raise Conflict
        on_track.to(Track.State.RUNS)
        if track == TrackKind.PLACE:
            require_place_may_go(it.row.id)
        it.write(SentReferral(referral_id=referral_id, referral_code=referral_code, track=track))
        note_asked(it, actions, referral_code, parts)
        if not _composed(it, track):
            on_track.plan(WORK_TRACK, due=answer_by, waits=True)
        it.event(TimelineEvent.What.REFERRAL, f"{referral_code}: {recipient}", track=track)
        heard = told_by(*reasons)
        if heard["acute"] or is_minor(heard["minor"]):
            hear(it, because=Because.WEIGHED, told=referral_code, **heard)


def referral_came(
    *, actor: Actor, case_id: UUID, referral_id: UUID, turn: int, text: str, answer: str = ""
) -> None:
    """Write on the timeline what a partner let know, before anybody read it; once for each turn.

    Args:
        actor: the system, or who noted it.
        text: the line for the timeline.
        answer: id of what the partner answered, where it did: the plan of the case hears it at once.
    """
    case = own_case(case_id, actor)
    sent = SentReferral.objects.filter(case=case, referral_id=referral_id, told__lt=turn)
    known = sent.values_list("track", "referral_code").first()
    if known is None or not sent.update(told=turn):
        return
    track, code = known
    with doing(OnCase(case, actor, CASE_WORK, purpose="referral_came")) as it:
        it.event(TimelineEvent.What.REFERRAL, text, track=track)
        if answer and case.closed is None:
            note_news(it, answer, code)


def referral_went_on(*, actor: Actor, case_id: UUID, referral_id: UUID, turn: int) -> None:
    """Note a turn of the sender that leaves open what the partner let know: the timeline has that already."""
    case = own_case(case_id, actor)
    SentReferral.objects.filter(case=case, referral_id=referral_id, told=turn - 1).update(told=turn)


def referral_news(
    *,
    actor: Actor,
    case_id: UUID,
    referral_id: UUID,
    text: str,
    step: StepKind | None = None,
    ended: bool = False,
    answered: bool = False,
    acute: bool = False,
    minor: str = "unknown",
) -> None:
    """Note what came back about a referral. Called by the referrals journey, acting for the municipality.

    Args:
        text: the line for the timeline.
        step: what must be done on the track now, where that is not working on it.
        ended: done, returned, recalled or expired: the track goes on, and closing is no longer held up.
        answered: it ended because the partner is done, and not because it was returned, recalled or ran out.
        acute, minor: what came back tells of danger, or of a child.
    """
    with on_own(case_id, actor, "referral_news") as it:
        sent = SentReferral.objects.filter(case=it.row, referral_id=referral_id).first()
        if sent is None:
            raise Absent
        if ended and sent.open:
            sent.open = False
            sent.save(update_fields=["open"])
            note_ended(it, sent.referral_code, answered=answered)
        on_track = it.track(sent.track)
        if ended and on_track.row.state != Track.State.CLOSED and (step or not _composed(it, sent.track)):
            on_track.plan(step or WORK_TRACK)
        it.event(TimelineEvent.What.REFERRAL, text, track=sent.track)
        if it.row.state != Case.State.CLOSED and (acute or is_minor(minor)):
            hear(it, because=Because.ANSWER, acute=acute, minor=minor, told=sent.referral_code)


def _composed(it: OnCase, track: str) -> bool:
    """Whether something else is being composed on a track: then sending that stays its next step."""
    return bool(composed_on(as_kept_plan(it.unsealed("plan")), track, it.row.pack))
