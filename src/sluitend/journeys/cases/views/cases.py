"""The list of cases and one case."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.journey import (
    CASE_LIST,
    CASE_READ,
    CASE_WORK,
    CHOOSE_ROUTE,
    HAND_OVER,
    LOOK_AGAIN,
    PARTNER_RETURNED,
    REFER,
    WORK_PLAN,
)
from sluitend.journeys.cases.queries.shapes import CaseView, Step
from sluitend.journeys.cases.views.common import to
from sluitend.journeys.reports import queries as reports
from sluitend.journeys.reports.journey import REPORT_SECOND_EYES, WEIGH
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.views import LISTING, actor_of, guarded, shown_since, tried
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.listing import asked_of


@guarded(CASE_LIST, *LISTING)
def list_cases(request: HttpRequest) -> HttpResponse:
    """Show the cases, fifty a page."""
    page = queries.cases(actor_of(request), asked_of(request.GET.dict(), request.POST.dict()))
    return render(request, "cases/list.html", {"page": page})


@require_safe
@guarded(CASE_READ)
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Show one case."""
    actor = actor_of(request)
    view = queries.case(code, actor)
    context = {
        "case": view,
        "next": _next(view),
        "tracks": [view.person, view.place],
        "threads": _threads(view, actor),
        "printed": timezone.localdate(),
    }
    return render(request, "cases/case.html", context)


@require_safe
@guarded(CASE_WORK)
def message(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the page on which a message to the last reporter is written."""
    view = queries.case(code, actor_of(request))
    if not view.reports:
        raise Http404
    return to("ask", view.reports[-1].code)


@require_POST
@guarded(REPORT_SECOND_EYES)
def look_along(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a second pair of eyes looked at what made a case urgent."""
    error = tried(lambda: actions.look_along(actor=actor_of(request), code=code))
    if error is None:
        messages.success(request, _("Genoteerd dat u meekeek."))
    else:
        messages.warning(request, error.message)
    return to("case", code)


@require_POST
@guarded(CASE_READ)
def presence(request: HttpRequest, code: str) -> HttpResponse:
    """Say who else has a case open, for a page that asks this while it is seen."""
    found = queries.presence(
        code,
        actor_of(request),
        since=shown_since(request),
        writes=bool(request.POST.get("writes")),
    )
    case_url = reverse("cases:case", args=[code])
    other_page = urlsplit(request.headers.get("Referer", "")).path != case_url
    context = {"presence": found, "case_url": case_url, "other_page": other_page}
    return render(request, "cases/parts/presence.html", context)


def _threads(view: CaseView, actor: Actor) -> list[reports.ReportView]:
    """Return the reports of a case, the latest first, in the words of its handbook."""
    pack = release(view.head.release_number).pack
    return list(reversed(reports.reports_by_id([each.id for each in view.reports], actor, pack)))


def _next(view: CaseView) -> dict[str, str]:
    """Return the sentence and the one button of the next step."""
    step, code = view.step, view.head.code
    if step is None:
        return {}
    if step.of in ("transfer", "referral") or step.kind is HAND_OVER:
        return _elsewhere(step, code)
    if step.kind in (WEIGH, LOOK_AGAIN):
        return _weigh(view, code)
    if step.kind in (CHOOSE_ROUTE, REFER, PARTNER_RETURNED, WORK_PLAN):
        return _route(step, code)
    if step.of == "case":
        return _follow(view, code)
    return {
        "text": _("Schrijf hoe het ervoor staat, of sluit het spoor af."),
        "url": reverse("cases:track", args=[code, step.of]),
        "button": _("Werk spoor bij"),
    }


def _route(step: Step, code: str) -> dict[str, str]:
    if step.kind is WORK_PLAN:
        return {
            "text": _("In het plan staat wat nu kan, met wie, en wat eerst moet."),
            "url": reverse("cases:plan", args=[code]),
            "button": _("Open het plan"),
        }
    if step.kind in (CHOOSE_ROUTE, PARTNER_RETURNED):
        return {
            "text": _("Het plan uit de handreiking ligt klaar. U beslist over elke actie."),
            "url": reverse("cases:plan", args=[code]),
            "button": _("Open het plan"),
        }
    return {
        "text": _("U koos wat u een partner vraagt. Stel op wat die krijgt."),
        "url": f"/werk/casussen/{code}/doorzetten/{step.of}/",
        "button": _("Stel doorzetting op"),
    }


def _elsewhere(step: Step, code: str) -> dict[str, str]:
    if step.of == "referral":
        return {
            "text": _("De partner liet iets weten. Op de pagina van de doorzetting leest u wat."),
            "url": f"/werk/doorgezet/{step.code}/",
            "button": _("Naar de doorzetting"),
        }
    if step.of == "transfer":
        return {
            "text": _("Op de pagina van de overdracht staat hoe het ervoor staat en wat u kunt doen."),
            "url": f"/werk/overdrachten/{step.code}/",
            "button": _("Naar de overdracht"),
        }
    return {
        "text": _("U koos dat een andere gemeente dit overneemt. U blijft eigenaar tot die aanneemt."),
        "url": f"/werk/casussen/{code}/overdragen/",
        "button": _("Draag over"),
    }


def _weigh(view: CaseView, code: str) -> dict[str, str]:
    held = view.head.held_until is not None
    return {
        "text": _("De datum waarop u zou wachten is er bijna of voorbij. Weeg opnieuw.")
        if held
        else _("Drie keer ja of nee, en dan uw besluit."),
        "url": reverse("cases:weigh", args=[code]),
        "button": _("Weeg opnieuw") if held else _("Weeg de casus"),
    }


def _follow(view: CaseView, code: str) -> dict[str, str]:
    decided_to_close = view.weighing is not None and view.weighing.decision == "close"
    opened = [track for track in (view.person, view.place) if track.opened and track.state != "closed"]
    if decided_to_close or not opened:
        return {
            "text": _("Er loopt niets meer. Sluit de casus, met een uitkomst en een bericht aan de melder."),
            "url": reverse("cases:close", args=[code]),
            "button": _("Sluit de casus"),
        }
    return {
        "text": _("Kijk of beide sporen verder gaan."),
        "url": reverse("cases:track", args=[code, opened[0].kind]),
        "button": _("Werk spoor bij"),
    }
