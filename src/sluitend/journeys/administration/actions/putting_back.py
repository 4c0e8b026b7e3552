"""Roles that ended since the backup end again in a database that was put back."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

import structlog
from django.db import transaction

from sluitend.journeys.administration.actions import closing, grants
from sluitend.journeys.administration.journey import ACTIVITY
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.genuine import ended_as
from sluitend.kernel.organisations.models import Membership, PoolMember
from sluitend.kernel.sealing.endings import Again

log = structlog.get_logger("sluitend.restoring")


def end_again(ended: Mapping[UUID, date]) -> Again:
    """End again, after a restore, each role and each part in an agreement that ended since the backup.

    Work that somebody has by name goes back to the queue, as when the role ended. A role that does not end is
    named by where it is. As the owner of the tables, before anybody signs in.
    """
    done, left = 0, list[str]()
    for part in PoolMember.objects.order_by("id"):
        if ended_as(part.pk) in ended:
            part.delete()
            done += 1
    for row, last in _to_end(ended):
        try:
            with transaction.atomic():
                _end(row, last)
        except Exception as error:
            # One role must not keep all others from ending.
            log.warning("role_not_ended_again", exc_info=error)
            left.append(f"{row.organisation.name} ({row.get_role_display()})")
        else:
            done += 1
    return Again(done, tuple(left))


def _to_end(ended: Mapping[UUID, date]) -> list[tuple[Membership, date]]:
    """Return each role that still runs here and ended since, with its last day."""
    ago = [timedelta(days=each + 1) for each in range(grants.NOTED_FOR.days)]
    last_days = sorted({noted - each for noted in ended.values() for each in ago})
    rows = Membership.objects.unended().select_related("organisation").order_by("id")
    found = ((row, [day for day in last_days if ended_as(row.pk, day) in ended]) for row in rows.iterator())
    return [(row, days[-1]) for row, days in found if days]


def _end(row: Membership, last: date) -> None:
    with acting(system_actor(row.organisation_id)) as system:
        if closing.leaves_work(row):
            closing.leave(row.account_id, row.organisation_id, system)
        record(
            actor=system,
            action="account.role_ended",
            subject=("account", row.account_id),
            activity=ACTIVITY,
            purpose=row.role,
        )
    grants.end_membership(row.pk, until=last)
