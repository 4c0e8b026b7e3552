"""What was tried in a case: from what is kept of its plan alone, also of a handbook of before."""

from datetime import date

from django.utils.translation import gettext as _

from sluitend.journeys.cases.queries.kept import Given
from sluitend.journeys.cases.queries.kept_plan import DONE, REFUSED, Became, Kept
from sluitend.journeys.cases.queries.reading import day_in
from sluitend.journeys.cases.queries.shapes import TriedView
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plans import Action


def tried_of(kept: Kept, pack: Pack) -> list[TriedView]:
    """Return what was tried in a case, also what the handbook has no more."""
    helped = kept["tried"]["helped"] if kept["tried"] else ()
    found = []
    for name in dict.fromkeys([*kept["given"], *kept["actions"]]):
        action, given, became = (
            pack.plan_actions.get(name),
            kept["given"].get(name),
            kept["actions"].get(name),
        )
        had = given is not None and bool(given["to"] or given["result"])
        done = became is not None and became["state"] == DONE and action is not None and action.is_given
        if had or done:
            result = result_words(given, pack) or _ended(became)
            found.append(
                TriedView(
                    id=name,
                    says=says_of(action, given, name),
                    to=given["to_words"] if given else "",
                    until=day_of(given["until"]) if given else None,
                    result=result,
                    on=(day_of(given["on"]) if given else None) or (_day_it_was(became) if result else None),
                    helped=name in helped,
                    who=became.get("who", "") if became and not had else "",
                )
            )
    return found


def before_of(kept: Kept) -> list[TriedView]:
    """Return what was tried in municipalities that had the case before: it is no decision here."""
    return [
        TriedView(
            id="",
            says=each["says"],
            to=each["to"],
            until=day_in(each["until"]),
            result=each["result"],
            on=day_in(each["on"]),
            who=each["who"],
        )
        for each in kept["before"]
    ]


def _ended(became: Became | None) -> str:
    state = became["state"] if became else ""
    return _("Gedaan") if state == DONE else _("Niet gedaan") if state == REFUSED else ""


def says_of(action: Action | None, given: Given | None, name: str) -> str:
    """Return how a measure is called, also where the handbook has it no more."""
    return shown(action.says) if action else given["says"] if given else name


def result_words(given: Given | None, pack: Pack) -> str:
    """Return what came of a measure, in words; empty while nobody said."""
    if given is None or not given["result"]:
        return ""
    known = pack.measure_results.get(given["result"])
    return shown(known.label) if known else given["result"]


def day_of(text: str) -> date | None:
    """Return the day that a moment or day in ISO form begins with, or None."""
    return date.fromisoformat(text[:10]) if text else None


def _day_it_was(became: Became | None) -> date | None:
    return day_of(became["at"]) if became else None
