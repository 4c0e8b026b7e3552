"""A question for the focal point, without a report."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict

from sluitend.forms.checks import tidy
from sluitend.forms.drafts import worked
from sluitend.forms.wizard import Sent, sending_of
from sluitend.journeys.reports import actions
from sluitend.journeys.reports.danger import child_themes, is_now
from sluitend.journeys.reports.models import Kind, Minor
from sluitend.journeys.reports.short_forms import AdviceForm
from sluitend.journeys.reports.slowing import FILING
from sluitend.journeys.reports.views.filing import TOO_FAST, all_silent, outside, received, show_first, silent
from sluitend.journeys.reports.views.shared import (
    own_municipality,
    pack,
    page,
    public,
)
from sluitend.kernel.access.acting import own_role
from sluitend.kernel.access.throttle import sender
from sluitend.kernel.access.views import actor_of, works_here
from sluitend.kernel.organisations.queries import organisation_with


@public
def advice(request: HttpRequest) -> HttpResponse:
    """Show the question form, send it, or go on with it as a report."""
    held = pack()
    if request.method != "POST":
        own = own_municipality(request)
        return _show(request, AdviceForm(initial={"municipality": own}, pack=held))
    data = tidy(request.POST)
    if data.get("go") == "report":
        return _as_report(request, data)
    form = AdviceForm(data, pack=held)
    if not form.is_valid():
        return _show(request, form)
    if town := silent(form.cleaned_data["municipality"]):
        return outside(request, as_report(data), town)
    if FILING.count(sender(request)):
        form.add_error(None, TOO_FAST)
        return _show(request, form)
    filed = actions.file_advice(
        organisation_id=organisation_with(form.cleaned_data["municipality"]),
        theme=form.cleaned_data["theme"],
        question=form.cleaned_data["question"],
        marks=form.cleaned_data["danger"],
        acute=form.cleaned_data["acute"],
        sending=sending_of(data),
        pack=held,
    )
    if filed.fresh:
        worked(request)
    if works_here(request) and filed.fresh:
        with own_role():
            actions.remember_receipt(receipt=filed.receipt, kind=Kind.ADVICE, actor=actor_of(request))
    return received(
        request,
        filed,
        held,
        kind=Kind.ADVICE,
        acute=is_now(form.cleaned_data["acute"]),
        typed=form.cleaned_data["question"],
    )


def _as_report(request: HttpRequest, data: Sent) -> HttpResponse:
    """Take the question along as the first words of a report."""
    return show_first(request, dict(as_report(data).lists()))


def as_report(data: Sent) -> Sent:
    """Return a question as the first words of a report."""
    begun: Sent = MultiValueDict()
    begun["saw"], begun["municipality"] = data.get("question", ""), data.get("municipality", "")
    begun["acute"] = data.get("acute", "")
    if data.get("theme") in child_themes(pack()):
        begun["minor"] = Minor.YES
    begun.setlist("marks", data.getlist("danger"))
    return begun


def _show(request: HttpRequest, form: AdviceForm) -> HttpResponse:
    return page(
        request,
        "reports/advice.html",
        form=form,
        sending=form.data.get("sending") or uuid.uuid4(),
        silent=all_silent(),
    )
