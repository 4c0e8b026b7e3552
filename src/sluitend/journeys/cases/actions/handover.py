"""A case that goes to another municipality, and one that comes from there.

A transfer is a copy. Until the other one takes it, the case is worked on as before; from that moment on it
can only be closed here. Called by the journey of exchanges.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.notes import write_observation, write_subject
from sluitend.journeys.cases.actions.planning import plan_case_step, plan_track_step
from sluitend.journeys.cases.actions.tracks import ensure_track
from sluitend.journeys.cases.drafts import NewObservation, NewSubject
from sluitend.journeys.cases.from_report import propose_names
from sluitend.journeys.cases.journey import (
    CASE_CLOSE,
    CASE_WORK,
    CHOOSE_ROUTE,
    HAND_OVER,
    TRANSFER_DECIDE,
    TRANSFER_FOLLOW,
    TRANSFER_SEND,
    WORK_TRACK,
)
from sluitend.journeys.cases.models import (
    Case,
    CaseReport,
    Minor,
    Observation,
    RouteChoice,
    SentReferral,
    Subject,
    TimelineEvent,
    Track,
    TrackKind,
)
from sluitend.journeys.cases.rows import (
    find_open_case,
    new_code,
    note,
    open_case,
    pack_of,
    save_sealed,
    write_event,
)
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.journey import WEIGH
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Resource, require, require_role
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.followup.actions import finish, settle
from sluitend.kernel.followup.deadlines import retention_day
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.guidance import Verb
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.manifest import StepKind
from sluitend.kernel.sealing.envelopes import OpenEnvelope, create_envelope

TRANSFERRED = "transferred"
"""The outcome of a case that another municipality took over."""

KVK = re.compile(r"\b[0-9]{8}\b", re.ASCII)
SUBJECTS = {
    "place": (Subject.Kind.PLACE, "address"),
    "company": (Subject.Kind.COMPANY, "kvk"),
    "vehicle": (Subject.Kind.VEHICLE, "plate"),
    "phone": (Subject.Kind.PHONE, "phone"),
    "online_account": (Subject.Kind.ACCOUNT, "account"),
    "person_description": (Subject.Kind.PERSON, ""),
}
"""Which parts name somebody or something, one a line, and by what it is found again."""


@dataclass(frozen=True)
class TakenOver:
    """What a municipality takes over: the words of the parts, as the sender had them."""

    sender: str
    transfer_code: str
    explanation: str
    parts: tuple[tuple[str, str, str], ...]
    """Id, title and text of each."""
    acute: bool
    minor: str
    forms: tuple[str, ...]
    tracks: tuple[str, ...]


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
    case = find_open_case(case_code, actor, CASE_WORK)
    if case.transfer is not None:
        raise DomainError(_("Er loopt al een overdracht van deze casus."))
    require_no_open_referral(case)
    envelope = open_case(case, actor, TRANSFER_SEND)
    case.transfer = transfer_id
    save_sealed(case, envelope, fields=["transfer"])
    for track in _tracks_waiting_for(case, HAND_OVER):
        plan_track_step(case, track, WORK_TRACK, actor=actor, due=answer_by, waits_on_other=True)
        save_sealed(track, envelope, fields=["current_step"])
    text = f"{transfer_code}: {recipient}"
    write_event(case, envelope, actor=actor, what=TimelineEvent.What.TRANSFER, text=text)
    note(case, actor=actor, action=CASE_WORK, purpose="hand_over_sent")
    settle()


def hand_over_ended(*, actor: Actor, case_id: UUID, text: str) -> None:
    """Note that a transfer did not go through: recalled, returned or expired. A route is chosen anew.

    Args:
        text: the line for the timeline.
    """
    case = _own(case_id, actor)
    envelope = open_case(case, actor, TRANSFER_FOLLOW)
    case.transfer = None
    save_sealed(case, envelope, fields=["transfer"])
    for track in _tracks_that_would_go(case):
        plan_track_step(case, track, CHOOSE_ROUTE, actor=actor)
        save_sealed(track, envelope, fields=["current_step"])
    write_event(case, envelope, actor=actor, what=TimelineEvent.What.TRANSFER, text=text)
    note(case, actor=actor, action=CASE_WORK, purpose="hand_over_ended")
    settle()


def close_handed_over(*, actor: Actor, case_id: UUID, text: str) -> None:
    """Close a case that another municipality took over: both tracks, with a word to every reporter.

    Args:
        text: the line for the timeline.

    Raises:
        DomainError: a referral is still open, and its answer must have somewhere to go.
        Conflict: it is closed already.
    """
    case = _own(case_id, actor)
    if case.closed is not None:
        raise Conflict
    require_no_open_referral(case)
    envelope = open_case(case, actor, CASE_CLOSE)
    pack = pack_of(case)
    outcome = pack.outcomes[TRANSFERRED]
    for track in Track.objects.filter(case=case).exclude(state=Track.State.CLOSED):
        track.state, track.outcome = Track.State.CLOSED, outcome.id
        finish(row=track, actor=actor)
        save_sealed(track, envelope, fields=["state", "outcome", "closed", "current_step"])
    case.state, case.outcome, case.held_until = Case.State.CLOSED, outcome.id, None
    case.retention_until = retention_day(pack.retention[outcome.retention], timezone.localdate())
    finish(row=case, actor=actor)
    columns = ["state", "outcome", "held_until", "retention_until", "closed", "current_step"]
    save_sealed(case, envelope, fields=columns)
    for report_id in CaseReport.objects.filter(case=case).values_list("report_id", flat=True):
        reports.tell(report_id, actor=actor, text=outcome.to_reporter.nl, closes=True)
    write_event(case, envelope, actor=actor, what=TimelineEvent.What.CLOSED, text=text)
    note(case, actor=actor, action=CASE_CLOSE, purpose=outcome.id)
    settle()


def require_no_open_referral(case: Case) -> None:
    """Refuse while a partner still holds something of this case: its answer would come to nobody."""
    if SentReferral.objects.filter(case=case, open=True).exists():
        raise DomainError(_("Er loopt nog een doorzetting. Haal die terug of wacht het antwoord af."))


@in_dutch()
def take_over(*, actor: Actor, taken: TakenOver) -> tuple[UUID, str]:
    """Make a case of what another municipality handed over, with weighing as its first step.

    Returns:
        Id and code of the case.
    """
    require_role(actor, TRANSFER_DECIDE)
    release = current_release()
    envelope = create_envelope(organisation_id=actor.own_organisation)
    case = Case(
        organisation_id=actor.own_organisation,
        envelope_id=envelope.id,
        code=new_code(),
        owner_id=actor.own_account,
        release_number=release.number,
        opened=timezone.now(),
        acute=taken.acute,
        minor=taken.minor if taken.minor in Minor.values else Minor.UNKNOWN,
    )
    envelope.seal(case, "name", propose_names(release.pack, case.id, count=1)[0])
    envelope.seal(case, "facts", {"forms": [each for each in taken.forms if each in release.pack.forms]})
    plan_case_step(case, WEIGH, actor=actor)
    case.save(force_insert=True)
    write_event(case, envelope, actor=actor, what=TimelineEvent.What.OPENED)
    _write_taken(case, envelope, taken, release.pack, actor)
    for kind in taken.tracks:
        if kind in TrackKind.values:
            ensure_track(case, envelope, kind, WORK_TRACK, actor=actor)
    note(case, actor=actor, action=CASE_WORK, purpose="take_over")
    settle()
    return case.id, case.code


def _write_taken(case: Case, envelope: OpenEnvelope, taken: TakenOver, pack: Pack, actor: Actor) -> None:
    source = _("overgedragen door %(sender)s") % {"sender": taken.sender}
    origin = _("%(sender)s droeg deze zaak over (%(code)s).") % {
        "sender": taken.sender,
        "code": taken.transfer_code,
    }
    texts = [" ".join(filter(None, [origin, taken.explanation]))]
    for part_id, title, text in taken.parts:
        if part_id in SUBJECTS:
            for line in filter(None, (each.strip() for each in text.split("\n"))):
                write_subject(case, envelope, _subject(part_id, line, source))
        else:
            texts.append(f"{title}: {text}")
    for text in texts:
        seen = NewObservation(Observation.Kind.FACT, text, source=source)
        write_observation(case, envelope, seen, actor=actor)
    write_event(case, envelope, actor=actor, what=TimelineEvent.What.TRANSFER, text=texts[0])


def _subject(part_id: str, line: str, source: str) -> NewSubject:
    kind, identifier = SUBJECTS[part_id]
    value = line
    if identifier == "kvk":
        number = KVK.search(line)
        value = number.group() if number else ""
    identifiers = ((identifier, value),) if identifier and value else ()
    return NewSubject(kind, line, identifiers=identifiers, remark=source)


def _own(case_id: UUID, actor: Actor) -> Case:
    case = Case.objects.filter(organisation_id=actor.own_organisation, pk=case_id).first()
    if case is None:
        raise Absent
    require(actor, CASE_WORK, Resource("case", case.organisation_id, id=case.id))
    return case


def _tracks_waiting_for(case: Case, what: StepKind) -> list[Track]:
    tracks = list(Track.objects.filter(case=case).exclude(state=Track.State.CLOSED))
    steps = NextStep.objects.filter(pk__in=[each.current_step_id for each in tracks], what=what)
    found = set(steps.values_list("pk", flat=True))
    return [track for track in tracks if track.current_step_id in found]


def _tracks_that_would_go(case: Case) -> list[Track]:
    """Return the open tracks for which somebody chose that another municipality takes over."""
    pack = pack_of(case)
    last = {row.track: row.route for row in RouteChoice.objects.filter(case=case).order_by("at")}
    going = {
        kind
        for kind, route_id in last.items()
        if (route := pack.routes.get(route_id)) and route.verb is Verb.TRANSFER
    }
    return list(Track.objects.filter(case=case, kind__in=going).exclude(state=Track.State.CLOSED))
