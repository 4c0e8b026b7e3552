"""Background work, behind one function.

Arguments are ids only; every job is idempotent and acts for one organisation.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.organisations.models import Organisation

PATIENT = RetryStrategy(max_attempts=17, wait=15, exponential_wait=2)
"""For what must be done and cannot be done now: again after seconds, minutes, hours, for a day and a half."""
LONGEST_REST = 5.0
"""Seconds."""


def every(seconds: int) -> str:
    """Return the cron line for a task that runs each so many seconds (or minutes, from a minute up)."""
    if seconds < 60:
        return f"* * * * * */{seconds}"
    return f"*/{max(seconds // 60, 1)} * * * *"


SWEEP = every(settings.SLUITEND_SWEEP_SECONDS)


def after_commit(job: Callable[..., Any], *ids: UUID) -> None:
    """Queue `job` with these ids in the present transaction: it runs if and only if that commits."""
    job.defer(ids=[str(identity) for identity in ids])  # type: ignore[attr-defined]


def each_organisation(*, kinds: tuple[str, ...]) -> Iterator[Actor]:
    """Yield the system, acting for each organisation of these kinds, each in its own transaction.

    After each it rests as long as that took: in the database too, what runs by the clock gives way to people.
    """
    for organisation_id in list(Organisation.objects.filter(kind__in=kinds).values_list("id", flat=True)):
        begun = time.monotonic()
        with acting(system_actor(organisation_id)) as actor:
            yield actor
        time.sleep(min(time.monotonic() - begun, LONGEST_REST))


__all__ = ["PATIENT", "SWEEP", "after_commit", "app", "each_organisation", "every"]
