"""Which care file an organisation keeps: an administrator chooses, somebody else takes along and deletes."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.journey import CARE_FILE_MODE, CARE_FILE_THIN
from sluitend.kernel.access.views import READING, actor_of, guarded, tried
from sluitend.kernel.sealing.downloads import as_download

CHOICES: Mapping[str, Callable[..., None]] = {"whole": actions.switch_on, "back": actions.ask_back}


@guarded(CARE_FILE_MODE, *READING, "POST")
def mode(request: HttpRequest) -> HttpResponse:
    """Show which care file the organisation keeps, and choose."""
    actor = actor_of(request)
    page = queries.mode_page(actor)
    if request.method == "POST":
        act = CHOICES.get(request.POST.get("do", ""))
        if act is None:
            raise Http404
        error = tried(lambda: act(actor=actor))
        if error is None:
            messages.success(request, _("Bewaard."))
        else:
            messages.warning(request, error.message)
        return redirect("care_files:mode")
    return render(request, "care_files/mode.html", {"page": page})


@guarded(CARE_FILE_THIN, *READING)
def back(request: HttpRequest) -> HttpResponse:
    """Show what has to be done before the whole files are deleted."""
    return render(request, "care_files/back.html", {"page": queries.going_back(actor_of(request))})


@guarded(CARE_FILE_THIN, "POST")
def take(request: HttpRequest) -> HttpResponse:
    """Return all whole files, as one file to keep."""
    actor = actor_of(request)
    error = tried(lambda: actions.note_taken(actor=actor))
    if error is not None:
        messages.warning(request, error.message)
        return redirect("care:list")
    papers = request.POST.get("papers") == "yes"
    return as_download(queries.take_whole_files(actor, papers=papers))


@guarded(CARE_FILE_THIN, "POST")
def delete(request: HttpRequest) -> HttpResponse:
    """Delete what the thin file does not keep."""
    actor = actor_of(request)
    error = tried(lambda: actions.go_back(actor=actor))
    if error is not None:
        messages.warning(request, error.message)
        return redirect("care_files:back")
    messages.success(request, _("Het volledige dossier is weg. Wat het dunne dossier bewaart, staat er nog."))
    return redirect("care:list")
