"""What is passed on after a yes to registration: a page that asks what is missing, and a file of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sluitend.journeys.care_files import queries
from sluitend.journeys.care_files.journey import CARE_FILE_EXPORT
from sluitend.journeys.care_files.registration_forms import RegistrationForm
from sluitend.journeys.care_files.views.consents import FORM, trail_of
from sluitend.kernel.access.views import AMISS, actor_of, guarded
from sluitend.kernel.sealing.downloads import as_download


@guarded(CARE_FILE_EXPORT, *FORM)
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is passed on and ask what is missing, and return it as a file."""
    actor, data = actor_of(request), request.POST if request.method == "POST" else None
    page = queries.registration_page(code, actor)
    form = RegistrationForm(data, page=page)
    if data is not None and form.is_valid():
        kind = "json" if data.get("kind") == "json" else "pdf"
        return as_download(queries.registration(code, kind, form.cleaned_data, actor))
    context = {"page": page, "form": form, "trail": trail_of(code)}
    return render(request, "care_files/registration.html", context, status=AMISS if form.errors else 200)
