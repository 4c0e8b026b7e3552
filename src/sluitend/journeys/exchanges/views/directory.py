"""The directory, and what somebody says of their own organisation in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.exchanges import actions, queries
from sluitend.journeys.exchanges.forms import NumberForm
from sluitend.journeys.exchanges.journey import DIRECTORY, DIRECTORY_CHECK, DIRECTORY_CONFIRM
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried


@guarded(DIRECTORY, *READING, "POST")
def directory(request: HttpRequest) -> HttpResponse:
    """Show who answers where; a name that is looked for is sent, never part of an address."""
    return _page(request, None)


@guarded(DIRECTORY_CONFIRM, "POST")
def confirm(request: HttpRequest) -> HttpResponse:
    """Say that the own entry is right."""
    actions.confirm_entry(actor=actor_of(request))
    messages.success(request, _("Bevestigd. Over een half jaar vragen wij het opnieuw."))
    return redirect("exchanges:directory")


@guarded(DIRECTORY_CHECK, "POST")
def check(request: HttpRequest) -> HttpResponse:
    """Say, for the region, that the numbers of who confirms nothing were looked at."""
    actions.check_silent(actor=actor_of(request))
    messages.success(request, _("Bewaard. Over een half jaar vragen wij het opnieuw."))
    return redirect("exchanges:directory")


@guarded(DIRECTORY_CONFIRM, "POST")
def number(request: HttpRequest) -> HttpResponse:
    """Show a number of one's own, or no longer."""
    actor = actor_of(request)
    form = NumberForm("", request.POST)
    if form.is_valid():
        error = tried(lambda: actions.show_number(telephone=form.cleaned_data["telephone"], actor=actor))
        if error is None:
            messages.success(request, _("Bewaard. De gids toont dit meteen."))
            return redirect("exchanges:directory")
        form.add_error(error.field if error.field in form.fields else None, error.message)
    return _page(request, form)


def _page(request: HttpRequest, form: NumberForm | None) -> HttpResponse:
    named = request.POST.get("zoek", "")[:60]
    view = queries.directory(actor_of(request), named=named)
    context = {"view": view, "named": named, "form": form or NumberForm(view.own_telephone)}
    return render(request, "exchanges/directory.html", context, status=AMISS if form else 200)
