"""A page of a case with one form: shown, or done and back to the case."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sluitend.journeys.cases.queries.shapes import Head
from sluitend.journeys.cases.views.common import attempt, status_of, to

FORM = ["GET", "HEAD", "POST"]
"""How such a page is asked for."""


def one_form(
    request: HttpRequest,
    head: Head,
    form: forms.Form,
    do: Callable[[], object],
    *,
    page: str = "case",
    back: str = "",
    draft: str,
    title: str,
    button: str,
    lead: str = "",
    **more: Any,
) -> HttpResponse:
    """Show a page with one form, or do what it asks and go back to the case.

    Args:
        request: that asks or sends.
        head: of the case.
        form: of the page.
        do: what the form asks, once it is filled in well.
        page, back: where to go back to, and to which part of it.
        draft: the kind under which what is typed is kept.
        title, button, lead: words of the page.
        more: what its template needs beside these.
    """
    if form.is_valid() and attempt(form, do)[0]:
        return to(page, head.code, fragment=back)
    texts = {"draft_kind": draft, "title": title, "button": button, "lead": lead}
    context = {"head": head, "form": form, **texts, **more}
    return render(request, "cases/form.html", context, status=status_of(form))


def sent(request: HttpRequest) -> Any:
    """Return what was sent, for a form; nothing while it is only asked for."""
    return request.POST if request.method == "POST" else None
