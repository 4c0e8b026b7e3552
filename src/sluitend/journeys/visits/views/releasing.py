"""The pages of the focal point: what waits, what is planned at a case, releasing and consulting."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sluitend.journeys.visits import actions, leaving, queries
from sluitend.journeys.visits.actions import Together
from sluitend.journeys.visits.forms import AskAskerForm, ConsultForm, PlanForm, ReleaseForm
from sluitend.journeys.visits.journey import VISIT_RELEASE, WAIT_REQUEST_CONSULT
from sluitend.journeys.visits.views.common import FORM, attempt, catch_up, gone, posted, press, status_of
from sluitend.journeys.visits.views.planning import plan_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.scope import only_showing
from sluitend.kernel.access.views import LISTING, READING, actor_of, guarded, tried
from sluitend.kernel.followup.turns import Turn
from sluitend.kernel.listing import AFTER, SOUGHT, asked_of

LIST = "/werk/vrijgeven/"
FROM = "uit"
"""Where an address says that somebody opened a visit in the list: there they go on."""


@guarded(VISIT_RELEASE, *LISTING)
def waiting(request: HttpRequest) -> HttpResponse:
    """List what is planned in the municipality."""
    actions.heed(actor_of(request))
    page = queries.waiting(actor_of(request), asked_of(request.GET.dict(), request.POST.dict()))
    waits = [each for each in page.rows if each.state == "planned"]
    clear = [each.code for each in waits if not each.open][: actions.MOST_AT_ONCE]
    context = {
        "page": page,
        "waiting": waits,
        "clear": clear,
        "choose_all": page.chosen.address(**{AFTER: page.chosen.after, "kies": "alles"}),
        "chosen": clear if request.GET.get("kies") == "alles" else (),
        "from_list": page.chosen.address(**{AFTER: page.chosen.after, FROM: "lijst"}),
        "released": [each for each in page.rows if each.state == "released"],
    }
    return render(request, "visits/waiting.html", context)


@guarded(VISIT_RELEASE, "POST")
def release_together(request: HttpRequest) -> HttpResponse:
    """Release what was chosen in the list, where nothing is open at this moment."""
    actor = actor_of(request)
    came: list[Together] = []
    catch_up(actor)
    codes = request.POST.getlist("visit")
    error = tried(lambda: came.append(actions.release_together(actor=actor, codes=codes)))
    if error is not None:
        messages.warning(request, error.message)
    for together in came:
        _tell(request, together)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """Lead back to the list as it was chosen. What is sought goes along in the body, never in an address."""
    asked = request.GET.copy()
    asked.pop(FROM, None)
    chosen = asked.urlencode()
    address = reverse("visits:waiting") + (f"?{chosen}" if chosen else "")
    return redirect(address, preserve_request=bool(request.POST.get(SOUGHT)))


def _from_list(request: HttpRequest) -> str:
    """Return what the address of a visit says of the list in which it was opened; empty when in none."""
    return f"?{request.GET.urlencode()}" if FROM in request.GET else ""


def _to_visit(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the page of a visit. Who opened it in the list still goes back there after releasing."""
    return redirect(reverse("visits:visit", args=[code]) + _from_list(request))


def _tell(request: HttpRequest, together: Together) -> None:
    number = len(together.released)
    if number:
        said = ngettext(
            "%(number)d vrijgegeven. De planner ziet dat.",
            "%(number)d vrijgegeven. De planners zien dat.",
            number,
        )
        messages.success(request, said % {"number": number})
    for why, codes in together.stayed.items():
        messages.warning(request, f"{', '.join(codes)}: {why}")


@guarded(VISIT_RELEASE, *READING)
def visit(request: HttpRequest, code: str) -> HttpResponse:
    """Show one visit with every open point."""
    return _page(request, code)


@guarded(VISIT_RELEASE, "POST")
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Release a visit; who opened it in the list goes on there, others see what became of it."""
    actor, form = actor_of(request), ReleaseForm(request.POST)
    _look(code, actor)
    catch_up(actor)
    if attempt(
        form,
        lambda: actions.release(actor=actor, code=code, **form.cleaned_data),
        lambda: queries.last_turn("planned", code, actor),
    ):
        messages.success(request, _("Vrijgegeven. De planner ziet dat, en niet wat er open stond."))
        return _back(request) if FROM in request.GET else _to_visit(request, code)
    return _page(request, code, release_form=form)


@guarded(VISIT_RELEASE, "POST")
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Let a released visit wait again."""
    error = tried(lambda: actions.take_back(actor=actor_of(request), code=code))
    done = _("Dit wacht weer. De planner hoort het nu, en niet waarom.")
    return press(request, error, done, "visits:visit", code, turn=_turn(request, code))


def _turn(request: HttpRequest, code: str) -> Callable[[], Turn | None]:
    return lambda: queries.last_turn("planned", code, actor_of(request))


@guarded(WAIT_REQUEST_CONSULT, "POST")
def consult(request: HttpRequest, code: str, wait_request: str) -> HttpResponse:
    """Record a consultation about a visit."""
    actor, form = actor_of(request), ConsultForm(request.POST, code=wait_request)
    _look(code, actor, wait_request)
    if attempt(
        form,
        lambda: actions.consult(actor=actor, code=wait_request, visit_code=code, what=form.consulted()),
        lambda: queries.last_turn("wait_request", wait_request, actor),
    ):
        messages.success(request, _("Het overleg is vastgelegd."))
        return _to_visit(request, code)
    return _page(request, code, consult_form=form, consulted=wait_request)


@guarded(WAIT_REQUEST_CONSULT, "POST")
def ask_asker(request: HttpRequest, code: str, wait_request: str) -> HttpResponse:
    """Ask whoever asked to wait, in Sluitend, about a visit."""
    actor = actor_of(request)
    background = leaving.background_of_question(wait_request, code, actor)
    form = AskAskerForm(request.POST, code=wait_request, background=background)
    if attempt(
        form,
        lambda: actions.ask_asker(actor=actor, code=wait_request, visit_code=code, **form.said()),
    ):
        messages.success(request, _("Gevraagd. Het antwoord komt op Vandaag, en telt als overleg."))
        return _to_visit(request, code)
    return _page(request, code, ask_form=form, consulted=wait_request)


@guarded(VISIT_RELEASE, *FORM)
def at_case(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is planned at the places of a case, and plan something there."""
    actor, form = actor_of(request), PlanForm(posted(request))
    actions.heed(actor)
    planned, found = queries.at_case(code, actor)
    if attempt(form, lambda: actions.plan_visit(actor=actor, plan=plan_of(form, case_code=code))):
        messages.success(request, _("Gepland. Ook dit wacht op vrijgeven."))
        return redirect("visits:at_case", code)
    trail = [{"label": code, "url": f"/werk/casussen/{code}/", "code": True}, {"label": _("Gepland")}]
    context = {"code": code, "planned": planned, "found": found, "form": form, "trail": trail}
    return render(request, "visits/at_case.html", context, status=status_of(form))


def _look(code: str, actor: Actor, wait_request: str = "") -> None:
    """Look at what is pressed about: words on it that do not open stop no press that leaves them be."""
    with only_showing():
        queries.visit(code, actor)
        if wait_request:
            queries.wait_request(wait_request, actor)


def _page(
    request: HttpRequest,
    code: str,
    *,
    release_form: ReleaseForm | None = None,
    consult_form: ConsultForm | None = None,
    ask_form: AskAskerForm | None = None,
    consulted: str = "",
) -> HttpResponse:
    actions.heed(actor_of(request))
    with only_showing():
        view = queries.visit(code, actor_of(request))
    forms = [
        (
            line,
            consult_form if consult_form and line.code == consulted else ConsultForm(code=line.code),
            ask_form if ask_form and line.code == consulted else AskAskerForm(code=line.code),
        )
        for line in view.wait_requests
    ]
    typed = consult_form or ask_form
    late = bool(typed and consulted not in {line.code for line in view.wait_requests})
    if typed and late:
        gone(request, typed)
    shown = release_form or ReleaseForm()
    trail = [{"label": _("Vrijgeven"), "url": LIST}, {"label": code, "code": True}]
    context = {"view": view, "trail": trail, "lines": forms, "release_form": shown}
    context |= {"gone": typed if late else None, "from_list": _from_list(request)}
    return render(
        request,
        "visits/visit.html",
        context,
        status=status_of(shown, *(form for form in (consult_form, ask_form) if form)),
    )
