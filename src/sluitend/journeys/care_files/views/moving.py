"""Whose support stops: the list of them, and that somebody stays with who coordinates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.forms import Seen
from sluitend.journeys.care_files.journey import CARE_FILE_READ, CARE_FILE_WRITE
from sluitend.journeys.care_files.views.desk import sent
from sluitend.kernel.access.views import READING, actor_of, guarded


@guarded(CARE_FILE_READ, *READING)
def show(request: HttpRequest) -> HttpResponse:
    """Show each person whose support stops."""
    return render(request, "care_files/moving.html", {"moves": queries.moves(actor_of(request))})


@guarded(CARE_FILE_WRITE, "POST")
def stay(request: HttpRequest, code: str, share: str) -> HttpResponse:
    """Note that the person stays with who coordinates."""
    form = Seen(request.POST)
    return sent(request, code, "stay_form", form, lambda **more: actions.stay_here(share=share, **more))
