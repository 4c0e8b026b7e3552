"""A case that goes to another municipality, and one that comes from there.

A transfer is a copy. Until the other one takes it, the case is worked on as before; from that moment on it
can only be closed here. Called by the journey of exchanges.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.beginning import Begun, begin
from sluitend.journeys.cases.actions.closing import close_with
from sluitend.journeys.cases.actions.notes import write_observation, write_subject
from sluitend.journeys.cases.actions.plan_news import note_transferred
from sluitend.journeys.cases.actions.reaching import keep_reach
from sluitend.journeys.cases.actions.tracks import ensure_track
from sluitend.journeys.cases.actions.working import OnCase, on_case, on_own, open_tracks
from sluitend.journeys.cases.drafts import NewObservation, NewSubject
from sluitend.journeys.cases.journey import (
    CASE_CLOSE,
    CASE_WORK,
    CHOOSE_ROUTE,
    HAND_OVER,
    TRANSFER_DECIDE,
    WORK_TRACK,
)
from sluitend.journeys.cases.models import (
    Case,
    Minor,
    Observation,
    RouteChoice,
    SentReferral,
    Subject,
    TimelineEvent,
    Track,
    TrackKind,
)
from sluitend.journeys.cases.reach import Reach, as_heard
from sluitend.journeys.cases.roles import PLACE_WORDS, role_words
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.guidance import CONTACT, Verb
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.manifest import StepKind

TRANSFERRED = "transferred"
"""The outcome of a case that another municipality took over."""

KVK = re.compile(r"\b[0-9]{8}\b", re.ASCII)
SUBJECTS = {
    "place": (Subject.Kind.PLACE, "address"),
    "company": (Subject.Kind.COMPANY, "company"),
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
    """Note that a transfer did not go through: recalled, returned or expired. A route is chosen anew.

    Args:
        text: the line for the timeline.
    """
    with on_own(case_id, actor, "hand_over_ended") as it:
        it.row.transfer = None
        for track in _tracks_that_would_go(it.row):
            it.on_track(track).plan(CHOOSE_ROUTE)
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
        raise DomainError(_("Er loopt nog een doorzetting. Haal die terug of wacht het antwoord af."))


@in_dutch()
def take_over(*, actor: Actor, taken: TakenOver) -> tuple[UUID, str]:
    """Make a case of what another municipality handed over, with weighing as its first step.

    Returns:
        Id and code of the case.
    """
    require_role(actor, TRANSFER_DECIDE)
    begun = Begun(
        acute=taken.acute,
        minor=taken.minor if taken.minor in Minor.values else Minor.UNKNOWN,
        forms=[each for each in taken.forms if each in current_release().pack.forms],
    )
    with begin(begun, actor, CASE_WORK, purpose="take_over") as it:
        _write_taken(it, taken)
        for kind in taken.tracks:
            if kind in TrackKind.values:
                ensure_track(it, kind, WORK_TRACK)
    return it.row.id, it.row.code


def _write_taken(it: OnCase, taken: TakenOver) -> None:
    source = _("overgedragen door %(sender)s") % {"sender": taken.sender}
    origin = _("%(sender)s droeg deze zaak over (%(code)s).") % {
        "sender": taken.sender,
        "code": taken.transfer_code,
    }
    texts = [" ".join(filter(None, [origin, taken.explanation]))]
    reaches = [each for part_id, _title, text in taken.parts if part_id == CONTACT for each in as_heard(text)]
    people = dict[str, UUID]()
    for part_id, title, text in taken.parts:
        if part_id in SUBJECTS:
            for line in filter(None, (each.strip() for each in text.split("\n"))):
                subject = write_subject(it, _subject(part_id, line, source))
                if subject.kind == Subject.Kind.PERSON:
                    people[line] = subject.id
        elif part_id != CONTACT:
            texts.append(f"{title}: {text}")
    for name, reach in reaches:
        _write_reach(it, name, reach, people, source)
    for text in texts:
        write_observation(it, NewObservation(Observation.Kind.FACT, text, source=source))
    it.event(TimelineEvent.What.TRANSFER, texts[0])


def _write_reach(it: OnCase, name: str, reach: Reach, people: dict[str, UUID], source: str) -> None:
    """Keep how somebody can be reached with the person it is about; whom nobody described comes with it."""
    only = next(iter(people.values())) if not name and len(people) == 1 else None
    person = people.get(name, only)
    if person is None:
        called = name or _("Iemand, naam niet bekend")
        write_subject(it, NewSubject(Subject.Kind.PERSON, called, remark=source, reach=reach))
    else:
        keep_reach(it, person, reach)


def _subject(part_id: str, line: str, source: str) -> NewSubject:
    kind, identifier = SUBJECTS[part_id]
    roles = tuple(role for role in PLACE_WORDS if kind == Subject.Kind.PLACE and role_words(role) in line)
    identifiers = {identifier: line} if identifier else {}
    if kind == Subject.Kind.COMPANY and (number := KVK.search(line)):
        identifiers["kvk"] = number.group()
    return NewSubject(kind, line, roles, tuple(identifiers.items()), remark=source)


def _tracks_waiting_for(case: Case, what: StepKind) -> list[Track]:
    tracks = list(open_tracks(case))
    steps = NextStep.objects.filter(pk__in=[each.current_step_id for each in tracks], what=what)
    found = set(steps.values_list("pk", flat=True))
    return [track for track in tracks if track.current_step_id in found]


def _tracks_that_would_go(case: Case) -> list[Track]:
    """Return the open tracks for which somebody chose that another municipality takes over."""
    routes = case.pack.routes
    last = {row.track: row.route for row in RouteChoice.objects.filter(case=case).order_by("at")}
    going = {
        kind
        for kind, route_id in last.items()
        if (route := routes.get(route_id)) and route.verb is Verb.TRANSFER
    }
    return list(open_tracks(case).filter(kind__in=going))
