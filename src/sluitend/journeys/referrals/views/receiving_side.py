"""What a partner sees and does: first the outside, after accepting the content."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from sluitend.forms.common import MessageForm
from sluitend.journeys.referrals import actions, queries
from sluitend.journeys.referrals.forms import AnswerForm, ReturnForm, wait_of
from sluitend.journeys.referrals.journey import (
    REFERRAL_ACCEPT,
    REFERRAL_ANSWER,
    REFERRAL_LOOK,
    REFERRAL_READ,
    REFERRAL_RECEIVED_LIST,
)
from sluitend.journeys.referrals.sheets import sheet_of_received
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried
from sluitend.kernel.flow.models import State
from sluitend.kernel.followup.turns import words_of
from sluitend.kernel.sealing.downloads import SHEET_LANGUAGE, as_download, pdf_response
from sluitend.kernel.sheet import as_pdf, file_name


@guarded(REFERRAL_RECEIVED_LIST, *READING)
def received_list(request: HttpRequest) -> HttpResponse:
    """List what waits for this partner."""
    page = queries.received_list(actor_of(request), after=request.GET.get("na", ""))
    return render(request, "referrals/received_list.html", {"page": page, "done": False})


@guarded(REFERRAL_RECEIVED_LIST, *READING)
def done_list(request: HttpRequest) -> HttpResponse:
    """List what this partner has answered or given back."""
    page = queries.received_list(actor_of(request), done=True, after=request.GET.get("na", ""))
    return render(request, "referrals/received_list.html", {"page": page, "done": True})


@guarded(REFERRAL_LOOK, *READING)
def received(request: HttpRequest, code: str) -> HttpResponse:
    """Show the outside of a referral, or all of it once it was accepted."""
    return _page(request, code)


@guarded(REFERRAL_ACCEPT, "POST")
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """Take a referral on and read it."""
    error = tried(lambda: actions.accept(code=code, actor=actor_of(request)))
    if error:
        messages.warning(request, words_of(error, queries.last_turn(code, actor_of(request))))
    return redirect("referrals:received", code=code)


@guarded(REFERRAL_ANSWER, "POST")
def give_back(request: HttpRequest, code: str) -> HttpResponse:
    """Send a referral back with a reason."""
    actor, error = actor_of(request), None
    form = ReturnForm(queries.front(code, actor).return_reasons, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        error = tried(
            lambda: actions.return_(
                code=code,
                reason=data["reason"],
                sentence=data["sentence"],
                looked=data["looked"],
                actor=actor,
            )
        )
        if error is None:
            messages.success(request, _("Teruggestuurd. Er blijft bij u niets achter."))
            return redirect("referrals:received_list")
        said = words_of(error, queries.last_turn(code, actor))
        form.add_error(error.field if error.field in form.fields else None, said)
    return _again(request, code, error, return_form=form)


@guarded(REFERRAL_ANSWER, "POST")
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the municipality something."""
    actor, error = actor_of(request), None
    form = MessageForm(request.POST, queries.received(code, actor).background, label=_("Uw vraag"))
    if form.is_valid():
        data = form.cleaned_data
        error = tried(lambda: actions.ask(code=code, text=data["text"], looked=data["looked"], actor=actor))
        if error is None:
            messages.success(request, _("Uw vraag is verstuurd. De gemeente antwoordt hier."))
            return redirect("referrals:received", code=code)
        said = words_of(error, queries.last_turn(code, actor))
        form.add_error(error.field if error.field in form.fields else None, said)
    return _again(request, code, error, message_form=form)


@guarded(REFERRAL_ANSWER, "POST")
def feed_back(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with an agreed code."""
    actor, error = actor_of(request), None
    view = queries.received(code, actor)
    form = AnswerForm(view.codes, view.wait, request.POST, view.background)
    if form.is_valid():
        data = form.cleaned_data
        error = tried(
            lambda: actions.feed_back(
                code=code,
                answer=data["answer"],
                text=data["text"],
                wait=wait_of(data),
                looked=data["looked"],
                actor=actor,
            )
        )
        if error is None:
            messages.success(request, _("Uw antwoord is verstuurd. Dank u wel."))
            return redirect("referrals:received_list")
        said = words_of(error, queries.last_turn(code, actor))
        form.add_error(error.field if error.field in form.fields else None, said)
    return _again(request, code, error, answer_form=form)


@guarded(REFERRAL_READ, *READING)
def received_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Give an accepted referral as one page."""
    with translation.override(SHEET_LANGUAGE):
        page = sheet_of_received(queries.received(code, actor_of(request)))
    return pdf_response(as_pdf(page), file_name(page.code))


@guarded(REFERRAL_READ, *READING)
def received_file(request: HttpRequest, code: str, file_id: UUID) -> HttpResponse:
    """Give the clean copy of a file."""
    return as_download(queries.received_file(code, file_id, actor_of(request)))


def _again(request: HttpRequest, code: str, error: DomainError | None, **bound: Any) -> HttpResponse:
    """Show the page again with what is wrong in one form, or above it when that form is no longer there."""
    actor = actor_of(request)
    if queries.can_read(code, actor):
        stands = "return_form" not in bound and queries.received(code, actor).may_answer
    else:
        stands = "return_form" in bound and queries.front(code, actor).state == State.SENT
    if stands:
        return _page(request, code, status=AMISS, **bound)
    messages.warning(request, words_of(error, queries.last_turn(code, actor)))
    return _page(request, code, status=AMISS, gone=next(iter(bound.values()), None))


def _page(request: HttpRequest, code: str, *, status: int = 200, **bound: Any) -> HttpResponse:
    actor = actor_of(request)
    trail = [{"label": _("Ontvangen"), "url": "/werk/ontvangen/"}, {"label": code, "code": True}]
    if not queries.can_read(code, actor):
        front = queries.front(code, actor)
        context = {"front": front, "trail": trail, "return_form": ReturnForm(front.return_reasons), **bound}
        return render(request, "referrals/before.html", context, status=status)
    view = queries.received(code, actor)
    unbound = {
        "answer_form": AnswerForm(view.codes, view.wait),
        "message_form": MessageForm(label=_("Uw vraag")),
    }
    context = {"view": view, "trail": trail, **unbound, **bound}
    return render(request, "referrals/after.html", context, status=status)
