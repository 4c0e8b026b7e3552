"""A report that a colleague rings or mails, entered at the desk."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.forms.actions import Page, drop_draft, save_draft
from sluitend.forms.checks import tidy
from sluitend.forms.drafts import saved
from sluitend.forms.queries import draft
from sluitend.forms.wizard import sending_of
from sluitend.journeys.reports import actions
from sluitend.journeys.reports.content import IdentityContent
from sluitend.journeys.reports.forms import content_of
from sluitend.journeys.reports.journey import REPORT_ENTER
from sluitend.journeys.reports.models import Anonymity, Channel, Kind
from sluitend.journeys.reports.one_page_forms import EnterForm
from sluitend.journeys.reports.views.shared import pack, with_own_municipality
from sluitend.journeys.reports.wizard import from_answers
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.kernel.organisations.queries import organisation_with

DRAFT = "enter"


@guarded(REPORT_ENTER, "GET", "HEAD", "POST")
def enter_report(request: HttpRequest) -> HttpResponse:
    """Show the form, or keep the report and show the receipt to read out."""
    if request.method != "POST":
        return _show(request, _begun(request))
    data = with_own_municipality(request, tidy(request.POST), EnterForm)
    form = EnterForm(data, pack=pack())
    if not form.is_valid():
        return _show(request, form)
    found = form.found()
    if found.municipality is None:
        form.add_error(
            "municipality", _("Deze plek hoort bij een andere gemeente. Laat uw collega daar bellen.")
        )
        return _show(request, form)
    try:
        filed = actions.enter_for_colleague(
            _filing(request, form, found.municipality.id), actor=actor_of(request)
        )
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return _show(request, form)
    # A page that was sent before may hold another report by now: what was typed in it stays.
    if filed.fresh:
        drop_draft(form=DRAFT, actor=actor_of(request))
    return render(request, "reports/entered.html", {"code": filed.receipt, "fresh": filed.fresh})


@guarded(REPORT_ENTER, "POST")
def enter_draft(request: HttpRequest) -> HttpResponse:
    """Keep what is being typed."""
    data = tidy(request.POST)
    names = [name for name in EnterForm.base_fields if data.getlist(name)]
    content = {name: data.getlist(name) for name in names}
    page = Page(str(sending_of(data)), takes=bool(data.get("draft_take")))
    return saved(lambda: save_draft(form=DRAFT, content=content, actor=actor_of(request), page=page))


def _begun(request: HttpRequest) -> EnterForm:
    kept = draft(DRAFT, actor_of(request))
    today = {"day": timezone.localdate().isoformat()}
    initial = from_answers(kept).dict() if kept else today
    return EnterForm(initial=initial, pack=pack())


def _filing(request: HttpRequest, form: EnterForm, municipality: str) -> actions.Filing:
    data = form.cleaned_data
    return actions.Filing(
        organisation_id=organisation_with(municipality),
        content=content_of(form),
        kind=Kind.REPORT,
        anonymity=Anonymity.CONFIDENTIAL if data["confidential"] else Anonymity.NAMED,
        minor=data["minor"],
        acute=data["acute"],
        channel=Channel.COLLEAGUE,
        identity=IdentityContent(name=data["reporter_name"], phone=data["reporter_phone"]),
        sending=sending_of(request.POST),
    )


def _show(request: HttpRequest, form: EnterForm) -> HttpResponse:
    known, person = [form[name] for name in EnterForm.KNOWN], [form[name] for name in EnterForm.PERSON]
    context = {
        "form": form,
        # Never from a draft: two windows of one draft may each hold a report.
        "sending": form.data.get("sending") or uuid.uuid4(),
        "danger": True,
        "known": known,
        "person": person,
        "known_open": any(field.value() for field in known),
        "person_open": any(field.value() for field in person),
        "asks_municipality": form.needs_municipality or bool(form["municipality"].value()),
    }
    return render(request, "reports/enter.html", context)
