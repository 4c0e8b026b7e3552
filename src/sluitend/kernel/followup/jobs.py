"""Background work, behind one function.

Arguments are ids only; every job is idempotent and acts for one organisation.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from sluitend.kernel.access.rounds import for_each_organisation

PATIENT = RetryStrategy(max_attempts=17, wait=15, exponential_wait=2)
"""For what must be done and cannot be done now: again after seconds, minutes, hours, for a day and a half."""


def every(seconds: int) -> str:
    """Return the cron line for a task that runs each so many seconds (or minutes, from a minute up)."""
    if seconds < 60:
        return f"* * * * * */{seconds}"
    return f"*/{max(seconds // 60, 1)} * * * *"


SWEEP = every(settings.SLUITEND_SWEEP_SECONDS)


def after_commit(job: Callable[..., Any], *ids: UUID) -> None:
    """Queue `job` with these ids in the present transaction: it runs if and only if that commits.

    No role of the web writes in the queue: one function of the database makes the row. Of what the public
    asks a few wait at most.
    """
    if not ids:
        return
    task: Task[..., Any, Any] = job  # type: ignore[assignment]
    with connection.cursor() as cursor:
        cursor.execute("SELECT queue_add(%s, %s, %s::uuid[])", [task.name, task.queue, list(ids)])


__all__ = ["PATIENT", "SWEEP", "after_commit", "app", "every", "for_each_organisation"]
