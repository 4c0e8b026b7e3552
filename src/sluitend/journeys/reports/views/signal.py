"""What a partner with an account saw, straight into the inbox of the municipality of the place."""

import uuid
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.forms.checks import tidy
from sluitend.forms.drafts import worked
from sluitend.forms.wizard import sending_of
from sluitend.journeys.reports import actions
from sluitend.journeys.reports.content import IdentityContent
from sluitend.journeys.reports.danger import is_now
from sluitend.journeys.reports.forms import content_of
from sluitend.journeys.reports.journey import READ_REPORT, REPORT_SIGNAL, TELL_REPORTER
from sluitend.journeys.reports.models import Anonymity
from sluitend.journeys.reports.one_page_forms import SignalForm
from sluitend.journeys.reports.slowing import FILING
from sluitend.journeys.reports.terms import promised
from sluitend.journeys.reports.views.filing import TOO_FAST
from sluitend.journeys.reports.views.shared import pack
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.throttle import sender
from sluitend.kernel.access.views import AMISS, actor_of, guarded
from sluitend.kernel.handbook.territory import Municipality
from sluitend.kernel.organisations.queries import organisation_with
from sluitend.kernel.sealing.filetypes import FileRefused


@guarded(REPORT_SIGNAL, "GET", "HEAD", "POST")
def signal(request: HttpRequest) -> HttpResponse:
    """Show the form, or file what was told and show the code to follow it by."""
    if request.method != "POST":
        return _show(request, SignalForm(initial={"day": timezone.localdate().isoformat()}, pack=pack()))
    form = SignalForm(tidy(request.POST), request.FILES, pack=pack())
    if not form.is_valid():
        return _show(request, form)
    municipality = form.found().municipality
    if municipality is None:
        form.add_error("municipality", _("Deze plek ligt buiten de regio. Bel de politie daar."))
        return _show(request, form)
    if FILING.count(sender(request)):
        form.add_error(None, TOO_FAST)
        return _show(request, form)
    try:
        filed = actions.file_signal(_filing(request, form, municipality), actor=actor_of(request))
    except DomainError as error:
        field = "uploads" if isinstance(error, FileRefused) else error.field
        form.add_error(field if field in form.fields else None, error.message)
        return _show(request, form)
    worked(request)
    held, acute = pack(), is_now(form.cleaned_data["acute"])
    context = {
        "code": filed.receipt,
        "fresh": filed.fresh,
        "municipality": municipality.known_as,
        "read_by": promised(held, READ_REPORT, filed.received, acute=acute),
        "told_by": promised(held, TELL_REPORTER, filed.received),
        "acute": acute,
    }
    return render(request, "reports/signalled.html", context)


def _filing(request: HttpRequest, form: SignalForm, municipality: Municipality) -> actions.Filing:
    data, actor = form.cleaned_data, actor_of(request)
    return actions.Filing(
        organisation_id=organisation_with(municipality.id),
        content=replace(content_of(form), acute=data["acute"], form=data["form"]),
        anonymity=Anonymity.CONFIDENTIAL if data["confidential"] else Anonymity.NAMED,
        minor=data["minor"],
        acute=is_now(data["acute"]),
        identity=IdentityContent(
            name=actor.name,
            phone=data["reporter_phone"],
            organisation=actor.organisation_name,
            function=data["function"],
        ),
        uploads=data["uploads"],
        sending=sending_of(request.POST),
    )


def _show(request: HttpRequest, form: SignalForm) -> HttpResponse:
    known, person = [form[name] for name in SignalForm.KNOWN], [form[name] for name in SignalForm.PERSON]
    context = {
        "form": form,
        "sending": form.data.get("sending") or uuid.uuid4(),
        "known": [field for field in known if field.name != "plate"],
        "person": person,
        "known_open": any(field.value() for field in known if field.name != "plate"),
        "person_open": any(field.value() for field in person),
        "asks_municipality": form.needs_municipality or bool(form["municipality"].value()),
        "asked": bool(form["acute"].value() or form.errors.get("acute")),
    }
    return render(request, "reports/signal.html", context, status=AMISS if form.is_bound else 200)
