"""The page on which everybody reads an entry, with the words of the draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from sluitend.journeys.editing import queries
from sluitend.journeys.editing.journey import HANDBOOK_EDIT
from sluitend.journeys.editing.queries.places import PAGES, TOGETHER
from sluitend.kernel.access.views import READING, actor_of, guarded
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import read_instead


@guarded(HANDBOOK_EDIT, *READING)
def page(request: HttpRequest, part: str, entry_id: str) -> HttpResponse:
    """Show the page on which people read an entry, with the words of the draft."""
    pack, problems = queries.pack_of_draft(actor_of(request))
    address = page_of(part, entry_id, pack)
    if not address:
        raise Http404
    if problems:
        messages.warning(request, _("Het concept klopt nog niet. U leest de uitgave van nu."))
        return redirect(address)
    messages.info(request, _("Zo leest het concept. Wat u hier kiest, is weer van de uitgave van nu."))
    found = resolve(address)
    with read_instead(pack):
        response: HttpResponse = found.func(request, *found.args, **found.kwargs)
    return response


def page_of(part: str, entry_id: str, pack: Pack) -> str:
    """Return the address of the page on which people read an entry; empty where none is known."""
    if part == "measures" and (measure := pack.measures.get(entry_id)):
        return reverse("handbook_heading", args=[measure.heading])
    if part in PAGES:
        return reverse(PAGES[part][0], args=[entry_id])
    return reverse(TOGETHER[part]) if part in TOGETHER else ""
