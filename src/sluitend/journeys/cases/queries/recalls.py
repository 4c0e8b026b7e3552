"""Letters that went and that the plan asks no more, each with why."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from sluitend.journeys.cases.queries.kept_plan import ASKED, Kept
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Plan

RECALLS = "recalls"
"""Under which key the facts of a case keep the letters about which somebody must decide."""

HOLDER = "holder"
"""The gate that is shut while somebody asked to leave a place alone."""


def letters_out(kept: Kept, made: Plan) -> dict[str, str]:
    """Return the codes of what a partner has and the plan asks no more, each with what `why_out` says of it.

    A letter of which one action is asked still is asked; one that a wait request holds up is not.
    """
    why: dict[str, list[str | None]] = {}
    for name, became in kept["actions"].items():
        if became["state"] == ASKED and became["code"]:
            why.setdefault(became["code"], []).append(_why(name, made))
    return {code: next(filter(None, found), "") for code, found in why.items() if None not in found}


def _why(action: str, made: Plan) -> str | None:
    planned = made.by_id.get(action)
    if planned is not None:
        return HOLDER if any(lock.id == HOLDER for lock in planned.locks) else None
    return next((each.by.id for each in made.lifted if each.action.id == action), "")


def why_out(why: str, pack: Pack) -> str:
    """Return in words why the plan asks a letter no more."""
    if why == HOLDER:
        return _("Iemand vroeg om bij deze plek te wachten.")
    rule = pack.plan_rules.get(why) if why else None
    return shown(rule.because) if rule else _("Het plan vraagt dit niet meer.")


def recalls_in(facts: Mapping[str, Any], pack: Pack) -> dict[str, str]:
    """Return the codes of the letters about which somebody must decide, each with why in words."""
    return {code: why_out(why, pack) for code, why in facts.get(RECALLS, {}).items()}
