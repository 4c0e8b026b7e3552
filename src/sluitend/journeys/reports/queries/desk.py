"""What a focal point reads of reports. A list is one line in the ledger, a report one line."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sluitend.journeys.reports.content import DecisionContent, Identifier, ReportContent
from sluitend.journeys.reports.danger import dangers
from sluitend.journeys.reports.models import Kind, MailboxMessage, Report, ReportToken, State, may_be_minor
from sluitend.journeys.reports.queries.mailbox import Message
from sluitend.journeys.reports.queries.shapes import (
    AttachmentView,
    EarlierSignal,
    ReportLine,
    ReportView,
    signals_of,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Action, Resource, require
from sluitend.kernel.access.errors import Refused
from sluitend.kernel.followup.models import StepKind
from sluitend.kernel.followup.turns import Turn
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.actions import record, record_many
from sluitend.kernel.prepared import Given, Prepared, among
from sluitend.kernel.sealing import attachments as files
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope, open_envelopes
from sluitend.kernel.sealing.models import Attachment
from sluitend.kernel.sealing.tokens import KINDS, search_tokens_for

ACTIVITY = "meldingen"
PAGE = 50
OWNER = "report"
REASON_LISTS = {State.CLOSED: "intake_close", State.PASSED_ON: "pass_on"}
IDENTIFYING_KINDS: tuple[str, ...] = ("phone", "plate", "kvk", "account", "address")


def open_reports(actor: Actor, *, kind: str = "", limit: int = PAGE) -> list[ReportLine]:
    """Return the reports on which nobody decided yet: acute first, then the oldest.

    Args:
        actor: who looks.
        kind: only these, when given.
        limit: how many; ask one more to know whether there is a next page.
    """
    rows = Report.objects.filter(organisation_id=actor.own_organisation, state=State.NEW)
    if kind in Kind.values:
        rows = rows.filter(kind=kind)
    return _lines(rows.order_by("-acute", "received", "code")[:limit], actor)


def recent_reports(actor: Actor, *, limit: int = PAGE) -> list[ReportLine]:
    """Return the latest reports on which somebody decided."""
    rows = Report.objects.filter(organisation_id=actor.own_organisation).exclude(state=State.NEW)
    return _lines(rows.order_by("-received", "code")[:limit], actor)


def search_reports(text: str, actor: Actor, *, limit: int = PAGE) -> list[ReportLine]:
    """Return the reports with this code, phone, plate, KvK number, account or address."""
    rows = Report.objects.filter(organisation_id=actor.own_organisation)
    code = text.strip().upper()
    found = rows.filter(code=code)
    if not code.startswith("M-"):
        tokens = _all_tokens(actor, [(kind, text) for kind in IDENTIFYING_KINDS])
        matches = ReportToken.objects.filter(organisation_id=actor.own_organisation, token__in=tokens)
        found = rows.filter(pk__in=list(matches.values_list("report_id", flat=True)[:limit]))
    return _lines(found.order_by("-received", "code")[:limit], actor)


def report(code: str, actor: Actor) -> ReportView:
    """Return one report by its code, opened and logged.

    Raises:
        Refused: absent, of another organisation, or not for this person.
    """
    return _one(Report.objects.filter(code=code), actor)


def report_by_id(report_id: UUID, actor: Actor) -> ReportView:
    """Return one report by its id, opened and logged; see `report`."""
    return _one(Report.objects.filter(pk=report_id), actor)


def reports_by_id(ids: Iterable[UUID], actor: Actor, pack: Pack | None = None) -> list[ReportView]:
    """Return several reports, oldest first, with a fixed number of statements, one ledger line each.

    Args:
        ids: which.
        actor: who looks.
        pack: the handbook in whose words they are shown; the one that holds when left out.
    """
    require(actor, Action.REPORT_READ)
    wanted = list(ids)
    rows = _reports().models(Report, organisation=actor.own_organisation, ids=wanted) if wanted else []
    return _views(rows, actor, pack)


@cache
def _reports() -> Prepared:
    rows = Report.objects.filter(organisation_id=Given("organisation"), pk=among("ids"))
    return Prepared(rows.order_by("received", "code").select_related("current_step"))


def identifiers(view: ReportView) -> list[Identifier]:
    """Return what is identifying in a report, as (kind, value)."""
    return list(view.identifiers)


def earlier_signals(
    actor: Actor, found: Iterable[Identifier], excluding: Iterable[UUID] = ()
) -> list[EarlierSignal]:
    """Return own reports that share one of these values, however they were written. Each hit is logged.

    Args:
        actor: who looks.
        found: pairs of (kind, value).
        excluding: reports that are not to be named: the one at hand, those of its case.
    """
    require(actor, Action.REPORT_READ)
    tokens = _all_tokens(actor, found)
    if not tokens:
        return []
    matches = (
        ReportToken.objects.filter(organisation_id=actor.own_organisation, token__in=tokens)
        .exclude(report_id__in=list(excluding))
        .values_list("report_id", "kind")[: PAGE * 4]
    )
    kinds: dict[UUID, set[str]] = {}
    for report_id, kind in matches:
        kinds.setdefault(report_id, set()).add(kind)
    rows = list(Report.objects.filter(pk__in=kinds).order_by("-received", "code")[:PAGE])
    record_many(
        actor=actor,
        action="report.earlier",
        subjects=[("report", row.id) for row in rows],
        activity=ACTIVITY,
    )
    return [
        EarlierSignal(
            row.id,
            row.code,
            row.received,
            row.state,
            str(State(row.state).label),
            tuple(sorted(kinds[row.id])),
            row.acute,
            row.minor,
            row.closed is not None,
        )
        for row in rows
    ]


def page(page_id: UUID, actor: Actor) -> bytes:
    """Return a page of a file of a report, as JPEG; logged.

    Raises:
        Refused: absent, of another organisation, not for this person, or a file as it came.
    """
    row = Attachment.objects.filter(
        pk=page_id,
        organisation_id=actor.own_organisation,
        owner_kind=OWNER,
        shown=Attachment.Shown.PIXELS,
    ).first()
    if row is None:
        raise Refused
    require(actor, Action.ATTACHMENT_READ, Resource("attachment", row.organisation_id, id=row.id))
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=Action.ATTACHMENT_READ)
    record(actor=actor, action=Action.ATTACHMENT_READ, subject=(OWNER, row.owner_id), activity=ACTIVITY)
    return b"".join(files.read_chunks(row, envelope))


def files_of(report_ids: Iterable[UUID], actor: Actor) -> tuple[AttachmentView, ...]:
    """Return the files of these reports that can be opened, without their content, to choose from; logged."""
    require(actor, Action.ATTACHMENT_READ, Resource("attachment", actor.organisation_id))
    found = list(
        Attachment.objects.filter(
            organisation_id=actor.own_organisation,
            owner_kind=OWNER,
            owner_id__in=list(report_ids),
            page_of=None,
        )
        .exclude(state=Attachment.State.INFECTED)
        .order_by("id")
    )
    if not found:
        return ()
    envelopes = open_envelopes(
        [row.envelope_id for row in found], actor=actor, purpose=Action.ATTACHMENT_READ
    )
    subjects = [(OWNER, each) for each in sorted({row.owner_id for row in found})]
    record_many(
        actor=actor, action=Action.ATTACHMENT_READ, subjects=subjects, activity=ACTIVITY, purpose="names"
    )
    return tuple(
        _attachment(row, envelopes[row.envelope_id]) for row in found if row.envelope_id in envelopes
    )


def _one(rows: QuerySet[Report], actor: Actor) -> ReportView:
    require(actor, Action.REPORT_READ)
    own = rows.filter(organisation_id=actor.own_organisation)
    views = _views(list(own.select_related("current_step")), actor)
    if not views:
        raise Refused
    return views[0]


def _views(own: list[Report], actor: Actor, pack: Pack | None = None) -> list[ReportView]:
    if not own:
        return []
    envelopes = open_envelopes(
        [row.envelope_id for row in own if row.envelope_id], actor=actor, purpose=Action.REPORT_READ
    )
    ids = [row.id for row in own]
    messages = _grouped(_messages().models(MailboxMessage, reports=ids), "report_id")
    attached = _grouped(_attached().models(Attachment, reports=ids), "owner_id")
    record_many(
        actor=actor, action=Action.REPORT_READ, subjects=[(OWNER, row.id) for row in own], activity=ACTIVITY
    )
    pack = pack or current_release().pack
    return [
        _view(row, pack, _of(envelopes, row), messages.get(row.id, []), attached.get(row.id, []))
        for row in own
    ]


@cache
def _messages() -> Prepared:
    return Prepared(MailboxMessage.objects.filter(report_id=among("reports")).order_by("number"))


@cache
def _attached() -> Prepared:
    return Prepared(Attachment.objects.filter(owner_kind=OWNER, owner_id=among("reports")))


def _view(
    row: Report,
    pack: Pack,
    envelope: OpenEnvelope | None,
    messages: list[MailboxMessage],
    attached: list[Attachment],
) -> ReportView:
    language = get_language() or "nl"
    content = ReportContent.from_json(envelope.read(row, "content") if envelope else None)
    step = row.current_step
    return ReportView(
        id=row.id,
        code=row.code,
        organisation_id=row.organisation_id,
        kind=row.kind,
        state=row.state,
        channel=row.channel,
        received=row.received,
        anonymity=row.anonymity,
        acute=row.acute,
        minor=row.minor,
        theme=row.theme,
        theme_words=pack.advice_themes[row.theme].label.in_language(language)
        if row.theme in pack.advice_themes
        else "",
        content=content,
        when_words=when_words(content),
        form_words=pack.forms[content.form].label.in_language(language) if content.form in pack.forms else "",
        role_words=pack.roles[content.role].label.in_language(language) if content.role in pack.roles else "",
        signals=signals_of(pack, content, language),
        marks=tuple(
            pack.marks[each].label.in_language(language) for each in content.marks if each in pack.marks
        ),
        danger=tuple(
            each.label.in_language(language) for each in dangers(pack, content.signals, content.marks)
        ),
        attachments=_attachments(attached, envelope) if envelope else (),
        messages=tuple(_message(each, envelope) for each in messages if envelope),
        decided=row.decided,
        closed=row.closed is not None,
        reason_words=_reason(row, pack, envelope),
        asks_second_eyes=row.asks_second_eyes,
        second_eyes=row.second_eyes,
        step_words=str(StepKind(step.what).label) if step else "",
        unread=step is not None and step.what == StepKind.READ_ANSWER,
        due=step.due if step else None,
        identifiers=tuple(content.identifiers()),
    )


def when_words(content: ReportContent) -> str:
    """Return when it was, as a day and a time where these were given."""
    day = parse_date(content.day) if content.day else None
    parts = [date_format(day, "l j F Y") if day else "", content.time]
    return ", ".join(filter(None, parts)) or _("datum niet bekend")


def _reason(row: Report, pack: Pack, envelope: OpenEnvelope | None) -> str:
    if envelope is None or row.decision is None:
        return ""
    decision = DecisionContent.from_json(envelope.read(row, "decision"))
    prepared = pack.reasons.get(REASON_LISTS.get(State(row.state), ""))
    reason = prepared.reason(decision.reason) if prepared else None
    department = pack.departments.get(decision.department)
    words = [
        shown(department.label) if department else "",
        shown(reason.label) if reason else "",
        decision.sentence,
    ]
    return ". ".join(filter(None, words))


def decision(report_id: UUID, actor: Actor) -> Turn | None:
    """Return who decided about a report; without a moment, of which a report keeps the day only."""
    row = (
        Report.objects.filter(pk=report_id, organisation_id=actor.own_organisation)
        .exclude(decided_by=None)
        .select_related("decided_by")
        .first()
    )
    if row is None or row.decided_by is None:
        return None
    own = row.decided_by_id == actor.account_id
    return Turn(row.decided_by.name, None, row.get_state_display(), own)


def _lines(rows: QuerySet[Report], actor: Actor) -> list[ReportLine]:
    require(actor, Action.REPORT_LIST)
    found = list(rows.select_related("current_step"))
    envelopes = open_envelopes(
        [row.envelope_id for row in found if row.envelope_id],
        actor=actor,
        purpose=Action.REPORT_LIST,
        of=Report,
    )
    record(actor=actor, action=Action.REPORT_LIST, activity=ACTIVITY)
    return [_line(row, _of(envelopes, row)) for row in found]


def _of(envelopes: dict[UUID, OpenEnvelope], row: Report) -> OpenEnvelope | None:
    return envelopes.get(row.envelope_id) if row.envelope_id else None


def _line(row: Report, envelope: OpenEnvelope | None) -> ReportLine:
    content = ReportContent.from_json(envelope.read(row, "content") if envelope else None)
    step = row.current_step
    return ReportLine(
        id=row.id,
        code=row.code,
        kind=row.kind,
        kind_words=str(Kind(row.kind).label),
        state=row.state,
        state_words=str(State(row.state).label),
        received=row.received,
        acute=row.acute,
        minor=may_be_minor(row.minor),
        unverified=row.anonymity == "anonymous",
        where=content.where,
        signals=len(content.signals) + len(content.marks),
        waits_for=str(StepKind(step.what).label) if step else "",
        due=step.due if step else None,
    )


def _all_tokens(actor: Actor, found: Iterable[Identifier]) -> list[UUID]:
    return [
        token
        for kind in KINDS
        for name, value in found
        if name == kind
        for token in search_tokens_for(actor.own_organisation, kind, value)
    ]


def _attachments(rows: list[Attachment], envelope: OpenEnvelope) -> tuple[AttachmentView, ...]:
    """Return the files among these rows, each with its pages."""
    pages: dict[UUID, list[UUID]] = {}
    for row in sorted((each for each in rows if each.page_of), key=lambda each: each.page or 0):
        pages.setdefault(cast("UUID", row.page_of), []).append(row.id)
    return tuple(_attachment(row, envelope, pages.get(row.id, [])) for row in rows if row.page_of is None)


def _attachment(row: Attachment, envelope: OpenEnvelope, pages: Sequence[UUID] = ()) -> AttachmentView:
    own = [row.id] if row.shown == Attachment.Shown.PIXELS else []
    return AttachmentView(
        id=row.id,
        name=envelope.read(row, "name"),
        size=row.size,
        state=row.state,
        shown=row.shown,
        pages=(*own, *pages),
    )


def _message(row: MailboxMessage, envelope: OpenEnvelope) -> Message:
    ours = row.direction == MailboxMessage.Direction.OUT
    return Message(ours=ours, kind=row.kind, day=row.day, text=envelope.read(row, "text"))


def _grouped[Row](rows: Iterable[Row], name: str) -> dict[UUID, list[Row]]:
    groups: dict[UUID, list[Row]] = {}
    for row in rows:
        groups.setdefault(getattr(row, name), []).append(row)
    return groups
