"""An account closes or a role ends with work in hand: it all goes back to the queue, and somebody is told."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.utils import timezone

from sluitend.journeys.administration.actions import grants
from sluitend.journeys.administration.journey import ACTIVITY
from sluitend.journeys.cases import actions as cases
from sluitend.kernel.access.acting import Actor, acting, set_acting, system_actor
from sluitend.kernel.followup import handover
from sluitend.kernel.followup.actions import settle
from sluitend.kernel.followup.alarms import say_nobody_reads
from sluitend.kernel.followup.escalation import tell
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations import queries
from sluitend.kernel.organisations.absence import away_on
from sluitend.kernel.organisations.models import DOES_CASES, Membership
from sluitend.kernel.organisations.reading import reading


@contextmanager
def as_system(organisation_id: UUID, actor: Actor) -> Iterator[Actor]:
    """Act as the system of an organisation for a while, within what somebody does."""
    try:
        with acting(system_actor(organisation_id)) as system:
            yield system
    finally:
        set_acting(actor)


def close(account_id: UUID, actor: Actor) -> None:
    """Close an account in one act, wherever it works: no session goes on, and no work stays with it."""
    for organisation_id in queries.places_of(account_id):
        leave(account_id, organisation_id, actor)
    grants.set_active(account_id, active=False)


def leave(account_id: UUID, organisation_id: UUID, actor: Actor) -> int:
    """Give all back that somebody has in an organisation that they leave, and what was theirs to look after.

    Returns:
        How much they had by name themselves.
    """
    number = return_work(account_id, organisation_id, actor)
    with as_system(organisation_id, actor):
        away = away_on(organisation_id, timezone.localdate())
    for absent in (each for each, deputy in away.items() if deputy == account_id):
        return_work(absent, organisation_id, actor, comes_back=True)
    return number


def stop_standing_in(account_id: UUID, home: UUID, actor: Actor, *, until: date | None = None) -> None:
    """Let somebody who no longer does cases at `home` stand in for nobody else: that follows from it.

    Args:
        account_id: of whom.
        home: where they work.
        actor: who ends that.
        until: the last day that they work there; without one it ends now, and what they had goes back.
    """
    ended = grants.end_standing_in(account_id, home=home, until=until or grants.yesterday())
    for place in sorted({row.organisation_id for row in ended}) if until is None else ():
        leave(account_id, place, actor)
    for row in ended:
        record(
            actor=actor,
            action="account.role_ended",
            subject=("account", account_id),
            activity=ACTIVITY,
            purpose=row.role,
            organisation_id=row.organisation_id,
        )


def return_work(account_id: UUID, organisation_id: UUID, actor: Actor, *, comes_back: bool = False) -> int:
    """Give all that somebody has by name in an organisation back, as the system there.

    Args:
        account_id: of whom.
        organisation_id: where.
        actor: who does what this follows from.
        comes_back: they are away for some days, and stay the contact of their cases.

    Returns:
        How much that was.
    """
    with as_system(organisation_id, actor) as system:
        number = handover.give_back(account_id, system)
        number += 0 if comes_back else cases.let_go(account_id, actor=system)
        settle()
        if number:
            after_commit(tell, *sorted(handover.say_returned(account_id, system)))
            record(
                actor=system,
                action="account.work_returned",
                subject=("account", account_id),
                activity=ACTIVITY,
            )
        return number


def say_where_nobody_reads(organisation_ids: Collection[UUID], actor: Actor) -> None:
    """Tell whoever looks after these organisations that something waits there, where nobody reads it now."""
    for organisation_id in sorted(set(organisation_ids) - (reading() if organisation_ids else set())):
        with as_system(organisation_id, actor) as system:
            after_commit(tell, *sorted(say_nobody_reads(system)))


def last_day_of_cases(row: Membership, until: date) -> date | None:
    """Return the last day on which somebody still does cases where one of their roles ends, if that is known.

    Another role for cases may go on for longer, and end by its own date: no press ends what follows from it.

    Args:
        row: the role that ends.
        until: its last day.
    """
    if row.agreement_id is not None or row.role not in DOES_CASES:
        return None
    held = Membership.objects.valid().filter(account_id=row.account_id, organisation_id=row.organisation_id)
    others = held.exclude(pk=row.pk).filter(role__in=DOES_CASES, agreement=None)
    ends = [until, *others.values_list("until", flat=True)]
    known = [each for each in ends if each is not None]
    return max(known) if len(known) == len(ends) else None


def leaves_work(row: Membership) -> bool:
    """Return whether a role that ends leaves somebody without any under which they had their work."""
    held = Membership.objects.valid().filter(account_id=row.account_id, organisation_id=row.organisation_id)
    others = set(held.exclude(pk=row.pk).values_list("role", flat=True))
    return not others or (row.role in DOES_CASES and not others.intersection(DOES_CASES))
