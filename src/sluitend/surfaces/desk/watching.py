"""How the whole installation stands, for whoever watches over it: numbers and moments, never whose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.access.models import Run

MINUTES, HOURS, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(hours=26)


@dataclass(frozen=True)
class Clockwork:
    """A periodic job: what it does in words, and how long ago it may have been done for everybody."""

    words: Promise
    longest: timedelta


CLOCK: Mapping[str, Clockwork] = {
    "reports.sweep_all": Clockwork(
        _("Nieuwe meldingen opnemen"),
        max(10 * MINUTES, 4 * timedelta(seconds=settings.SLUITEND_SWEEP_SECONDS)),
    ),
    "reports.sweep_unreadable": Clockwork(_("Onleesbare meldingen opnieuw proberen"), 3 * HOURS),
    "reports.end_day": Clockwork(_("De vorige dag van meldingen afsluiten"), 3 * HOURS),
    "reports.tell": Clockwork(_("Mail over nieuwe meldingen versturen"), 3 * HOURS),
    "cases.hear": Clockwork(_("Casussen vertellen wat een melder aankruiste"), 10 * MINUTES),
    "followup.escalate": Clockwork(_("Laten klimmen wat te lang wacht"), 30 * MINUTES),
    "followup.alarms": Clockwork(_("Beheerders vertellen wat mislukt"), 30 * MINUTES),
    "visits.each_morning": Clockwork(_("Wachtverzoeken en geplande contacten bijwerken"), DAY),
    "exchanges.pass_on": Clockwork(_("Gevaar doorgeven na een overdracht"), 10 * MINUTES),
    "exchanges.expire": Clockwork(_("Overdrachten en verzoeken laten verlopen"), DAY),
    "referrals.expire": Clockwork(_("Toegang tot doorzettingen laten verlopen"), DAY),
    "ledger.link": Clockwork(_("Het logboek schakelen"), 10 * MINUTES),
    "ledger.checkpoint": Clockwork(_("Controlepunten van het logboek zetten"), 3 * HOURS),
    "ledger.heads": Clockwork(_("De stand van het logboek naar een tweede partij sturen"), 30 * MINUTES),
    "ledger.diary": Clockwork(_("Het dagboek van het logboek opruimen"), 3 * HOURS),
    "organisations.cover": Clockwork(_("Bijhouden wie waar waarneemt"), 2 * HOURS),
    "access.release": Clockwork(_("Beëindigen wat een sessie te lang vasthoudt"), 10 * MINUTES),
    "access.forget": Clockwork(_("Oude pogingen om binnen te komen vergeten"), 3 * HOURS),
    "sealing.destructions": Clockwork(_("Het register van vernietiging bijwerken"), 3 * HOURS),
}
"""All that runs by the clock, with room for a restart. A test holds this list against the queue's own."""
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
