"""Coming back with a receipt, or signed in: read, answer, add. A code travels in the body of a POST only."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.forms.checks import tidy
from sluitend.forms.drafts import worked
from sluitend.forms.wizard import sending_of
from sluitend.journeys.reports import actions, queries
from sluitend.journeys.reports.danger import is_now
from sluitend.journeys.reports.fields import files_help
from sluitend.journeys.reports.models import Kind
from sluitend.journeys.reports.queries import MailboxView, Message
from sluitend.journeys.reports.short_forms import AdditionForm, MessageForm
from sluitend.journeys.reports.slowing import guesses
from sluitend.journeys.reports.views.shared import (
    pack,
    page,
    public,
    too_many,
)
from sluitend.kernel.access.acting import own_role
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.throttle import sender
from sluitend.kernel.access.views import actor_of, works_here
from sluitend.kernel.manifest import askers
from sluitend.kernel.sealing.filetypes import FileRefused

TYPED_MOST = 60


@dataclass(frozen=True)
class Remembered:
    """A remembered receipt with its state in a few words."""

    id: str
    day: date
    tail: str
    question: bool
    words: str


@dataclass(frozen=True)
class Line:
    """A message as `components/messages.html` shows it."""

    text: str
    meta: str
    own: bool


@public
def receipt(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or show what is behind it and take what the reporter sends."""
    if request.method != "POST":
        return _entrance(request)
    code = _code(request)
    # A code of a hundred bits is not guessed: whoever has one gets in, also beside somebody who guesses.
    box = queries.mailbox(code)
    if box is None:
        if guesses(sender(request)):
            return too_many(request)
        return _entrance(
            request, typed=code, wrong=_("Wij vinden deze code niet. Kijk of u hem goed overnam.")
        )
    return _behind(request, code, box)


def _code(request: HttpRequest) -> str:
    chosen = request.POST.get("remembered", "")
    if chosen and works_here(request):
        with own_role():
            found = queries.remembered_one(chosen, actor_of(request))
        return found.code if found else ""
    return tidy(request.POST).get("code", "")[:TYPED_MOST]


def _remembered_here(request: HttpRequest) -> uuid.UUID | None:
    """Return by which receipt of their own account somebody came in, if they did."""
    chosen = request.POST.get("remembered", "")
    return uuid.UUID(chosen) if chosen and works_here(request) else None


def _entrance(request: HttpRequest, *, typed: str = "", wrong: str = "") -> HttpResponse:
    marks, remembered, older = [], [], 0
    if works_here(request):
        number = _page_number(request)
        with own_role():
            marks = queries.open_marks(actor_of(request))
            receipts = queries.remembered(actor_of(request), page=number)
            older = number + 1 if queries.remembers_more(actor_of(request), page=number) else 0
        remembered = [_remembered(each) for each in receipts]
    return page(
        request,
        "reports/receipt.html",
        typed=typed,
        wrong=wrong,
        marks=marks,
        remembered=remembered,
        older=older,
    )


def _page_number(request: HttpRequest) -> int:
    """Return which page of their receipts somebody asks for; the first for anything else."""
    asked = request.GET.get("bladzijde", "")
    return max(int(asked), 1) if re.fullmatch("[0-9]{1,3}", asked) else 1


def _remembered(line: queries.ReceiptView) -> Remembered:
    box = queries.mailbox(line.code)
    reached = [each.words for each in box.milestones if each.done] if box else []
    words = _("Afgerond") if box and box.done else (reached[-1] if reached else "")
    return Remembered(str(line.id), line.day, line.tail, bool(box and box.question), words)


def _behind(request: HttpRequest, code: str, box: MailboxView) -> HttpResponse:
    what = request.POST.get("what", "")
    answer, addition = MessageForm(pack=pack()), _addition(box)
    sent, sending, given = False, sending_of(request.POST), tidy(request.POST)
    if what in ("answer", "unknown"):
        if what == "unknown":
            given["text"] = _("Ik weet het niet.")
        answer = MessageForm(given, pack=pack())
        sent = answer.is_valid() and _try(
            answer,
            lambda text: actions.answer_question(
                receipt=code, text=text, danger=_danger(answer), sending=sending
            ),
        )
    elif what == "add":
        addition = _addition(box, given, request.FILES)
        files = addition.cleaned_data.get("uploads", []) if addition.is_valid() else []
        sent = addition.is_valid() and _try(
            addition,
            lambda text: actions.add_to_report(
                receipt=code, text=text, danger=_danger(addition), uploads=files, sending=sending
            ),
        )
    if sent:
        worked(request)
        box, answer, addition = queries.mailbox(code) or box, MessageForm(pack=pack()), _addition(box)
    return page(
        request,
        "reports/status.html",
        code=code,
        # Whoever typed the code may have reported without a name: then no draft says that it was them.
        remembered=_remembered_here(request),
        box=box,
        asks=any(each(box) for each in askers()),
        sent=sent,
        # What was just sent makes the report acute when it is swept, a moment later.
        now=(box.acute and not box.done) or (sent and is_now(given.get("acute", ""))),
        form=answer,
        addition=addition,
        sending=uuid.uuid4(),
        thread=[_line(each, _("De zorg") if box.care else _("Gemeente")) for each in box.messages],
    )


def _addition(box: MailboxView, *sent: Any) -> AdditionForm:
    """Return the form to add something; what is no report takes no files, which show somebody."""
    form = AdditionForm(*sent, pack=pack())
    form.fields["uploads"].help_text = files_help(anonymous=box.anonymous)
    if box.care or box.kind == Kind.ADVICE:
        del form.fields["uploads"]
    return form


def _danger(form: MessageForm | AdditionForm) -> actions.Danger:
    return actions.Danger(tuple(form.cleaned_data["danger"]), form.cleaned_data["acute"])


def _try(form: MessageForm | AdditionForm, act: Callable[[str], None]) -> bool:
    try:
        act(form.cleaned_data["text"])
    except DomainError as error:
        field = "uploads" if isinstance(error, FileRefused) else "text"
        form.add_error(field, error.message)
        return False
    return True


def _line(message: Message, them: str) -> Line:
    who = them if message.ours else _("U")
    return Line(message.text, f"{who}, {date_format(message.day, 'l j F')}", own=not message.ours)
