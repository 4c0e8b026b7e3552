"""Letters that went and that the plan asks no more, each with why."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from sluitend.journeys.cases.queries.kept_plan import ASKED, Became, Kept
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Plan, Planned

RECALLS = "recalls"
"""Under which key the facts of a case keep the letters about which somebody must decide."""

HOLDER = "holder"
"""The gate that is shut while somebody asked to leave a place alone."""

LESS = "part:"
"""Before the id of a part that went and may not go any more."""


def letters_out(kept: Kept, made: Plan) -> dict[str, str]:
    """Return the codes of what a partner has and the plan asks no more, each with what `why_out` says of it.

    A letter of which one action is asked still is asked, unless something in it may not go any more; one that
    a wait request holds up is not.
    """
    why: dict[str, list[str | None]] = {}
    for name, became in kept["actions"].items():
        if became["state"] == ASKED and became["code"]:
            why.setdefault(became["code"], []).append(_why(name, became, made))
    out = {code: next(filter(None, found), "") for code, found in why.items() if None not in found}
    less = ((code, each) for code, found in why.items() for each in found if each and each.startswith(LESS))
    return out | dict(less)


def stays_behind(became: Became | None, planned: Planned) -> list[str]:
    """Return the parts that a partner has of an action and that may not go along with it any more."""
    went = became.get("went", ()) if became and became["state"] == ASKED else ()
    return [part for part in went if part not in planned.may]


def _why(action: str, became: Became, made: Plan) -> str | None:
    planned = made.by_id.get(action)
    if planned is not None:
        if any(lock.id == HOLDER for lock in planned.locks):
            return HOLDER
        less = stays_behind(became, planned)
        return f"{LESS}{less[0]}" if less else None
    return next((each.by.id for each in made.lifted if each.action.id == action), "")


def why_out(why: str, pack: Pack) -> str:
    """Return in words why the plan asks a letter no more."""
    if why == HOLDER:
        return _("Iemand vroeg om bij deze plek te wachten.")
    if why.startswith(LESS) and (part := pack.parts.get(why.removeprefix(LESS))):
        return _("Dit mag nu niet meer mee: %(part)s.") % {"part": shown(part.label)}
    rule = pack.plan_rules.get(why) if why else None
    return shown(rule.because) if rule else _("Het plan vraagt dit niet meer.")


def recalls_in(facts: Mapping[str, Any], pack: Pack) -> dict[str, str]:
    """Return the codes of the letters about which somebody must decide, each with why in words."""
    return {code: why_out(why, pack) for code, why in facts.get(RECALLS, {}).items()}
