"""The one way in: every transaction says for whom it runs.

`acting()` opens the transaction and *always* sets the acting organisation and account, empty when nobody
acts, so that nothing is
left of a former request. Row-level security compares with that setting; forget it, and a query returns
nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, transaction
from django.db.models import F, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone

from sluitend.kernel.access.errors import DomainError, Refused
from sluitend.kernel.access.scope import tracing
from sluitend.kernel.organisations.genuine import Grant, is_given
from sluitend.kernel.organisations.models import (
    DOES_CASES,
    PLATFORM_ID,
    Absence,
    Account,
    Membership,
    Role,
    TeamMember,
)
from sluitend.kernel.prepared import Given, Prepared

MEMBERSHIP_KEY = "membership"


@dataclass(frozen=True)
class Actor:
    """Who acts: a person or the system itself for one organisation, or the public intake."""

    account_id: UUID | None = None
    organisation_id: UUID | None = None
    roles: frozenset[Role] = frozenset()
    name: str = ""
    organisation_name: str = ""
    organisation_kind: str = ""
    organisation_code: str = ""
    reporter_role: str = ""
    work_days: tuple[int, ...] | None = None
    teams: tuple[UUID, ...] = ()
    stands_in_for: tuple[UUID, ...] = ()
    """Colleagues who are away, whose steps this person sees until they are back."""
    stands_in_from: UUID | None = None
    """Where somebody works who stands in for another organisation."""
    stands_in_elsewhere: bool = False
    """Whether somebody who acts at home stands in for other organisations today."""
    offered: bool = False
    """Whether a role waits until this person accepts it."""
    kind: Literal["person", "intake", "system"] = "person"

    @property
    def own_organisation(self) -> UUID:
        """The organisation for which somebody acts; raises `Refused` for none."""
        if self.organisation_id is None:
            raise Refused
        return self.organisation_id

    @property
    def own_account(self) -> UUID:
        """The account of whoever acts; raises `Refused` where there is none, as for a job."""
        if self.account_id is None:
            raise Refused
        return self.account_id

    @property
    def signed_in(self) -> bool:
        """Whether a person with a role stands behind this actor."""
        return self.kind == "person" and self.account_id is not None


NOBODY = Actor(kind="intake")
ACTING = (
    "SELECT set_config('role', 'none', true), "
    "set_config('sl.org', acting_for(%s, %s, %s), true), set_config('sl.account', %s, true)"
)
GOES_ON = ", set_config('role', 'sl_intake', true)"
"""Last in the list: what stands before it is worked out with the rights of before."""
# Saves asking the database: the savepoint within which a transaction became intake, "" for all of it, None
# when it did not. It may say None of one that does run as intake, never the other way round: then a filing
# would run with the rights of the application.
_intake_within: ContextVar[str | None] = ContextVar("intake_within", default=None)


def system_actor(organisation_id: UUID) -> Actor:
    """Return the actor for a job that works for one organisation."""
    return Actor(organisation_id=organisation_id, kind="system", name="Sluitend")


def set_acting(actor: Actor, *, intake: bool = False) -> None:
    """Tell the database for whom this transaction runs, as the app's own role; empty when nobody does.

    Of a person the database looks up itself that they have a role there on this day. The day after the last
    one it lets nobody act, whoever was handed in here.

    Args:
        actor: who acts.
        intake: go on as intake at once, as `become_intake` does: it saves a trip to the database.
    """
    _intake_within.set(None)
    person = actor.account_id if actor.kind == "person" else None
    with connection.cursor() as cursor:
        cursor.execute(
            f"{ACTING}{GOES_ON if intake else ''}",
            [actor.organisation_id, person, timezone.localdate(), str(actor.account_id or "")],
        )
    if intake:
        _note_intake()


@contextmanager
def acting(actor: Actor, *, intake: bool = False) -> Iterator[Actor]:
    """Open a transaction in which `actor` acts. Rolls back on any exception.

    Args:
        actor: who acts; `system_actor()` for jobs.
        intake: with the rights of intake from the start.

    Yields:
        The same actor.
    """
    with tracing(), transaction.atomic():
        set_acting(actor, intake=intake)
        try:
            yield actor
        finally:
            _intake_within.set(None)  # the role ends with the transaction, or is rolled back with it


def become_intake() -> None:
    """Go on as the database role that can only add reports, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE sl_intake")
    _note_intake()


def _note_intake() -> None:
    _intake_within.set(next(filter(None, reversed(connection.savepoint_ids)), ""))


def leave_intake() -> None:
    """Return to the application's own role within the same transaction."""
    _intake_within.set(None)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@contextmanager
def own_role() -> Iterator[None]:
    """Do one thing in somebody's own organisation, in the middle of a public view."""
    leave_intake()
    yield
    become_intake()


@contextmanager
def intake_role() -> Iterator[None]:
    """Run one piece of a transaction as the intake role, as every filing does.

    The role of before comes back afterwards. A view that runs as intake altogether stays so, without asking.
    """
    if _is_intake():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role'), set_config('role', 'sl_intake', true)")
        before = cursor.fetchone()[0]
    try:
        yield
    except DomainError:
        # Shown to the person on a page that is still to be rendered; any other error ends the transaction.
        _set_role(before)
        raise
    _set_role(before)


def _is_intake() -> bool:
    """Return whether this transaction surely runs as intake: a savepoint that is gone took it along."""
    within = _intake_within.get()
    return within is not None and (not within or within in connection.savepoint_ids)


def _set_role(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, true)", [role])


def as_intake[V: Callable[..., Any]](view: V) -> V:
    """Mark a view of which all database work runs as the intake role."""
    view.as_intake = True  # type: ignore[attr-defined]
    return view


class _Held(NamedTuple):
    """One role of somebody in one organisation."""

    grant: Grant
    proof: bytes | None
    organisation_name: str
    organisation_kind: str
    organisation_code: str
    teams: list[UUID]
    away: list[UUID]


_ORGANISATION = ("organisation__name", "organisation__kind", "organisation__code")
_COLUMNS = (*Grant._fields, "proof", *_ORGANISATION, "teams", "away")


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request, from the session's membership; nobody when that has ended."""
    if not request.user.is_authenticated:
        return NOBODY
    return actor_for(request.user, chosen=request.session.get(MEMBERSHIP_KEY, ""))


def actor_for(account: Account, *, chosen: str = "") -> Actor:
    """Return somebody as they act now, in the roles that one of our processes gave. One statement.

    Args:
        account: who.
        chosen: for which organisation, when they hold a role in several; else where they acted last, or
            at home.
    """
    every = _held(account.pk)
    held = [each for each in every if each.grant.accepted_on and is_given(each.grant, each.proof)]
    offered = any(each.grant.accepted_on is None for each in every)
    if not held:
        return Actor(account_id=account.pk, name=account.name, offered=offered)
    places = {str(each.grant.organisation_id) for each in held}
    first = held[0].grant.organisation_id
    wanted = (chosen, str(account.worked_for_id), str(account.home_id), str(first))
    here = next(each for each in wanted if each in places)
    elsewhere = any(str(each.grant.home_id) == here for each in held)
    there = [each for each in held if str(each.grant.organisation_id) == here]
    return replace(_actor_in(account, there, elsewhere), offered=offered)


def _held(account_id: UUID) -> list[_Held]:
    size = len(Grant._fields)
    rows = _memberships().rows(account=account_id, today=timezone.localdate())
    return [_Held(Grant(*row[:size]), *row[size:]) for row in rows]


@cache
def _memberships() -> Prepared:
    today, own = Given("today"), OuterRef("organisation_id")
    teams = TeamMember.objects.filter(
        account_id=OuterRef("account_id"), team__organisation_id=own, team__active=True
    )
    away = Absence.objects.filter(
        Q(deputy_id=OuterRef("account_id")) | Q(deputy__isnull=True),
        organisation_id=own,
        first__lte=today,
        last__gte=today,
    ).exclude(account_id=OuterRef("account_id"))
    rows = Membership.objects.confirmed(today).filter(account_id=Given("account"))
    found = rows.annotate(
        teams=ArraySubquery(teams.values("team_id")), away=ArraySubquery(away.values("account_id"))
    ).order_by(F("home_id").asc(nulls_first=True), "organisation__name")
    return Prepared(found.values_list(*_COLUMNS))


def _actor_in(account: Account, held: list[_Held], elsewhere: bool) -> Actor:
    here, roles = held[0], frozenset(Role(each.grant.role) for each in held)
    # Whoever works here too is no stand-in.
    homes = {each.grant.home_id for each in held}
    return Actor(
        account_id=account.pk,
        organisation_id=here.grant.organisation_id,
        roles=roles,
        name=account.name,
        organisation_name=here.organisation_name,
        organisation_kind=here.organisation_kind,
        organisation_code=here.organisation_code,
        reporter_role=next((each.grant.reporter_role for each in held if each.grant.reporter_role), ""),
        work_days=tuple(account.work_days),
        teams=tuple(here.teams),
        stands_in_for=tuple(sorted(set(here.away))) if roles.intersection(DOES_CASES) else (),
        stands_in_from=None if None in homes else here.grant.home_id,
        stands_in_elsewhere=elsewhere,
    )


def organisation_for_ledger(actor: Actor) -> UUID:
    """Return whose ledger a line belongs to: the platform's own when nobody acts."""
    return actor.organisation_id or PLATFORM_ID
