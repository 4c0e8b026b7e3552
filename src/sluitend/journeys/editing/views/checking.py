"""What nobody confirmed: one list of work by risk, on paper too, divided among colleagues."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.editing import actions
from sluitend.journeys.editing.journey import HANDBOOK_EDIT
from sluitend.journeys.editing.queries.checking import owners, to_check
from sluitend.kernel.access.views import READING, actor_of, guarded, tried

MINE = "mij"


@guarded(HANDBOOK_EDIT, *READING)
def unconfirmed(request: HttpRequest) -> HttpResponse:
    """Show what nobody confirmed, the greatest risk first."""
    actor, mine = actor_of(request), request.GET.get("van") == MINE
    levels = to_check(actor, mine=mine)
    context = {
        "levels": levels,
        "number": sum(len(level.rows) for level in levels),
        "mine": mine,
        "owners": owners(actor),
        "printed": timezone.localdate(),
        "trail": [{"label": _("Handboek"), "url": "/werk/handboek/"}, {"label": _("Na te gaan")}],
    }
    return render(request, "editing/unconfirmed.html", context)


@guarded(HANDBOOK_EDIT, "POST")
def assign(request: HttpRequest) -> HttpResponse:
    """Give what is ticked to a colleague."""
    actor, typed = actor_of(request), request.POST.get("owner", "")
    chosen = [
        (part, entry_id)
        for one in request.POST.getlist("entry")
        for part, _dot, entry_id in [one.partition(".")]
    ]
    error = tried(lambda: actions.assign(actor=actor, entries=chosen, owner=_account(typed)))
    if error is not None:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("Verdeeld: %(number)s.") % {"number": len(chosen)})
    return redirect("editing:unconfirmed")


def _account(typed: str) -> UUID | None:
    """Return the account that was chosen; what is no account is nobody's, and is refused as such."""
    if not typed:
        return None
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)
