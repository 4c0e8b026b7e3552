"""Who else has a case open, and who changed it last: for two who work on it at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection

from sluitend.journeys.cases.models import TimelineEvent
from sluitend.journeys.cases.rows import find_case
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Action

HERE = """
WITH gone AS (
  DELETE FROM cases_presence
   WHERE organisation_id = %(organisation)s AND at < now() - interval '10 minutes'
), here AS (
  INSERT INTO cases_presence (id, organisation_id, case_id, account_id, at, writes)
  VALUES (%(id)s, %(organisation)s, %(case)s, %(account)s, now(), %(writes)s)
  ON CONFLICT (case_id, account_id) DO UPDATE SET at = excluded.at, writes = excluded.writes
)
SELECT a.name, p.at, p.writes, ''
  FROM cases_presence p JOIN organisations_account a ON a.id = p.account_id
 WHERE p.case_id = %(case)s AND p.account_id <> %(account)s AND p.at > now() - interval '2 minutes'
UNION ALL
(SELECT a.name, e.at, false, e.what
   FROM cases_timelineevent e JOIN organisations_account a ON a.id = e.by_id
  WHERE e.case_id = %(case)s AND e.by_id <> %(account)s AND e.at > %(since)s
  ORDER BY e.at DESC LIMIT 1)
 ORDER BY 4, 1
"""


@dataclass(frozen=True)
class Colleague:
    """Somebody who has the case open now; `writes` when something stands in a form there."""

    name: str
    writes: bool


@dataclass(frozen=True)
class Change:
    """What was done last, by whom and when; `own` in another window of the same person."""

    by: str
    at: datetime
    what: str
    own: bool = False


@dataclass(frozen=True)
class Together:
    """Who else is here, and what another changed since a page was shown."""

    colleagues: tuple[Colleague, ...]
    change: Change | None


def together(code: str, actor: Actor, *, since: datetime, writes: bool) -> Together:
    """Say that this person has the case open, and return who else has.

    Two statements and no ledger line: nothing of the content is read.

    Args:
        code: of the case.
        actor: who has it open.
        since: when their page was shown.
        writes: something stands in a form on their page.

    Raises:
        Http404: there is no such case for this organisation.
    """
    row = find_case(code, actor, Action.CASE_READ)
    values: dict[str, UUID | datetime | bool] = {
        "id": uuid4(),
        "organisation": row.organisation_id,
        "case": row.id,
        "account": actor.own_account,
        "writes": writes,
        "since": since,
    }
    with connection.cursor() as cursor:
        cursor.execute(HERE, values)
        found = cursor.fetchall()
    colleagues = tuple(Colleague(name, writing) for name, _at, writing, what in found if not what)
    changes = [Change(name, at, _words(what)) for name, at, _writing, what in found if what]
    return Together(colleagues, changes[0] if changes else None)


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
    return Change(by, at, _words(what), own=by_id == actor.account_id)


def _words(what: str) -> str:
    return str(TimelineEvent.What(what).label)
