"""What runs by the clock: one organisation after the other, each behind a fence, and each row behind its own.

One that fails stops nobody. How it ended is kept for each organisation; `doctor` and the measures judge that,
never whether the job was put in the queue.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.utils import timezone

from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.access.models import Run
from sluitend.kernel.organisations.models import Organisation

LONGEST_REST = 5.0
"""Seconds."""
LONGEST_WAIT = "2s"
"""For a row that somebody holds: it is left for the next round, and the others must not wait for it."""
log = structlog.get_logger("sluitend.rounds")
EVERY = (Exception,)


@dataclass(frozen=True)
class _Left:
    """The kinds of failure of rows that were left, and which failures leave a row at all."""

    of: tuple[type[Exception], ...] = EVERY
    kinds: list[str] = field(default_factory=list)


# None outside a round, where a failure is the caller's.
_left: ContextVar[_Left | None] = ContextVar("rows_left", default=None)


class SomeFailed(Exception):
    """The others were done and these were not. The job counts as failed; the next round tries them again."""


def for_each_organisation[R](
    task: str, work: Callable[[Actor], R], *, kinds: Iterable[str] = (), only: Iterable[UUID] | None = None
) -> list[R]:
    """Do the same for each organisation, each in its own transaction, and keep how each ended.

    After each it rests as long as that took: in the database too, what runs by the clock gives way to people.

    Args:
        task: name of the job.
        work: what to do, as the system for one organisation.
        kinds: of organisations; every kind when left out.
        only: these, when something asks for them now.

    Returns:
        What came of it, of all that were done.

    Raises:
        SomeFailed: at the end, when one or more were not done.
    """
    return list(each_done(task, work, kinds=kinds, only=only))


def each_done[R](
    task: str, work: Callable[[Actor], R], *, kinds: Iterable[str] = (), only: Iterable[UUID] | None = None
) -> Iterator[R]:
    """Do so, and give what came of each as soon as its transaction has ended; see `for_each_organisation`."""
    rows = Organisation.objects.order_by("id")
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    ids = list(rows.values_list("id", flat=True))
    _begin(task, ids)
    good: list[UUID] = []
    failed = 0
    try:
        for organisation_id in ids:
            begun = time.monotonic()
            done, error, left = _behind_fence(task, organisation_id, work)
            failed += not done
            if error:
                Run.objects.filter(task=task, organisation_id=organisation_id).update(
                    bad=timezone.now(), error=error, rows_bad=left
                )
            else:
                good.append(organisation_id)
            yield from done
            time.sleep(min(time.monotonic() - begun, LONGEST_REST))
    finally:  # together: most are good, and each would be a commit of its own
        Run.objects.filter(task=task, organisation_id__in=good).update(
            good=timezone.now(), error="", rows_bad=0
        )
    if failed:
        raise SomeFailed(task, failed)


def _behind_fence[R](
    task: str, organisation_id: UUID, work: Callable[[Actor], R]
) -> tuple[list[R], str, int]:
    """Return what came of it (nothing when it failed), the kind of a failure, and how many rows were left."""
    left = _Left()
    found: list[R] = []
    error = ""
    outer = _left.set(left)
    try:
        with acting(system_actor(organisation_id)) as actor:
            made = work(actor)
        found.append(made)
    except Exception as caught:
        error = _kind(caught)
        log.warning("round_failed", task=task, kind=error, exc_info=caught)
        connection.close_if_unusable_or_obsolete()
    finally:
        _left.reset(outer)
    return found, error or next(iter(left.kinds), ""), len(left.kinds)


def _begin(task: str, ids: Sequence[UUID]) -> None:
    # One that a round never reaches is seen by its row without a result.
    now = timezone.now()
    Run.objects.bulk_create(
        [Run(task=task, organisation_id=each, begun=now) for each in ids], ignore_conflicts=True
    )


@contextmanager
def apart(*failures: type[Exception]) -> Iterator[list[str]]:
    """Leave a row that fails in one of these ways as a round does, on a page too, and do the others.

    Any other failure stays the caller's: a page that stood in a ring with another is made again. In a round
    nothing is otherwise.

    Yields:
        The kinds of failure of what was left; none in a round, which counts them itself.
    """
    if _left.get() is not None:
        yield []
        return
    left = _Left(failures)
    outer = _left.set(left)
    try:
        yield left.kinds
    finally:
        _left.reset(outer)


@contextmanager
def fenced(*, writes: bool = True) -> Iterator[None]:
    """Do one row of a round: when that fails, it is as it was, counted, and the next one is done.

    Outside a round, as on a page, a failure is the caller's.

    Args:
        writes: whether anything is asked of the database, which then has something to take back.
    """
    left = _left.get()
    if left is None:
        yield
        return
    try:
        with transaction.atomic() if writes else nullcontext():
            yield
    except left.of as caught:
        count_left(_kind(caught))


def in_fences[T](rows: Sequence[T], work: Callable[[Sequence[T]], object]) -> list[T]:
    """Do rows of a round together; when that fails in halves, until what fails stands alone.

    Returns:
        Those that could not be done.
    """
    if not rows:
        return []
    round_of = _left.get()
    if round_of is None:
        work(rows)
        return []
    if round_of.of != EVERY:
        return _in_halves(rows, work, round_of.of)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('lock_timeout'), set_config('lock_timeout', %s, true)", [LONGEST_WAIT]
        )
        before = cursor.fetchone()[0]
        left = _in_halves(rows, work, EVERY)
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [before])
    return left


def _in_halves[T](
    rows: Sequence[T], work: Callable[[Sequence[T]], object], failures: tuple[type[Exception], ...]
) -> list[T]:
    try:
        with transaction.atomic():
            work(rows)
    except failures as caught:
        if len(rows) == 1:
            count_left(_kind(caught))
            return list(rows)
        half = len(rows) // 2
        return _in_halves(rows[:half], work, failures) + _in_halves(rows[half:], work, failures)
    return []


def count_left(kind: str, number: int = 1) -> None:
    """Count rows that this round leaves as they are."""
    left = _left.get()
    if left is not None and number:
        left.kinds.extend([kind] * number)
        log.warning("rows_left", kind=kind, number=number)


def _kind(error: Exception) -> str:
    return type(error).__name__[:60]
