"""What fails and what nobody reads, of the organisations that an administrator looks after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.models import Run
from sluitend.kernel.followup.alarms import guardians, nobody_reads
from sluitend.kernel.manifest import clock
from sluitend.kernel.organisations.queries import organisation_names


@dataclass(frozen=True)
class Failing:
    """A job that failed for an organisation, or left rows of it."""

    organisation: str
    words: str
    task: str
    error: str
    rows: int
    since: datetime | None
    bad: datetime | None


@dataclass(frozen=True)
class Found:
    """All that an administrator must look at."""

    failing: Sequence[Failing]
    unread: Sequence[str]
    """Organisations where something waits and nobody works."""


def found(actor: Actor) -> Found:
    """Return it for the organisations that this administrator looks after. A fixed number of statements."""
    own = [each for each, guardian in guardians().items() if guardian == actor.own_organisation]
    runs = Run.objects.filter(organisation_id__in=own).select_related("organisation")
    return Found(
        [_failing(run) for run in runs.order_by("organisation__name", "task") if run.failing],
        sorted(organisation_names(nobody_reads(actor)).values()),
    )


def _failing(run: Run) -> Failing:
    job = clock().get(run.task)
    return Failing(
        run.organisation.name,
        str(job.words) if job else run.task,
        run.task,
        run.error,
        run.rows_bad,
        run.good,
        run.bad,
    )
