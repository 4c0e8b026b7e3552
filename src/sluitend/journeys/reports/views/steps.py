"""What each page of a report shows beside its questions."""

from dataclasses import dataclass
from typing import Any, cast

from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sluitend.journeys.reports.content import LASTS
from sluitend.journeys.reports.danger import ANSWERS as NOW_ANSWERS
from sluitend.journeys.reports.danger import asks_now, panel_of
from sluitend.journeys.reports.forms import ANSWERS, CheckForm, WhatForm, WhoForm, meldcode_holds, words
from sluitend.journeys.reports.models import Anonymity, Kind
from sluitend.journeys.reports.place_fields import found_in
from sluitend.journeys.reports.wizard import Step, Wizard
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.recognition import Indicator

LIKELIEST = 5


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
    home: str = ""
    words: str = ""


@dataclass(frozen=True)
class Chip:
    """A role to press: what stands above its list, and the signals that come first in it, for the script."""

    value: str
    label: str
    icon: str
    checked: bool
    seen: str
    first: str


def role_meant(held: Pack, word: str) -> str:
    """Return the role that the word in an address means: its id, or that of a group; else nothing."""
    if word in held.role_groups:
        return held.role_groups[word].roles[0]
    return word if word in held.roles else ""


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
            return _check(wizard, step)


def _what(wizard: Wizard, step: Step) -> dict[str, Any]:
    form = step.form
    filled = wizard.data
    return {
        "asks_municipality": getattr(form, "needs_municipality", False)
        or bool(filled.get("municipality"))
        or found_in(wizard.pack, filled).outside,
        "pointed": bool(filled.get("latitude")),
        "known": [form[name] for name in WhatForm.KNOWN],
        "person": [form[name] for name in WhatForm.PERSON],
        "known_open": any(filled.get(name) for name in WhatForm.KNOWN),
        "person_open": wizard.kind == Kind.HELP or any(filled.get(name) for name in WhatForm.PERSON),
    }


def _signals(wizard: Wizard, step: Step) -> dict[str, Any]:
    data, held = wizard.data, wizard.pack
    role = data.get("role", "") if data.get("role") in held.roles else ""
    form = data.get("form", "")
    ticked = set(data.getlist("signals"))
    # What an earlier page tells of danger is asked at once; what is ticked here, as soon as it is ticked.
    asked = bool(
        step.form.errors.get("acute")
        or wizard.acute
        or asks_now(held, marks=data.getlist("marks"), minor=data.get("minor", ""))
    )
    panel = "" if asked else panel_of(step.form)
    fitting = held.indicators_for(role or held.unsaid_role, form if form in held.forms else None)
    likely = fitting[:LIKELIEST]
    shown = [*(one for one in held.indicators if one.id in ticked and one not in likely), *likely]
    others = [*fitting, *(one for one in held.indicators if one not in fitting)]
    said = _said_of(held)
    return {
        "now_asked": asked,
        "chips": _chips(held, role, form if form in held.forms else None),
        "seen": _seen(held, role),
        "first": [_tick(one, ticked, panel, said) for one in shown],
        "homes": [
            (
                name,
                words(held.categories[name].label),
                [
                    _tick(one, ticked, panel, said)
                    for one in others
                    if one.category == name and one not in shown
                ],
            )
            for name in held.categories.ids
        ],
    }


def _chips(held: Pack, role: str, form: str | None) -> list[Chip]:
    """Return the roles to press, and none of them; a role that was given stands for its group."""
    chosen = [role if role in each.roles else each.roles[0] for each in held.role_groups]
    groups = zip(held.role_groups, chosen, strict=True)
    pressed = [(value, words(group.label), group.icon) for group, value in groups]
    if pressed:
        pressed.append(("", _("Dat zeg ik liever niet"), "no"))
    return [
        Chip(
            value=value,
            label=label,
            icon=icon,
            checked=value == role,
            seen=_seen(held, value),
            first=_likeliest(held, value, form),
        )
        for value, label, icon in pressed
    ]


def _likeliest(held: Pack, role: str, form: str | None) -> str:
    fitting = held.indicators_for(role or held.unsaid_role, form)
    return " ".join(one.id for one in fitting[:LIKELIEST])


def _seen(held: Pack, role: str) -> str:
    """Return what stands above the signals of a role."""
    if not role:
        return _("Vaak gezien")
    group = next((each for each in held.role_groups if each.roles[0] == role), None)
    if group:
        return words(group.seen)
    return _("Vaak gezien door: %(role)s") % {"role": words(held.roles[role].label)}


def _said_of(held: Pack) -> dict[str, str]:
    """Return for each signal the words by which people search it, beside those in its own sentence."""
    language = get_language() or "nl"
    found: dict[str, list[str]] = {}
    for each in held.search_words:
        for signal in each.indicators:
            found.setdefault(signal, []).extend(each.en if language == "en" else each.nl)
    return {signal: " ".join(said) for signal, said in found.items()}


def _tick(indicator: Indicator, ticked: set[str], panel: str, said: dict[str, str]) -> Tick:
    also = words(indicator.innocent) if indicator.innocent else ""
    hint = _("Kan ook: %(also)s") % {"also": also} if also else _("Kan ook: geen")
    return Tick(
        f"id_signals_{indicator.id}",
        indicator.id,
        words(indicator.label),
        hint,
        indicator.id in ticked,
        shows=panel if indicator.emergency else "",
        home=indicator.category,
        words=said.get(indicator.id, ""),
    )


def _who(wizard: Wizard) -> dict[str, Any]:
    holds = meldcode_holds(wizard.pack, wizard.data.get("role", ""))
    return {"meldcode": words(wizard.pack.meldcode_sentence) if holds else ""}


def _check(wizard: Wizard, step: Step) -> dict[str, Any]:
    what, who, signals = wizard.what, wizard.who, wizard.signals
    if what.errors or who.errors or signals.errors:
        return {"broken": True}
    municipality = what.found().municipality
    if municipality:
        chosen = bool(what.cleaned_data["municipality"])
        cast("CheckForm", step.form).agrees_with(municipality, chosen=chosen)
    names = [name for name in (*WhatForm.KNOWN, *WhatForm.PERSON) if what.cleaned_data[name]]
    picked = signals.cleaned_data
    return {
        "what": what.cleaned_data,
        "day": parse_date(what.moment()),
        "where": ", ".join(filter(None, [what.in_words(), municipality.name if municipality else ""])),
        "address": address.text if (address := what.address()) and not what.doors.near else "",
        "accuracy": what.accurate_to() or ("?" if what.pointed() else ""),
        "known": [(what[name].label, _answer(what.cleaned_data[name])) for name in names],
        "chosen": [words(wizard.pack.indicators[each].label) for each in picked["signals"]],
        "none": picked["none"],
        "seen_from": _from(wizard.pack, picked["role"], picked["form"]),
        "now": str(dict(NOW_ANSWERS).get(picked["acute"], "")),
        "who": who.cleaned_data,
        "who_rows": _who_rows(who),
        "promise": words(wizard.pack.name_promise),
        "place": municipality.name if municipality else "",
        "minor_words": str(dict(ANSWERS)[what.cleaned_data["minor"]]),
    }


def _from(held: Pack, role: str, form: str) -> list[tuple[str, str]]:
    """Return from which role it was seen, and what it looks like, as rows; nothing for what was not said."""
    return [
        *([(_("Uw rol"), words(held.roles[role].label))] if role else []),
        *([(_("Waar lijkt het op?"), words(held.forms[form].label))] if form else []),
    ]


def _who_rows(who: WhoForm) -> list[tuple[str, str]]:
    """Return what goes along of who reports; what was typed before "without a name" goes nowhere."""
    if who.cleaned_data["anonymity"] == Anonymity.ANONYMOUS:
        return []
    names = ("reporter_name", "reporter_phone", "reporter_mail")
    return [(str(who[name].label), who.cleaned_data[name]) for name in names if who.cleaned_data[name]]


def _answer(value: str) -> str:
    return str({"yes": _("Ja"), "no": _("Nee"), **LASTS}.get(value, value))
