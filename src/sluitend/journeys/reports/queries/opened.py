"""Reports opened whole, as a focal point reads them: one line in the ledger each."""

from collections.abc import Iterable
from functools import cache
from uuid import UUID

from django.db.models import QuerySet
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sluitend.journeys.reports.content import (
    ACTIVITY,
    ATTACHMENT_OWNER,
    DecisionContent,
    Identifier,
    ReportContent,
)
from sluitend.journeys.reports.danger import dangers
from sluitend.journeys.reports.journey import AWAIT_REPORTER, READ_ANSWER, REPORT_READ
from sluitend.journeys.reports.models import Channel, MailboxMessage, Report, State
from sluitend.journeys.reports.queries.files import attachments
from sluitend.journeys.reports.queries.mailbox import Message
from sluitend.journeys.reports.queries.shapes import ReportView, signals_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Refused
from sluitend.kernel.followup import queries as followup
from sluitend.kernel.followup.turns import Turn
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.actions import record_many
from sluitend.kernel.manifest import step_named
from sluitend.kernel.prepared import Given, Prepared, among
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelopes
from sluitend.kernel.sealing.models import Attachment

REASON_LISTS = {State.CLOSED: "intake_close", State.PASSED_ON: "pass_on"}


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
    require_role(actor, REPORT_READ)
    wanted = list(ids)
    rows = _reports().models(Report, organisation=actor.own_organisation, ids=wanted) if wanted else []
    return _views(rows, actor, pack)


def identifiers(view: ReportView) -> list[Identifier]:
    """Return what is identifying in a report, as (kind, value)."""
    return list(view.identifiers)


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


def _one(rows: QuerySet[Report], actor: Actor) -> ReportView:
    require_role(actor, REPORT_READ)
    own = rows.filter(organisation_id=actor.own_organisation)
    views = _views(list(own.select_related("current_step")), actor)
    if not views:
        raise Refused
    return views[0]


def _views(own: list[Report], actor: Actor, pack: Pack | None = None) -> list[ReportView]:
    if not own:
        return []
    envelopes = open_envelopes(
        [row.envelope_id for row in own if row.envelope_id], actor=actor, purpose=REPORT_READ
    )
    ids = [row.id for row in own]
    messages = _grouped(_messages().models(MailboxMessage, reports=ids), "report_id")
    attached = _grouped(_attached().models(Attachment, reports=ids), "owner_id")
    record_many(
        actor=actor,
        action=REPORT_READ,
        subjects=[("report", row.id) for row in own],
        activity=ACTIVITY,
    )
    pack = pack or current_release().pack
    eyes = followup.second_eyes([row.id for row in own if row.asks_second_eyes], actor)
    return [
        _view(
            row,
            pack,
            envelopes.get(row.envelope_id) if row.envelope_id else None,
            messages.get(row.id, []),
            attached.get(row.id, []),
            may_look_along=(eyes[row.id].work_of if row.id in eyes else row.decided_by_id)
            != actor.account_id,
        )
        for row in own
    ]


@cache
def _reports() -> Prepared:
    rows = Report.objects.filter(organisation_id=Given("organisation"), pk=among("ids"))
    return Prepared(rows.order_by("received", "code").select_related("current_step"))


@cache
def _messages() -> Prepared:
    return Prepared(MailboxMessage.objects.filter(report_id=among("reports")).order_by("number"))


@cache
def _attached() -> Prepared:
    return Prepared(Attachment.objects.filter(owner_kind=ATTACHMENT_OWNER, owner_id=among("reports")))


def _view(
    row: Report,
    pack: Pack,
    envelope: OpenEnvelope | None,
    messages: list[MailboxMessage],
    attached: list[Attachment],
    *,
    may_look_along: bool,
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
        role_words=_role_words(row, content, pack, language),
        signals=signals_of(pack, content, language),
        marks=tuple(
            pack.marks[each].label.in_language(language) for each in content.marks if each in pack.marks
        ),
        danger=tuple(
            each.label.in_language(language) for each in dangers(pack, content.signals, content.marks)
        ),
        attachments=attachments(attached, envelope) if envelope else (),
        messages=tuple(_message(each, envelope) for each in messages if envelope),
        decided=row.decided,
        closed=row.closed is not None,
        reason_words=_reason(row, pack, envelope),
        asks_second_eyes=row.asks_second_eyes,
        may_look_along=may_look_along,
        second_eyes=row.second_eyes,
        step_words=str(step_named(step.what).label) if step else "",
        unread=step is not None and step.what == READ_ANSWER,
        asked=step is not None and step.what == AWAIT_REPORTER,
        heard=max(
            (each.number for each in messages if each.direction == MailboxMessage.Direction.IN), default=0
        ),
        due=step.due if step else None,
        identifiers=tuple(content.identifiers()),
    )


def _role_words(row: Report, content: ReportContent, pack: Pack, language: str) -> str:
    """Return as whom somebody tells it; of who signs in elsewhere that it is a partner, and never which."""
    if content.role in pack.roles:
        return pack.roles[content.role].label.in_language(language)
    return str(Channel.PARTNER.label) if row.channel == Channel.PARTNER else ""


def when_words(content: ReportContent) -> str:
    """Return when it was, as a day and a time where these were given."""
    try:
        day = parse_date(content.day)
    except ValueError:  # a day that no calendar has
        day = None
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


def _message(row: MailboxMessage, envelope: OpenEnvelope) -> Message:
    ours = row.direction == MailboxMessage.Direction.OUT
    return Message(ours=ours, kind=row.kind, day=row.day, text=envelope.read(row, "text"))


def _grouped[Row](rows: Iterable[Row], name: str) -> dict[UUID, list[Row]]:
    groups: dict[UUID, list[Row]] = {}
    for row in rows:
        groups.setdefault(getattr(row, name), []).append(row)
    return groups
