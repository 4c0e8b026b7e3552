"""A care file to take along: each one is made anew, and logged."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sluitend.journeys.care_files import queries
from sluitend.journeys.care_files.journey import CARE_FILE_EXPORT
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.kernel.sealing.downloads import as_download


@guarded(CARE_FILE_EXPORT, "POST")
def take(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Return a care file in one form."""
    try:
        return as_download(queries.take(code, kind, actor_of(request)))
    except DomainError as error:
        messages.warning(request, error.message)
    return redirect("care_files:file", code=code)
