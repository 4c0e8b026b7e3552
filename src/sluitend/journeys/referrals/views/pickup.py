"""The pick-up page. Who has no session sees one page: for a link that is absent, used, locked or recalled."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from sluitend.forms.common import MessageForm
from sluitend.journeys.referrals import actions, queries
from sluitend.journeys.referrals.forms import AnswerForm, PickupCodeForm, ReturnForm, wait_of
from sluitend.journeys.referrals.queries import backgrounds
from sluitend.journeys.referrals.sheets import receipt_of, sheet_of_received
from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.access.slowing import Limit
from sluitend.kernel.access.throttle import sender
from sluitend.kernel.access.views import AMISS, tried
from sluitend.kernel.organisations.house_styles import letterhead
from sluitend.kernel.sealing import pickups
from sluitend.kernel.sealing.downloads import SHEET_LANGUAGE, as_download, pdf_response
from sluitend.kernel.sheet import as_pdf, file_name

COOKIE = "ophalen"
SESSION_SECONDS = 2 * 3600
"""As long as the database lets a session live; it decides, the browser only forgets."""

LINK_MOST = 64
TRYING = Limit("pickup", number=20, seconds=600)
"""Wrong codes from one address. Each link counts its own, in the database."""
ALL_TRYING = Limit("all pickup", number=2_000, seconds=600)
EVERYBODY = "everybody"
TYPED_MOST = 2_000

DONE = {"antwoord": "answer", "vraag": "ask"}


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view of which all database work runs as intake, and which takes only GET and POST."""

    @wraps(view)
    def wrapped(request: HttpRequest, link: str, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
        return view(request, link[:LINK_MOST], **kwargs)

    return as_intake(wrapped)


@public
def collect(request: HttpRequest, link: str) -> HttpResponse:
    """Ask for the code; behind it, show the outside, the content and what the partner can do."""
    if request.method == "POST" and request.POST.get("act") == "code":
        return _try(request, link)
    if request.method == "POST":
        return _do(request, link)
    found = queries.pickup_page(link, _cookie(request))
    return _entrance(request) if found is None else _page(request, link, found)


@public
def sheet(request: HttpRequest, link: str) -> HttpResponse:
    """Give the content as one page."""
    with translation.override(SHEET_LANGUAGE):
        found = queries.pickup_page(link, _cookie(request))
        if found is None or found.view is None:
            return _entrance(request)
        page = sheet_of_received(found.view)
        head = letterhead(found.front.sender_code, found.front.sender)
    return pdf_response(as_pdf(page, *head), file_name(page.code))


@public
def receipt(request: HttpRequest, link: str) -> HttpResponse:
    """Give the receipt: what was received, from whom, when, and what was answered. No content."""
    with translation.override(SHEET_LANGUAGE):
        found = queries.pickup_page(link, _cookie(request))
        if found is None or found.view is None:
            return _entrance(request)
        page = receipt_of(found.view)
        head = letterhead(found.front.sender_code, found.front.sender)
    return pdf_response(as_pdf(page, *head), f"{found.front.code}-ontvangst.pdf")


@public
def file(request: HttpRequest, link: str, file_id: UUID) -> HttpResponse:
    """Give the clean copy of a file. Who has a session learns that there is no such file in it."""
    found = queries.pickup_file(link, _cookie(request), file_id)
    if found is not None:
        return as_download(found)
    if queries.pickup_page(link, _cookie(request)) is None:
        return _entrance(request)
    raise Http404


def _try(request: HttpRequest, link: str) -> HttpResponse:
    form = PickupCodeForm(request.POST)
    cookie = actions.open_pickup(
        link=link, code=form.data.get("code", "")[:LINK_MOST], page=request.POST.get("sending", "")
    )
    if cookie is None:
        # Each link is locked after five wrong codes; who has the right one gets in beside a guesser too.
        if TRYING.count(sender(request)) | ALL_TRYING.count(EVERYBODY):
            return render(request, "429.html", status=429)
        form.add_error(
            "code",
            _("Dit lukt niet. De code klopt niet, of de link werkt niet meer. Bel de gemeente."),
        )
        return _entrance(request, form)
    response = redirect("pickup", link=link)
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=SESSION_SECONDS,
        path=f"/ophalen/{link}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        # A link in a mail is followed from elsewhere; a form from elsewhere is refused by its origin.
        samesite="Lax",
    )
    return response


def _do(request: HttpRequest, link: str) -> HttpResponse:
    cookie, what = _cookie(request), request.POST.get("act", "")
    sent = _sent(request, link)
    if queries.pickup_worked(link, sent):
        return _after(request, link, what)
    found = queries.pickup_page(link, cookie)
    if found is None:
        return _entrance(request)
    if what == "accept":
        error = tried(lambda: actions.accept_pickup(link=link, cookie=cookie, sent=sent))
        return _refused(request, link, "", None, error) if error else _after(request, link, what)
    form = _forms(found, request.POST).get(what)
    if form is None:
        return _page(request, link, found)
    error = None
    if form.is_valid():
        error = tried(lambda: _act(what, link, cookie, form, sent))
        if error is None:
            return _after(request, link, what)
        form.add_error(error.field if error.field in form.fields else None, error.message)
    return _refused(request, link, what, form, error)


def _act(what: str, link: str, cookie: str, form: Any, sent: bytes) -> None:
    data = form.cleaned_data
    match what:
        case "return":
            actions.return_pickup(
                link=link,
                cookie=cookie,
                reason=data["reason"],
                sentence=data["sentence"],
                looked=data["looked"],
                sent=sent,
            )
        case "answer":
            actions.answer_pickup(
                link=link,
                cookie=cookie,
                answer=data["answer"],
                text=data["text"],
                wait=wait_of(data),
                next_word=data.get("next_word"),
                looked=data["looked"],
                sent=sent,
            )
        case _:
            actions.ask_from_pickup(
                link=link, cookie=cookie, text=data["text"], looked=data["looked"], sent=sent
            )


def _after(request: HttpRequest, link: str, what: str) -> HttpResponse:
    # Whoever gave it back has no session any more, so there is no page to come back to.
    if queries.pickup_page(link, _cookie(request)) is None:
        return _show(request, "referrals/pickup_returned.html")
    if what == "accept":
        return redirect("pickup", link=link)
    word = next(word for word, each in DONE.items() if each == what)
    return redirect(f"/ophalen/{link}/?klaar={word}")


def _sent(request: HttpRequest, link: str) -> bytes:
    return pickups.worked_key(link, request.POST.lists())


def _refused(
    request: HttpRequest, link: str, what: str, form: Any, error: DomainError | None
) -> HttpResponse:
    """Show what came of it: of two that are the same and came at once, the second has what the first got."""
    if error is not None and queries.pickup_worked(link, _sent(request, link)):
        return _after(request, link, what)
    return _again(request, link, what, form, error)


def _again(request: HttpRequest, link: str, what: str, form: Any, error: DomainError | None) -> HttpResponse:
    """Show the page again with what is wrong in its form, or above it when that form is no longer there."""
    found = queries.pickup_page(link, _cookie(request))
    if found is None:
        return _entrance(request)
    bound = {f"{what}_form": form} if what in _forms(found, None) else {}
    said = "" if bound else (error or Conflict()).message
    return _page(request, link, found, status=AMISS, said=said, **bound)


def _forms(found: queries.PickupPage, data: Any) -> dict[str, Any]:
    """Return the forms that stand on the page now."""
    if found.view is None:
        return {"return": ReturnForm(found.front.return_reasons, data)}
    if not found.view.may_answer:
        return {}
    background = found.view.background
    reached = replace(background, meant=backgrounds.REACHED)
    return {
        "answer": AnswerForm(found.view.codes, found.view.wait, found.view.more, data, background),
        "ask": MessageForm(data, reached, label=_("Uw vraag")),
    }


def _page(
    request: HttpRequest, link: str, found: queries.PickupPage, *, status: int = 200, **bound: Any
) -> HttpResponse:
    template = "referrals/pickup_before.html" if found.view is None else "referrals/pickup_after.html"
    forms = {f"{name}_form": form for name, form in _forms(found, None).items()}
    done = DONE.get(request.GET.get("klaar", ""), "")
    context = {"front": found.front, "view": found.view, "until": found.until, "link": link, "done": done}
    return _show(request, template, status=status, **{**context, **forms, **bound})


def _entrance(request: HttpRequest, form: PickupCodeForm | None = None) -> HttpResponse:
    status = 200 if request.method != "POST" else AMISS
    typed = [request.POST.get(name, "").strip()[:TYPED_MOST] for name in ("text", "sentence")]
    context = {"form": form or PickupCodeForm(), "unsent": "\n".join(filter(None, typed))}
    return _show(request, "referrals/pickup_code.html", status=status, **context)


def _show(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    shown = {"hide_112": True, "sending": pickups.new_session(), **context}
    return render(request, template, shown, status=status)


def _cookie(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")[:LINK_MOST]
