"""The list of cases and one case."""

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from sluitend.journeys.cases.models import (
    Case,
    CaseReport,
    LookUp,
    Observation,
    ResidentsQuestion,
    Subject,
    TimelineEvent,
    Track,
    TrackKind,
    Weighing,
)
from sluitend.journeys.cases.queries import reading
from sluitend.journeys.cases.queries.shapes import (
    CasePage,
    CaseRow,
    CaseView,
    Head,
    LookedView,
    ObservationView,
    ReportRef,
    Step,
    SubjectView,
)
from sluitend.journeys.cases.rows import ACTIVITY, find_case, open_case, pack_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Action, require
from sluitend.kernel.followup.assigning import work_days_of
from sluitend.kernel.followup.models import NextStep, StepKind
from sluitend.kernel.handbook.guidance import Permission
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.ledger.actions import pseudonym, record, record_many
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelopes

PAGE = 50
MOST = 1000


def cases(actor: Actor, *, state: str = "", after: str = "") -> CasePage:
    """Return a page of cases, the newest first: by key, so that the last page is as quick as the first.

    Args:
        state: of a case; all that are open when left out or unknown.
        after: where the page before ended, as it came from `CasePage.after`.
    """
    require(actor, Action.CASE_LIST)
    chosen = state if state in Case.State.values else ""
    rows = Case.objects.filter(organisation_id=actor.own_organisation)
    rows = rows.filter(state=chosen) if chosen else rows.filter(closed__isnull=True)
    total = rows.order_by()[: MOST + 1].count()
    page = list(_after(rows, after).order_by("-opened", "id")[: PAGE + 1])
    more, shown = len(page) > PAGE, page[:PAGE]
    envelopes = open_envelopes([case.envelope_id for case in shown], actor=actor, purpose=Action.CASE_LIST)
    ids = {case.id: "case" for case in shown}
    steps: dict[UUID, NextStep] = {}
    for step_row in _open_steps(ids, actor):
        steps.setdefault(step_row[0], step_row[1])
    days = work_days_of(actor)
    record(actor=actor, action=Action.CASE_LIST, activity=ACTIVITY)
    return CasePage(
        rows=[
            CaseRow(
                code=case.code,
                name=envelopes[case.envelope_id].read(case, "name") if case.envelope_id in envelopes else "",
                state=case.state,
                state_words=str(Case.State(case.state).label),
                opened=case.opened,
                acute=case.acute,
                minor=case.minor in ("yes", "perhaps"),
                step=reading.step_view(steps[case.id], "case", days) if case.id in steps else None,
            )
            for case in shown
        ],
        state=chosen,
        after=_key(shown[-1]) if more else "",
        total=min(total, MOST),
        more_than_total=total > MOST,
    )


def _open_steps(ids: dict[UUID, str], actor: Actor) -> list[tuple[UUID, NextStep]]:
    rows = NextStep.objects.filter(
        organisation_id=actor.own_organisation, subject_id__in=list(ids), done__isnull=True
    ).order_by("waits_on_other", "-urgent", "due")
    return [(row.subject_id, row) for row in rows]


def _key(case: Case) -> str:
    return base64.urlsafe_b64encode(f"{case.opened.isoformat()}|{case.id}".encode()).decode().rstrip("=")


def _after(rows: QuerySet[Case], after: str) -> QuerySet[Case]:
    try:
        moment, _bar, identity = (
            base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode().partition("|")
        )
        opened, last = datetime.fromisoformat(moment), UUID(identity)
    except (ValueError, binascii.Error):
        return rows
    return rows.filter(Q(opened__lt=opened) | Q(opened=opened, id__gt=last))


def case(code: str, actor: Actor) -> CaseView:
    """Return one case, opened; one ledger line for the case and one for every person in it.

    Raises:
        Http404: there is none for this organisation.
    """
    row = find_case(code, actor, Action.CASE_READ)
    envelope, pack = open_case(row, actor, Action.CASE_READ), pack_of(row)
    subjects = subjects_of(row, envelope)
    log_read(row, actor, subjects)
    events, observations, readers = _events(row), _observations(row), _readers(row)
    writers = [each.by_id for each in (*events, *observations)]
    names = reading.names_of([row.owner_id, *writers, *(account for account, _last, _times in readers)])
    tracks = {track.kind: track for track in Track.objects.filter(case=row)}
    followed = {row.id: "case"} | {track.id: track.kind for track in tracks.values()}
    if row.transfer is not None:
        followed[row.transfer] = "transfer"
    steps = reading.steps_of(followed, actor, work_days_of(actor))
    choices, asked = reading.last_choices(row), _sources_asked(row)
    cards = {
        kind: reading.track_view(kind, tracks.get(kind), envelope, pack, steps=steps, route=choices.get(kind))
        for kind in reading.TRACKS
    }
    residents = ResidentsQuestion.objects.filter(case=row).order_by("-at").first()
    return CaseView(
        head=reading.head_of(row, envelope, pack, names.get(row.owner_id, "")),
        step=_first(steps),
        person=cards[TrackKind.PERSON],
        place=cards[TrackKind.PLACE],
        residents=residents_words(residents, pack),
        place_may_go=residents is not None and residents.lets_place_go,
        wish=reading.wish_view(row, envelope),
        weighing=reading.weighing_view(Weighing.objects.filter(case=row).order_by("-at").first(), pack),
        subjects=subjects,
        observations=_observation_views(observations, envelope, pack, names),
        events=[reading.event_view(each, envelope, names) for each in events],
        reports=[
            ReportRef(each.report_id, each.report_code, each.received)
            for each in CaseReport.objects.filter(case=row).order_by("received", "at")
        ],
        looked=[LookedView(names.get(who, ""), last, times) for who, last, times in readers],
        sources_asked=len(asked),
        sources_left=_sources_left(asked, pack),
    )


def head(code: str, actor: Actor, action: Action = Action.CASE_READ) -> Head:
    """Return only the head of a case, for the page on which `action` can be done; one line: it was read."""
    row = find_case(code, actor, action)
    envelope = open_case(row, actor, action)
    record(actor=actor, action=Action.CASE_READ, subject=("case", row.id), activity=ACTIVITY, purpose="head")
    return reading.head_of(row, envelope, pack_of(row), "")


def log_read(row: Case, actor: Actor, subjects: list[SubjectView]) -> None:
    """Write who was read about: the case, and every person in it."""
    persons = [("subject", each.id) for each in subjects if each.is_person]
    record_many(
        actor=actor,
        action=Action.CASE_READ,
        subjects=[("case", row.id), *persons],
        activity=ACTIVITY,
        purpose="read",
    )


def subjects_of(row: Case, envelope: OpenEnvelope) -> list[SubjectView]:
    """Return the subjects of an opened case, persons first."""
    rows = Subject.objects.filter(case=row).order_by("added", "id")
    views = [reading.subject_view(each, envelope) for each in rows]
    return sorted(views, key=lambda each: not each.is_person)


def residents_words(row: ResidentsQuestion | None, pack: Pack) -> str:
    """Return the last answer about the residents, or nothing when it was never asked."""
    if row is None:
        return ""
    answer = next((shown(each.label) for each in pack.residents.answers if each.id == row.answer), row.answer)
    step = next((shown(each.label) for each in pack.residents.first_steps if each.id == row.first_step), "")
    return ". ".join(filter(None, [answer, step]))


def _first(steps: list[Step]) -> Step | None:
    # Of a case that another municipality took over, closing is all that is left.
    taken = [step for step in steps if step.what == StepKind.TRANSFER_TAKEN]
    return next(iter(taken or steps), None)


def _events(row: Case) -> list[TimelineEvent]:
    return list(TimelineEvent.objects.filter(case=row).order_by("-at", "id"))


def _observations(row: Case) -> list[Observation]:
    return list(Observation.objects.filter(case=row).order_by("-at", "id"))


def _observation_views(
    rows: list[Observation], envelope: OpenEnvelope, pack: Pack, names: Mapping[UUID, str]
) -> list[ObservationView]:
    replaced = {each.corrects_id for each in rows if each.corrects_id}
    return [
        reading.observation_view(each, envelope, pack, names=names, corrected=each.id in replaced)
        for each in rows
    ]


def _sources_asked(row: Case) -> set[str]:
    return set(LookUp.objects.filter(case=row).values_list("source", flat=True))


def _sources_left(asked: set[str], pack: Pack) -> int:
    """Return how many sources may still be asked."""
    may = [source for source in pack.sources if source.allowed is not Permission.NO and not source.automatic]
    return sum(source.id not in asked for source in may)


def _readers(row: Case) -> list[tuple[UUID, datetime, int]]:
    """Return who read this case, when last and how often: by the pseudonyms of this year and the last."""
    year = timezone.localdate().year
    names = [pseudonym(row.organisation_id, ("case", row.id), each) for each in (year, year - 1)]
    rows = Event.objects.filter(
        organisation_id=row.organisation_id,
        subject__in=names,
        action=Action.CASE_READ,
        account__isnull=False,
    )
    grouped = rows.values("account").annotate(last=Max("at"), times=Count("id")).order_by("-last")[:8]
    return [(who, each["last"], each["times"]) for each in grouped if (who := each["account"])]
