"""Who else has a case open, and who changed it last: for two who work on it at once."""

from dataclasses import dataclass
from datetime import datetime

from sluitend.journeys.cases.journey import CASE_READ
from sluitend.journeys.cases.models import TimelineEvent
from sluitend.journeys.cases.queries.rows import find_case
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.turns import Colleague, here

BY_ITSELF = "Sluitend"
"""Who did what came in by itself."""


@dataclass(frozen=True)
class Change:
    """What was done last, by whom and when; `own` in another window of the same person."""

    by: str
    at: datetime
    what: str
    own: bool = False


@dataclass(frozen=True)
class Present:
    """Who else is here, and what another changed since a page was shown."""

    colleagues: tuple[Colleague, ...]
    change: Change | None


def presence(code: str, actor: Actor, *, since: datetime, writes: bool) -> Present:
    """Say that this person has the case open, and return who else has.

    No ledger line: nothing of the content is read.

    Args:
        code: of the case.
        actor: who has it open.
        since: when their page was shown.
        writes: something stands in a form on their page.

    Raises:
        Absent: there is no such case for this organisation.
    """
    row = find_case(code, actor, CASE_READ)
    colleagues = here(row.id, actor, writes=writes)
    events = TimelineEvent.objects.filter(case=row, at__gt=since).exclude(by_id=actor.own_account)
    found = events.order_by("-at").values_list("by__name", "at", "what").first()
    change = Change(found[0] or BY_ITSELF, found[1], _words(found[2])) if found else None
    return Present(colleagues, change)


def last_change(code: str, actor: Actor) -> Change | None:
    """Return what was done last to a case, by whomever."""
    event = (
        TimelineEvent.objects.filter(organisation_id=actor.own_organisation, case__code=code)
        .order_by("-at")
        .values_list("by__name", "at", "what", "by_id")
        .first()
    )
    if event is None:
        return None
    by, at, what, by_id = event
    return Change(by or BY_ITSELF, at, _words(what), own=by_id == actor.account_id)


def _words(what: str) -> str:
    return str(TimelineEvent.What(what).label)
