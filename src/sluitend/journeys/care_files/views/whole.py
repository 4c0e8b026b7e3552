"""The pages on which the whole file is written, one row at a time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.forms import Seen
from sluitend.journeys.care_files.journey import CARE_FILE_WRITE
from sluitend.journeys.care_files.views.consents import FORM, trail_of
from sluitend.journeys.care_files.views.desk import refused, sent
from sluitend.journeys.care_files.whole_forms import PartForm
from sluitend.kernel.access.views import AMISS, actor_of, guarded, tried


@guarded(CARE_FILE_WRITE, *FORM)
def write(request: HttpRequest, code: str, section: str, row: str = "") -> HttpResponse:
    """Show the form of one row of a section, and keep what is written."""
    actor, data = actor_of(request), request.POST if request.method == "POST" else None
    page = queries.part_page(code, section, row, actor)
    form = PartForm(data, page=page)
    if data is not None and form.is_valid():
        error = tried(
            lambda: actions.write_part(
                code=code,
                actor=actor,
                section=section,
                row=row,
                values=form.values(),
                revision=form.cleaned_data["revision"],
            )
        )
        if error is None:
            messages.success(request, _("Bewaard."))
            return redirect("care_files:file", code=code)
        refused(form, error, page.revision)
    context = {"page": page, "form": form, "trail": trail_of(code)}
    return render(request, "care_files/part.html", context, status=AMISS if form.is_bound else 200)


@guarded(CARE_FILE_WRITE, "POST")
def settle(request: HttpRequest, code: str, section: str, row: str, field: str) -> HttpResponse:
    """Note that what was for a day is done."""
    return sent(
        request,
        code,
        "settle_form",
        Seen(request.POST),
        lambda **more: actions.settle_day(section=section, row=row, field=field, **more),
    )


@guarded(CARE_FILE_WRITE, "POST")
def take_away(request: HttpRequest, code: str, section: str, row: str) -> HttpResponse:
    """Take a row away."""
    return sent(
        request,
        code,
        "take_away_form",
        Seen(request.POST),
        lambda **more: actions.take_away_part(section=section, row=row, **more),
    )
