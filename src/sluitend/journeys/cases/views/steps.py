"""Weighing, enrichment, route and closing: one page a step."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.forms import (
    CloseForm,
    CopyForm,
    LookUpForm,
    ReopenForm,
    WeighForm,
)
from sluitend.journeys.cases.journey import CASE_CLOSE, CASE_ENRICH, CASE_WEIGH
from sluitend.journeys.cases.queries.steps import SourcesPage, WeighPage
from sluitend.journeys.cases.views.common import attempt, status_of, to
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.views import actor_of, guarded, tried

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@guarded(CASE_WEIGH)
def weigh(request: HttpRequest, code: str) -> HttpResponse:
    """Weigh a case."""
    actor = actor_of(request)
    page = queries.weigh_page(code, actor)
    form = WeighForm(
        request.POST if request.method == "POST" else None,
        initial={"revision": page.head.revision, "recent": page.recent or None},
        page=page,
        seen_hint=_seen(page),
        pattern_hint=_pattern(page),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done, _nothing = attempt(
            form,
            lambda: actions.weigh(
                actor=actor,
                code=code,
                concrete=data["concrete"],
                recent=data["recent"],
                pattern=data["pattern"],
                decision=data["decision"],
                reason=form.reason,
                sentence=form.reason_text,
                until=data["until"],
                revision=form.seen,
            ),
            form.field_of,
        )
        if done:
            pages = {"continue": "plan", "close": "close"}
            return to(pages.get(data["decision"], "case"), code)
    return render(request, "cases/weigh.html", {"page": page, "form": form}, status=status_of(form))


def _seen(page: WeighPage) -> str:
    if page.last_seen is None:
        return _("Er staat geen datum bij de waarnemingen.")
    return _("Laatst gezien op %(day)s.") % {"day": date_format(page.last_seen, "j F Y")}


def _pattern(page: WeighPage) -> str:
    number = page.linked + page.undecided
    if not number:
        return _("Geen eerdere signalen gevonden.")
    return ngettext("Al %(n)d eerder signaal.", "Al %(n)d eerdere signalen.", number) % {"n": number}


@require_http_methods(FORM)
@guarded(CASE_ENRICH)
def enrich(request: HttpRequest, code: str, source: str = "") -> HttpResponse:
    """Show the sources, one of them open with its form."""
    actor = actor_of(request)
    page = queries.sources_page(code, actor)
    opened = next((each for each in page.may if each.id == source), None)
    if source and opened is None:
        # What may not be used has no form, so no address either.
        raise Http404
    form = (
        LookUpForm(request.POST if request.method == "POST" else None, pack=page.pack, source=opened)
        if opened
        else None
    )
    if request.method == "POST" and form is not None and opened is not None and form.is_valid():
        data = form.cleaned_data
        done, _id = attempt(form, lambda: actions.look_up(actor=actor, code=code, source=opened.id, **data))
        if done:
            return to("enrich", code, fragment="klaar")
    return _sources(request, page, source=source, form=form)


def _sources(request: HttpRequest, page: SourcesPage, *, source: str = "", **more: Any) -> HttpResponse:
    context = {"page": page, "open_source": source, **more}
    bound = next((each for each in more.values() if getattr(each, "is_bound", False)), None)
    return render(request, "cases/enrich.html", context, status=status_of(bound) if bound else 200)


@require_POST
@guarded(CASE_ENRICH)
def copy(request: HttpRequest, code: str, look_up_id: UUID) -> HttpResponse:
    """Keep what is taken over after a hit."""
    actor = actor_of(request)
    form = CopyForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["copied"]
        done, _nothing = attempt(
            form, lambda: actions.copy_from_hit(actor=actor, code=code, look_up_id=look_up_id, text=text)
        )
        if done:
            return to("enrich", code, fragment="klaar")
    return _sources(request, queries.sources_page(code, actor), copy_form=form, copy_of=look_up_id)


@require_POST
@guarded(CASE_ENRICH)
def earlier(request: HttpRequest, code: str, earlier_id: UUID, page: str = "enrich") -> HttpResponse:
    """Say of an earlier signal whether it belongs with this case, and go back to the page that asked it."""
    said = actions.link_earlier if request.POST.get("verdict") == "linked" else actions.dismiss_earlier
    error = tried(lambda: said(actor=actor_of(request), code=code, earlier_id=earlier_id))
    if error is not None:
        messages.warning(request, error.message)
    return to(page, code, fragment="klaar" if page == "enrich" else "beeld")


@require_http_methods(FORM)
@guarded(CASE_CLOSE)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close a case, or open a closed one again."""
    actor = actor_of(request)
    page = queries.close_page(code, actor)
    if not page.head.open:
        return _reopen(request, code, actor)
    form = CloseForm(
        request.POST if request.method == "POST" else None,
        initial={"revision": page.head.revision, "tell": "outcome", "outcome": page.suggested or None},
        page=page,
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done, _nothing = attempt(
            form,
            lambda: actions.close_case(
                actor=actor,
                code=code,
                outcome=data["outcome"],
                tell=data["tell"],
                reason=data["reason"],
                sentence=data["reason_text"],
                ended=form.ended,
                revision=form.seen,
            ),
        )
        if done:
            messages.success(request, _("De casus is gesloten. De melder krijgt bericht."))
            return to("case", code)
    return render(request, "cases/close.html", {"page": page, "form": form}, status=status_of(form))


def _reopen(request: HttpRequest, code: str, actor: Actor) -> HttpResponse:
    page = queries.close_page(code, actor)
    form = ReopenForm(request.POST if request.method == "POST" else None, pack=page.pack)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done, _nothing = attempt(
            form,
            lambda: actions.reopen(
                actor=actor, code=code, reason=data["reason"], sentence=data["reason_text"]
            ),
        )
        if done:
            return to("case", code)
    return render(request, "cases/reopen.html", {"page": page, "form": form}, status=status_of(form))
