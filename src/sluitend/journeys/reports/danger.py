"""Danger that a reporter chooses in a form: is it now? One rule for every form, by what the handbook says."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sluitend.forms.fields import choice, when_asked
from sluitend.journeys.reports.models import Minor, may_be_minor
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.recognition import Indicator, Mark

CALLING, CALLED, NOT_NOW = "calling", "yes", "no"
NOW = (CALLING, CALLED)
ANSWERS = [(CALLING, _("Ja, ik bel 112")), (CALLED, _("Ja, ik belde al")), (NOT_NOW, _("Nee, niet nu"))]
UNANSWERED = _("Kies of dit nu is. Is iemand nu in gevaar, bel dan eerst 112.")
PANEL = "%s_panel"


def is_now(answer: str) -> bool:
    """Return whether a reporter said that the danger is there now."""
    return answer in NOW


def asks_now(
    pack: Pack,
    *,
    signals: Iterable[str] = (),
    marks: Iterable[str] = (),
    minor: str = Minor.UNKNOWN,
    theme: str = "",
) -> bool:
    """Return whether what was chosen may be danger, so that the reporter is asked whether it is now."""
    return bool(may_be_minor(minor) or theme in child_themes(pack) or dangers(pack, signals, marks))


def dangers(pack: Pack, signals: Iterable[str], marks: Iterable[str]) -> list[Indicator | Mark]:
    """Return what of the chosen indicators and marks may be danger, or a child."""
    seen = [pack.indicators[each] for each in signals if each in pack.indicators]
    marked = [pack.marks[each] for each in marks if each in pack.marks]
    return [
        *(each for each in seen if each.emergency),
        *(each for each in marked if mark_asks(pack, each)),
    ]


def mark_asks(pack: Pack, mark: Mark) -> bool:
    """Return whether a mark may be danger or a child, by itself or by the indicator behind it."""
    behind = pack.indicators.get(mark.indicator or "")
    return mark.acute or mark.minor or bool(behind and behind.emergency)


def is_minor(pack: Pack, marks: Iterable[str], theme: str = "") -> bool:
    """Return whether one of these marks, or the theme of a question, is about somebody under eighteen."""
    marked = any(pack.marks[each].minor for each in marks if each in pack.marks)
    return marked or theme in child_themes(pack)


def child_themes(pack: Pack) -> set[str]:
    """Return the themes of a question that are about a child."""
    return {each.id for each in pack.advice_themes if each.minor}


def question() -> forms.ChoiceField:
    """Return the question whether it is now, for a form that offers danger to choose."""
    return when_asked(choice(_("Is dit nu?"), ANSWERS, missing=UNANSWERED))


def panel_of(form: forms.Form) -> str:
    """Return the selector of the part of a page that asks it; see `reports/now.html`."""
    return f"#{PANEL}" % form["acute"].auto_id


def check(form: forms.Form, pack: Pack, **chosen: Any) -> None:
    """Ask whether it is now, when danger was chosen and nothing was said of that."""
    if "acute" not in form.errors and not form.cleaned_data.get("acute") and asks_now(pack, **chosen):
        form.add_error("acute", UNANSWERED)
