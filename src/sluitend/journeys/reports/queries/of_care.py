"""Requests for help at the organisation that has them: opened and logged, for the journey of care."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from sluitend.journeys.reports.content import ACTIVITY, ATTACHMENT_OWNER, Identifier
from sluitend.journeys.reports.doors import CARE
from sluitend.journeys.reports.models import (
    OF_CARE,
    Anonymity,
    MailboxMessage,
    Minor,
    Report,
    ReportToken,
    may_be_minor,
)
from sluitend.journeys.reports.queries.files import attachments
from sluitend.journeys.reports.queries.mailbox import Message
from sluitend.journeys.reports.queries.shapes import AttachmentView
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.listing import Order
from sluitend.kernel.manifest import Permission, step_named
from sluitend.kernel.prepared import Given, Prepared
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelopes
from sluitend.kernel.sealing.models import Attachment
from sluitend.kernel.sealing.tokens import search_tokens_for

PAGE = 50
HURRIED_FIRST = Order(
    ("-acute", "-minor", "received", "code"),
    (lambda text: text == str(True), str, date.fromisoformat, str),
)


@dataclass(frozen=True)
class HelpRequest:
    """One request. `told` and `kept` are what is sealed: by whoever asked, and by whoever handles it."""

    id: UUID
    code: str
    kind: str
    state: str
    received: date
    acute: bool
    minor: bool
    decided: date | None
    closed: bool
    outcome: str
    told: Any
    kept: Any
    what: str
    step_words: str
    step_button: str
    due: datetime | None
    messages: tuple[Message, ...] = ()
    attachments: tuple[AttachmentView, ...] = ()


def help_requests(
    actor: Actor, action: Permission, *, closed: bool = False, after: str = ""
) -> tuple[list[HelpRequest], str]:
    """Return the open requests of the actor's organisation, hurried first; or those that were closed last.

    Args:
        after: where the page before ended, of those that are open.

    Returns:
        A page of them, and where it ends when there is more that is open.
    """
    require_role(actor, action)
    last = HURRIED_FIRST.values(after) if after and not closed else None
    given = dict(zip(PLACES, last, strict=True)) if last else {}
    found = [
        _Listed(*row)
        for row in _page(PAGE, closed=closed, after=bool(last)).rows(
            organisation=actor.own_organisation, **given
        )
    ]
    page = found[:PAGE]
    ids = [row.envelope_id for row in page if row.envelope_id]
    opened = open_envelopes(ids, actor=actor, purpose=action, of=[Report])
    record(actor=actor, action=action, activity=ACTIVITY)
    ends = HURRIED_FIRST.key(page[-1]) if len(found) > PAGE and not closed else ""
    return [_listed(row, opened.get(row.envelope_id)) for row in page], ends  # type: ignore[arg-type]  # its own key


class _Listed(NamedTuple):
    """What a list shows of a request: of fifty rows, models cost more than the question."""

    id: UUID
    revision: int
    envelope_id: UUID | None
    code: str
    kind: str
    state: str
    received: date
    acute: bool
    minor: str
    decided: date | None
    closed: datetime | None
    outcome: str
    content: bytes | None
    decision: bytes | None
    current_step__what: str | None
    current_step__due: datetime | None


PLACES = tuple(each.lstrip("-") for each in HURRIED_FIRST.columns)


@cache
def _page(size: int, *, closed: bool, after: bool) -> Prepared:
    rows = Report.objects.filter(
        OF_CARE, organisation_id=Given("organisation"), closed__isnull=not closed
    ).values_list(*_Listed._fields)
    if closed:
        return Prepared(rows.order_by("-closed")[:size])
    if after:
        rows = rows.filter(HURRIED_FIRST.past([Given(each) for each in PLACES]))
    return Prepared(rows.order_by(*HURRIED_FIRST.columns)[: size + 1])


def _listed(row: _Listed, envelope: OpenEnvelope | None) -> HelpRequest:
    def read(column: str, sealed: bytes | None) -> Any:
        if envelope is None:
            return None
        return envelope.read_column(Report, column, sealed, pk=row.id, revision=row.revision)

    told, kept = read("content", row.content), read("decision", row.decision)
    return _shown(row, told, kept, step=(row.current_step__what, row.current_step__due))


def help_request(code: str, actor: Actor, action: Permission) -> HelpRequest:
    """Return one request with its messages, opened and logged.

    Raises:
        Absent: there is none of this code in the actor's organisation.
        Refused: the role may not see it.
    """
    require_role(actor, action)
    row = _own(actor).filter(code=code).select_related("current_step").first()
    if row is None:
        raise Absent
    envelope = _opened([row], actor, action).get(row.envelope_id)  # type: ignore[arg-type]  # its own key
    record(actor=actor, action=action, subject=(CARE.kind, row.id), activity=ACTIVITY)
    messages = MailboxMessage.objects.filter(report_id=row.id).order_by("number") if envelope else ()
    thread = tuple(
        Message(each.direction == "out", each.kind, each.day, str(envelope.read(each, "text")))
        for each in messages
        if envelope
    )
    return replace(_request(row, envelope, thread), attachments=_files(row, envelope))


def told_of(request_id: UUID, actor: Actor, purpose: str) -> HelpRequest | None:
    """Return one request of the own organisation for a job, opened and logged; None when it is gone."""
    row = _own(actor).filter(pk=request_id).select_related("current_step").first()
    if row is None or row.envelope_id is None:
        return None
    envelope = open_envelopes([row.envelope_id], actor=actor, purpose=purpose).get(row.envelope_id)
    record(actor=actor, action=purpose, subject=(CARE.kind, row.id), activity=ACTIVITY)
    return _request(row, envelope)


def named_since(since: date, actor: Actor) -> list[UUID]:
    """Return the requests of the own organisation since a day of who did not ask without a name."""
    rows = _own(actor).filter(received__gte=since).exclude(anonymity=Anonymity.ANONYMOUS)
    return list(rows.order_by("received", "id").values_list("id", flat=True))


def is_about_minor(request_id: UUID, actor: Actor) -> bool:
    """Return whether a request of the own organisation is about somebody under 18, as far as is known now."""
    row = _own(actor).filter(pk=request_id).only("minor").first()
    return row is not None and may_be_minor(row.minor)


def about_minors(request_ids: Collection[UUID], actor: Actor) -> set[UUID]:
    """Return which of these requests of the own organisation are surely about somebody under 18 by now."""
    rows = _own(actor).filter(pk__in=list(request_ids), minor=Minor.YES) if request_ids else []
    return {each.id for each in rows}


def perhaps_the_same(request: HelpRequest, phone: str, actor: Actor, action: Permission) -> list[str]:
    """Return the codes of other requests with the same number: who asked never learns of each other."""
    require_role(actor, action)
    found: Identifier = ("phone", phone)
    tokens = list(search_tokens_for(actor.own_organisation, *found)) if phone else []  # type: ignore[arg-type]
    if not tokens:
        return []
    matches = ReportToken.objects.filter(organisation_id=actor.own_organisation, token__in=tokens)
    rows = _own(actor).filter(pk__in=matches.values("report_id")).exclude(pk=request.id)
    return list(rows.order_by("-received", "code").values_list("code", flat=True)[:PAGE])


def _files(row: Report, envelope: OpenEnvelope | None) -> tuple[AttachmentView, ...]:
    if envelope is None:
        return ()
    own = Attachment.objects.filter(organisation_id=row.organisation_id, owner_kind=ATTACHMENT_OWNER)
    return attachments(list(own.filter(owner_id=row.id).order_by("id")), envelope)


def code_of_request(request_id: UUID, actor: Actor) -> str:
    """Return the code of a request of the own organisation that was filed just now."""
    return _own(actor).values_list("code", flat=True).get(pk=request_id)


def has_help_requests(actor: Actor) -> bool:
    """Return whether the actor's organisation has any, also when another does care coordination by now."""
    return _own(actor).exists()


def _own(actor: Actor) -> QuerySet[Report]:
    return Report.objects.filter(OF_CARE, organisation_id=actor.own_organisation)


def _opened(rows: list[Report], actor: Actor, action: Permission) -> dict[UUID, OpenEnvelope]:
    ids = [row.envelope_id for row in rows if row.envelope_id]
    return open_envelopes(ids, actor=actor, purpose=action)


def _request(row: Report, envelope: OpenEnvelope | None, messages: tuple[Message, ...] = ()) -> HelpRequest:
    step = (row.current_step.what, row.current_step.due) if row.current_step else (None, None)
    told = envelope.read(row, "content") if envelope else None
    kept = envelope.read(row, "decision") if envelope and row.decision is not None else None
    return _shown(row, told, kept, step=step, messages=messages)


type _Step = tuple[str | None, datetime | None]
"""What is to be done next, and before when."""


def _shown(
    row: Report | _Listed, told: Any, kept: Any, *, step: _Step, messages: tuple[Message, ...] = ()
) -> HelpRequest:
    what, due = step
    kind = step_named(what) if what else None
    return HelpRequest(
        id=row.id,
        code=row.code,
        kind=row.kind,
        state=row.state,
        received=row.received,
        acute=row.acute,
        minor=may_be_minor(row.minor),
        decided=row.decided,
        closed=row.closed is not None,
        outcome=row.outcome,
        told=told,
        kept=kept,
        messages=messages,
        what=what or "",
        step_words=str(kind.label) if kind else "",
        step_button=str(kind.button) if kind else "",
        due=due,
    )
