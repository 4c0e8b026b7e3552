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
from sluitend.journeys.referrals.forms import AnswerForm, ReferenceForm, ReturnForm, wait_of
from sluitend.journeys.referrals.journey import (
    REFERRAL_ACCEPT,
    REFERRAL_ANSWER,
    REFERRAL_HEARD,
    REFERRAL_LOOK,
    REFERRAL_READ,
    REFERRAL_RECEIVED_LIST,
    REFERRAL_REFERENCE,
    REFERRAL_TAKE,
)
from sluitend.journeys.referrals.sheets import sheet_of_received
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import AMISS, LISTING, READING, actor_of, guarded, tried
from sluitend.kernel.followup.turns import words_of
from sluitend.kernel.listing import asked_of
from sluitend.kernel.organisations.house_styles import letterhead
from sluitend.kernel.sealing.downloads import SHEET_LANGUAGE, as_download, pdf_response
from sluitend.kernel.sheet import as_pdf, file_name


@guarded(REFERRAL_RECEIVED_LIST, *LISTING)
def received_list(request: HttpRequest) -> HttpResponse:
    """List what waits for this partner."""
    page = queries.received_list(actor_of(request), asked_of(request.GET.dict(), request.POST.dict()))
    return render(request, "referrals/received_list.html", {"page": page, "done": False})


@guarded(REFERRAL_RECEIVED_LIST, *LISTING)
def done_list(request: HttpRequest) -> HttpResponse:
    """List what this partner has answered or given back."""
    page = queries.received_list(
        actor_of(request), asked_of(request.GET.dict(), request.POST.dict()), done=True
    )
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


@guarded(REFERRAL_HEARD, "POST")
def reach_read(request: HttpRequest, code: str) -> HttpResponse:
    """Note that it was read how somebody is reached from now on."""
    seen = request.POST.get("seen", "")
    error = tried(lambda: actions.note_reach_read(code=code, seen=seen, actor=actor_of(request)))
    if error:
        messages.warning(request, words_of(error, queries.last_turn(code, actor_of(request))))
    return redirect("referrals:received", code=code)


@guarded(REFERRAL_TAKE, "POST")
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Take care of a referral, or give it back to all colleagues."""
    actor = actor_of(request)
    if "seen" in request.POST:
        error = tried(lambda: actions.take(code=code, seen=request.POST["seen"], actor=actor))
    else:
        error = tried(lambda: actions.leave(code=code, actor=actor))
    if error:
        messages.warning(request, words_of(error, queries.last_turn(code, actor)))
    return redirect("referrals:received", code=code)


@guarded(REFERRAL_REFERENCE, "POST")
def reference(request: HttpRequest, code: str) -> HttpResponse:
    """Note the own number of a referral."""
    actor, form = actor_of(request), ReferenceForm("", request.POST)
    error = None
    if form.is_valid():
        text = form.cleaned_data["reference"]
        error = tried(lambda: actions.note_reference(code=code, reference=text, actor=actor))
        if error is None:
            messages.success(request, _("Uw kenmerk is bewaard."))
            return redirect("referrals:received", code=code)
        form.add_error(error.field if error.field in form.fields else None, error.message)
    return _again(request, code, error, reference_form=form)


@guarded(REFERRAL_ANSWER, "POST")
def give_back(request: HttpRequest, code: str) -> HttpResponse:
    """Send a referral back with a reason."""
    actor, error = actor_of(request), None
    if queries.remains(code, actor) is not None:
        return _again(request, code, None, return_form=ReturnForm([], request.POST))
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
            messages.success(request, _("Teruggestuurd. Bij u blijft alleen de code achter."))
            return redirect("referrals:received_list")
        said = words_of(error, queries.last_turn(code, actor))
        form.add_error(error.field if error.field in form.fields else None, said)
    return _again(request, code, error, return_form=form)


@guarded(REFERRAL_ANSWER, "POST")
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the municipality something."""
    actor, error = actor_of(request), None
    if queries.remains(code, actor) is not None:
        return _too_late(request, code)
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
    if queries.remains(code, actor) is not None:
        return _too_late(request, code)
    view = queries.received(code, actor)
    form = AnswerForm(view.codes, view.wait, view.more, request.POST, view.background)
    if form.is_valid():
        data = form.cleaned_data
        error = tried(
            lambda: actions.feed_back(
                code=code,
                answer=data["answer"],
                text=data["text"],
                wait=wait_of(data),
                next_word=data.get("next_word"),
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
        view = queries.received(code, actor_of(request))
        page = sheet_of_received(view)
    head = letterhead(view.front.sender_code, view.front.sender)
    return pdf_response(as_pdf(page, *head), file_name(page.code))


@guarded(REFERRAL_READ, *READING)
def received_file(request: HttpRequest, code: str, file_id: UUID) -> HttpResponse:
    """Give the clean copy of a file."""
    return as_download(queries.received_file(code, file_id, actor_of(request)))


def _too_late(request: HttpRequest, code: str) -> HttpResponse:
    """Say what became of it meanwhile, with the words that were typed."""
    return _again(request, code, None, message_form=MessageForm(request.POST, label=_("Uw vraag")))


def _again(request: HttpRequest, code: str, error: DomainError | None, **bound: Any) -> HttpResponse:
    """Show the page again with what is wrong in one form, or above it when that form is no longer there."""
    actor = actor_of(request)
    if queries.can_read(code, actor):
        stands = "reference_form" in bound or (
            "return_form" not in bound and queries.received(code, actor).may_answer
        )
    else:
        stands = "return_form" in bound and queries.remains(code, actor) is None
    if stands:
        return _page(request, code, status=AMISS, **bound)
    messages.warning(request, words_of(error, queries.last_turn(code, actor)))
    return _page(request, code, status=AMISS, gone=next(iter(bound.values()), None))


def _page(request: HttpRequest, code: str, *, status: int = 200, **bound: Any) -> HttpResponse:
    actor = actor_of(request)
    trail = [{"label": _("Ontvangen"), "url": "/werk/ontvangen/"}, {"label": code, "code": True}]
    left = queries.remains(code, actor)
    if left is not None:
        return render(request, "referrals/gone.html", {"left": left, "trail": trail, **bound}, status=status)
    if not queries.can_read(code, actor):
        front = queries.front(code, actor)
        context = {"front": front, "trail": trail, "return_form": ReturnForm(front.return_reasons), **bound}
        return render(request, "referrals/before.html", context, status=status)
    view = queries.received(code, actor)
    unbound = {
        "answer_form": AnswerForm(view.codes, view.wait, view.more),
        "message_form": MessageForm(label=_("Uw vraag")),
        "reference_form": ReferenceForm(view.reference),
    }
    context = {"view": view, "trail": trail, **unbound, **bound}
    return render(request, "referrals/after.html", context, status=status)
