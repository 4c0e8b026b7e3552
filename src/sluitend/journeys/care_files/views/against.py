"""The pages of sharing without a yes: decided by one, looked at by another, and what the person is told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.against_forms import AgainstForm, LookAgainstForm
from sluitend.journeys.care_files.forms import Seen
from sluitend.journeys.care_files.journey import CARE_FILE_AGAINST
from sluitend.journeys.care_files.views.consents import FORM, trail_of
from sluitend.journeys.care_files.views.desk import refused, sent
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.access.views import AMISS, actor_of, guarded, tried


@guarded(CARE_FILE_AGAINST, *FORM)
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is needed to share without a yes, and keep what somebody decided."""
    actor, data = actor_of(request), request.POST if request.method == "POST" else None
    page = queries.against_page(code, actor)
    form = AgainstForm(data, page=page)
    if data is not None and form.is_valid():
        wanted, revision = form.share(), form.cleaned_data["revision"]
        error = tried(lambda: actions.share_against(code=code, actor=actor, wanted=wanted, revision=revision))
        if error is None:
            messages.success(request, _("Bewaard. Een collega kijkt mee. Er is nog niets verstuurd."))
            return redirect("care_files:file", code=code)
        refused(form, error, page.revision)
    context = {"page": page, "form": form, "trail": trail_of(code)}
    return render(request, "care_files/against.html", context, status=AMISS if form.errors else 200)


@guarded(CARE_FILE_AGAINST, *FORM)
def look(request: HttpRequest, code: str, share: str) -> HttpResponse:
    """Show what somebody decided to share without a yes, and keep what a colleague says of it."""
    actor, data = actor_of(request), request.POST if request.method == "POST" else None
    view = queries.care_file(code, actor)
    line = next((each for each in view.shares if each.id == share and each.may_look), None)
    if line is None:
        raise Absent
    form = LookAgainstForm(data, revision=view.revision)
    if data is not None and form.is_valid():
        given = form.cleaned_data
        error = tried(lambda: actions.look_against(code=code, actor=actor, share=share, **given))
        if error is None:
            messages.success(request, _("Bewaard."))
            return redirect("care_files:file", code=code)
        refused(form, error, view.revision)
    context = {"line": line, "code": code, "form": form, "trail": trail_of(code)}
    return render(request, "care_files/look_against.html", context, status=AMISS if form.errors else 200)


@guarded(CARE_FILE_AGAINST, "POST")
def went(request: HttpRequest, code: str, share: str) -> HttpResponse:
    """Note that it was told by telephone."""
    form = Seen(request.POST)
    return sent(request, code, "went_form", form, lambda **more: actions.note_went(share=share, **more))


@guarded(CARE_FILE_AGAINST, "POST")
def told(request: HttpRequest, code: str, share: str) -> HttpResponse:
    """Note that the person was told."""
    form = Seen(request.POST)
    return sent(request, code, "told_form", form, lambda **more: actions.note_told(share=share, **more))
