"""Twenty seconds: mark now, finish later."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sluitend.forms.checks import tidy
from sluitend.forms.drafts import worked
from sluitend.forms.wizard import sending_of
from sluitend.journeys.reports import actions
from sluitend.journeys.reports.content import MarkContent
from sluitend.journeys.reports.danger import is_now, mark_asks, panel_of
from sluitend.journeys.reports.forms import words
from sluitend.journeys.reports.models import Kind
from sluitend.journeys.reports.short_forms import MarkForm
from sluitend.journeys.reports.slowing import FILING
from sluitend.journeys.reports.views.filing import all_silent, outside, received, silent
from sluitend.journeys.reports.views.shared import (
    pack,
    page,
    public,
    too_many,
    with_own_municipality,
)
from sluitend.journeys.reports.views.steps import Tick
from sluitend.kernel.access.acting import own_role
from sluitend.kernel.access.connected import NobodyReads
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.throttle import sender
from sluitend.kernel.access.views import actor_of, works_here
from sluitend.kernel.sealing.filetypes import FileRefused


@public
def mark(request: HttpRequest) -> HttpResponse:
    """Show the tiles, or keep what was marked: for its maker if signed in, else for the focal point."""
    held = pack()
    if request.method != "POST":
        return _show(request, MarkForm(pack=held))
    data = with_own_municipality(request, tidy(request.POST), MarkForm)
    form = MarkForm(data, request.FILES, pack=held)
    if not form.is_valid():
        return _show(request, form)
    if FILING.count(sender(request)):
        return too_many(request)
    municipality, town = form.found().municipality, None
    try:
        if municipality:
            return _keep(request, form, municipality.id)
    except NobodyReads:
        town = silent(municipality.id) if municipality else None
    except DomainError as error:
        form.add_error("uploads" if isinstance(error, FileRefused) else "where", error.message)
        return _show(request, form)
    return outside(request, data, town)


def _keep(request: HttpRequest, form: MarkForm, municipality: str) -> HttpResponse:
    data = form.cleaned_data
    now = timezone.localtime()
    here = works_here(request)
    # Without an account the day is all that is kept of the moment; a colleague's own note has its time.
    content = MarkContent(
        marks=tuple(data["marks"]),
        where=data["where"],
        latitude=data["latitude"],
        longitude=data["longitude"],
        accuracy=form.accurate_to(),
        near=form.near(),
        day=now.date().isoformat(),
        time=now.strftime("%H:%M") if here else "",
        municipality=municipality,
        acute=data["acute"],
    )
    if here and not is_now(content.acute) and not data["uploads"]:
        with own_role():
            kept = actions.mark(content, actor=actor_of(request), sending=sending_of(request.POST))
        worked(request)
        return page(request, "reports/marked.html", mark=kept)
    filed = actions.file_mark(content, sending=sending_of(request.POST), uploads=data["uploads"])
    worked(request)
    if here and filed.fresh:
        with own_role():
            actions.remember_receipt(receipt=filed.receipt, kind=Kind.REPORT, actor=actor_of(request))
    return received(request, filed, pack(), kind=Kind.REPORT, acute=is_now(content.acute))


def _show(request: HttpRequest, form: MarkForm) -> HttpResponse:
    chosen = set(form.data.getlist("marks")) if hasattr(form.data, "getlist") else set()
    asked = bool(form["acute"].value() or form.errors.get("acute"))
    panel = "" if asked else panel_of(form)
    ticks = [
        Tick(
            id=f"id_marks_{one.id}",
            value=one.id,
            label=words(one.label),
            hint="",
            checked=one.id in chosen,
            name="marks",
            shows=panel if mark_asks(form.pack, one) else "",
            icon=MarkForm.ICONS.get(one.id, "eye"),
        )
        for one in form.pack.marks
    ]
    return page(
        request,
        "reports/mark.html",
        form=form,
        now_asked=asked,
        first=ticks[: MarkForm.FIRST],
        more=ticks[MarkForm.FIRST :],
        more_open=any(tick.checked for tick in ticks[MarkForm.FIRST :]),
        asks_municipality=form.needs_municipality or bool(form.is_bound and form.data.get("municipality")),
        sending=form.data.get("sending") or uuid.uuid4(),
        silent=all_silent(),
        now=timezone.localtime(),
        **_theme(request),
    )


def _theme(request: HttpRequest) -> dict[str, Any]:
    """Return what was asked on the page; without that the account or the device decides."""
    asked = {"donker": "dark", "licht": "light"}.get(request.GET.get("scherm", ""))
    return {"account_theme": asked} if asked else {}
