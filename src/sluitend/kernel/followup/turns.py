"""Who took the last turn on a thing that two may work on at once, and who has it open now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import CharField, F, Func, UUIDField, Value
from django.db.models.functions import Cast, Now, NullIf
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.organisations.models import Account, Organisation

HERE = """
WITH gone AS (
  DELETE FROM followup_presence
   WHERE organisation_id = %(organisation)s AND at < now() - interval '10 minutes'
), here AS (
  INSERT INTO followup_presence (id, organisation_id, subject_id, account_id, at, writes)
  VALUES (%(id)s, %(organisation)s, %(subject)s, %(account)s, now(), %(writes)s)
  ON CONFLICT (organisation_id, subject_id, account_id)
  DO UPDATE SET at = excluded.at, writes = excluded.writes
)
SELECT a.name, p.writes
  FROM followup_presence p JOIN organisations_account a ON a.id = p.account_id
 WHERE p.organisation_id = %(organisation)s AND p.subject_id = %(subject)s
   AND p.account_id <> %(account)s AND p.at > now() - interval '2 minutes'
 ORDER BY 1
"""


@dataclass(frozen=True)
class Turn:
    """The last change of a thing: by whom, when, and what its state is since then."""

    by: str
    at: datetime | None
    state: str
    own: bool


@dataclass(frozen=True)
class Colleague:
    """Somebody of the same organisation who has it open now; `writes` when something stands in a form."""

    name: str
    writes: bool


@dataclass(frozen=True)
class Present:
    """Who else is here, and what another did since a page was shown."""

    colleagues: tuple[Colleague, ...]
    turn: Turn | None


def _setting(name: str) -> Cast:
    # The database knows for whom this transaction runs; no action can forget to say so.
    found = Func(Value(name), Value(True), function="current_setting", output_field=CharField())
    return Cast(NullIf(found, Value("")), UUIDField())


def whoever_acts() -> Cast:
    """Return what to write as the account for which this transaction runs; nothing for the system."""
    return _setting("sl.account")


def stamp() -> dict[str, Any]:
    """Return what to write with a turn: its number, the moment, and who acts for which organisation."""
    return {
        "turn": F("turn") + 1,
        "turned": F("turn") + 1,
        "turned_at": Now(),
        "turned_by": whoever_acts(),
        "turned_for": _setting("sl.org"),
    }


def last_turn(row: Any, actor: Actor) -> Turn | None:
    """Return who changed `row` last: a colleague by name, another organisation by its own.

    Args:
        row: as it stands now.
        actor: who asks.
    """
    state = row.get_state_display()
    if row.turned != row.turn:
        # Somebody without an account, by a pick-up page; or nobody since it was made.
        return Turn(_("De partner"), None, state, own=False) if row.turn > 1 else None
    if row.turned_for == actor.organisation_id:
        names = Account.objects.filter(pk=row.turned_by).values_list("name", flat=True)
        return Turn(names.first() or "Sluitend", row.turned_at, state, own=row.turned_by == actor.account_id)
    others = Organisation.objects.filter(pk=row.turned_for).values_list("name", flat=True)
    return Turn(others.first() or "Sluitend", row.turned_at, state, own=False)


def here(subject_id: UUID, actor: Actor, *, writes: bool) -> tuple[Colleague, ...]:
    """Say that this person has a thing open, and return who else of their organisation has.

    No ledger line: nothing of the content is read.

    Args:
        subject_id: what is open on a page of this person, who may read it.
        actor: who has it open.
        writes: something stands in a form on their page.
    """
    values: dict[str, UUID | bool] = {
        "id": uuid4(),
        "organisation": actor.own_organisation,
        "subject": subject_id,
        "account": actor.own_account,
        "writes": writes,
    }
    with connection.cursor() as cursor:
        cursor.execute(HERE, values)
        return tuple(Colleague(name, writing) for name, writing in cursor.fetchall())


def presence(row: Any, actor: Actor, *, since: datetime, writes: bool) -> Present:
    """Say that this person has a thing open, and return who else of their organisation has.

    No ledger line: nothing of the content is read.

    Args:
        row: that is open on a page of this person, who may read it.
        actor: who has it open.
        since: when their page was shown.
        writes: something stands in a form on their page.
    """
    colleagues = here(row.id, actor, writes=writes)
    turn = last_turn(row, actor)
    fresh = turn is not None and not turn.own and turn.at is not None and turn.at > since
    return Present(colleagues, turn if fresh else None)


def words_of(error: DomainError | None, turn: Turn | None) -> str:
    """Return what somebody hears when it could not be done: of a conflict who was first and when.

    Args:
        error: that came of it; none when the form itself is no longer there.
        turn: the last one of the thing.
    """
    said = error or Conflict()
    if not isinstance(said, Conflict) or turn is None:
        return said.message
    if turn.at is None and turn.own:
        return _("U was zelf eerst, in een ander venster. De stand is nu “%(state)s”.") % {
            "state": turn.state
        }
    if turn.at is None:
        return _("%(name)s was eerst. De stand is nu “%(state)s”. Kijk of uw keuze nog klopt.") % {
            "name": turn.by,
            "state": turn.state,
        }
    shown = {"name": turn.by, "time": _moment(turn.at), "state": turn.state}
    if turn.own:
        return _("U was zelf eerst, in een ander venster: %(time)s. De stand is nu “%(state)s”.") % shown
    return _("%(name)s was eerst: %(time)s. De stand is nu “%(state)s”. Kijk of uw keuze nog klopt.") % shown


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    time = date_format(local, "H:i")
    return time if local.date() == timezone.localdate() else f"{date_format(local, 'j F')}, {time}"
