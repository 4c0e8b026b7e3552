"""What the sender sees of its referrals, and the presses on that page."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from sluitend.forms.common import ReasonForm
from sluitend.journeys.cases.journey import REFERRAL_LIST, REFERRAL_SEND
from sluitend.journeys.referrals import actions, queries
from sluitend.journeys.referrals.forms import (
    DayForm,
    HeardForm,
    NotedAnswerForm,
    PickupForm,
    PressedForm,
    ReplyForm,
    StaysForm,
    TellForm,
    UnansweredForm,
    wait_of,
)
from sluitend.journeys.referrals.journey import (
    REFERRAL_LET_STAND,
    REFERRAL_NOTE_ANSWER,
    REFERRAL_REACH,
    REFERRAL_RECALL,
)
from sluitend.journeys.referrals.queries import backgrounds
from sluitend.journeys.referrals.sheets import sheet_of_sent
from sluitend.kernel.access.views import AMISS, LISTING, READING, actor_of, guarded, tried
from sluitend.kernel.followup.turns import words_of
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.listing import asked_of
from sluitend.kernel.organisations.house_styles import letterhead
from sluitend.kernel.sealing.downloads import SHEET_LANGUAGE, as_download, pdf_response
from sluitend.kernel.sheet import as_pdf, file_name

type Do = Callable[[dict[str, Any]], object]


@guarded(REFERRAL_LIST, *LISTING)
def sent_list(request: HttpRequest) -> HttpResponse:
    """List what this municipality sent."""
    page = queries.sent_list(actor_of(request), asked_of(request.GET.dict(), request.POST.dict()))
    due = queries.lists_due(actor_of(request)) if page.chosen.is_usual else ()
    has_care = current_release().pack.care_coordination is not None
    return render(request, "referrals/sent_list.html", {"page": page, "lists_due": due, "has_care": has_care})


@guarded(REFERRAL_LIST, *READING)
def sent(request: HttpRequest, code: str) -> HttpResponse:
    """Show one referral: what was shared, how it stands, what can be done."""
    return _page(request, queries.sent(code, actor_of(request)))


@guarded(REFERRAL_LIST, *READING)
def sent_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Give the referral as one page."""
    actor = actor_of(request)
    with translation.override(SHEET_LANGUAGE):
        page = sheet_of_sent(queries.sent(code, actor), actor.organisation_name)
    head = letterhead(actor.organisation_code, actor.organisation_name)
    return pdf_response(as_pdf(page, *head), file_name(page.code))


@guarded(REFERRAL_LIST, *READING)
def sent_file(request: HttpRequest, code: str, file_id: UUID) -> HttpResponse:
    """Give the clean copy of a file that was shared."""
    return as_download(queries.sent_file(code, file_id, actor_of(request)))


@guarded(REFERRAL_NOTE_ANSWER, "POST")
def note_sent(request: HttpRequest, code: str) -> HttpResponse:
    """Record that the sheet went."""
    return _press(
        request,
        code,
        "went_form",
        lambda data: actions.note_sent(code=code, on=data["on"], actor=actor_of(request)),
        _("Vastgelegd dat het ging."),
    )


@guarded(REFERRAL_SEND, "POST")
def start_pickup(request: HttpRequest, code: str) -> HttpResponse:
    """Make link and code. The code stands in this one answer and nowhere else, so there is no redirect."""
    actor, told, error = actor_of(request), list[str](), None
    form = PickupForm("", request.POST)
    if form.is_valid():
        address = form.cleaned_data["address"]
        error = tried(lambda: told.append(actions.start_pickup(code=code, address=address, actor=actor)))
        if error is None:
            return _page(request, queries.sent(code, actor), told=told[0])
        said = words_of(error, queries.last_turn(code, actor))
        form.add_error(error.field if error.field in form.fields else None, said)
    view = queries.sent(code, actor)
    if view.may_start_pickup:
        return _page(request, view, status=AMISS, pickup_form=form)
    messages.warning(request, words_of(error, queries.last_turn(code, actor)))
    return _page(request, view, status=AMISS, gone=form)


@guarded(REFERRAL_NOTE_ANSWER, "GET", "HEAD", "POST")
def note_answer(request: HttpRequest, code: str) -> HttpResponse:
    """Show the agreed codes as buttons for who has the partner on the telephone, and record the answer."""
    if request.method != "POST":
        view = queries.noting(code, actor_of(request))
        if not view.may_note:
            messages.warning(request, _("Hier kan geen antwoord meer bij. Noteer het in de casus."))
            return redirect("referrals:sent", code=code)
        trail = [
            {"label": _("Doorgezet"), "url": "/werk/doorgezet/"},
            {"label": code, "code": True, "url": f"/werk/doorgezet/{code}/"},
            {"label": _("Antwoord")},
        ]
        return render(request, "referrals/noting.html", {"view": view, **_noting(view), "trail": trail})
    return _press(
        request,
        code,
        "noted_form",
        lambda data: actions.note_answer(
            code=code,
            answer=data["answer"],
            on=data["on"],
            wait=wait_of(data),
            next_word=data.get("next_word"),
            actor=actor_of(request),
        ),
        _("Het antwoord is vastgelegd."),
    )


def _noting(view: queries.NotingView) -> dict[str, Any]:
    """Return the buttons, and a form for each answer that asks more than a press."""
    asking = [each for each in view.codes if each.id in view.wait.codes]
    return {
        "form": PressedForm(),
        "presses": [each for each in view.codes if each not in asking],
        "waits": [(each, NotedAnswerForm([], view.wait, auto_id=f"{each.id}_%s")) for each in asking],
    }


@guarded(REFERRAL_NOTE_ANSWER, "POST")
def remind(request: HttpRequest, code: str) -> HttpResponse:
    """Remind the partner."""
    error = tried(lambda: actions.remind(code=code, actor=actor_of(request)))
    if error:
        messages.warning(request, words_of(error, queries.last_turn(code, actor_of(request))))
    else:
        messages.success(request, _("De herinnering is geteld."))
    return redirect("referrals:sent", code=code)


@guarded(REFERRAL_NOTE_ANSWER, "POST")
def answer_question(request: HttpRequest, code: str) -> HttpResponse:
    """Answer what the partner asked."""
    background = backgrounds.of_sender(code, actor_of(request))
    return _press(
        request,
        code,
        "message_form",
        lambda data: actions.answer_question(
            code=code,
            text=data["text"],
            actor=actor_of(request),
            looked=data["looked"],
            acute=data["acute"],
            minor=HeardForm.minor_of(data),
        ),
        _("Uw antwoord is verstuurd."),
        filled=ReplyForm(request.POST, background, label=_("Uw antwoord")),
    )


@guarded(REFERRAL_RECALL, "POST")
def recall(request: HttpRequest, code: str) -> HttpResponse:
    """End the access of the partner; in one press where the plan asks it no more."""
    if request.POST.get("reason") == actions.BY_PLAN:
        error = tried(lambda: actions.recall(code=code, reason=actions.BY_PLAN, actor=actor_of(request)))
        if error:
            messages.warning(request, words_of(error, queries.last_turn(code, actor_of(request))))
        else:
            messages.success(request, _("Teruggehaald. Wat al is gelezen, wordt niet vergeten."))
        return redirect("referrals:sent", code=code)
    return _press(
        request,
        code,
        "recall_form",
        lambda data: actions.recall(code=code, reason=data["reason"], actor=actor_of(request)),
        _("Teruggehaald. Wat al is gelezen, wordt niet vergeten."),
    )


@guarded(REFERRAL_REACH, "POST")
def reach_told(request: HttpRequest, code: str) -> HttpResponse:
    """Note that who has no account here was told how somebody is reached from now on."""
    seen = request.POST.get("seen", "")
    error = tried(lambda: actions.note_reach_told(code=code, seen=seen, actor=actor_of(request)))
    if error:
        messages.warning(request, words_of(error, queries.last_turn(code, actor_of(request))))
    else:
        messages.success(request, _("Vastgelegd dat u dit vertelde."))
    return redirect("referrals:sent", code=code)


@guarded(REFERRAL_LET_STAND, "POST")
def let_stand(request: HttpRequest, code: str) -> HttpResponse:
    """Leave with the partner what the plan asks no more."""
    return _press(
        request,
        code,
        "stays_form",
        lambda data: actions.let_stand(code=code, reason=data["reason"], actor=actor_of(request)),
        _("De doorzetting blijft staan. De reden staat op de tijdlijn."),
    )


@guarded(REFERRAL_NOTE_ANSWER, "POST")
def close_unanswered(request: HttpRequest, code: str) -> HttpResponse:
    """Close because no answer came."""
    return _press(
        request,
        code,
        "unanswered_form",
        lambda data: actions.close_without_answer(
            code=code, on=data["on"], reason=data["reason"], actor=actor_of(request)
        ),
        _("Afgesloten zonder antwoord."),
    )


@guarded(REFERRAL_NOTE_ANSWER, "POST")
def stop_waiting(request: HttpRequest, code: str) -> HttpResponse:
    """End what a partner answered without ending it."""
    error = tried(lambda: actions.stop_waiting(code=code, actor=actor_of(request)))
    if error:
        messages.warning(request, words_of(error, queries.last_turn(code, actor_of(request))))
    else:
        messages.success(request, _("U wacht niet verder. De partner kan het niet meer lezen."))
    return redirect("referrals:sent", code=code)


@guarded(REFERRAL_NOTE_ANSWER, "POST")
def handle_answer(request: HttpRequest, code: str) -> HttpResponse:
    """Say that the answer was read, and what the reporter hears."""
    return _press(
        request,
        code,
        "tell_form",
        lambda data: actions.handle_answer(
            code=code,
            tell=data["tell"],
            seen=data["turn"],
            actor=actor_of(request),
            acute=data["acute"],
            minor=HeardForm.minor_of(data),
        ),
        _("Gelezen. De casus is bijgewerkt."),
    )


FORMS: Mapping[str, Callable[[queries.SentView, Mapping[str, Any] | None], forms.Form]] = {
    "went_form": lambda _view, data: DayForm(data),
    "pickup_form": lambda view, data: PickupForm(
        (view.pickup.address if view.pickup else "") or view.mailbox, data
    ),
    "noted_form": lambda view, data: NotedAnswerForm(view.codes, view.wait, data, more=view.more),
    "message_form": lambda _view, data: ReplyForm(data, label=_("Uw antwoord")),
    "recall_form": lambda view, data: ReasonForm(view.recall_reasons, data),
    "stays_form": lambda view, data: StaysForm(view.stays_reasons, data, prefix="stays"),
    "unanswered_form": lambda view, data: UnansweredForm(view.unanswered_reasons, data),
    "tell_form": lambda view, data: TellForm(view.tellable, view.tell_first, data),
}
"""The forms of the page, each made for what it is about."""

SHOWN = {
    "went_form": "may_note_sent",
    "pickup_form": "may_start_pickup",
    "noted_form": "may_note_answer",
    "message_form": "may_answer_question",
    "recall_form": "may_recall",
    "stays_form": "may_let_stand",
    "unanswered_form": "may_close_unanswered",
    "tell_form": "must_handle",
}
"""The forms of the page, each with what tells whether it stands there."""


def _page(
    request: HttpRequest, view: queries.SentView, *, status: int = 200, told: str = "", **bound: Any
) -> HttpResponse:
    unbound = {name: FORMS[name](view, None) for name in SHOWN}
    trail = [{"label": _("Doorgezet"), "url": "/werk/doorgezet/"}, {"label": view.code, "code": True}]
    context = {"view": view, "trail": trail, "told": told, **unbound, **bound}
    return render(request, "referrals/sent.html", context, status=status)


def _press(
    request: HttpRequest, code: str, name: str, do: Do, done: str, *, filled: forms.Form | None = None
) -> HttpResponse:
    """Do what a form on the page asks, or show the page again with what is wrong beside its field."""
    actor, error = actor_of(request), None
    form = filled or FORMS[name](queries.sent(code, actor), request.POST)
    if form.is_valid():
        error = tried(lambda: do(form.cleaned_data))
        if error is None:
            messages.success(request, done)
            return redirect("referrals:sent", code=code)
        said = words_of(error, queries.last_turn(code, actor))
        form.add_error(error.field if error.field in form.fields else None, said)
    view = queries.sent(code, actor)
    if getattr(view, SHOWN[name]):
        bound: dict[str, Any] = {name: form}
        return _page(request, view, status=AMISS, **bound)
    # Somebody else was first, and the form is gone that would say it.
    messages.warning(request, words_of(error, queries.last_turn(code, actor)))
    return _page(request, view, status=AMISS, gone=form)
