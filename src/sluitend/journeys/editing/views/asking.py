"""An organisation is asked by a link whether the handbook is right about it; it needs no account."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.editing import actions
from sluitend.journeys.editing.forms import CheckForm, LinkForm
from sluitend.journeys.editing.journey import HANDBOOK_EDIT
from sluitend.journeys.editing.queries.asking import ask_page, asked_with
from sluitend.kernel.access.acting import Actor, as_intake
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.access.slowing import Limit
from sluitend.kernel.access.throttle import sender
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried

LINK_MOST = 64
TRYING = Limit("partner check", number=30, seconds=600)
"""Links that do not work and answers, from one address."""
ALL_TRYING = Limit("all partner check", number=2_000, seconds=600)
ASKING = Limit("partner asked", number=40, seconds=3600)
"""Links that one person has mailed."""
EVERYBODY = "everybody"


@guarded(HANDBOOK_EDIT, *READING, "POST")
def ask(request: HttpRequest, part: str, entry_id: str) -> HttpResponse:
    """Ask an organisation about an entry, show what it said, and take that over."""
    actor = actor_of(request)
    page = ask_page(actor, part, entry_id)
    form = LinkForm(page.standing.address if page.standing else page.address)
    if request.method == "POST":
        if (what := request.POST.get("act", "")) in ("take", "aside"):
            return _dealt_with(request, page.standing.id if page.standing else None, what, actor)
        form = LinkForm("", request.POST)
        if form.is_valid() and ASKING.count(str(actor.own_account)):
            form.add_error(None, _("U vroeg in korte tijd veel organisaties. Ga over een uur verder."))
        if form.is_valid():
            error = tried(
                lambda: actions.ask_partner(
                    part=part, entry_id=entry_id, address=form.cleaned_data["address"], actor=actor
                )
            )
            if error is None:
                messages.success(request, _("De link gaat per mail. U leest het antwoord op deze pagina."))
                return redirect("editing:ask", part, entry_id)
            form.add_error(error.field if error.field in form.fields else None, error.message)
    trail = [
        {"label": _("Handboek"), "url": "/werk/handboek/"},
        {"label": _("Na te gaan"), "url": "/werk/handboek/nagaan/"},
        {"label": page.title},
    ]
    context = {"page": page, "form": form, "trail": trail}
    return render(request, "editing/ask.html", context, status=AMISS if form.errors else 200)


def _dealt_with(request: HttpRequest, check: UUID | None, what: str, actor: Actor) -> HttpResponse:
    if check is None:
        raise Absent
    if what == "take":
        error = tried(lambda: actions.take_over(check=check, actor=actor))
        done = _("Overgenomen in het concept. Een collega kijkt het na voor de uitgave.")
    else:
        error = tried(lambda: actions.lay_aside(check=check, actor=actor))
        done = _("Weggelegd. De link werkt niet meer.")
    if error is not None:
        messages.warning(request, error.message)
        return redirect(request.path)
    messages.success(request, done)
    return redirect("editing:unconfirmed")


@as_intake
def look_at(request: HttpRequest, link: str) -> HttpResponse:
    """Show who has a link what the handbook says of their organisation, and take in their answer once."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
    link = link[:LINK_MOST]
    found = asked_with(link)
    if (found is None or request.method == "POST") and (
        TRYING.count(sender(request)) | ALL_TRYING.count(EVERYBODY)
    ):
        return render(request, "429.html", status=429)
    if found is None:
        return render(request, "editing/check_over.html")
    form = CheckForm(found.lines, request.POST if request.method == "POST" else None)
    if form.is_valid():
        error = _answered(link, form)
        if error is None:
            return render(request, "editing/check_done.html", {"asked": found})
        form.add_error(error.field if error.field in form.fields else None, error.message)
    context = {"asked": found, "form": form}
    return render(request, "editing/check.html", context, status=AMISS if form.errors else 200)


def _answered(link: str, form: CheckForm) -> DomainError | None:
    return tried(
        lambda: actions.answer_check(
            link=link, by=form.cleaned_data["by"], given=form.given(), seen=form.cleaned_data["seen"] or 0
        )
    )
