"""One case."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import Count, Max
from django.utils import timezone

from sluitend.journeys.cases.journey import CASE_READ, TRANSFER_TAKEN, WORK_PLAN
from sluitend.journeys.cases.models import (
    Case,
    CaseReport,
    LookUp,
    Observation,
    ResidentsQuestion,
    SentReferral,
    Subject,
    TimelineEvent,
    Track,
    TrackKind,
    Weighing,
)
from sluitend.journeys.cases.queries import reading
from sluitend.journeys.cases.queries.glances import glance_of
from sluitend.journeys.cases.queries.kept_plan import ASKED, DONE, kept_plan
from sluitend.journeys.cases.queries.rows import find_case, last_of, open_case, rows_of
from sluitend.journeys.cases.queries.shapes import (
    CaseView,
    Head,
    LookedView,
    ObservationView,
    ReportRef,
    Step,
    SubjectView,
)
from sluitend.journeys.cases.queries.tried import before_of, tried_of
from sluitend.journeys.cases.reach import NOT_KNOWN, reaches_in
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.assigning import work_days_of
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.handbook.guidance import Permission as Allowed
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.ledger.actions import pseudonym, record, record_many
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.manifest import Permission
from sluitend.kernel.prepared import Given, Prepared, among
from sluitend.kernel.sealing.envelopes import OpenEnvelope


def case(code: str, actor: Actor) -> CaseView:
    """Return one case, opened; one ledger line for the case and one for every person in it.

    Raises:
        Absent: there is none for this organisation.
    """
    row = find_case(code, actor, CASE_READ)
    envelope, pack = open_case(row, actor, CASE_READ), row.pack
    subjects = subjects_of(row, envelope)
    log_read(row, actor, subjects)
    events, observations = rows_of(row, TimelineEvent, "-at", "id"), rows_of(row, Observation, "-at", "id")
    readers = _readers(row)
    writers = [*(each.by_id for each in events), *(each.by_id for each in observations)]
    names = reading.names_of([row.owner_id, *writers, *(account for account, _last, _times in readers)])
    tracks = {track.kind: track for track in rows_of(row, Track)}
    followed = {row.id: "case"} | {track.id: track.kind for track in tracks.values()}
    if row.transfer is not None:
        followed[row.transfer] = "transfer"
    sent = {each.referral_id: each for each in rows_of(row, SentReferral) if each.open}
    followed |= dict.fromkeys(sent, "referral")
    opened = reading.steps_of(followed, actor, work_days_of(actor))
    steps = [step for step in opened if _is_ours(step)]
    track_of = {each.referral_code: each.track for each in sent.values()}
    answers = {track_of[step.code]: step for step in reversed(steps) if step.of == "referral"}
    asked = _sources_asked(row)
    first = _first(steps)
    cards = {
        kind: reading.track_view(
            kind,
            tracks.get(kind),
            envelope,
            pack,
            steps=steps,
            answer=answers.get(kind),
            first=first,
        )
        for kind in reading.TRACKS
    }
    residents, plan = last_of(row, ResidentsQuestion), kept_plan(row, envelope)
    return CaseView(
        head=reading.head_of(row, envelope, pack, names.get(row.owner_id, "") if row.owner_id else ""),
        step=first,
        todo=_todo(row, envelope) if first and first.what == WORK_PLAN else "",
        term_unsure=first is not None and reading.rests_on_a_proposal(first, pack),
        person=cards[TrackKind.PERSON],
        place=cards[TrackKind.PLACE],
        residents=residents_words(residents, pack),
        place_may_go=residents is not None and residents.lets_place_go,
        wish=reading.wish_view(row, envelope),
        weighing=reading.weighing_view(last_of(row, Weighing), pack),
        subjects=subjects,
        observations=_observation_views(observations, envelope, pack, names),
        events=[reading.event_view(each, envelope, names) for each in events],
        reports=[
            ReportRef(each.report_id, each.report_code, each.received)
            for each in rows_of(row, CaseReport, "received", "at")
        ],
        looked=[LookedView(names.get(who, ""), last, times) for who, last, times in readers],
        sources_asked=len(asked),
        sources_left=_sources_left(asked, pack),
        tried=[*tried_of(plan, pack), *before_of(plan)],
        asks_second_eyes=any(step.what == SECOND_EYES for step in opened),
        may_look_along=any(step.what == SECOND_EYES and not step.waits_on_other for step in opened),
    )


def _todo(row: Case, envelope: OpenEnvelope) -> str:
    todo = glance_of(row.id, envelope.read(row, "facts"), row.pack).todo
    return todo.says if todo else ""


def head(code: str, actor: Actor, action: Permission = CASE_READ) -> Head:
    """Return only the head of a case, for the page on which `action` can be done; one line: it was read."""
    row = find_case(code, actor, action)
    envelope = open_case(row, actor, action)
    record(actor=actor, action=CASE_READ, subject=("case", row.id), activity=Case.ACTIVITY, purpose="head")
    return reading.head_of(row, envelope, row.pack, "")


def head_and_first_step(code: str, actor: Actor, action: Permission) -> tuple[Head, str]:
    """Return the head of a case, and what was done first for people without papers, as its plan has it.

    Returns:
        The head, and the id of the first step of which the party was asked; empty where none was.
    """
    row = find_case(code, actor, action)
    envelope = open_case(row, actor, action)
    record(actor=actor, action=CASE_READ, subject=("case", row.id), activity=Case.ACTIVITY, purpose="head")
    asked = {
        row.pack.plan_actions[name].party
        for name, each in kept_plan(row, envelope)["actions"].items()
        if each["state"] in (ASKED, DONE) and name in row.pack.plan_actions
    }
    steps = (each.id for each in row.pack.residents.first_steps if each.party in asked)
    return reading.head_of(row, envelope, row.pack, ""), next(steps, "")


def head_and_subjects(code: str, actor: Actor, action: Permission) -> tuple[Head, list[SubjectView]]:
    """Return the head of a case and its subjects, for the page of an action; logged as read."""
    row = find_case(code, actor, action)
    envelope = open_case(row, actor, action)
    subjects = subjects_of(row, envelope)
    log_read(row, actor, subjects)
    return reading.head_of(row, envelope, row.pack, ""), subjects


def log_read(row: Case, actor: Actor, subjects: list[SubjectView]) -> None:
    """Write who was read about: the case, and every person in it."""
    persons = [("subject", each.id) for each in subjects if each.is_person]
    record_many(
        actor=actor,
        action=CASE_READ,
        subjects=[("case", row.id), *persons],
        activity=Case.ACTIVITY,
        purpose="read",
    )


def subjects_of(row: Case, envelope: OpenEnvelope) -> list[SubjectView]:
    """Return the subjects of an opened case, persons first."""
    reaches = reaches_in(envelope.read(row, "facts") or {})
    views = [
        reading.subject_view(each, envelope, reaches.get(str(each.id), NOT_KNOWN))
        for each in rows_of(row, Subject, "added", "id")
    ]
    return sorted(views, key=lambda each: not each.is_person)


def residents_words(row: ResidentsQuestion | None, pack: Pack) -> str:
    """Return the last answer about the residents, or nothing when it was never asked."""
    if row is None:
        return ""
    answer = next((shown(each.label) for each in pack.residents.answers if each.id == row.answer), row.answer)
    step = next((shown(each.label) for each in pack.residents.first_steps if each.id == row.first_step), "")
    return ". ".join(filter(None, [answer, step]))


def _is_ours(step: Step) -> bool:
    """Whether a step is shown on the page of the case: of a referral, what its partner let know."""
    if step.of == "referral":
        return step.what in reading.ANSWERS
    return step.what != SECOND_EYES


def _first(steps: list[Step]) -> Step | None:
    # Of a case that another municipality took over, closing is all that is left.
    taken = [step for step in steps if step.what == TRANSFER_TAKEN]
    return next(iter(taken or steps), None)


def _observation_views(
    rows: list[Observation], envelope: OpenEnvelope, pack: Pack, names: Mapping[UUID, str]
) -> list[ObservationView]:
    replaced = {each.corrects_id for each in rows if each.corrects_id}
    return [
        reading.observation_view(each, envelope, pack, names=names, corrected=each.id in replaced)
        for each in rows
    ]


def _sources_asked(row: Case) -> set[str]:
    return {each.source for each in rows_of(row, LookUp)}


def _sources_left(asked: set[str], pack: Pack) -> int:
    """Return how many sources may still be asked."""
    may = [source for source in pack.sources if source.allowed is not Allowed.NO and not source.automatic]
    return sum(source.id not in asked for source in may)


def _readers(row: Case) -> list[tuple[UUID, datetime, int]]:
    """Return who read this case, when last and how often: by the pseudonyms of this year and the last."""
    year = timezone.localdate().year
    names = [pseudonym(row.organisation_id, ("case", row.id), each) for each in (year, year - 1)]
    return [tuple(each) for each in _looks().rows(organisation=row.organisation_id, subjects=names)]


@cache
def _looks() -> Prepared:
    rows = Event.objects.filter(
        organisation_id=Given("organisation"),
        subject=among("subjects"),
        action=CASE_READ,
        account__isnull=False,
    )
    grouped = rows.values_list("account").annotate(last=Max("at"), times=Count("id"))
    return Prepared(grouped.order_by("-last")[:8])
