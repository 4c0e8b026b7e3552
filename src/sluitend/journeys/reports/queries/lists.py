"""Reports in a list, and those that share something: no names, one line in the ledger for all of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from sluitend.journeys.reports.content import ACTIVITY, Identifier, ReportContent
from sluitend.journeys.reports.journey import REPORT, REPORT_LIST, REPORT_READ
from sluitend.journeys.reports.models import Kind, Report, ReportToken, State, may_be_minor
from sluitend.journeys.reports.queries.shapes import EarlierSignal, ReportLine
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.queries import newest_number, release
from sluitend.kernel.handbook.same_address import other_ways
from sluitend.kernel.ledger.actions import record_many
from sluitend.kernel.listing import EVERY, PAGE, Chosen, Order, page_of, with_code
from sluitend.kernel.manifest import step_named
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelopes
from sluitend.kernel.sealing.tokens import KINDS, VALUES, search_tokens_for, tokens_of_any

COLUMNS = (lambda text: text == "True", date.fromisoformat, str)
OLDEST = Order(("-acute", "received", "code"), COLUMNS)
LATEST = Order(("-acute", "-received", "code"), COLUMNS)


def open_reports(
    actor: Actor, chosen: Chosen = EVERY, *, kind: str = "", latest: bool = False
) -> tuple[list[ReportLine], str]:
    """Return a page of the reports on which nobody decided yet: acute first, then the oldest.

    Args:
        actor: who looks.
        chosen: what is sought, and where the page begins.
        kind: only these, when given.
        latest: the newest first instead.

    Returns:
        The page, and where it ends when there is more.
    """
    require_role(actor, REPORT_LIST)
    rows = Report.objects.filter(organisation_id=actor.own_organisation, state=State.NEW)
    if kind in Kind.values:
        rows = rows.filter(kind=Kind(kind))
    parts = _sought(rows, chosen.words, actor) if chosen.words else [rows]
    found, after = page_of([_lined(each) for each in parts], LATEST if latest else OLDEST, chosen.after, PAGE)
    return _lines(found, actor, chosen), after


def _sought(rows: QuerySet[Report], words: str, actor: Actor) -> list[QuerySet[Report]]:
    """Return what has this code, and what has this value however it was written."""
    own = actor.own_organisation
    held = ReportToken.objects.filter(organisation_id=own, token__in=tokens_of_any(own, VALUES, words))
    return [with_code(rows, words), rows.filter(pk__in=held.values("report_id"))]


def recent_reports(actor: Actor, *, limit: int = PAGE) -> list[ReportLine]:
    """Return the latest reports on which somebody decided."""
    rows = Report.objects.filter(organisation_id=actor.own_organisation).exclude(state=State.NEW)
    require_role(actor, REPORT_LIST)
    return _lines(list(_lined(rows).order_by("-received", "code")[:limit]), actor)


def earlier_signals(
    actor: Actor, found: Iterable[Identifier], excluding: Iterable[UUID] = ()
) -> list[EarlierSignal]:
    """Return own reports that share one of these values, however they were written. Each hit is logged.

    Args:
        actor: who looks.
        found: pairs of (kind, value).
        excluding: reports that are not to be named: the one at hand, those of its case.
    """
    require_role(actor, REPORT_READ)
    tokens = _all_tokens(actor, found)
    if not tokens:
        return []
    matches = (
        ReportToken.objects.filter(organisation_id=actor.own_organisation, token__in=tokens)
        .exclude(report_id__in=list(excluding))
        .values_list("report_id", "kind", "token")[: PAGE * 4]
    )
    kinds: dict[UUID, set[str]] = {}
    common: dict[UUID, set[UUID]] = {}
    for report_id, kind, token in matches:
        kinds.setdefault(report_id, set()).add(kind)
        common.setdefault(report_id, set()).add(token)
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
            frozenset(common[row.id]),
        )
        for row in rows
    ]


def _lined(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Return reports with what their line says along."""
    return rows.select_related("current_step").annotate(newest=newest_number())


def _lines(found: Sequence[Report], actor: Actor, chosen: Chosen = EVERY) -> list[ReportLine]:
    envelopes = open_envelopes(
        [row.envelope_id for row in found if row.envelope_id],
        actor=actor,
        purpose=REPORT_LIST,
        of=[Report],
    )
    chosen.note(actor, REPORT_LIST, ACTIVITY, [(REPORT, row.id) for row in found])
    return [_line(row, envelopes.get(row.envelope_id) if row.envelope_id else None) for row in found]


def _line(row: Report, envelope: OpenEnvelope | None) -> ReportLine:
    content = ReportContent.from_json(envelope.read(row, "content") if envelope else None)
    form = release(row.newest).pack.forms.get(content.form)  # type: ignore[attr-defined]  # asked along
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
        where=content.place,
        form=shown(form.label) if form else "",
        signals=len(content.signals) + len(content.marks),
        waits_for=str(step_named(step.what).label) if step else "",
        due=step.due if step else None,
    )


def _all_tokens(actor: Actor, found: Iterable[Identifier]) -> list[UUID]:
    told = list(found)
    return [
        token
        for kind in KINDS
        for name, value in [*told, *other_ways(told)]
        if name == kind
        for token in search_tokens_for(actor.own_organisation, kind, value)
    ]
