"""The inbox, and a report beside its questions."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sluitend.forms.drafts import worked
from sluitend.journeys.cases import actions
from sluitend.journeys.cases.actions import Judgement
from sluitend.journeys.cases.forms import AdviceForm, AskForm, IdentityForm, IntakeForm, KindForm, ReadForm
from sluitend.journeys.cases.forms.intake import ADD, ADD_TO, CLOSE, NEW, PASS_ON
from sluitend.journeys.cases.queries.inbox import IntakePage, inbox, intake_page
from sluitend.journeys.cases.views.common import attempt, status_of, to
from sluitend.journeys.reports import actions as report_actions
from sluitend.journeys.reports import queries as report_queries
from sluitend.journeys.reports.journey import (
    ATTACHMENT_ORIGINAL,
    ATTACHMENT_READ,
    REPORT_ANSWER,
    REPORT_IDENTITY,
    REPORT_INTAKE,
    REPORT_LIST,
    REPORT_SECOND_EYES,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import AMISS, LISTING, actor_of, guarded
from sluitend.kernel.followup.turns import words_of
from sluitend.kernel.listing import asked_of
from sluitend.kernel.sealing.downloads import original_response, page_response

FIELDS = {
    PASS_ON: {"reason": "pass_reason", "sentence": "pass_reason_text", "reason_text": "pass_reason_text"},
    CLOSE: {"reason": "close_reason", "sentence": "close_reason_text", "reason_text": "close_reason_text"},
}


@guarded(REPORT_LIST, *LISTING)
def list_reports(request: HttpRequest) -> HttpResponse:
    """Show what waits."""
    return render(
        request,
        "cases/inbox.html",
        {"inbox": inbox(actor_of(request), asked_of(request.GET.dict(), request.POST.dict()))},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(REPORT_INTAKE)
def intake(request: HttpRequest, code: str) -> HttpResponse:
    """Show a report and decide about it."""
    actor = actor_of(request)
    page = intake_page(code, actor)
    form = _form(page, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not page.waits:
        return _too_late(request, page, form)
    if request.method == "POST" and form.is_valid():
        done, case_code = attempt(form, lambda: _decide(page, form, actor), lambda name: _field(form, name))
        if done and case_code:
            return to("case", case_code)
        if not done and not (now := intake_page(code, actor)).waits:
            return _too_late(request, now, form)
        if done:
            messages.success(
                request, _("Melding %(code)s is afgerond. De melder krijgt bericht.") % {"code": code}
            )
            return to("inbox")
    return _shown(request, page, form=form)


def _too_late(request: HttpRequest, page: IntakePage, form: forms.Form) -> HttpResponse:
    """Say that somebody else decided, and give back what was typed in a form that is no longer there."""
    messages.warning(request, words_of(None, report_queries.decision(page.report.id, actor_of(request))))
    return _shown(request, page, form=IntakeForm(pack=page.pack), gone=form, status=AMISS)


def _form(page: IntakePage, data: QueryDict | None = None) -> IntakeForm:
    # A report that belongs to nothing we know becomes a case, unless somebody decides otherwise.
    known = {"territory": page.territory or None, "what": None if page.cases else NEW}
    return IntakeForm(
        data,
        initial=known,
        pack=page.pack,
        cases=page.cases,
        territory_fact=page.territory_fact,
        names=page.names,
    )


def _decide(page: IntakePage, form: IntakeForm, actor: Actor) -> str:
    """Do what was chosen; returns the code of the case, or nothing where there is none."""
    data = form.cleaned_data
    judgement = Judgement(data["scope"], data["task"], data["territory"])
    what: str = data["what"]
    if what == NEW:
        return actions.take_in_new(actor=actor, report=page.report, judgement=judgement, name=data["name"])
    if what == ADD or what.startswith(ADD_TO):
        code = what.removeprefix(ADD_TO) if what.startswith(ADD_TO) else data["case_code"]
        return actions.add_to_case(actor=actor, report=page.report, judgement=judgement, case_code=code)
    if what == PASS_ON:
        actions.pass_on(
            actor=actor,
            report=page.report,
            judgement=judgement,
            department=data["department"],
            reason=data["pass_reason"],
            sentence=data["pass_reason_text"],
        )
    else:
        actions.close_report(
            actor=actor,
            report=page.report,
            judgement=judgement,
            outcome=data["outcome"],
            reason=data["close_reason"],
            sentence=data["close_reason_text"],
        )
    return ""


def _field(form: IntakeForm, name: str | None) -> str | None:
    return FIELDS.get(form.cleaned_data.get("what", ""), {}).get(name or "", name)


def _shown(
    request: HttpRequest,
    page: IntakePage,
    *,
    form: IntakeForm | None = None,
    status: int | None = None,
    **more: Any,
) -> HttpResponse:
    form = form or _form(page)
    context = {
        "page": page,
        "report": page.report,
        "form": form,
        "ask": AskForm(pack=page.pack),
        "identity_form": IdentityForm(),
        "kind_form": KindForm(initial={"kind": page.report.kind}),
        "advice_form": AdviceForm(),
        "read_form": ReadForm(),
        **more,
    }
    bound = next(
        (each for each in (form, *more.values()) if hasattr(each, "is_bound") and each.is_bound), form
    )
    return render(request, "cases/intake.html", context, status=status or status_of(bound))


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(REPORT_ANSWER)
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the reporter something; the answer comes back through the receipt."""
    actor = actor_of(request)
    page = intake_page(code, actor)
    form = AskForm(request.POST if request.method == "POST" else None, pack=page.pack)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done, _nothing = attempt(
            form,
            lambda: actions.ask_reporter(
                actor=actor,
                report_id=page.report.id,
                questions=data["questions"],
                text=data["text"],
                case_code=page.case_code,
            ),
        )
        if done:
            messages.success(request, _("Uw vraag staat klaar voor de melder."))
            return to("case", page.case_code, fragment="berichten") if page.case_code else to("intake", code)
    return render(
        request, "cases/ask.html", {"page": page, "report": page.report, "form": form}, status=status_of(form)
    )


@require_POST
@guarded(REPORT_IDENTITY)
def identity(request: HttpRequest, code: str) -> HttpResponse:
    """Show who reported, once, with a reason that stands in the ledger."""
    actor = actor_of(request)
    page = intake_page(code, actor)
    form = IdentityForm(request.POST)
    shown = None
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done, shown = attempt(
            form, lambda: report_actions.open_identity(page.report.id, reason=reason, actor=actor)
        )
        if done:
            worked(request)
    return _shown(request, page, identity_form=form, reporter=shown, asked_identity=form.is_valid())


@require_POST
@guarded(REPORT_ANSWER)
def advice(request: HttpRequest, code: str) -> HttpResponse:
    """Answer a question for advice."""
    actor = actor_of(request)
    page = intake_page(code, actor)
    form = AdviceForm(request.POST)
    if not page.waits:
        return _too_late(request, page, form)
    if form.is_valid():
        text = form.cleaned_data["text"]
        done, _nothing = attempt(
            form, lambda: actions.answer_advice(actor=actor, report_id=page.report.id, text=text)
        )
        if done:
            messages.success(request, _("Uw advies staat klaar voor de vrager."))
            return to("inbox")
    return _shown(request, page, form=IntakeForm(pack=page.pack), advice_form=form)


@require_POST
@guarded(REPORT_INTAKE)
def move_kind(request: HttpRequest, code: str) -> HttpResponse:
    """Mend a wrong choice at the door."""
    actor = actor_of(request)
    page = intake_page(code, actor)
    form = KindForm(request.POST)
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        done, _nothing = attempt(
            form, lambda: actions.move_kind(actor=actor, report_id=page.report.id, kind=kind)
        )
        if done:
            messages.success(request, _("Verplaatst. De melder merkt hier niets van."))
            return to("intake", code)
    return _shown(request, page, form=IntakeForm(pack=page.pack), kind_form=form)


@require_POST
@guarded(REPORT_ANSWER)
def read(request: HttpRequest, code: str) -> HttpResponse:
    """Say that the message of the reporter was read, and what it tells."""
    actor = actor_of(request)
    page = intake_page(code, actor)
    form = ReadForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        minor = "perhaps" if data["child"] else "unknown"
        done, _nothing = attempt(
            form,
            lambda: actions.read_message(
                actor=actor, report_id=page.report.id, acute=data["acute"], minor=minor, seen=data["seen"]
            ),
        )
        if done:
            messages.success(request, _("Gelezen."))
            return to("case", page.case_code) if page.case_code else to("intake", code)
    return _shown(request, page, form=IntakeForm(pack=page.pack), read_form=form)


@require_POST
@guarded(REPORT_ANSWER)
def stop_asking(request: HttpRequest, code: str) -> HttpResponse:
    """Wait no longer for an answer of the reporter."""
    actor = actor_of(request)
    page = intake_page(code, actor)
    form = KindForm({})
    done, _nothing = attempt(form, lambda: report_actions.stop_asking(page.report.id, actor=actor))
    if done:
        messages.success(request, _("Genoteerd. U wacht niet langer op antwoord."))
    else:
        messages.warning(request, " ".join(str(each) for each in form.non_field_errors()))
    return to("intake", code)


@require_POST
@guarded(REPORT_SECOND_EYES)
def second_eyes(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a second pair of eyes looked."""
    actor = actor_of(request)
    page = intake_page(code, actor)
    form = KindForm({})
    done, _nothing = attempt(form, lambda: actions.second_eyes(actor=actor, report_id=page.report.id))
    if done:
        messages.success(request, _("Genoteerd dat u meekeek."))
    else:
        messages.warning(request, " ".join(str(each) for each in form.non_field_errors()))
    return to("intake", code)


@require_safe
@guarded(ATTACHMENT_READ)
def attachment(request: HttpRequest, code: str, page_id: UUID) -> HttpResponse:
    """Give a page of a file of a report: pixels that we made."""
    # Read whole, within the transaction that logs it: nothing leaves before its line stands in the ledger.
    return page_response(report_queries.page(page_id, actor_of(request)), page_id)


@require_POST
@guarded(ATTACHMENT_ORIGINAL)
def original(request: HttpRequest, code: str, attachment_id: UUID) -> HttpResponse:
    """Give a file as it was sent, to keep, with a reason that stands in the ledger."""
    reason = request.POST.get("reason", "")
    try:
        found = report_actions.open_original(attachment_id, reason=reason, actor=actor_of(request))
    except DomainError as error:
        messages.warning(request, error.message)
        return to("intake", code, fragment="bestanden")
    return original_response(found.content, found.name, found.media_type)


@require_POST
@guarded(REPORT_INTAKE)
def earlier(request: HttpRequest, code: str, earlier_id: UUID) -> HttpResponse:
    """Say of an earlier signal whether it belongs with this report."""
    actor = actor_of(request)
    page = intake_page(code, actor)
    actions.judge_earlier(
        actor=actor, report=page.report, earlier_id=earlier_id, linked=request.POST.get("verdict") == "linked"
    )
    return to("intake", code, fragment="eerder")
