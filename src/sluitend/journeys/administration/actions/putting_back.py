"""Roles that ended and accounts that closed since the backup do so again in a database that was put back."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from uuid import UUID

import structlog
from django.db import transaction

from sluitend.journeys.administration.actions import closing, grants
from sluitend.journeys.administration.journey import ACTIVITY
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.genuine import ended_as
from sluitend.kernel.organisations.models import PLATFORM_ID, Account, Membership, PoolMember
from sluitend.kernel.sealing.destructions import SWEPT_WITHIN
from sluitend.kernel.sealing.endings import Again

log = structlog.get_logger("sluitend.restoring")


def end_again(ended: Mapping[UUID, date]) -> Again:
    """End again, after a restore, each role and part in an agreement that ended, and close what was closed.

    Work that somebody has by name goes back to the queue, as when the role ended. What does not end is named
    by where it is. As the owner of the tables, before anybody signs in.
    """
    done, left = 0, list[str]()
    for words, end in _to_do(ended):
        try:
            with transaction.atomic():
                end()
        except Exception as error:
            # One of them must not keep all others from ending.
            log.warning("role_not_ended_again", exc_info=error)
            left.append(words)
        else:
            done += 1
    return Again(done, tuple(left))


def _to_do(ended: Mapping[UUID, date]) -> Iterator[tuple[str, Callable[[], None]]]:
    """Give what ended since, in words that name nobody, and what ends it again: accounts after roles."""
    for part in PoolMember.objects.select_related("organisation").order_by("id"):
        if ended_as(part.pk) in ended:
            yield part.organisation.name, partial(_leave, part)
    for row, last in _to_end(ended):
        yield f"{row.organisation.name} ({row.get_role_display()})", partial(_end, row, last)
    days = _days(ended)
    for account in Account.objects.filter(is_active=True).select_related("home").order_by("id"):
        if any(ended_as(account.pk, day) in ended for day in days):
            yield account.home.name if account.home else "", partial(_close, account)


def _to_end(ended: Mapping[UUID, date]) -> list[tuple[Membership, date]]:
    """Return each role that still runs here and ended since, with its last day."""
    last_days = _days(ended)
    rows = Membership.objects.unended().select_related("organisation").order_by("id")
    found = ((row, [day for day in last_days if ended_as(row.pk, day) in ended]) for row in rows.iterator())
    return [(row, days[-1]) for row, days in found if days]


def _days(ended: Mapping[UUID, date]) -> list[date]:
    """Return each day that a line may name, in order, from the days on which lines were written.

    Roles are noted for days, the sweep writes what a process left, and the register keeps UTC: at night its
    day is that before ours.
    """
    before = (grants.NOTED_FOR + SWEPT_WITHIN).days
    ago = [timedelta(days=each) for each in range(-1, before + 1)]
    return sorted({written - each for written in ended.values() for each in ago})


def _end(row: Membership, last: date) -> None:
    with acting(system_actor(row.organisation_id)) as system:
        if closing.leaves_work(row):
            closing.leave(row.account_id, row.organisation_id, system)
        _note("account.role_ended", ("account", row.account_id), system, purpose=row.role)
    grants.end_membership(row.pk, until=last)


def _leave(part: PoolMember) -> None:
    with acting(system_actor(part.organisation_id)) as system:
        _note("pool.left", ("pool", part.agreement_id), system)
    part.delete()


def _close(account: Account) -> None:
    with acting(system_actor(account.home_id or PLATFORM_ID)) as system:
        _note("account.closed", ("account", account.pk), system)
    grants.set_active(account.pk, active=False)


def _note(action: str, about: tuple[str, UUID], system: Actor, *, purpose: str = "") -> None:
    record(actor=system, action=action, subject=about, activity=ACTIVITY, purpose=purpose)
