"""Beheer: organisations, their keys, and what runs by itself for them. Never content."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.administration.actions.organisations import (
    NewOrganisation,
    add_organisation,
    change_organisation,
)
from sluitend.journeys.administration.actions.people import invite_first_again
from sluitend.journeys.administration.actions.roles import NewRole
from sluitend.journeys.administration.forms.organisations import OrganisationDetailsForm, OrganisationForm
from sluitend.journeys.administration.forms.people import FirstAdministratorForm
from sluitend.journeys.administration.journey import KEYS_MANAGE, ORGANISATION_MANAGE
from sluitend.journeys.administration.queries import key_register
from sluitend.journeys.administration.queries import running as clock
from sluitend.journeys.administration.queries.house_style import has_house_style
from sluitend.journeys.administration.queries.people import keeps, manages_all, waiting_first
from sluitend.journeys.administration.views.people import invited
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.kernel.organisations import queries
from sluitend.kernel.organisations.models import Role


@guarded(ORGANISATION_MANAGE)
def organisations(request: HttpRequest) -> HttpResponse:
    """Show the directory; add to it where this administrator keeps all of it."""
    actor = actor_of(request)
    add = None
    if manages_all(actor):
        add = OrganisationForm(request.POST or None, subregions=queries.subregions())
        if add.is_valid() and _added(add, request):
            return redirect("manage_organisations")
    elif request.method == "POST":
        raise Http404
    found = queries.organisations()
    mine = next((each for each in found if each.id == actor.organisation_id), None)
    without = {each.id for each in found} - queries.with_administrator() if add else set()
    waiting = set(queries.never_came_in()) if add else set()
    context = {
        "organisations": found,
        "form": add,
        "mine": mine,
        "has_house_style": has_house_style(actor),
        "without": without,
        "waiting": waiting,
    }
    return render(request, "administration/organisations.html", context)


def _added(form: OrganisationForm, request: HttpRequest) -> bool:
    data = form.cleaned_data
    new = NewOrganisation(
        code=data["code"],
        name=data["name"],
        kind=data["kind"],
        partner_key=data["partner_key"],
        mail=data["mail"],
        telephone=data["telephone"],
        subregion_ids=tuple(UUID(part) for part in data["subregions"]),
    )
    try:
        add_organisation(new, actor_of(request))
    except DomainError as error:
        form.add_error(error.field, error.message)
        return False
    messages.success(request, _("%(name)s is toegevoegd. Maak nu de sleutels aan.") % {"name": new.name})
    return True


@guarded(ORGANISATION_MANAGE)
def organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Show and change what the directory says of one organisation, or offer its first administrator."""
    actor = actor_of(request)
    row = queries.organisation(organisation_id)
    if row is not None and waiting_first(organisation_id, actor):
        return _first_again(request, row)
    if row is None or not keeps(organisation_id, actor):
        raise Http404
    initial = {"name": row.name, "mail": row.mail, "telephone": row.telephone}
    offers = request.POST.get("do") == "first"
    form = OrganisationDetailsForm(None if offers else request.POST or None, initial=initial)
    elsewhere = organisation_id != actor.organisation_id
    sent = request.POST if offers else None
    # Both forms of the page ask a name.
    first = FirstAdministratorForm(sent, auto_id="id_first_%s") if elsewhere else None
    if first and first.is_valid():
        new = NewRole(organisation_id, Role.ADMINISTRATOR, None)
        if answer := invited(request, first, new):
            return answer
    elif form.is_valid():
        change_organisation(organisation_id, actor=actor, **form.cleaned_data)
        messages.success(request, _("De gegevens zijn bewaard."))
        return redirect("manage_organisations")
    context = {"organisation": row, "form": form, "first": first}
    return render(request, "administration/organisation.html", context)


def _first_again(request: HttpRequest, row: queries.OrganisationView) -> HttpResponse:
    """Show that the first administrator never came in; invite them anew."""
    if request.method == "POST":
        words = invite_first_again(row.id, actor_of(request))
        return render(request, "administration/invited.html", {"words": words, "name": row.name})
    return render(request, "administration/organisation.html", {"organisation": row, "again": True})


@guarded(KEYS_MANAGE)
def keys(request: HttpRequest) -> HttpResponse:
    """Show which organisations have keys, and how the register stands."""
    return render(request, "administration/keys.html", {"register": key_register.standing()})


@guarded(ORGANISATION_MANAGE)
def running(request: HttpRequest) -> HttpResponse:
    """Show what failed last, and where something waits that nobody reads."""
    return render(request, "administration/running.html", {"found": clock.found(actor_of(request))})
