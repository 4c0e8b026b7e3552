"""Beheer: organisations, people and keys. Never content."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.forms.drafts import drop_sent
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.kernel.organisations import queries
from sluitend.kernel.organisations.models import Organisation, Role
from sluitend.surfaces.desk import actions, key_register
from sluitend.surfaces.desk.forms import (
    EndRoleForm,
    FirstAdministratorForm,
    InviteForm,
    OrganisationDetailsForm,
    OrganisationForm,
    RoleForm,
)
from sluitend.surfaces.desk.journey import ACCOUNT_MANAGE, KEYS_MANAGE, ORGANISATION_MANAGE
from sluitend.surfaces.desk.role_actions import NewRole


@guarded(ORGANISATION_MANAGE)
def organisations(request: HttpRequest) -> HttpResponse:
    """Show the directory; add to it where this administrator keeps all of it."""
    actor = actor_of(request)
    add = None
    if actions.manages_all(actor):
        add = OrganisationForm(request.POST or None, subregions=queries.subregions())
        if add.is_valid() and _added(add, request):
            return redirect("manage_organisations")
    elif request.method == "POST":
        raise Http404
    found = queries.organisations()
    mine = next((each for each in found if each.id == actor.organisation_id), None)
    without = {each.id for each in found} - queries.with_administrator() if add else set()
    waiting = set(queries.never_came_in()) if add else set()
    context = {"organisations": found, "form": add, "mine": mine, "without": without, "waiting": waiting}
    return render(request, "desk/organisations.html", context)


def _added(form: OrganisationForm, request: HttpRequest) -> bool:
    data = form.cleaned_data
    new = actions.NewOrganisation(
        code=data["code"],
        name=data["name"],
        kind=data["kind"],
        partner_key=data["partner_key"],
        mail=data["mail"],
        telephone=data["telephone"],
        subregion_ids=tuple(UUID(part) for part in data["subregions"]),
    )
    try:
        actions.add_organisation(new, actor_of(request))
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
    if row is not None and actions.waiting_first(organisation_id, actor):
        return _first_again(request, row)
    if row is None or not actions.keeps(organisation_id, actor):
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
        if answer := _invited(request, first, new):
            return answer
    elif form.is_valid():
        actions.change_organisation(organisation_id, actor=actor, **form.cleaned_data)
        messages.success(request, _("De gegevens zijn bewaard."))
        return redirect("manage_organisations")
    return render(request, "desk/organisation.html", {"organisation": row, "form": form, "first": first})


def _first_again(request: HttpRequest, row: queries.OrganisationView) -> HttpResponse:
    """Show that the first administrator never came in; invite them anew."""
    if request.method == "POST":
        words = actions.invite_first_again(row.id, actor_of(request))
        return render(request, "desk/invited.html", {"words": words, "name": row.name})
    return render(request, "desk/organisation.html", {"organisation": row, "again": True})


@guarded(ACCOUNT_MANAGE)
def people(request: HttpRequest) -> HttpResponse:
    """Show accounts with their roles, and invite somebody."""
    actor = actor_of(request)
    form = InviteForm(request.POST or None, roles=_roles(actor))
    if form.is_valid() and (answer := _invited(request, form, _new_role(form, actor))):
        return answer
    found = queries.people(
        organisation_id=actor.own_organisation, after=_after(request), limit=queries.PAGE + 1
    )
    context = {
        "people": found[: queries.PAGE],
        "form": form,
        "last": found[queries.PAGE - 1] if len(found) > queries.PAGE else None,
        "municipality": actor.organisation_kind == Organisation.Kind.MUNICIPALITY,
    }
    return render(request, "desk/people.html", context)


def _invited(
    request: HttpRequest, form: InviteForm | FirstAdministratorForm, new: NewRole
) -> HttpResponse | None:
    """Offer a role to who was filled in; None when the form says what is wrong."""
    data = form.cleaned_data
    try:
        words = actions.invite(email=data["email"], name=data["name"], new=new, actor=actor_of(request))
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return None
    drop_sent(request)
    # The words stand on this one answer and nowhere else; there is no page to return to.
    return render(request, "desk/invited.html", {"words": words, "name": data["name"]})


def _after(request: HttpRequest) -> tuple[str, UUID] | None:
    try:
        last = queries.person(UUID(request.GET["na"]), organisation_id=None)
    except (KeyError, ValueError):
        return None
    return (last.name, last.id) if last else None


def _roles(actor: Actor) -> tuple[Role, ...]:
    return actions.ROLES_BY_KIND[Organisation.Kind(actor.organisation_kind)]


def _new_role(form: RoleForm, actor: Actor) -> NewRole:
    data = form.cleaned_data
    return NewRole(actor.own_organisation, Role(data["role"]), data["until"])


@guarded(ACCOUNT_MANAGE)
def person(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show one account; give or end a role, close the account, or invite them anew."""
    actor = actor_of(request)
    seen = actions.seen(account_id, actor)
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
        "person": seen,
        "form": form,
        "may_change": actions.may_change_account(seen, actor),
        "own": actor.account_id,
        "here": any(
            each.organisation_id == actor.organisation_id and not each.ended for each in seen.memberships
        ),
    }
    return render(request, "desk/person.html", context)


def _done(request: HttpRequest, account_id: UUID, form: RoleForm) -> HttpResponse | None:
    actor, what = actor_of(request), request.POST.get("do", "")
    if what == "again":
        words = actions.invite_again(account_id, actor)
        name = actions.seen(account_id, actor).name
        return render(request, "desk/invited.html", {"words": words, "name": name})
    if what in ("close", "open"):
        actions.set_active(account_id, active=what == "open", actor=actor)
        said = (
            _("Het account is weer open, zonder rollen.") if what == "open" else _("Het account is gesloten.")
        )
    elif what == "end":
        _end(request, account_id)
        said = _("De rol stopt.")
    elif what == "role":
        if not form.is_valid():
            return None
        actions.add_role(account_id, _new_role(form, actor), actor)
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
    actions.end_role(account_id, membership, until=form.cleaned_data["until"], actor=actor_of(request))


@guarded(KEYS_MANAGE)
def keys(request: HttpRequest) -> HttpResponse:
    """Show which organisations have keys, and how the register stands."""
    return render(request, "desk/keys.html", {"register": key_register.standing()})
