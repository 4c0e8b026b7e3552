"""The pages of the style guide."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from sluitend.surfaces.styleguide import samples

THEMES = {"donker": "dark", "licht": "light"}


@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """Every component; `?thema=donker` in the dark."""
    context = {
        **samples.CONTEXT,
        "account_theme": THEMES.get(request.GET.get("thema", ""), "light"),
        "icons": samples.icons(),
        "form": samples.empty_form(),
        "wrong_form": samples.wrong_form(),
    }
    return render(request, "styleguide/guide.html", context)


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The sheet as it is with the parts that are ticked now."""
    ticked = request.POST.getlist("parts")
    parts = [part for part in samples.PARTS if part["id"] in ticked]
    return render(
        request,
        "components/sheet.html",
        {**samples.SHEET, "question": request.POST.get("question", ""), "parts": parts},
    )
