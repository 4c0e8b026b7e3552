"""How the whole installation stands, for whoever watches over it: numbers and moments, never whose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import connection

from sluitend.kernel.access.models import Run

COLUMNS = "waiting, oldest, failed, workers, heartbeat, overdue, backup_database, backup_keys"


@dataclass(frozen=True)
class Standing:
    """Of the queue, the workers, the next steps and the backups.

    Attributes:
        waiting: jobs that could run now.
        oldest: when the first of those was put there.
        failed: jobs that were given up.
        workers: alive in the last minute.
        heartbeat: of any worker, the last.
        overdue: open next steps past their date.
        backups: by kind, when one was made last.
    """

    waiting: int
    oldest: datetime | None
    failed: int
    workers: int
    heartbeat: datetime | None
    overdue: int
    backups: Mapping[str, datetime]


def standing() -> Standing:
    """Ask the database. Only the roles of the desk and the worker may."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM installation_standing()")  # noqa: S608  (a constant)
        row = dict(zip(COLUMNS.split(", "), cursor.fetchone() or (), strict=True))
    backups = {"database": row["backup_database"], "keys": row["backup_keys"]}
    return Standing(
        waiting=row["waiting"],
        oldest=row["oldest"],
        failed=row["failed"],
        workers=row["workers"],
        heartbeat=row["heartbeat"],
        overdue=row["overdue"],
        backups={kind: at for kind, at in backups.items() if at is not None},
    )


def last_checkpoint(folder: Path) -> datetime | None:
    """Return when a checkpoint of the ledger was written last."""
    moments = [file.stat().st_mtime for file in folder.glob("*.jsonl")] if folder.is_dir() else []
    return datetime.fromtimestamp(max(moments), UTC) if moments else None


@dataclass(frozen=True)
class Ended:
    """How a periodic job ended last, over all organisations.

    Attributes:
        oldest: when it was done last for whom that is longest ago; None when for somebody it never was.
        begun: since when it is tried.
        failing: organisations for which its last result was bad.
        rows: how many rows were left as they were.
        errors: the kinds of those failures.
    """

    oldest: datetime | None
    begun: datetime
    failing: tuple[str, ...]
    rows: int
    errors: tuple[str, ...]

    def late(self, longest: timedelta, now: datetime) -> bool:
        """Return whether it was done too long ago for somebody, other than those for whom it failed."""
        return now - (self.oldest or self.begun) > longest


def ended() -> dict[str, Ended]:
    """Return how each periodic job ended last. One statement."""
    found: dict[str, list[Run]] = {}
    for run in Run.objects.select_related("organisation").order_by("organisation__name"):
        found.setdefault(run.task, []).append(run)
    return {task: _ended(runs) for task, runs in found.items()}


def _ended(runs: list[Run]) -> Ended:
    bad = [run for run in runs if run.failing]
    good = [run.good for run in runs if not run.failing]
    done = [each for each in good if each is not None]
    return Ended(
        oldest=min(done) if done and len(done) == len(good) else None,
        begun=min(run.begun for run in runs),
        failing=tuple(run.organisation.name for run in bad),
        rows=sum(run.rows_bad for run in bad),
        errors=tuple(sorted({run.error for run in bad})),
    )
