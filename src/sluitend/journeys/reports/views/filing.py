"""The six pages of a report."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.reports import actions, queries
from sluitend.journeys.reports.forms import SignalsForm, WhatForm, WhoForm, content_of, meldcode_holds, words
from sluitend.journeys.reports.models import Channel, Kind
from sluitend.journeys.reports.places import Found
from sluitend.journeys.reports.slowing import FILING
from sluitend.journeys.reports.terms import promised
from sluitend.journeys.reports.views.shared import actor_of, own_role, pack, page, public, sender, works_here
from sluitend.journeys.reports.wizard import CHECK, FIRST, SIGNALS, WHAT, WHO, Step, Wizard, from_answers
from sluitend.kernel.access.errors import DomainError, Refused
from sluitend.kernel.followup.models import StepKind
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.filetypes import FileRefused

STEPS = range(1, 7)
LABELS = {
    WHAT: gettext_lazy("wat, waar en wanneer"),
    SIGNALS: gettext_lazy("herkent u dit?"),
    WHO: gettext_lazy("wie bent u?"),
    CHECK: gettext_lazy("controleer en verstuur"),
}
LIKELIEST = 8
DRAFT = "report"
OUTSIDE_LINES = ("politie", "mma", "veiligthuis")


@dataclass(frozen=True)
class Tick:
    """One indicator to tick, as `components/choices.html` shows it."""

    id: str
    value: str
    label: str
    hint: str
    checked: bool
    name: str = "signals"
    type: str = "checkbox"
    closed: str = ""
    shows: str = ""
    icon: str = ""


@public
def start(request: HttpRequest, kind: str = Kind.REPORT) -> HttpResponse:
    """Show the first page, or take what was sent of another."""
    if request.method == "POST":
        return _sent(request)
    wizard = Wizard(_beginning(request, kind), pack())
    return page(
        request, "reports/danger.html", hide_112=True, wizard=wizard, draft=_draft(request), kind=kind
    )


@public
def finish(request: HttpRequest, code: str) -> HttpResponse:
    """Go on with a mark: what was marked stands in the form already."""
    if not works_here(request):
        raise Refused
    with own_role():
        mark = queries.open_mark(code, actor_of(request))
    data = _beginning(request, Kind.REPORT)
    data.update({"mark": code, "when": "other", "day": mark.content.day, "where": mark.content.where})
    data.setlist("marks", list(mark.content.marks))
    data["municipality"] = mark.content.municipality
    indicators = [pack().marks[each].indicator for each in mark.content.marks if each in pack().marks]
    data.setlist("signals", [each for each in indicators if each])
    wizard = Wizard(data, pack())
    return _show(request, wizard, wizard.step(WHAT))


def _beginning(request: HttpRequest, kind: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data["kind"] = kind
    actor = actor_of(request)
    if works_here(request):
        data.update({"reporter_name": actor.name, "role": actor.reporter_role})
    return data


def _draft(request: HttpRequest) -> bool:
    if not works_here(request):
        return False
    with own_role():
        return queries.draft(DRAFT, actor_of(request)) is not None


def _sent(request: HttpRequest) -> HttpResponse:
    data = request.POST
    if data.get("go") == "resume" and works_here(request):
        with own_role():
            kept = queries.draft(DRAFT, actor_of(request))
        wizard = Wizard(from_answers(kept or {}), pack())
        return _show(request, wizard, wizard.step(wizard.number))
    wizard = Wizard(data, pack(), request.FILES)
    go = data.get("go", "")
    if go == "begin":
        return _show(request, wizard, wizard.step(WHAT))
    if go == "back":
        return _back(request, wizard)
    if go == "send" and wizard.number == CHECK:
        return _send(request, wizard)
    if go == "next":
        return _next(request, wizard)
    return _show(request, wizard, wizard.step(wizard.target(wizard.number)))


def _back(request: HttpRequest, wizard: Wizard) -> HttpResponse:
    if wizard.number == FIRST:
        return page(
            request,
            "reports/danger.html",
            hide_112=True,
            wizard=wizard,
            kind=wizard.kind,
            carried=wizard.step(CHECK).carried,
        )
    return _show(request, wizard, wizard.step(wizard.number - 1))


def _next(request: HttpRequest, wizard: Wizard) -> HttpResponse:
    number = wizard.number
    form = wizard.checked(number)
    if not form.is_valid():
        return _show(request, wizard, wizard.step(number, form))
    if isinstance(form, WhatForm) and form.found().outside:
        return _outside(request, wizard)
    return _show(request, wizard, wizard.step(min(number + 1, CHECK)))


def show_first(request: HttpRequest, begun: QueryDict) -> HttpResponse:
    """Show the page for what, where and when with what was filled in elsewhere; see `advice` and `marking`."""
    data = _beginning(request, Kind.REPORT)
    data.update(begun.dict())
    wizard = Wizard(data, pack())
    return _show(request, wizard, wizard.step(WHAT))


def outside(request: HttpRequest, data: QueryDict) -> HttpResponse:
    """Say where to go with a place of another region; nothing is stored, and what was typed travels along."""
    return _outside(request, Wizard(data, pack()))


def _outside(request: HttpRequest, wizard: Wizard) -> HttpResponse:
    lines = [line for line in pack().public_help_lines() if line.id in OUTSIDE_LINES]
    return page(
        request,
        "reports/outside.html",
        lines=[
            (words(line.name), line.number, line.number.replace("-", ""), words(line.audience))
            for line in lines
        ],
        step=wizard.step(CHECK),
    )


def _show(request: HttpRequest, wizard: Wizard, step: Step) -> HttpResponse:
    extra = {SIGNALS: _signals, WHO: _who, CHECK: _check, WHAT: _what}[step.number](wizard, step)
    return page(
        request,
        {
            WHAT: "reports/what.html",
            SIGNALS: "reports/signals.html",
            WHO: "reports/who.html",
            CHECK: "reports/check.html",
        }[step.number],
        steps=STEPS,
        label=LABELS[step.number],
        step=step,
        form=step.form,
        wizard=wizard,
        **extra,
    )


def _what(wizard: Wizard, step: Step) -> dict[str, Any]:
    form = step.form
    filled = wizard.data
    return {
        "asks_municipality": getattr(form, "needs_municipality", False) or bool(filled.get("municipality")),
        "known": [form[name] for name in WhatForm.KNOWN],
        "person": [form[name] for name in WhatForm.PERSON],
        "known_open": any(filled.get(name) for name in WhatForm.KNOWN),
        "person_open": wizard.kind == Kind.HELP or any(filled.get(name) for name in WhatForm.PERSON),
    }


def _signals(wizard: Wizard, step: Step) -> dict[str, Any]:
    data, held = wizard.data, wizard.pack
    role, form = data.get("role") or None, data.get("form") or None
    ticked = set(data.getlist("signals"))
    fitting = held.indicators_for(role, form if form in held.forms else None)
    shown = [*fitting, *(one for one in held.indicators if one.id in ticked and one not in fitting)]
    first = shown[:LIKELIEST]
    rest = shown[LIKELIEST:]
    groups = [
        (words(held.categories[name].label), [one for one in rest if one.category == name])
        for name in held.categories.ids
    ]
    return {
        "first": [_tick(one, ticked) for one in first],
        "groups": [
            (label, [_tick(one, ticked) for one in some], any(one.id in ticked for one in some))
            for label, some in groups
            if some
        ],
        "role_words": words(held.roles[role].label) if role in held.roles and role else "",
    }


def _tick(indicator: Any, ticked: set[str]) -> Tick:
    also = words(indicator.innocent) if indicator.innocent else ""
    hint = _("Kan ook: %(also)s") % {"also": also} if also else _("Kan ook: geen onschuldige uitleg bekend.")
    return Tick(
        f"id_signals_{indicator.id}", indicator.id, words(indicator.label), hint, indicator.id in ticked
    )


def _who(wizard: Wizard, step: Step) -> dict[str, Any]:
    holds = meldcode_holds(wizard.pack, wizard.data.get("role", ""))
    return {"meldcode": words(wizard.pack.meldcode_sentence) if holds else ""}


def _check(wizard: Wizard, step: Step) -> dict[str, Any]:
    what, who, signals = wizard.checked(WHAT), wizard.checked(WHO), wizard.checked(SIGNALS)
    if not (isinstance(what, WhatForm) and what.is_valid() and who.is_valid() and signals.is_valid()):
        return {"broken": True}
    found = what.found()
    held = wizard.pack
    day = parse_date(what.moment())
    known = [
        (str(what[name].label), what.cleaned_data[name])
        for name in (*WhatForm.KNOWN, *WhatForm.PERSON)
        if what.cleaned_data[name]
    ]
    return {
        "what": what.cleaned_data,
        "day": day,
        "known": [(label, _answer(value)) for label, value in known],
        "chosen": [words(held.indicators[each].label) for each in signals.cleaned_data["signals"]],
        "who": who.cleaned_data,
        "promise": words(held.name_promise),
        "place": found.municipality.name if found.municipality else "",
        "minor_words": dict(what.fields["minor"].choices)[what.cleaned_data["minor"]],  # type: ignore[attr-defined]
    }


def _answer(value: str) -> str:
    return {"yes": _("Ja"), "no": _("Nee")}.get(value, value)


def _send(request: HttpRequest, wizard: Wizard) -> HttpResponse:
    wrong = wizard.first_wrong()
    if wrong:
        return _show(request, wizard, wrong)
    what = wizard.checked(WHAT)
    what.is_valid()
    found = what.found() if isinstance(what, WhatForm) else Found()
    if found.municipality is None:
        return _outside(request, wizard)
    form = wizard.checked(CHECK)
    form.is_valid()
    if FILING.count(sender(request)):
        form.add_error(
            None, _("U verstuurt veel achter elkaar. Wacht een paar minuten. Uw tekst blijft hier staan.")
        )
        return _show(request, wizard, wizard.step(CHECK, form))
    try:
        filed = actions.file_report(_filing(request, wizard, found))
    except DomainError as error:
        field = "files" if isinstance(error, FileRefused) else None
        form.add_error(field, error.message)
        return _show(request, wizard, wizard.step(CHECK, form))
    _keep_for_account(request, wizard, filed)
    return received(request, filed, wizard.pack, kind=wizard.kind, role=wizard.data.get("role", ""))


def _filing(request: HttpRequest, wizard: Wizard, found: Found) -> actions.Filing:
    what, signals, who = wizard.checked(WHAT), wizard.checked(SIGNALS), wizard.checked(WHO)
    if not (isinstance(what, WhatForm) and isinstance(signals, SignalsForm) and isinstance(who, WhoForm)):
        raise TypeError
    for form in (what, signals, who):
        form.is_valid()
    code = found.municipality.id if found.municipality else ""
    form = wizard.checked(CHECK)
    form.is_valid()
    marks = tuple(each for each in wizard.data.getlist("marks") if each in wizard.pack.marks)
    return actions.Filing(
        organisation_id=Organisation.objects.only("id").get(code=code).id,
        content=content_of(what, signals, marks),
        kind=wizard.kind,
        anonymity=who.cleaned_data["anonymity"],
        minor=what.cleaned_data["minor"],
        acute=wizard.acute,
        channel=Channel.FORM,
        identity=who.identity(actor_of(request).organisation_name),
        uploads=form.cleaned_data["files"],
        sending=wizard.sending,
    )


def _keep_for_account(request: HttpRequest, wizard: Wizard, filed: actions.Filed) -> None:
    """Keep the receipt for whoever is signed in and gave a name, end their mark, and forget their draft."""
    if not works_here(request):
        return
    actor = actor_of(request)
    with own_role():
        # Sent twice is remembered once. Without a name no account may remember it: that would say who reported.
        if filed.fresh and wizard.data.get("anonymity") != "anonymous":
            actions.remember_receipt(receipt=filed.receipt, kind=wizard.kind, actor=actor)
        if filed.fresh and wizard.data.get("mark"):
            actions.finish_mark(wizard.data["mark"], actor=actor)
        actions.drop_draft(form=DRAFT, actor=actor)


def received(
    request: HttpRequest, filed: actions.Filed, held: Pack, *, kind: str, role: str = ""
) -> HttpResponse:
    """Show the receipt: the one time that it can be seen."""
    answer = StepKind.ANSWER_ADVICE if kind == Kind.ADVICE else StepKind.READ_REPORT
    return page(
        request,
        "reports/received.html",
        code=filed.receipt,
        kind=kind,
        read_before=promised(held, answer, filed.received),
        told_before=promised(held, StepKind.TELL_REPORTER, filed.received) if kind != Kind.ADVICE else None,
        meldcode=words(held.meldcode_sentence) if meldcode_holds(held, role) else "",
    )


@public
def concept(request: HttpRequest) -> HttpResponse:
    """Keep what somebody who is signed in is typing; whoever is not, leaves nothing here."""
    if request.method != "POST" or not works_here(request):
        return HttpResponse(status=404)
    wizard = Wizard(request.POST, pack())
    # A report without a name leaves no trace of who typed it, not even for a day.
    with own_role():
        if wizard.data.get("anonymity") == "anonymous":
            actions.drop_draft(form=DRAFT, actor=actor_of(request))
        else:
            actions.save_draft(form=DRAFT, content=wizard.answers(), actor=actor_of(request))
    return HttpResponse(status=204)
