"""Beheer: people and their roles. Never content."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.forms.drafts import worked
from sluitend.journeys.administration.actions import people as actions
from sluitend.journeys.administration.actions import roles
from sluitend.journeys.administration.actions.roles import NewRole
from sluitend.journeys.administration.forms.people import (
    EndRoleForm,
    FirstAdministratorForm,
    InviteForm,
    RoleForm,
)
from sluitend.journeys.administration.journey import ACCOUNT_MANAGE
from sluitend.journeys.administration.queries.ending import ending
from sluitend.journeys.administration.queries.people import (
    ROLES_BY_KIND,
    may_change_account,
    people_page,
    seen,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.kernel.listing import SOUGHT, asked_of
from sluitend.kernel.organisations.models import Organisation, Role


@guarded(ACCOUNT_MANAGE)
def people(request: HttpRequest) -> HttpResponse:
    """Show accounts with their roles, and invite somebody."""
    actor = actor_of(request)
    seeks = SOUGHT in request.POST
    form = InviteForm(None if seeks else request.POST or None, roles=_roles(actor))
    if form.is_valid() and (answer := invited(request, form, _new_role(form, actor))):
        return answer
    context = {
        "page": people_page(actor, asked_of(request.GET.dict(), request.POST.dict())),
        "form": form,
        "ending": ending(actor.own_organisation),
        "municipality": actor.organisation_kind == Organisation.Kind.MUNICIPALITY,
    }
    return render(request, "administration/people.html", context)


def invited(
    request: HttpRequest, form: InviteForm | FirstAdministratorForm, new: NewRole
) -> HttpResponse | None:
    """Offer a role to who was filled in; None when the form says what is wrong."""
    data = form.cleaned_data
    try:
        words = actions.invite(email=data["email"], name=data["name"], new=new, actor=actor_of(request))
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return None
    worked(request)  # the words stand on this one answer and nowhere else; there is no page to return to
    return render(request, "administration/invited.html", {"words": words, "name": data["name"]})


def _roles(actor: Actor) -> tuple[Role, ...]:
    return ROLES_BY_KIND[Organisation.Kind(actor.organisation_kind)]


def _new_role(form: RoleForm, actor: Actor) -> NewRole:
    data = form.cleaned_data
    return NewRole(actor.own_organisation, Role(data["role"]), data["until"])


@guarded(ACCOUNT_MANAGE)
def person(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show one account; give or end a role, close the account, or invite them anew."""
    actor = actor_of(request)
    shown = seen(account_id, actor)
    data = request.POST if request.POST.get("do") == "role" else None
    form = RoleForm(data, roles=_roles(actor))
    if request.method == "POST":
        try:
            if answer := _done(request, account_id, form):
                return answer
        except DomainError as error:
            if form.is_bound:
                form.add_error(error.field, error.message)
            else:
                messages.error(request, error.message)
    context = {
        "person": shown,
        "form": form,
        "longer": {each.id for each in ending(actor.own_organisation) if each.longer},
        "may_change": may_change_account(shown, actor),
        "own": actor.account_id,
        "here": any(
            each.organisation_id == actor.organisation_id and not each.ended for each in shown.memberships
        ),
    }
    return render(request, "administration/person.html", context)


def _done(request: HttpRequest, account_id: UUID, form: RoleForm) -> HttpResponse | None:
    actor, what = actor_of(request), request.POST.get("do", "")
    if what == "again":
        words = actions.invite_again(account_id, actor)
        name = seen(account_id, actor).name
        return render(request, "administration/invited.html", {"words": words, "name": name})
    if what in ("close", "open"):
        actions.set_account_active(account_id, active=what == "open", actor=actor)
        said = (
            _("Het account is weer open, zonder rollen.") if what == "open" else _("Het account is gesloten.")
        )
    elif what == "end":
        _end(request, account_id)
        said = _("De rol stopt.")
    elif what == "role":
        if not form.is_valid():
            return None
        roles.add_role(account_id, _new_role(form, actor), actor)
        said = _("De rol is aangeboden.")
    else:
        raise Http404
    messages.success(request, said)
    return redirect("manage_person", account_id=account_id)


def _end(request: HttpRequest, account_id: UUID) -> None:
    form = EndRoleForm(request.POST)
    try:
        membership = UUID(request.POST.get("membership", ""))
    except ValueError:
        raise Http404 from None
    if not form.is_valid():
        raise DomainError(_("Dit is geen datum. Kies een dag, of laat het leeg voor nu."))
    roles.end_role(account_id, membership, until=form.cleaned_data["until"], actor=actor_of(request))
