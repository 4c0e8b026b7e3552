"""The list of all that is open with a partner: made once a month, and worked in by keyboard."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sluitend.journeys.cases.journey import REFERRAL_LIST
from sluitend.journeys.referrals import actions, queries
from sluitend.journeys.referrals.forms import ListedAnswerForm
from sluitend.journeys.referrals.journey import REFERRAL_NOTE_ANSWER
from sluitend.journeys.referrals.sheets import sheet_of_list
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried
from sluitend.kernel.organisations.house_styles import letterhead
from sluitend.kernel.sealing.downloads import SHEET_LANGUAGE, pdf_response
from sluitend.kernel.sheet import as_pdf


@guarded(REFERRAL_LIST, *READING)
def partner_lists(request: HttpRequest) -> HttpResponse:
    """Choose a partner; each says how much is open and when its last list was made."""
    return render(
        request,
        "referrals/partner_lists.html",
        {"partners": queries.open_by_partner(actor_of(request)), "trail": _trail()},
    )


@guarded(REFERRAL_NOTE_ANSWER, "GET", "HEAD", "POST")
def partner_list(request: HttpRequest, partner: str) -> HttpResponse:
    """Show the list with a code and a day on each row, and save every row that was filled in."""
    view = queries.partner_list(partner, actor_of(request))
    if request.method != "POST":
        return _page(request, view, [ListedAnswerForm(row.code, row.codes) for row in view.rows])
    forms = [ListedAnswerForm(row.code, row.codes, request.POST) for row in view.rows]
    filled = [form for form in forms if form.filled]
    wrong = [form for form in filled if not _saved(form, request)]
    if saved := len(filled) - len(wrong):
        done = ngettext("%(n)d antwoord is vastgelegd.", "%(n)d antwoorden zijn vastgelegd.", saved)
        messages.success(request, done % {"n": saved})
    elif not filled:
        messages.info(request, _("U vulde nog geen antwoord in."))
    if not wrong:
        return redirect("referrals:partner_list", partner=partner)
    # What is saved stands on the list as it is now; what was wrong stands there as it was typed.
    view, kept = queries.partner_list(partner, actor_of(request)), {form.code: form for form in wrong}
    again = [kept.get(row.code) or ListedAnswerForm(row.code, row.codes) for row in view.rows]
    return _page(request, view, again, status=AMISS)


@guarded(REFERRAL_NOTE_ANSWER, "POST")
def make_list(request: HttpRequest, partner: str) -> HttpResponse:
    """Record that the list was made today, and give it as a PDF."""
    actor = actor_of(request)
    queries.partner_list(partner, actor)
    error = tried(lambda: actions.make_list(partner=partner, actor=actor))
    if error:
        messages.warning(request, error.message)
        return redirect("referrals:partner_list", partner=partner)
    with translation.override(SHEET_LANGUAGE):
        sheet = sheet_of_list(queries.partner_list(partner, actor), *queries.sender_of_list(actor))
    head = letterhead(actor.organisation_code, actor.organisation_name)
    return pdf_response(as_pdf(sheet, *head), f"{partner}.pdf")


def _saved(form: ListedAnswerForm, request: HttpRequest) -> bool:
    if not form.is_valid():
        return False
    data = form.cleaned_data
    error = tried(
        lambda: actions.note_answer(
            code=form.code, answer=data["answer"], on=data["on"], actor=actor_of(request)
        )
    )
    if error:
        form.add_error(error.field if error.field in form.fields else "answer", error.message)
    return error is None


def _page(
    request: HttpRequest,
    view: queries.PartnerListView,
    forms: list[ListedAnswerForm],
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "view": view,
        "rows": list(zip(view.rows, forms, strict=True)),
        "wrong": [form for form in forms if form.errors],
        "trail": [*_trail(url=True), {"label": view.name}],
    }
    return render(request, "referrals/partner_list.html", context, status=status)


def _trail(*, url: bool = False) -> list[dict[str, str]]:
    here = {"label": _("Maandlijst"), **({"url": "/werk/doorgezet/maandlijst/"} if url else {})}
    return [{"label": _("Doorgezet"), "url": "/werk/doorgezet/"}, here]
