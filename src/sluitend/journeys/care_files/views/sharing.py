"""The page on which somebody agrees to share with one organisation, and the button that sends it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.journey import CARE_FILE_ANSWER, CARE_FILE_SHARE
from sluitend.journeys.care_files.share_forms import FORMS, MediateForm
from sluitend.journeys.care_files.views.consents import FORM, asked, trail_of
from sluitend.journeys.care_files.views.desk import refused
from sluitend.journeys.care_files.words import Purpose
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.access.views import AMISS, actor_of, guarded, tried

PURPOSES = {
    "ondersteuning": Purpose.SUPPORT,
    "taak": Purpose.TASK,
    "bemiddeling": Purpose.MEDIATION,
    "overdracht": Purpose.MOVE,
}


@guarded(CARE_FILE_ANSWER, *FORM)
def share_for(request: HttpRequest, code: str, purpose: str) -> HttpResponse:
    """Show the text about sharing for one purpose, and note what the person answers."""
    actor, data = actor_of(request), request.POST if request.method == "POST" else None
    if purpose not in PURPOSES:
        raise Absent
    offer = queries.share_offer(code, PURPOSES[purpose], actor)
    form = FORMS[offer.purpose](data, offer=offer)
    if data is not None and form.is_valid():
        wanted, revision = form.share(), form.cleaned_data["revision"]
        error = tried(lambda: actions.share(code=code, actor=actor, wanted=wanted, revision=revision))
        if error is None:
            messages.success(request, _("Bewaard. Er is nog niets verstuurd."))
            return redirect("care_files:file", code=code)
        refused(form, error, offer.page.revision)
    return asked(request, "care_files/ask.html", offer.page, form, offer.purpose)


@guarded(CARE_FILE_SHARE, "POST")
def send(request: HttpRequest, code: str, share: str) -> HttpResponse:
    """Send what the person agreed to."""
    actor = actor_of(request)
    error = tried(lambda: actions.send(code=code, actor=actor, share=share))
    if error is None:
        messages.success(request, _("Verstuurd."))
    else:
        messages.warning(request, error.message)
    return redirect("care_files:file", code=code)


@guarded(CARE_FILE_SHARE, *FORM)
def mediate(request: HttpRequest, code: str) -> HttpResponse:
    """Ask who finds a place elsewhere to mediate: what may be told, and why nothing here fits."""
    actor, data = actor_of(request), request.POST if request.method == "POST" else None
    page = queries.mediation_page(code, actor)
    form = MediateForm(data, page=page)
    if data is not None and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("reason", "told", "revision")}
        error = tried(lambda: actions.mediate(code=code, actor=actor, **given))
        if error is None:
            messages.success(request, _("Bewaard. Bel zelf, en zeg alleen wat hier staat."))
            return redirect("care_files:mediate", code=code)
        refused(form, error, page.revision)
    trail = [
        *trail_of(page.file)[: 2 if page.file else 1],
        {"label": code, "url": f"/werk/zorg/plek/{code}/", "code": True},
    ]
    context = {"page": page, "form": form, "trail": trail}
    return render(request, "care_files/mediate.html", context, status=AMISS if form.errors else 200)
