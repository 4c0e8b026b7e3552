"""Keeping the teams of a municipality."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.administration.actions import teams as actions
from sluitend.journeys.administration.forms.teams import MembersForm, TeamForm
from sluitend.journeys.administration.journey import ACCOUNT_MANAGE
from sluitend.journeys.administration.queries import teams as queries
from sluitend.journeys.administration.views.common import done
from sluitend.kernel.access.views import AMISS, actor_of, guarded, tried
from sluitend.kernel.organisations import teams


@guarded(ACCOUNT_MANAGE, "GET", "HEAD", "POST")
def manage_teams(request: HttpRequest) -> HttpResponse:
    """Show the teams of the municipality, and add one."""
    actor = actor_of(request)
    form, status = TeamForm(request.POST or None), 200
    if request.method == "POST":
        if form.is_valid() and done(form, lambda: actions.add_team(form.cleaned_data["name"], actor)):
            messages.success(request, _("Het team is er. Kies nu wie erin zitten."))
            return redirect("manage_teams")
        status = AMISS
    context = {"teams": teams.teams(actor.own_organisation, active=False), "form": form}
    return render(request, "administration/teams.html", context, status=status)


@guarded(ACCOUNT_MANAGE, "GET", "HEAD", "POST")
def manage_team(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Show one team: its name and its people; use it no longer, or again."""
    actor = actor_of(request)
    seen = queries.seen(team_id, actor)
    people, inside = queries.candidates(actor.own_organisation, [team_id])
    initial = {"name": seen.name, "members": inside}
    what = request.POST.get("do", "")
    form = MembersForm(request.POST if what == "change" else None, people=people, initial=initial)
    status = 200
    if request.method == "POST":
        if _changed(request, what, form, team_id):
            messages.success(request, _("Dat is gedaan."))
            return redirect("manage_teams")
        status = AMISS
    return render(request, "administration/team_of.html", {"team": seen, "form": form}, status=status)


def _changed(request: HttpRequest, what: str, form: MembersForm, team_id: UUID) -> bool:
    actor = actor_of(request)
    if what == "change":
        return form.is_valid() and done(
            form,
            lambda: actions.change_team(
                team_id,
                name=form.cleaned_data["name"],
                account_ids=[UUID(each) for each in form.cleaned_data["members"]],
                actor=actor,
            ),
        )
    if what not in ("close", "open"):
        raise Http404
    error = tried(lambda: actions.set_team_active(team_id, active=what == "open", actor=actor))
    if error is not None:
        messages.error(request, error.message)
    return error is None
