"""Five questions a year: asked by the region, answered with a receipt by who asked for help."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sluitend.forms.checks import tidy
from sluitend.journeys.assurance import actions, queries
from sluitend.journeys.assurance.forms import QuestionsForm
from sluitend.journeys.assurance.journey import ASK_ASKERS, CARE_FIGURES
from sluitend.journeys.reports import queries as reports
from sluitend.kernel.access.acting import as_intake, own_role
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.throttle import sender
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried, works_here

TYPED_MOST = 60
TOO_FAST = 429


@guarded(CARE_FIGURES, *READING)
def years(request: HttpRequest) -> HttpResponse:
    """Show what was answered in each year."""
    return render(request, "assurance/years.html", {"view": queries.years(actor_of(request))})


@guarded(ASK_ASKERS, "POST")
def begin(request: HttpRequest) -> HttpResponse:
    """Ask this year."""
    error = tried(lambda: actions.begin_round(actor=actor_of(request)))
    if error is None:
        messages.success(request, _("Wie om hulp vroeg met een naam, kan nu antwoorden."))
    else:
        messages.error(request, error.message)
    return redirect("assurance:years")


@as_intake
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """Show the questions to who has a receipt of care, and count the answers."""
    code = _code(request)
    box = reports.mailbox(code) if code else None
    asked = queries.asked_now()
    if box is None or not queries.may_be_asked(box) or not asked:
        return redirect("receipt")
    given = request.POST if "answers" in request.POST else None
    form = QuestionsForm(given, asked=asked, kinds=queries.kinds_now())
    if form.is_valid():
        if reports.filing_too_fast(sender(request)):
            form.add_error(None, _("U verstuurt veel achter elkaar. Wacht een paar minuten."))
        elif _counted(form, code):
            return render(request, "assurance/thanks.html")
    context = {"form": form, "code": code, "remembered": request.POST.get("remembered", "")}
    return render(request, "assurance/questions.html", context, status=AMISS if form.errors else 200)


def _counted(form: forms.Form, code: str) -> bool:
    try:
        actions.answer_round(receipt=code, given=form.cleaned_data)
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return False
    return True


def _code(request: HttpRequest) -> str:
    """Return the receipt that was sent, or that of the account which was chosen."""
    chosen = request.POST.get("remembered", "")
    if chosen and works_here(request):
        with own_role():
            found = reports.remembered_one(chosen, actor_of(request))
        return found.code if found else ""
    return tidy(request.POST).get("code", "")[:TYPED_MOST]
