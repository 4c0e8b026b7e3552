"""The list that focal point and care coordination have in common."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.care import queries
from sluitend.journeys.care.journey import CARE_SHARED
from sluitend.kernel.access.views import READING, actor_of, guarded


@guarded(CARE_SHARED, *READING)
def shared(request: HttpRequest) -> HttpResponse:
    """Show what lies between the two; it prints on a page."""
    page = queries.shared_list(actor_of(request), request.GET.dict())
    columns = [
        _("Nummer"),
        _("Sinds"),
        _("Nu bij"),
        _("Laatste zin"),
        _("Afgesproken stap"),
        _("Vóór"),
        _("Taak voor vannacht"),
    ]
    rows = [{"head": each.number, "cells": _cells(each)} for each in page.rows]
    return render(request, "care/shared.html", {"page": page, "columns": columns, "rows": rows})


def _cells(row: queries.SharedRow) -> list[str]:
    before = date_format(row.before, "j F Y") if row.before else "–"
    since = date_format(row.since, "j F Y")
    return [since, row.now_with, row.sentence, row.step or "–", before, row.tonight or "–"]
