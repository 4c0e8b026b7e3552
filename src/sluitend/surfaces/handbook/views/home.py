"""The first page of the handbook: where to go for what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sluitend.kernel.access.acting import as_intake
from sluitend.surfaces.handbook.reading import reading


@as_intake
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the parts of the handbook."""
    return render(request, "handbook/home.html", {"reading": reading(request)})
