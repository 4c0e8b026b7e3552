"""The pages on which a professional asks, without an account; nothing is kept on the device."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sluitend.journeys.care import actions
from sluitend.journeys.care.forms import StepForm
from sluitend.journeys.care.promising import AFTER_HOURS
from sluitend.journeys.care.queries.receiving import receiver
from sluitend.journeys.care.wizard import Wizard
from sluitend.journeys.reports import queries as reports
from sluitend.kernel.access.acting import as_intake, own_role
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.throttle import sender
from sluitend.kernel.access.views import actor_of, works_here
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release

LABELS = {
    1: gettext_lazy("gevaar, en wat u vraagt"),
    2: gettext_lazy("de persoon"),
    3: gettext_lazy("veilig bereiken"),
    4: gettext_lazy("waar, en wat er is"),
    5: gettext_lazy("wie u bent"),
}
TOO_FAST = gettext_lazy("U verstuurt veel achter elkaar. Wacht een paar minuten. Uw tekst blijft hier staan.")
CHILDREN, POLICE = "veiligthuis", "politie"


@as_intake
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Show the first page, or take what was sent of one."""
    pack = current_release().pack
    # Who began when somebody still read here keeps what was typed, and hears it at the end.
    begun = request.method == "POST" and pack.care_coordination is not None
    if not begun and receiver(pack) is None:
        # Nobody does care coordination here yet: the focal point of the municipality takes it up.
        asked = request.GET.urlencode()
        return redirect(reverse("report_help") + (f"?{asked}" if asked else ""))
    if not begun:
        wizard = Wizard(MultiValueDict(), pack)
        return _show(request, wizard, wizard.steps[0])
    wizard = Wizard(request.POST, pack)
    if wizard.data.get("go") == "back":
        return _show(request, wizard, wizard.before(wizard.number))
    number = wizard.number
    if not wizard.checked(number).is_valid():
        return _show(request, wizard, number, wizard.checked(number))
    return _send(request, wizard) if wizard.last else _show(request, wizard, wizard.after(number))


def _send(request: HttpRequest, wizard: Wizard) -> HttpResponse:
    wrong = wizard.first_wrong()
    if wrong is not None:
        return _show(request, wizard, wrong, wizard.checked(wrong))
    number = wizard.number
    form = wizard.checked(number)
    if reports.filing_too_fast(sender(request)):
        form.add_error(None, TOO_FAST)
        return _show(request, wizard, number, form)
    try:
        filed = actions.file_request(wizard.answers(), sending=wizard.sending, pack=wizard.pack)
    except DomainError as error:
        form.add_error(None, error.message)
        return _show(request, wizard, number, form)
    kept = filed.fresh and works_here(request)
    if kept:
        with own_role():
            actions.keep_receipt(filed, advice=wizard.advises, actor=actor_of(request))
    return _page(
        request,
        wizard,
        "care/received.html",
        kept=kept,
        code=filed.receipt,
        fresh=filed.fresh,
        promise=_said(filed, wizard),
        late=filed.promise in AFTER_HOURS,
        on_call=filed.number,
    )


def _said(filed: actions.Asked, wizard: Wizard) -> str:
    """Return what is promised. What was sent before holds: of other answers, only how that stands."""
    stands = None if filed.fresh else reports.mailbox(filed.receipt)
    if stands and stands.acute != wizard.hurried:
        return stands.sentence
    return wizard.form.promise(filed.promise).said(filed.number)


def _show(request: HttpRequest, wizard: Wizard, number: int, form: StepForm | None = None) -> HttpResponse:
    form = form or wizard.unchecked(number)
    steps = wizard.steps
    return _page(
        request,
        wizard,
        "care/ask.html",
        hide_112=number == steps[0],
        form=form,
        number=number,
        place=steps.index(number) + 1 if number in steps else 1,
        steps=steps,
        label=LABELS[number],
        first=number == steps[0],
        sends=number == steps[-1],
        carried=list(wizard.carried(form)),
        sending=wizard.sending,
    )


def _page(request: HttpRequest, wizard: Wizard, template: str, **context: Any) -> HttpResponse:
    lines = {each.id: each for each in wizard.pack.public_help_lines()}
    shown_always = {
        "wizard": wizard,
        "advice_note": _note(wizard.pack) if wizard.advice_first else "",
        "never_asked": [(shown(each.what), shown(each.why)) for each in wizard.form.never_asked],
        "child_line": lines.get(CHILDREN) if wizard.minor else None,
        "police": lines.get(POLICE),
        "statements": [shown(each.label) for each in wizard.asked if each.kind == "statement"],
    }
    return render(request, template, {**shown_always, **context})


def _note(pack: Pack) -> str:
    note = pack.request.advice_note
    return shown(note) if note else ""
