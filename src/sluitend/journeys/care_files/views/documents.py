"""The papers of a whole file: seen as pictures, added and taken away by who works there."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.document_forms import DocumentForm
from sluitend.journeys.care_files.forms import Seen
from sluitend.journeys.care_files.journey import CARE_FILE_EXPORT, CARE_FILE_READ, CARE_FILE_WRITE
from sluitend.journeys.care_files.views.consents import trail_of
from sluitend.journeys.care_files.views.desk import refused
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried
from sluitend.kernel.sealing.downloads import as_download, page_response


@guarded(CARE_FILE_READ, *READING)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the papers."""
    return _page(request, code)


@guarded(CARE_FILE_WRITE, "POST")
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """Keep one more."""
    actor = actor_of(request)
    view = queries.documents(code, actor)
    form = DocumentForm(request.POST, request.FILES, revision=view.revision)
    if form.is_valid():
        given = form.cleaned_data
        error = tried(lambda: actions.keep_document(code=code, actor=actor, **given))
        if error is None:
            messages.success(request, _("Bewaard."))
            return redirect("care_files:documents", code=code)
        refused(form, error, view.revision)
    return _page(request, code, form)


@guarded(CARE_FILE_WRITE, "POST")
def take_away(request: HttpRequest, code: str, document: UUID) -> HttpResponse:
    """Take one away for good."""
    form, actor = Seen(request.POST), actor_of(request)
    seen = form.cleaned_data["revision"] if form.is_valid() else None
    error = tried(
        lambda: actions.take_away_document(code=code, actor=actor, document=str(document), revision=seen)
    )
    if error is None:
        messages.success(request, _("Het document is weg."))
    else:
        messages.warning(request, error.message)
    return redirect("care_files:documents", code=code)


@guarded(CARE_FILE_READ, *READING)
def page(request: HttpRequest, code: str, page: UUID) -> HttpResponse:
    """Return one page as a picture."""
    return page_response(queries.document_page(code, page, actor_of(request)), page)


@guarded(CARE_FILE_EXPORT, "POST")
def take(request: HttpRequest, code: str, document: UUID) -> HttpResponse:
    """Return one paper, to take along."""
    return as_download(queries.take_document(code, str(document), actor_of(request)))


def _page(request: HttpRequest, code: str, form: DocumentForm | None = None) -> HttpResponse:
    view = queries.documents(code, actor_of(request))
    form = form or DocumentForm(revision=view.revision)
    context = {"view": view, "form": form, "trail": trail_of(code)}
    return render(request, "care_files/documents.html", context, status=AMISS if form.is_bound else 200)
