"""Wie keek: the ledger for the privacy officer. No content, no names of subjects."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.kernel.ledger import queries as ledger
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.ledger.chain import verify
from sluitend.kernel.ledger.checkpoints import read_checkpoints
from sluitend.kernel.ledger.journey import LEDGER_READ, LEDGER_VERIFY
from sluitend.kernel.ledger.queries import Filter
from sluitend.kernel.listing import AFTER, Order
from sluitend.kernel.organisations.queries import names
from sluitend.surfaces.desk import ledger_words
from sluitend.surfaces.desk.forms import OLDEST, LedgerFilterForm

DAYS = {"week": 7, "month": 31, "year": 366}
ACTIVITY = "toezicht"
RECENT_MONTHS = 3
KEY = Order(("-at", "-id"), (datetime.fromisoformat, UUID))
"""Where a page ends, whichever way the lines are turned."""
MOST_LINES = 50_000
"""What a page can check while somebody waits; `sluitend ledger verify` checks all."""


@guarded(LEDGER_READ)
def who_looked(request: HttpRequest) -> HttpResponse:
    """Show lines by person, period and kind, fifty at a time."""
    actor = actor_of(request)
    people = _people(actor)
    form = LedgerFilterForm(request.GET or None, people=people)
    wanted = _filter(form)
    lines = ledger.events(
        actor,
        wanted,
        after=KEY.values(request.GET.get(AFTER, "")),
        limit=ledger.PAGE + 1,
        oldest=form.is_valid() and form.cleaned_data["order"] == OLDEST,
    )
    record(actor=actor, action=LEDGER_READ, activity=ACTIVITY)
    shown = lines[: ledger.PAGE]
    context = {
        "form": form,
        "rows": ledger_words.rows(shown, people),
        "next": _next(request, lines),
        "standing": ledger.standing(actor),
        "notable": ledger.counts(actor, Filter(since=_since("week")), kinds=["refused"]),
    }
    return render(request, "desk/who_looked.html", context)


@require_POST
@guarded(LEDGER_READ)
def sample(request: HttpRequest) -> HttpResponse:
    """Show ten lines of the last month that nobody chose."""
    actor = actor_of(request)
    lines = ledger.sample(actor, Filter(since=_since("month"), kind="looked"))
    record(actor=actor, action=LEDGER_READ, activity=ACTIVITY, purpose="sample")
    return render(request, "desk/sample.html", {"rows": ledger_words.rows(lines, _people(actor))})


@require_POST
@guarded(LEDGER_VERIFY)
def check(request: HttpRequest) -> HttpResponse:
    """Check the chain of this organisation against the checkpoints of this installation."""
    actor = actor_of(request)
    require_role(actor, LEDGER_VERIFY)
    points = read_checkpoints(settings.SLUITEND_CHECKPOINTS, months=RECENT_MONTHS)
    findings = verify(points, organisations=[actor.own_organisation], most=MOST_LINES)
    record(actor=actor, action=LEDGER_VERIFY, activity=ACTIVITY, purpose="wrong" if findings else "right")
    context = {
        "findings": ledger_words.findings(findings, actor.own_organisation),
        "standing": ledger.standing(actor),
        "checked": timezone.now(),
    }
    return render(request, "desk/ledger_check.html", context)


def _people(actor: Actor) -> dict[UUID, str]:
    return names(ledger.accounts(actor, since=_since("year")))


def _since(period: str) -> date:
    return timezone.localdate() - timedelta(days=DAYS[period])


def _filter(form: LedgerFilterForm) -> Filter:
    data = form.cleaned_data if form.is_valid() else {}
    day = data.get("day")
    return Filter(
        since=day or _since(data.get("period") or "week"),
        until=day,
        account_id=UUID(data["who"]) if data.get("who") else None,
        kind=data.get("kind") or "",
    )


def _next(request: HttpRequest, lines: list[ledger.EventView]) -> str:
    if len(lines) <= ledger.PAGE:
        return ""
    query = request.GET.copy()
    query[AFTER] = KEY.key(lines[ledger.PAGE - 1])
    return query.urlencode()
