"""What people said of the facts of a case and decided about its actions: as it is sealed with the case."""

from typing import Any, NotRequired, TypedDict

from django.utils import timezone

from sluitend.journeys.cases.models import Case
from sluitend.journeys.cases.queries.kept import Added, Before, Given, Tried
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.sealing.envelopes import OpenEnvelope

BEGUN, ASKED, DONE, REFUSED, DATED, GIVEN = "begun", "asked", "done", "refused", "dated", "given"
"""What became of an action. One that is begun is being composed: nothing went yet."""
COMES_BACK = (DATED, GIVEN)
"""The states that end by themselves, on a day."""


class Said(TypedDict):
    """What a person said of a fact: as it is sealed with the case."""

    values: list[str]
    at: str
    by: str
    who: NotRequired[str]
    """Where it was said elsewhere, before the case was handed over: in what function, and where."""


class Became(TypedDict):
    """What became of an action: as it is sealed with the case; `until` is a day in ISO form."""

    state: str
    at: str
    by: str
    reason: str
    sentence: str
    code: str
    until: str
    who: NotRequired[str]
    """The municipality that decided it, where the case was handed over since."""
    went: NotRequired[list[str]]
    """The parts that a partner was sent within what was allowed then."""


class Kept(TypedDict):
    """The sealed plan of a case."""

    facts: dict[str, Said]
    actions: dict[str, Became]
    added: dict[str, Added]
    given: dict[str, Given]
    tried: Tried | None
    before: list[Before]


def decided(kept: Kept, action: str) -> Became | None:
    """Return what somebody decided about an action, where that still holds today."""
    became = kept["actions"].get(action)
    over = became and became["state"] in COMES_BACK and became["until"] <= timezone.localdate().isoformat()
    return None if over else became


def kept_plan(case: Case, envelope: OpenEnvelope) -> Kept:
    """Return what is kept of the plan of a case."""
    return as_kept_plan(envelope.read(case, "plan"))


def composed(kept: Kept) -> list[str]:
    """Return the actions that are being composed."""
    return [name for name, each in kept["actions"].items() if each["state"] == BEGUN]


def composed_on(kept: Kept, track: str, pack: Pack) -> list[str]:
    """Return the actions of a track that are being composed: until they are sent, that is its next step."""
    return [each for each in composed(kept) if each in pack.plan_actions and track_of(each, pack) == track]


def track_of(action: str, pack: Pack) -> str:
    """Return the track to which an action belongs."""
    return str(pack.plan_lines[pack.plan_actions[action].lines[0]].track)


def as_kept_plan(sealed: Any) -> Kept:
    """Return what a sealed plan keeps; nothing where nobody worked by it."""
    found = sealed or {}
    return {
        "facts": dict(found.get("facts", {})),
        "actions": dict(found.get("actions", {})),
        "added": dict(found.get("added", {})),
        "given": dict(found.get("given", {})),
        "tried": found.get("tried"),
        "before": list(found.get("before", ())),
    }
