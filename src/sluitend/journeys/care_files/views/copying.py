"""A copy for the person: first whether paper is safe, then a page to read together, and paper after a yes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.copy_forms import CopyForm
from sluitend.journeys.care_files.journey import CARE_FILE_COPY
from sluitend.journeys.care_files.views.consents import FORM, trail_of
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded
from sluitend.kernel.sealing.downloads import as_download


@guarded(CARE_FILE_COPY, *FORM)
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask in which language, and whether paper is safe, and make a copy."""
    actor, data = actor_of(request), request.POST if request.method == "POST" else None
    page = queries.copies_page(code, actor)
    form = CopyForm(data, page=page)
    if data is not None and form.is_valid():
        copy = actions.give_copy(code=code, actor=actor, **form.cleaned_data)
        return redirect("care_files:copy", code=code, copy=copy)
    context = {"page": page, "form": form, "trail": trail_of(code)}
    return render(request, "care_files/copies.html", context, status=AMISS if form.is_bound else 200)


@guarded(CARE_FILE_COPY, *READING)
def show(request: HttpRequest, code: str, copy: str) -> HttpResponse:
    """Show a copy, to be read together on the screen."""
    context = {"page": queries.copy_page(code, copy, actor_of(request)), "trail": trail_of(code)}
    return render(request, "care_files/copy.html", context)


@guarded(CARE_FILE_COPY, "POST")
def take(request: HttpRequest, code: str, copy: str) -> HttpResponse:
    """Return a copy on paper."""
    actor = actor_of(request)
    actions.print_copy(code=code, actor=actor, copy=copy)
    return as_download(queries.printed_copy(code, copy, actor))
