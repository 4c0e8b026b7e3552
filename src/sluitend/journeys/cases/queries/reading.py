"""Opening a case and turning its rows into what pages show."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.cases.journey import (
    HAND_OVER,
    NIGHT_WITHOUT_PLACE,
    PARTNER_ANSWERED,
    PARTNER_ASKS,
    PARTNER_RETURNED,
    REFER,
)
from sluitend.journeys.cases.models import (
    Answer,
    Case,
    Observation,
    Subject,
    TimelineEvent,
    Track,
    TrackKind,
    Weighing,
)
from sluitend.journeys.cases.queries.shapes import (
    EventView,
    Head,
    ObservationView,
    Step,
    SubjectView,
    TrackView,
    WeighingView,
    WishView,
)
from sluitend.journeys.cases.reach import NOT_KNOWN, Reach
from sluitend.journeys.cases.roles import ALL_WORDS, role_words
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.followup.queries import stood_for
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.manifest import step_named
from sluitend.kernel.organisations.queries import names
from sluitend.kernel.prepared import Given, Prepared, among
from sluitend.kernel.sealing.envelopes import OpenEnvelope
from sluitend.kernel.sealing.tokens import DOOR

WISH_WORDS = {
    "yes": gettext_lazy("Wil hulp"),
    "no": gettext_lazy("Wil nu geen hulp"),
    "unclear": gettext_lazy("Niet duidelijk"),
    "unknown": gettext_lazy("Nog niet gevraagd"),
}


ANSWERS = {
    PARTNER_ANSWERED: gettext_lazy("De partner antwoordde"),
    NIGHT_WITHOUT_PLACE: gettext_lazy("De partner heeft vandaag geen plek"),
    PARTNER_ASKS: gettext_lazy("De partner vraagt iets"),
    PARTNER_RETURNED: gettext_lazy("De partner gaf het terug"),
}
"""How a track stands of which the partner let something know that nobody read yet."""


class OpenStep(NamedTuple):
    """What is shown of an open step: for a page of cases, models cost more than the statement."""

    subject_id: UUID
    what: str
    due: datetime
    waits_on_other: bool
    urgent: bool
    code: str


def steps_of(ids: Mapping[UUID, str], actor: Actor, work_days: Iterable[int]) -> list[Step]:
    """Return the open steps of these subjects, the most pressing first.

    Args:
        ids: id of a case or track -> `case` or the kind of the track.
        work_days: of the reader, for "stood for".
    """
    made = StepMaker(work_days)
    return [made.of(row, ids[row.subject_id]) for row in open_steps(ids, actor)]


def open_steps(ids: Collection[UUID], actor: Actor) -> list[OpenStep]:
    """Return the open steps of these subjects as they are stored, the most pressing first."""
    if not ids:
        return []
    rows = _open_steps().rows(organisation=actor.own_organisation, subjects=list(ids))
    return [OpenStep(*row) for row in rows]


@cache
def _open_steps() -> Prepared:
    rows = NextStep.objects.filter(
        organisation_id=Given("organisation"), subject_id=among("subjects"), done__isnull=True
    ).order_by("waits_on_other", "-urgent", "due", "id")
    return Prepared(rows.values_list(*OpenStep._fields))


class StepMaker:
    """Puts the steps of one page in words; what many share is looked up once.

    Args:
        work_days: of the reader, for "stood for".
    """

    def __init__(self, work_days: Iterable[int]) -> None:
        days, today = list(work_days), timezone.localdate()
        self._stood_for = cache(lambda due: stood_for(due, days, today=today))
        self._words = cache(lambda what: str(step_named(what).label))

    def of(self, row: OpenStep, of: str) -> Step:
        """Return a step in words."""
        return Step(
            what=row.what,
            words=self._words(row.what),
            due=row.due,
            stood_for=self._stood_for(row.due),
            waits_on_other=row.waits_on_other,
            urgent=row.urgent,
            of=of,
            code=row.code,
        )


def names_of(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return the names of colleagues, in one statement."""
    return names(each for each in ids if each)


def head_of(case: Case, envelope: OpenEnvelope, pack: Pack, owner: str) -> Head:
    """Return the head of a case."""
    outcome = pack.outcomes.get(case.outcome)
    return Head(
        id=case.id,
        code=case.code,
        name=envelope.read(case, "name"),
        state=case.state,
        state_words=str(Case.State(case.state).label),
        revision=case.revision,
        acute=case.acute,
        minor=case.minor,
        release_number=case.release_number,
        owner=owner,
        opened=case.opened,
        closed=case.closed,
        held_until=case.held_until,
        outcome=shown(outcome.label) if outcome else "",
        retention_until=case.retention_until,
        transferring=case.transfer is not None,
    )


def track_view(
    kind: str,
    track: Track | None,
    envelope: OpenEnvelope,
    pack: Pack,
    *,
    steps: list[Step],
    answer: Step | None,
    first: Step | None,
) -> TrackView:
    """Return the card of a track.

    Args:
        answer: what is to be done about a referral of it that its partner answered.
        first: the next step of the whole case, which says of itself that its term is not confirmed.
    """
    if track is None:
        return TrackView(kind=kind)
    outcome = pack.outcomes.get(track.outcome)
    step = next((each for each in steps if each.of == kind), None)
    shows = answer or step
    return TrackView(
        kind=kind,
        opened=True,
        id=track.id,
        state=track.state,
        state_words=str(ANSWERS[answer.kind]) if answer else _track_words(track, step),
        summary=(envelope.read(track, "summary") or {}).get("text", ""),
        outcome=shown(outcome.label) if outcome else "",
        revision=track.revision,
        step=shows,
        term_unsure=shows is not None and shows != first and rests_on_a_proposal(shows, pack),
        may_refer=step is not None and step.what == REFER,
        may_hand_over=step is not None and step.what == HAND_OVER,
    )


def rests_on_a_proposal(step: Step, pack: Pack) -> bool:
    """Whether somebody waits for a day that comes from a term which nobody confirmed."""
    deadline = pack.deadlines.get(step.kind.term or "")
    soon = step.urgent or step.waits_on_other or step.stood_for is not None
    return deadline is not None and not deadline.confirmed and not soon


def _track_words(track: Track, step: Step | None) -> str:
    if track.state == Track.State.RUNS and step and step.waits_on_other:
        return _("Wacht op antwoord")
    return str(Track.State(track.state).label)


def subject_view(subject: Subject, envelope: OpenEnvelope, reach: Reach = NOT_KNOWN) -> SubjectView:
    """Return a subject in words."""
    content = envelope.read(subject, "content")
    roles = [role for role in content["roles"] if role in ALL_WORDS]
    return SubjectView(
        id=subject.id,
        kind=subject.kind,
        name=content["name"],
        roles=roles,
        role_words=[role_words(role) for role in roles],
        identifiers=[(kind, value) for kind, value in content["identifiers"] if kind != DOOR],
        doors=[value for kind, value in content["identifiers"] if kind == DOOR],
        remark=content["remark"],
        language=content["language"],
        also_victim="possible_victim" in roles and len(roles) > 1,
        reach=reach,
        added=subject.added,
    )


def observation_view(
    row: Observation, envelope: OpenEnvelope, pack: Pack, *, names: Mapping[UUID, str], corrected: bool
) -> ObservationView:
    """Return an observation with the words of its signals."""
    content = envelope.read(row, "content")
    signals = [found for each in content["indicators"] if (found := pack.indicators.get(each))]
    return ObservationView(
        id=row.id,
        kind=row.kind,
        text=content["text"],
        when=content["when"],
        day=day_in(content["when"]),
        where=content["where"],
        source=content["source"],
        at=row.at,
        by=names.get(row.by_id, ""),
        lasts=content.get("lasts", ""),
        put_out=bool(content.get("put_out")),
        signals=[(shown(one.label), shown(one.innocent) if one.innocent else _("geen")) for one in signals],
        corrected=corrected,
        about=[UUID(each) for each in content.get("about", ())],
    )


def day_in(text: str) -> date | None:
    """Return the day that a moment such as `2026-11-20 16:10` begins with, or None."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def event_view(event: TimelineEvent, envelope: OpenEnvelope, names: Mapping[UUID, str]) -> EventView:
    """Return a line of the timeline."""
    content = envelope.read(event, "content") or {}
    return EventView(
        what=event.what,
        words=str(TimelineEvent.What(event.what).label),
        text=content.get("text", ""),
        track=event.track,
        at=event.at,
        by=names.get(event.by_id, "") if event.by_id else "",
        struck=event.what == TimelineEvent.What.CORRECTED,
    )


def wish_view(case: Case, envelope: OpenEnvelope) -> WishView | None:
    """Return what the person wants, or None when it was never asked."""
    content = envelope.read(case, "wish")
    if not content:
        return None
    return WishView(
        wish=content["wish"],
        words=str(WISH_WORDS[content["wish"]]),
        wants=content["wants"],
        wants_not=content["wants_not"],
        asked_by=content["asked_by"],
        asked_on=day_in(content["asked_on"]),
    )


def weighing_view(row: Weighing | None, pack: Pack) -> WeighingView | None:
    """Return the last weighing in words."""
    if row is None:
        return None
    lists = ("weigh_continue", "weigh_hold", "weigh_close")
    reason = next(
        (shown(found.label) for name in lists if (found := pack.reasons[name].reason(row.reason))), ""
    )
    return WeighingView(
        concrete=str(Answer(row.concrete).label),
        recent=str(Answer(row.recent).label),
        pattern=str(Answer(row.pattern).label),
        decision=row.decision,
        reason=reason,
        at=row.at,
    )


TRACKS = (TrackKind.PERSON, TrackKind.PLACE)
