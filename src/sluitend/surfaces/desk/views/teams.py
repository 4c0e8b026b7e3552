"""The queue of a team, giving a matter to somebody, and keeping the teams."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may
from sluitend.kernel.access.errors import DomainError, Refused
from sluitend.kernel.access.views import AMISS, actor_of, guarded, tried
from sluitend.kernel.followup import moved
from sluitend.kernel.followup.journey import STEP_ASSIGN, TEAM_QUEUE
from sluitend.kernel.organisations import teams
from sluitend.surfaces.desk import team_actions as actions
from sluitend.surfaces.desk import team_queries as queries
from sluitend.surfaces.desk.journey import OVERVIEW
from sluitend.surfaces.desk.team_forms import AssignForm, GiveBackForm, SeveralForm, SpreadForm

MOST = 50
"""As many as stand on a page."""


@guarded(TEAM_QUEUE, "GET", "HEAD", "POST")
def team(request: HttpRequest) -> HttpResponse:
    """Show the queues of one's teams; take from them, give back, or spread by hand."""
    actor = actor_of(request)
    problem = ""
    if request.method == "POST":
        problem = _done(request, actor)
        if not problem:
            messages.success(request, _("Dat is gedaan."))
            return redirect("team")
    context = {"page": queries.team_page(actor), "back": GiveBackForm(), "problem": problem}
    return render(request, "desk/team.html", context, status=AMISS if problem else 200)


def _done(request: HttpRequest, actor: Actor) -> str:
    if "take" in request.POST:
        step = _step(request.POST["take"])
        return _said(tried(lambda: actions.take(step, actor=actor)), [step], actor)
    if "back" in request.POST:
        return _give_back(request, actor)
    if "take_all" in request.POST:
        return _take_all(request, actor)
    return _spread(request, actor)


def _said(error: DomainError | None, steps: list[UUID], actor: Actor) -> str:
    return moved.of_steps(error, steps, actor) if error else ""


def _take_all(request: HttpRequest, actor: Actor) -> str:
    """Take each row that was ticked; say of each that could not be taken why."""
    steps = [_step(each) for each in request.POST.getlist("steps")[:MOST]]
    if not steps:
        return _("Kies eerst een of meer rijen.")
    said = [_said(tried(partial(actions.take, step, actor=actor)), [step], actor) for step in steps]
    taken = len(steps) - len(amiss := [each for each in said if each])
    if amiss and taken:
        amiss.insert(0, _("%(n)d van de %(all)d zijn nu van u.") % {"n": taken, "all": len(steps)})
    return " ".join(amiss)


def _give_back(request: HttpRequest, actor: Actor) -> str:
    step, form = _step(request.POST["back"]), GiveBackForm(request.POST)
    if not form.is_valid():
        return _("Kies waarom u dit teruggeeft.")
    error = tried(lambda: actions.give_back(step, reason=form.cleaned_data["reason"], actor=actor))
    return moved.of_own(error, step, actor) if error else ""


def _spread(request: HttpRequest, actor: Actor) -> str:
    people = [(str(each.account_id), each.name) for each in teams.caseworkers(actor.own_organisation)]
    chosen = request.POST.getlist("steps")
    form = SpreadForm(request.POST, steps=[(each, each) for each in chosen], people=people)
    if not chosen:
        return _("Kies eerst een of meer rijen.")
    if not form.is_valid():
        return _("Kies een collega.")
    steps, person = [_step(each) for each in chosen], UUID(form.cleaned_data["person"])
    return _said(tried(lambda: actions.spread(steps, account_id=person, actor=actor)), steps, actor)


def _step(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise Http404 from None


@guarded(STEP_ASSIGN, "POST")
def assign_several(request: HttpRequest) -> HttpResponse:
    """Ask to whom the cases and reports go that were ticked, or give them: each by itself."""
    actor = actor_of(request)
    codes = list(dict.fromkeys(request.POST.getlist("codes")))[:MOST]
    back = "overview" if may(actor, OVERVIEW) else "cases:list"
    if not codes:
        messages.warning(request, _("Kies eerst een of meer rijen."))
        return redirect(back)
    form = SeveralForm(request.POST if "go" in request.POST else None, choices=queries.recipients(actor))
    if form.is_valid():
        said = {code: _assigned(code, form.cleaned_data["to"], actor) for code in codes}
        if done := [code for code, why_not in said.items() if not why_not]:
            messages.success(request, _("Toegewezen: %(codes)s.") % {"codes": ", ".join(done)})
        for code, why_not in said.items():
            if why_not:
                messages.warning(request, f"{code}: {why_not}")
        return redirect(back)
    context = {"form": form, "codes": codes, "back": back}
    return render(request, "desk/assign_several.html", context, status=AMISS if form.errors else 200)


def _assigned(code: str, to: str, actor: Actor) -> str:
    """Give one of several to somebody. Returns why that could not be done; the others go on."""
    try:
        error = tried(lambda: actions.assign(code, to=to, actor=actor))
    except Refused:
        return _("Dit vinden wij niet.")
    return moved.of_matter(error, code, actor) if error else ""


@guarded(STEP_ASSIGN, "GET", "HEAD", "POST")
def assign(request: HttpRequest, code: str) -> HttpResponse:
    """Give a case or a report to a person or a team."""
    actor = actor_of(request)
    page = queries.assigning(code, actor)
    form = AssignForm(request.POST or None, choices=page.choices, now=page.chosen)
    oversees = may(actor, OVERVIEW)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            error = tried(lambda: actions.assign(code, actor=actor, **form.cleaned_data))
            if error is None:
                messages.success(request, _("%(code)s is toegewezen.") % {"code": code})
                return redirect("overview" if oversees else "today")
            page = queries.assigning(code, actor)
            form.came_back(error, moved.of_matter(error, code, actor), now=page.chosen)
        status = AMISS
    context = {"page": page, "form": form, "oversees": oversees}
    return render(request, "desk/assign.html", context, status=status)
