"""The sweep: what intake could not do itself. It runs by the clock: its time tells nothing."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from django.contrib.postgres.aggregates import BoolOr
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from sluitend.forms.actions import forget_passed
from sluitend.journeys.reports.actions.handling import ask_second_eyes, load, next_step
from sluitend.journeys.reports.actions.marking import hand_over
from sluitend.journeys.reports.content import ACTIVITY, ReportContent
from sluitend.journeys.reports.journey import REPORT_ANSWER, REPORT_FILE, UNREADABLE
from sluitend.journeys.reports.models import (
    MailboxMessage,
    Mark,
    Minor,
    Report,
    ReportToken,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, Refused
from sluitend.kernel.access.rounds import count_left, fenced, in_fences
from sluitend.kernel.followup.actions import add_for_other, finish_open, settle
from sluitend.kernel.followup.deadlines import due_in
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.same_address import other_ways
from sluitend.kernel.ledger.actions import record_many
from sluitend.kernel.prepared import change, insert
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelopes
from sluitend.kernel.sealing.opened import FIRST
from sluitend.kernel.sealing.tokens import tokens_for

AT_ONCE = 500
UNREADABLE_DAYS = 2
NOT_OPENED = "Unreadable"
"""What is counted for a report that an earlier sweep could not read: each hour it is tried again."""


@dataclass(frozen=True)
class Swept:
    """How much was new for the focal point."""

    reports: int = 0
    messages: int = 0
    marks: int = 0


def sweep(actor: Actor) -> Swept:
    """Index, log and rewrite what came in; bring answers to the focal point; hand over marks; drop drafts.

    Args:
        actor: the system, acting for one organisation. Running it twice changes nothing.
    """
    if actor.kind != "system":
        raise Refused
    _one_at_a_time(actor)
    marks = _sweep_marks(actor)
    reports = _sweep_reports(actor)
    messages = _sweep_messages(actor)
    forget_passed(actor)
    if marks or reports or messages:
        settle()
    return Swept(reports, messages, marks)


def _one_at_a_time(actor: Actor) -> None:
    """Let one worker at a time sweep an organisation: the second then finds what the first left over."""
    with connection.cursor() as cursor:
        # A row that the public role may not lock: of a named lock anybody who knows the name is the owner.
        cursor.execute(
            "SELECT FROM organisations_organisation WHERE id = %s FOR NO KEY UPDATE", [actor.own_organisation]
        )


def _sweep_reports(actor: Actor) -> int:
    known = _unreadable(actor).values("subject_id")
    new = Report.objects.filter(organisation_id=actor.own_organisation, swept=False)
    rows = list(new.exclude(pk__in=known).defer("content", "decision")[:AT_ONCE])
    left = in_fences(rows, partial(_take_up, actor))
    for row in left:
        _say_unreadable(row, actor)
    count_left(NOT_OPENED, _unreadable(actor).count() - len(left))
    return len(rows) - len(left)


def sweep_unreadable(actor: Actor) -> int:
    """Try again what a sweep could not read; who was asked to look at it is asked no more when it goes.

    Returns:
        How many could be read now.
    """
    _one_at_a_time(actor)
    known = _unreadable(actor).values("subject_id")
    rows = list(Report.objects.filter(organisation_id=actor.own_organisation, swept=False, pk__in=known))
    left = in_fences(rows, partial(_take_up, actor))
    read = [row for row in rows if row not in left]
    for row in read:
        finish_open(subject_id=row.id, actor=actor, what=UNREADABLE)
    return len(read)


def _unreadable(actor: Actor) -> QuerySet[NextStep]:
    return NextStep.objects.filter(organisation_id=actor.own_organisation, what=UNREADABLE, done__isnull=True)


def _say_unreadable(row: Report, actor: Actor) -> None:
    """Ask the focal point to look at a report whose words do not open, beside what waits for it already."""
    add_for_other(
        row=row,
        subject_kind=row.door.kind,
        what=UNREADABLE,
        due=due_in(days=UNREADABLE_DAYS),
        actor=actor,
        organisation_id=actor.own_organisation,
        owner_role=row.door.role,
        urgent=row.acute,
    )


def _take_up(actor: Actor, found: Sequence[Report]) -> None:
    # Anew and locked: a try that failed leaves a row in memory that is not in the table. Not its key, which
    # the public role holds as long as it likes by a row that points there.
    rows = list(Report.objects.select_for_update(no_key=True).filter(pk__in=[each.pk for each in found]))
    envelopes = open_envelopes(
        [row.envelope_id for row in rows if row.envelope_id], actor=actor, purpose="report.index"
    )
    tokens = [
        token
        for row in rows
        if row.envelope_id in envelopes
        for token in report_tokens(row, envelopes[row.envelope_id])
    ]
    if tokens:
        insert(tokens)
    _seal_anew(rows, envelopes)
    for row in rows:
        ask_second_eyes(row, actor)
    _log(actor, REPORT_FILE, rows)
    _rewrite([row.id for row in rows])
    settle()


def _seal_anew(rows: Sequence[Report], envelopes: Mapping[UUID, OpenEnvelope]) -> None:
    """Seal what came in once more under a proof of ours: that of the public process counts no longer then.

    That it was taken up is written with it: a report has a dozen indexes.
    """
    for row in rows:
        envelope = envelopes.get(row.envelope_id) if row.envelope_id else None
        if envelope and row.revision == FIRST:
            envelope.advance(row)
        row.swept = row.fresh = True
    if rows:
        change(rows, ["revision", "content", "decision", "swept", "fresh"])


def report_tokens(row: Report, envelope: OpenEnvelope) -> list[ReportToken]:
    """Return the tokens under which a report is found, of what is in it."""
    content = ReportContent.from_json(envelope.read(row, "content"))
    told = content.identifiers()
    found = [
        (kind, token)
        for kind, value in [*told, *other_ways(told)]
        for token in tokens_for(row.organisation_id, kind, value)  # type: ignore[arg-type]
    ]
    return [
        ReportToken(organisation_id=row.organisation_id, report_id=row.id, kind=kind, token=token)
        for kind, token in dict.fromkeys(found)
    ]


def _log(actor: Actor, action: str, rows: Iterable[Report]) -> None:
    days: dict[date, list[tuple[str, UUID]]] = {}
    for row in rows:
        days.setdefault(row.received, []).append((row.door.kind, row.id))
    for day, subjects in days.items():
        record_many(actor=actor, action=action, subjects=subjects, activity=ACTIVITY, day=day)


def _rewrite(report_ids: Sequence[UUID]) -> None:
    """Write every row of these reports anew: the order of transactions is a clock too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reports_rewrite(%s)", [list(report_ids)])


def _sweep_messages(actor: Actor) -> int:
    new = MailboxMessage.objects.filter(organisation_id=actor.own_organisation, swept=False)
    told = list(
        new.order_by()
        .values("report_id")
        .annotate(danger=BoolOr("acute"), child=BoolOr("minor"))
        .values_list("report_id", "danger", "child")[:AT_ONCE]
    )
    return len(told) - len(in_fences(told, partial(_bring_all, actor, new)))


def _bring_all(actor: Actor, new: QuerySet[MailboxMessage], told: Sequence[tuple[UUID, bool, bool]]) -> None:
    brought = [_bring(each, actor, danger=danger, child=child) for each, danger, child in told]
    settle()
    report_ids = [row.id for row in brought]
    record_many(
        actor=actor,
        action="report.add",
        subjects=[(row.door.kind, row.id) for row in brought],
        activity=ACTIVITY,
        day=timezone.localdate(),
    )
    Report.objects.filter(pk__in=report_ids).update(fresh=True, told=False)
    _rewrite(report_ids)
    new.filter(report_id__in=report_ids).update(swept=True)


def _bring(report_id: UUID, actor: Actor, *, danger: bool, child: bool) -> Report:
    """Bring what a reporter wrote to the focal point; danger or a child in it makes the report so too."""
    loaded = load(report_id, actor, REPORT_ANSWER)
    row = loaded.row
    row.closed = None
    if danger or (child and row.minor != Minor.YES):
        asked = row.asks_second_eyes and _is_looked_at(row, actor)
        row.acute = row.acute or danger
        row.minor = Minor.YES if child else row.minor
        # Who looked before did not know this.
        row.second_eyes = row.second_eyes_by = None
        if not asked:
            ask_second_eyes(row, actor)
    next_step(row, row.door.hear, actor)
    loaded.write()
    return row


def _is_looked_at(row: Report, actor: Actor) -> bool:
    """Return whether a colleague is still to look along: closing a report without a case ends that."""
    asked = NextStep.objects.filter(
        organisation_id=actor.own_organisation, subject_id=row.id, what=SECOND_EYES, done__isnull=True
    )
    return asked.exists()


def _sweep_marks(actor: Actor) -> int:
    due = Mark.objects.filter(
        organisation_id=actor.own_organisation, closed__isnull=True, current_step__due__lte=timezone.now()
    )
    handed = 0
    for row in list(due[:AT_ONCE]):
        # A conflict: its maker finished it at this very moment, and made the report.
        with fenced(), suppress(Conflict), transaction.atomic():
            hand_over(row, actor=actor)
            handed += 1
    return handed
