"""How the whole installation stands, for whoever watches over it: numbers and moments, never whose."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

COLUMNS = "waiting, oldest, failed, workers, heartbeat, periodic, overdue, backup_database, backup_keys"


@dataclass(frozen=True)
class Standing:
    """Of the queue, the workers, the next steps and the backups.

    Attributes:
        waiting: jobs that could run now.
        oldest: when the first of those was put there.
        failed: jobs that were given up.
        workers: alive in the last minute.
        heartbeat: of any worker, the last.
        periodic: by the name of a task, for which moment it was put in the queue last.
        overdue: open next steps past their date.
        backups: by kind, when one was made last.
    """

    waiting: int
    oldest: datetime | None
    failed: int
    workers: int
    heartbeat: datetime | None
    periodic: Mapping[str, datetime]
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
        periodic={name: datetime.fromtimestamp(at, UTC) for name, at in _object(row["periodic"]).items()},
        overdue=row["overdue"],
        backups={kind: at for kind, at in backups.items() if at is not None},
    )


def _object(value: object) -> dict[str, int]:
    found: dict[str, int] = json.loads(value) if isinstance(value, str) else value  # type: ignore[assignment]
    return found


def last_checkpoint(folder: Path) -> datetime | None:
    """Return when a checkpoint of the ledger was written last."""
    moments = [file.stat().st_mtime for file in folder.glob("*.jsonl")] if folder.is_dir() else []
    return datetime.fromtimestamp(max(moments), UTC) if moments else None
