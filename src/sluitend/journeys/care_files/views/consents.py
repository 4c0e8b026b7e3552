"""The pages on which the person is asked to agree, and on which that is taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.consent_forms import AnswerForm, Answering, BackForm, ShareForm
from sluitend.journeys.care_files.content import SHARE_ONE
from sluitend.journeys.care_files.forms import RemovalForm, Seen
from sluitend.journeys.care_files.journey import (
    CARE_FILE_ANSWER,
    CARE_FILE_WITHDRAW,
    CARE_FILE_WRITE,
)
from sluitend.journeys.care_files.views.desk import refused, sent
from sluitend.journeys.care_files.words import Purpose
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried

FORM = (*READING, "POST")


@guarded(CARE_FILE_ANSWER, *FORM)
def ask(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Show a text to be read together, and note what the person answers."""
    actor, data = actor_of(request), request.POST if request.method == "POST" else None
    page = queries.ask_page(code, act, actor)
    form = AnswerForm(data, page=page)
    if data is not None and form.is_valid():
        agreed, revision = form.agreed(act), form.cleaned_data["revision"]
        error = tried(lambda: actions.answer(code=code, actor=actor, agreed=agreed, revision=revision))
        if error is None:
            messages.success(request, _("Bewaard."))
            return redirect("care_files:file", code=code)
        refused(form, error, page.revision)
    return asked(request, "care_files/ask.html", page, form)


@guarded(CARE_FILE_ANSWER, *FORM)
def share(request: HttpRequest, code: str) -> HttpResponse:
    """Show the text about sharing with one organisation, and note what the person answers."""
    actor, data = actor_of(request), request.POST if request.method == "POST" else None
    page = queries.ask_page(code, SHARE_ONE, actor)
    form = ShareForm(data, page=page)
    if data is not None and form.is_valid():
        wanted, revision = form.share(), form.cleaned_data["revision"]
        error = tried(lambda: actions.share(code=code, actor=actor, wanted=wanted, revision=revision))
        if error is None:
            messages.success(request, _("Bewaard."))
            return redirect("care_files:file", code=code)
        refused(form, error, page.revision)
    return asked(request, "care_files/ask.html", page, form)


@guarded(CARE_FILE_WITHDRAW, *FORM)
def take_back(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """Say what follows when the person takes one thing back, and do so."""
    if request.method == "POST":
        return _taken_back(request, code, [what])
    return _follows(request, code, [what])


@guarded(CARE_FILE_WITHDRAW, *FORM)
def take_back_several(request: HttpRequest, code: str) -> HttpResponse:
    """Ask what the person no longer wants, say what follows of it, and take all of it back at once."""
    if request.method == "POST":
        return _taken_back(request, code, request.POST.getlist("what"))
    choice = queries.back_choice(code, actor_of(request))
    if len(choice.acts) == 1:
        return _follows(request, code, [each for each, _label in choice.acts])
    form = BackForm(request.GET or None, acts=choice.acts)
    if form.is_valid():
        return _follows(request, code, form.cleaned_data["what"])
    context = {"code": code, "form": form, "trail": trail_of(code)}
    return render(request, "care_files/choose_back.html", context, status=AMISS if form.is_bound else 200)


def _follows(request: HttpRequest, code: str, what: list[str]) -> HttpResponse:
    context = {"page": queries.back_page(code, what, actor_of(request)), "trail": trail_of(code)}
    return render(request, "care_files/take_back.html", context)


def _taken_back(request: HttpRequest, code: str, what: list[str]) -> HttpResponse:
    error = tried(lambda: actions.withdraw(code=code, actor=actor_of(request), what=what))
    if error is None:
        messages.success(request, _("Teruggenomen."))
    else:
        messages.warning(request, error.message)
    return redirect("care_files:file", code=code)


@guarded(CARE_FILE_WRITE, "POST")
def talk_with_lawyer(request: HttpRequest, code: str) -> HttpResponse:
    """Plan to talk with a lawyer first, or note that it was done."""
    action = actions.talked_with_lawyer if "done" in request.POST else actions.talk_with_lawyer
    return sent(request, code, "lawyer_form", Seen(request.POST), action)


@guarded(CARE_FILE_WRITE, "POST")
def saw_put_back(request: HttpRequest, code: str) -> HttpResponse:
    """Note that somebody looked what went on of what a backup had brought back."""
    return sent(request, code, "put_back_form", Seen(request.POST), actions.saw_put_back)


@guarded(CARE_FILE_WRITE, "POST")
def note_removal(request: HttpRequest, code: str, asking: str) -> HttpResponse:
    """Note what somebody answered who was asked to take away what was shared."""
    form = RemovalForm(request.POST, asking=asking)
    return sent(
        request, code, "removal_form", form, lambda **more: actions.note_removal(asking=asking, **more)
    )


def asked(
    request: HttpRequest,
    template: str,
    page: queries.AskPage,
    form: Answering,
    purpose: Purpose | None = None,
) -> HttpResponse:
    """Show a text that the person is asked to agree to, with its form; one text serves several purposes."""
    context = {"page": page, "form": form, "purpose": purpose, "trail": trail_of(page.code)}
    return render(request, template, context, status=AMISS if form.is_bound else 200)


def trail_of(code: str) -> list[dict[str, object]]:
    """Return the way back to a file."""
    return [
        {"label": _("Zorg"), "url": "/werk/zorg/"},
        {"label": code, "url": f"/werk/zorg/dossier/{code}/", "code": True},
    ]
