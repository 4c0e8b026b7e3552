"""The six pages of a report."""

import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from sluitend.forms.actions import Page, drop_draft, save_draft
from sluitend.forms.drafts import saved
from sluitend.forms.queries import draft
from sluitend.forms.wizard import Sent
from sluitend.journeys.reports import actions, queries
from sluitend.journeys.reports.forms import content_of, meldcode_holds, words
from sluitend.journeys.reports.journey import ANSWER_ADVICE, READ_REPORT, TELL_REPORTER
from sluitend.journeys.reports.models import Channel, Kind
from sluitend.journeys.reports.place_fields import found_in
from sluitend.journeys.reports.places import Found
from sluitend.journeys.reports.slowing import FILING
from sluitend.journeys.reports.terms import promised, promised_days
from sluitend.journeys.reports.views.shared import pack, page, public
from sluitend.journeys.reports.views.steps import context_of, role_meant
from sluitend.journeys.reports.wizard import (
    CHECK,
    SIGNALS,
    WHAT,
    WHO,
    Step,
    Wizard,
    from_answers,
)
from sluitend.kernel.access.acting import Actor, own_role
from sluitend.kernel.access.connected import NobodyReads
from sluitend.kernel.access.errors import DomainError, Refused
from sluitend.kernel.access.throttle import sender
from sluitend.kernel.access.views import actor_of, tried, works_here
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.organisations.queries import organisation_with
from sluitend.kernel.organisations.reading import Town, town_with, towns
from sluitend.kernel.sealing.filetypes import FileRefused

STEPS = range(1, 7)
LABELS = {
    WHAT: gettext_lazy("wat, waar en wanneer"),
    SIGNALS: gettext_lazy("herkent u dit?"),
    WHO: gettext_lazy("wie bent u?"),
    CHECK: gettext_lazy("controleer en verstuur"),
}
DRAFT = "report"
FOR = "voor"
"""In an address: from which role somebody reports, as on a card or on an intranet."""
TOO_FAST = gettext_lazy("U verstuurt veel achter elkaar. Wacht een paar minuten. Uw tekst blijft hier staan.")
TEMPLATES = {
    WHAT: "reports/what.html",
    SIGNALS: "reports/signals.html",
    WHO: "reports/who.html",
    CHECK: "reports/check.html",
}
OUTSIDE_LINES = ("politie", "mma", "veiligthuis")


@public
def start(request: HttpRequest, kind: str = Kind.REPORT) -> HttpResponse:
    """Show the first page, or take what was sent of another."""
    if request.method == "POST":
        return _sent(request)
    return _danger(request, _wizard(request, _beginning(request, kind)), draft=_draft(request))


@public
def finish(request: HttpRequest, code: str) -> HttpResponse:
    """Go on with a mark: what was marked stands in the form already."""
    if not works_here(request):
        raise Refused
    with own_role():
        mark = queries.open_mark(code, actor_of(request))
    data = _beginning(request, Kind.REPORT)
    data.update({"mark": code, "when": "other", "day": mark.content.day, "where": mark.content.where})
    for name in ("latitude", "longitude", "accuracy"):
        if value := getattr(mark.content, name) or "":
            data[name] = str(value)
    data.setlist("marks", list(mark.content.marks))
    data["acute"] = mark.content.acute
    data["municipality"] = mark.content.municipality
    indicators = [pack().marks[each].indicator for each in mark.content.marks if each in pack().marks]
    data.setlist("signals", [each for each in indicators if each])
    return _first(request, data)


def _wizard(request: HttpRequest, data: Sent, files: Any = None) -> Wizard:
    return Wizard(data, pack(), files, name_first=works_here(request))


def _first(request: HttpRequest, data: Sent) -> HttpResponse:
    wizard = _wizard(request, data)
    return _show(request, wizard, wizard.step(wizard.steps[0]))


def _beginning(request: HttpRequest, kind: str) -> Sent:
    data: Sent = MultiValueDict()
    data["kind"] = kind
    actor = actor_of(request)
    if works_here(request):
        data.update({"reporter_name": actor.name, "role": actor.reporter_role})
    if meant := role_meant(pack(), request.GET.get(FOR, "")):
        data["role"] = meant
    return data


def _draft(request: HttpRequest) -> bool:
    if not works_here(request):
        return False
    with own_role():
        return draft(DRAFT, actor_of(request)) is not None


def _sent(request: HttpRequest) -> HttpResponse:
    data = request.POST
    if data.get("go") == "resume" and works_here(request):
        with own_role():
            kept = draft(DRAFT, actor_of(request))
        wizard = _wizard(request, from_answers(kept or {}))
        return _show(request, wizard, wizard.step(wizard.reached(wizard.number) or wizard.steps[0]))
    wizard = _wizard(request, data, request.FILES)
    match data.get("go"):
        case "next":
            return _next(request, wizard)
        case "none" if wizard.number == SIGNALS:
            wizard.recognised_nothing()
            return _next(request, wizard)
        case "send" if wizard.number == CHECK:
            return _send(request, wizard)
        case go:
            return _go(request, wizard, go or "")


def _go(request: HttpRequest, wizard: Wizard, go: str) -> HttpResponse:
    """Show the page that a button names, as far as was answered; the last one only where somebody reads."""
    number = _wanted(wizard, go)
    if not number or not (number := wizard.reached(number)):
        return _danger(request, wizard, carried=wizard.carried_all())
    again = number == wizard.number == CHECK
    elsewhere = _elsewhere(request, wizard) if again else None
    return elsewhere or _show(request, wizard, wizard.step(number))


def _wanted(wizard: Wizard, go: str) -> int:
    """Return the page that a button asked for; none for the first, which asks nothing."""
    if go == "begin":
        return wizard.steps[0]
    if go == "1":
        return 0
    return wizard.before(wizard.number) if go == "back" else wizard.target(wizard.number)


def _danger(request: HttpRequest, wizard: Wizard, **context: Any) -> HttpResponse:
    return page(
        request,
        "reports/danger.html",
        hide_112=True,
        wizard=wizard,
        kind=wizard.kind,
        read_in=promised_days(wizard.pack, READ_REPORT),
        silent=all_silent(),
        **context,
    )


def _next(request: HttpRequest, wizard: Wizard) -> HttpResponse:
    number = wizard.number
    form = wizard.checked(number)
    if not form.is_valid():
        return _show(request, wizard, wizard.step(number, form))
    if number == WHAT and (elsewhere := _elsewhere(request, wizard)):
        return elsewhere
    if number == WHO and wizard.name_first and not wizard.keeps:
        _forget_draft(request)
        wizard.forget_role(actor_of(request).reporter_role)
    return _show(request, wizard, wizard.step(wizard.after(number)))


def _elsewhere(request: HttpRequest, wizard: Wizard) -> HttpResponse | None:
    """Return where to go with a place for which nobody here reads; nothing for any other."""
    if wizard.what.errors:
        return None
    found = wizard.what.found()
    if found.outside:
        return _outside(request, wizard, found=found)
    town = silent(found.municipality.id) if found.municipality else None
    return _outside(request, wizard, town) if town else None


def _forget_draft(request: HttpRequest) -> None:
    """A report without a name leaves no trace of who typed it, not even for a day."""
    with own_role():
        drop_draft(form=DRAFT, actor=actor_of(request))


def show_first(request: HttpRequest, begun: Mapping[str, list[str]]) -> HttpResponse:
    """Show the page for what, where and when with what was filled in elsewhere, as `advice` does."""
    data = _beginning(request, Kind.REPORT)
    for name, values in begun.items():
        data.setlist(name, values)
    return _first(request, data)


def outside(request: HttpRequest, data: Sent, town: Town | None = None) -> HttpResponse:
    """Say where to go with a place for which nothing is taken; what was typed is not stored, and goes along.

    Args:
        request: of the public page.
        data: what was typed.
        town: a municipality of the region where nobody reads; else the place is of another region.
    """
    return _outside(request, _wizard(request, data), town, found_in(pack(), data))


def silent(code: str) -> Town | None:
    """Return the municipality with this code when nobody reads there."""
    return next((each for each in all_silent() if each.code == code), None)


def all_silent() -> list[Town]:
    """Return the municipalities where nobody reads, for who has yet to type."""
    return [each for each in towns() if not each.reads]


def _outside(
    request: HttpRequest, wizard: Wizard, town: Town | None = None, found: Found | None = None
) -> HttpResponse:
    lines = [line for line in pack().public_help_lines() if line.id in OUTSIDE_LINES]
    return page(
        request,
        "reports/outside.html",
        town=town,
        elsewhere=found.elsewhere if found else "",
        lines=[
            (words(line.name), line.number, line.number.replace("-", ""), words(line.audience))
            for line in lines
        ],
        step=wizard.step(CHECK),
    )


def _show(request: HttpRequest, wizard: Wizard, step: Step) -> HttpResponse:
    return page(
        request,
        TEMPLATES[step.number],
        steps=STEPS,
        position=wizard.place_of(step.number),
        keeps=wizard.keeps and step.number != WHO,
        label=LABELS[step.number],
        step=step,
        form=step.form,
        wizard=wizard,
        # A browser does not fill in a file again, and nothing is stored before it is sent.
        files_lost=bool(request.FILES),
        **context_of(wizard, step),
    )


def _send(request: HttpRequest, wizard: Wizard) -> HttpResponse:
    wrong = wizard.first_wrong()
    if wrong:
        return _show(request, wizard, wizard.step(wrong, wizard.checked(wrong)))
    found = wizard.what.found()
    municipality = found.municipality
    if municipality is None:
        return _outside(request, wizard, found=found)
    form = wizard.last
    again: bool = request.tried  # type: ignore[attr-defined]
    if not again and FILING.count(sender(request)):  # what is done again was counted
        form.add_error(None, TOO_FAST)
        return _show(request, wizard, wizard.step(CHECK, form))
    town = town_with(municipality.id)
    organisation_id = town.id if town else organisation_with(municipality.id)
    try:
        filed = actions.file_report(
            _filing(request, wizard, organisation_id),
            pack=wizard.pack,
            town=town,
            # A file is read once: with one, nothing is tried that may have to be done again.
            fenced=bool(request.FILES) or again,
        )
    except NobodyReads:
        return _outside(request, wizard, silent(municipality.id))
    except DomainError as error:
        form.add_error("uploads" if isinstance(error, FileRefused) else None, error.message)
        return _show(request, wizard, wizard.step(CHECK, form))
    _keep_for_account(request, wizard, filed)
    return received(
        request,
        filed,
        wizard.pack,
        kind=wizard.kind,
        role=wizard.data.get("role", ""),
        acute=wizard.acute,
        typed=wizard.data.get("saw", ""),
        carried=() if filed.fresh else wizard.carried_all(),
    )


def _filing(request: HttpRequest, wizard: Wizard, organisation_id: uuid.UUID) -> actions.Filing:
    what, who = wizard.what, wizard.who
    marks = tuple(each for each in wizard.data.getlist("marks") if each in wizard.pack.marks)
    return actions.Filing(
        organisation_id=organisation_id,
        content=content_of(what, wizard.signals, marks),
        kind=wizard.kind,
        anonymity=who.cleaned_data["anonymity"],
        minor=what.cleaned_data["minor"],
        acute=wizard.acute,
        channel=Channel.FORM,
        identity=who.identity(actor_of(request).organisation_name),
        uploads=wizard.last.cleaned_data["uploads"],
        sending=wizard.sending,
    )


def _keep_for_account(request: HttpRequest, wizard: Wizard, filed: actions.Filed) -> None:
    """Keep the receipt for whoever is signed in and gave a name, end their mark, and forget their draft."""
    if not works_here(request):
        return
    actor = actor_of(request)
    with own_role():
        # Sent twice is remembered once; without a name never: that would say who reported.
        if filed.fresh and wizard.data.get("anonymity") != "anonymous":
            actions.remember_receipt(receipt=filed.receipt, kind=wizard.kind, actor=actor)
        if filed.fresh and wizard.data.get("mark"):
            _finish_mark(str(wizard.data["mark"]), actor)
        drop_draft(form=DRAFT, actor=actor)


def _finish_mark(code: str, actor: Actor) -> None:
    """End a mark; that it was ended elsewhere, or bent, may not cost the report that has just been filed."""
    with suppress(Refused):
        tried(lambda: actions.finish_mark(code, actor=actor))


def received(
    request: HttpRequest,
    filed: actions.Filed,
    held: Pack,
    *,
    kind: str,
    role: str = "",
    acute: bool = False,
    typed: str = "",
    carried: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """Show the receipt: the one time that it can be seen, and again for who sends the same page again.

    Args:
        request: in which it was sent.
        filed: what came of it.
        held: the handbook that holds.
        kind: report, help or advice.
        role: of the reporter.
        acute: whether there is danger now: it is read at once, and its mail has a minute.
        typed: the words that stood there; when this page was sent before they may be others than the first.
        carried: all answers, to make another report of them where this one was sent before.
    """
    asked = kind == Kind.ADVICE
    answer = ANSWER_ADVICE if asked else READ_REPORT
    return page(
        request,
        "reports/received.html",
        code=filed.receipt,
        fresh=filed.fresh,
        typed=typed,
        carried=[(name, value) for name, value in carried if name not in ("sending", "mark")],
        sending=uuid.uuid4(),
        kind=kind,
        asked=asked,
        acute=acute,
        read_by=promised(held, answer, filed.received, acute=acute),
        told_by=None if asked else promised(held, TELL_REPORTER, filed.received),
        meldcode=words(held.meldcode_sentence) if meldcode_holds(held, role) else "",
    )


@public
def concept(request: HttpRequest) -> HttpResponse:
    """Keep what somebody who is signed in is typing; whoever is not, leaves nothing here."""
    if request.method != "POST" or not works_here(request):
        return HttpResponse(status=404)
    wizard = _wizard(request, request.POST)
    actor = actor_of(request)
    own = Page(str(wizard.sending), takes=bool(wizard.data.get("draft_take")))
    with own_role():
        if not wizard.keeps:
            drop_draft(form=DRAFT, actor=actor, page=own)
            return HttpResponse(status=204)
        content = wizard.answers()
        return saved(lambda: save_draft(form=DRAFT, content=content, actor=actor, page=own))
