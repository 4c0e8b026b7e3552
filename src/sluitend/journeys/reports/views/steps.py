"""What each page of a report shows beside its questions."""

from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from sluitend.journeys.reports.content import LASTS
from sluitend.journeys.reports.danger import asks_now, panel_of
from sluitend.journeys.reports.forms import ANSWERS, WhatForm, meldcode_holds, words
from sluitend.journeys.reports.models import Kind
from sluitend.journeys.reports.wizard import Step, Wizard
from sluitend.kernel.handbook.recognition import Indicator

LIKELIEST = 8
PASSER_BY = "buurt"
"""Whose likeliest indicators come first for whoever says nothing of their work."""


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


def context_of(wizard: Wizard, step: Step) -> dict[str, Any]:
    """Return what the template of a page needs beside its form."""
    match step.number:
        case 2:
            return _what(wizard, step)
        case 3:
            return _signals(wizard, step)
        case 4:
            return _who(wizard)
        case _:
            return _check(wizard)


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
    seen_by = role if role in held.roles else PASSER_BY
    ticked = set(data.getlist("signals"))
    fitting = held.indicators_for(seen_by, form if form in held.forms else None)
    shown = [*fitting, *(one for one in held.indicators if one.id in ticked and one not in fitting)]
    # What an earlier page tells of danger is asked at once; what is ticked here, as soon as it is ticked.
    asked = bool(
        step.form.errors.get("acute")
        or wizard.acute
        or asks_now(held, marks=data.getlist("marks"), minor=data.get("minor", ""))
    )
    panel = "" if asked else panel_of(step.form)
    first = shown[:LIKELIEST]
    rest = shown[LIKELIEST:]
    groups = [
        (words(held.categories[name].label), [one for one in rest if one.category == name])
        for name in held.categories.ids
    ]
    return {
        "now_asked": asked,
        "first": [_tick(one, ticked, panel) for one in first],
        "groups": [
            (label, [_tick(one, ticked, panel) for one in some], any(one.id in ticked for one in some))
            for label, some in groups
            if some
        ],
        "role_words": words(held.roles[role].label) if role in held.roles and role else "",
    }


def _tick(indicator: Indicator, ticked: set[str], panel: str) -> Tick:
    also = words(indicator.innocent) if indicator.innocent else ""
    hint = _("Kan ook: %(also)s") % {"also": also} if also else _("Kan ook: geen")
    return Tick(
        f"id_signals_{indicator.id}",
        indicator.id,
        words(indicator.label),
        hint,
        indicator.id in ticked,
        shows=panel if indicator.emergency else "",
    )


def _who(wizard: Wizard) -> dict[str, Any]:
    holds = meldcode_holds(wizard.pack, wizard.data.get("role", ""))
    return {"meldcode": words(wizard.pack.meldcode_sentence) if holds else ""}


def _check(wizard: Wizard) -> dict[str, Any]:
    what, who, signals = wizard.what, wizard.who, wizard.signals
    if what.errors or who.errors or signals.errors:
        return {"broken": True}
    municipality = what.found().municipality
    names = [name for name in (*WhatForm.KNOWN, *WhatForm.PERSON) if what.cleaned_data[name]]
    return {
        "what": what.cleaned_data,
        "day": parse_date(what.moment()),
        "known": [(what[name].label, _answer(what.cleaned_data[name])) for name in names],
        "chosen": [words(wizard.pack.indicators[each].label) for each in signals.cleaned_data["signals"]],
        "who": who.cleaned_data,
        "promise": words(wizard.pack.name_promise),
        "place": municipality.name if municipality else "",
        "minor_words": str(dict(ANSWERS)[what.cleaned_data["minor"]]),
    }


def _answer(value: str) -> str:
    return str({"yes": _("Ja"), "no": _("Nee"), **LASTS}.get(value, value))
