"""One's own account: days, look, keys, and for which organisation one acts."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from sluitend.journeys.administration.journey import DUTY
from sluitend.kernel.access.acting import MEMBERSHIP_KEY
from sluitend.kernel.access.decisions import may
from sluitend.kernel.access.journey import OWN_ACCOUNT
from sluitend.kernel.access.preferences import keep_place, set_preferences
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.kernel.organisations.models import Account
from sluitend.kernel.organisations.queries import memberships, offers
from sluitend.surfaces.desk.forms import PreferencesForm
from sluitend.surfaces.desk.who import account_of
from sluitend.surfaces.middleware import has_second_factor


@guarded(OWN_ACCOUNT)
def account(request: HttpRequest) -> HttpResponse:
    """Show and change how somebody works."""
    actor = actor_of(request)
    form = PreferencesForm(request.POST or None, initial=_initial(account_of(request)))
    if form.is_valid():
        set_preferences(form.preferences(), actor)
        with override(form.cleaned_data["language"]):
            messages.success(request, _("Uw voorkeuren zijn bewaard."))
        response = redirect("account")
        # What was chosen on this device before signing in no longer counts.
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response
    held = memberships(account_of(request).pk)
    context = {
        "form": form,
        "memberships": held,
        "offers": offers(account_of(request).pk),
        "others": {
            each.organisation_id: each.organisation_name
            for each in held
            if each.organisation_id != actor.organisation_id
        },
        "acting": actor,
        "has_duty": may(actor, DUTY),
        "second_factor": has_second_factor(request),
    }
    return render(request, "desk/account.html", context)


def _initial(row: Account) -> dict[str, object]:
    fields = ("work_days", "theme", "language", "single_keys", "covers_itself", "digest_at")
    return {name: getattr(row, name) for name in fields}


@require_POST
@guarded(OWN_ACCOUNT)
def choose_organisation(request: HttpRequest) -> HttpResponse:
    """Act for another organisation from now on; a membership that holds today is what allows it."""
    wanted = request.POST.get("organisation", "")
    if wanted not in {str(each.organisation_id) for each in memberships(account_of(request).pk)}:
        raise Http404
    request.session[MEMBERSHIP_KEY] = wanted
    keep_place(UUID(wanted), actor_of(request))
    request.session.cycle_key()  # a key that somebody saw before opens nothing of this organisation
    rotate_token(request)  # a page of before sends nothing here that was typed for the other organisation
    return redirect("today")
