"""Choosing a first password with the two halves of an invitation. Until one was chosen nothing is used up."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sluitend.journeys.administration.actions import choose_first_password, invited
from sluitend.journeys.administration.queries import stands
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.slowing import Limit
from sluitend.kernel.access.throttle import sender
from sluitend.kernel.access.views import AMISS, actor_of
from sluitend.surfaces.desk.entrance_forms import InvitationForm

TRYING = Limit("invitation", number=20, seconds=600)
"""Tries from one address. Each invitation counts its own, in the database."""


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, link: str) -> HttpResponse:
    """Ask for the words and a password. A link that is absent, used, expired or locked is one page."""
    form = InvitationForm(request.POST if request.method == "POST" else None)
    held_back = request.method == "POST" and TRYING.count(sender(request))
    done = form.is_valid() and not held_back and _chosen(form, link, actor_of(request))
    if held_back:
        form.add_error(None, _("U hebt het vaak geprobeerd. Wacht tien minuten en probeer het dan opnieuw."))
    context = {"form": form, "done": done, "stands": done or stands(link)}
    status = AMISS if form.is_bound and not done else 200
    return render(request, "account/invitation.html", context, status=status)


def _chosen(form: InvitationForm, link: str, actor: Actor) -> bool:
    account = invited(link, form.cleaned_data["words"])
    if account is None:
        form.add_error("words", _("Deze code hoort niet bij deze link. Vraag uw beheerder hem nog eens."))
        return False
    try:
        validate_password(form.cleaned_data["password1"], account)
    except ValidationError as error:
        form.add_error("password1", error)
        return False
    choose_first_password(account, form.cleaned_data["password1"], actor)
    return True
