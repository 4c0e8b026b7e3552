"""What the worker gave up: kept until somebody deals with it, and after a day without a clock.

What runs by the clock is tried again by the clock, and what the public asked for is found by the sweep: of
those a failure of a day ago tells nothing that is still so, and when somebody came in would stand there.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

OF_THE_PUBLIC = (
    "sluitend.journeys.reports.jobs.sweep_now",
    "referrals.tell_sender",
    "referrals.log_pickup",
)
"""What `queue_add` lets the public ask for."""
FORGET = (
    """
DELETE FROM procrastinate_jobs j WHERE j.status = 'failed'
  AND (j.task_name = ANY (%(public)s)
    OR EXISTS (SELECT FROM procrastinate_periodic_defers d WHERE d.task_name = j.task_name))
  AND NOT EXISTS (SELECT FROM procrastinate_events e
    WHERE e.job_id = j.id AND e.at > now() - make_interval(hours => %(hours)s))
""",
    """
DELETE FROM procrastinate_events e USING procrastinate_jobs j
  WHERE j.id = e.job_id AND j.status = 'failed' AND NOT EXISTS (SELECT FROM procrastinate_events n
    WHERE n.job_id = j.id AND n.at > now() - make_interval(hours => %(hours)s))
""",
    """
UPDATE procrastinate_jobs j SET scheduled_at = NULL WHERE j.status = 'failed' AND j.scheduled_at IS NOT NULL
  AND NOT EXISTS (SELECT FROM procrastinate_events e WHERE e.job_id = j.id)
""",
)
"""Forgets what is over of what was given up so many hours ago, and when the rest was."""


def after(hours: int) -> dict[str, Any]:
    """Return what these ask for."""
    return {"hours": hours, "public": list(OF_THE_PUBLIC)}


def given_up() -> dict[int, str]:
    """Return the jobs that were given up, each with the name of its task."""
    rows = ProcrastinateJob.objects.filter(status="failed").order_by("id")
    return dict(rows.values_list("id", "task_name"))


def again(ids: Iterable[int]) -> None:
    """Put these back in the queue, to be done now."""
    with connection.cursor() as cursor:
        for each in ids:
            cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [each])


def drop(ids: Iterable[int]) -> None:
    """Forget these: somebody saw that they need not be done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE status = 'failed' AND id = ANY (%s)", [list(ids)]
        )
