"""What the referrals journey tells a case: that something went, and what came back."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from sluitend.journeys.cases.actions.planning import plan_track_step
from sluitend.journeys.cases.actions.reasons import told_by
from sluitend.journeys.cases.actions.tracks import require_place_may_go
from sluitend.journeys.cases.actions.urgency import URGENCY, hear
from sluitend.journeys.cases.journey import CASE_WORK, REFERRAL_LIST, REFERRAL_SEND, WORK_TRACK
from sluitend.journeys.cases.models import Case, SentReferral, TimelineEvent, Track, TrackKind, is_minor
from sluitend.journeys.cases.rows import find_track, note, open_case, require_ours, save_sealed, write_event
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Resource, require
from sluitend.kernel.access.errors import Absent, Conflict
from sluitend.kernel.followup.actions import settle
from sluitend.kernel.followup.models import Because
from sluitend.kernel.handbook.handling import Reason
from sluitend.kernel.manifest import StepKind


def _case(case_id: UUID, actor: Actor) -> Case:
    case = Case.objects.filter(organisation_id=actor.own_organisation, pk=case_id).first()
    if case is None:
        raise Absent
    require(actor, CASE_WORK, Resource("case", case.organisation_id, id=case.id))
    return case


def referral_sent(
    *,
    actor: Actor,
    case_id: UUID,
    track: str,
    referral_id: UUID,
    referral_code: str,
    recipient: str,
    answer_by: datetime,
    reasons: Iterable[Reason] = (),
) -> None:
    """Note that a referral went: the track runs and waits for the partner. Called by the referrals journey.

    Args:
        recipient: name of the partner, for the timeline.
        answer_by: when an answer is expected.
        reasons: for sharing more, or against the wish; each may tell of danger, or of a child.

    Raises:
        DomainError: it concerns the place and nobody said what happens to the residents.
        Conflict: the case or the track is closed.
    """
    case = _case(case_id, actor)
    require_ours(case)
    row = find_track(case, track)
    if case.state == Case.State.CLOSED or row.state == Track.State.CLOSED:
        raise Conflict
    if track == TrackKind.PLACE:
        require_place_may_go(case.id)
    envelope = open_case(case, actor, REFERRAL_SEND)
    SentReferral(
        organisation_id=case.organisation_id,
        case=case,
        referral_id=referral_id,
        referral_code=referral_code,
        track=track,
        at=timezone.now(),
        by_id=actor.own_account,
    ).save(force_insert=True)
    row.state = Track.State.RUNS
    plan_track_step(case, row, WORK_TRACK, actor=actor, due=answer_by, waits_on_other=True)
    save_sealed(row, envelope, fields=["state", "current_step"])
    text = f"{referral_code}: {recipient}"
    write_event(case, envelope, actor=actor, what=TimelineEvent.What.REFERRAL, text=text, track=track)
    heard = told_by(*reasons)
    if heard["acute"] or is_minor(heard["minor"]):
        hear(case, envelope, actor=actor, because=Because.WEIGHED, told=referral_code, **heard)
        save_sealed(case, envelope, fields=[*URGENCY])
    note(case, actor=actor, action=CASE_WORK, purpose="referral_sent")
    settle()


def referral_came(*, actor: Actor, case_id: UUID, referral_id: UUID, turn: int, text: str) -> None:
    """Write on the timeline what a partner let know, before anybody read it; once for each turn.

    Args:
        actor: the system, or who noted it.
        text: the line for the timeline.
    """
    case = _case(case_id, actor)
    sent = SentReferral.objects.filter(case=case, referral_id=referral_id, told__lt=turn)
    track = sent.values_list("track", flat=True).first()
    if track is None or not sent.update(told=turn):
        return
    envelope = open_case(case, actor, REFERRAL_LIST)
    write_event(case, envelope, actor=actor, what=TimelineEvent.What.REFERRAL, text=text, track=track)
    note(case, actor=actor, action=CASE_WORK, purpose="referral_came")


def referral_news(
    *,
    actor: Actor,
    case_id: UUID,
    referral_id: UUID,
    text: str,
    step: StepKind | None = None,
    ended: bool = False,
    acute: bool = False,
    minor: str = "unknown",
) -> None:
    """Note what came back about a referral. Called by the referrals journey, acting for the municipality.

    Args:
        text: the line for the timeline.
        step: what must be done on the track now, where that is not working on it.
        ended: done, returned, recalled or expired: the track goes on, and closing is no longer held up.
        acute, minor: what came back tells of danger, or of a child.
    """
    case = _case(case_id, actor)
    sent = SentReferral.objects.filter(case=case, referral_id=referral_id).first()
    if sent is None:
        raise Absent
    envelope = open_case(case, actor, REFERRAL_LIST)
    if ended and sent.open:
        sent.open = False
        sent.save(update_fields=["open"])
    row = find_track(case, sent.track)
    if ended and row.state != Track.State.CLOSED:
        plan_track_step(case, row, step or WORK_TRACK, actor=actor)
        save_sealed(row, envelope, fields=["current_step"])
    write_event(case, envelope, actor=actor, what=TimelineEvent.What.REFERRAL, text=text, track=sent.track)
    if case.state != Case.State.CLOSED and (acute or is_minor(minor)):
        told = sent.referral_code
        hear(case, envelope, actor=actor, because=Because.ANSWER, acute=acute, minor=minor, told=told)
        save_sealed(case, envelope, fields=[*URGENCY])
    note(case, actor=actor, action=CASE_WORK, purpose="referral_news")
    settle()
