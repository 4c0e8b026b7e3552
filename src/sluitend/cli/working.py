"""Working on the queue whatever happens around it: a database that was away, a mail server that hangs.

Mail has places of its own, so that a server which takes minutes to say nothing holds up no sweep. When the
database goes away the work stops and begins again by itself. What a killed worker had in hands is taken up
by the next: every job may be done twice.
"""

import asyncio
import gc
import signal
from collections.abc import Coroutine
from typing import Any

import structlog
from procrastinate import exceptions
from procrastinate.contrib.django import app

from sluitend.kernel.access import given_up

log = structlog.get_logger("sluitend.worker")
MAIL = "mail"
PLACES = 2
AGAIN_SECONDS = 2.0
STOP_SECONDS = 10
SILENT_SECONDS = 60.0
"""After so long without a sign of life a worker is dead, and what it had in hands is anybody's."""
LOOK_SECONDS = 1.0
"""How often the queue is looked at. It calls nobody: every role of the database may call and listen, so that
a word in a wrong form would stop the work, and each call would be a clock of what comes in."""
KEPT_HOURS = 24
"""After so long it is forgotten when something was given up, or that it was where the clock tries again."""
AWAY = (exceptions.ConnectorException, OSError)


def work() -> None:
    """Work until a signal comes."""
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    _set_apart()
    asyncio.run(_until_stopped())


def _set_apart() -> None:
    # Python looks through everything only when a quarter was added to what stays. Of all that was loaded a
    # quarter is much: without it, what nobody can reach any more is found soon.
    gc.collect()
    gc.freeze()


async def _until_stopped() -> None:
    working = asyncio.ensure_future(_again_and_again())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, working.cancel)
    try:
        await working
    except asyncio.CancelledError:
        return


async def _again_and_again() -> None:
    while True:
        try:
            await _together()
        except* AWAY as group:
            log.warning("queue_unreachable", kind=type(group.exceptions[0]).__name__)
        await asyncio.sleep(AGAIN_SECONDS)


async def _together() -> None:
    """Work with one connector; return or raise when any part of it ends."""
    others = sorted({task.queue for task in app.tasks.values()} - {MAIL})
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        async with app.open_async(), asyncio.TaskGroup() as group:
            group.create_task(_take_up_again())
            group.create_task(_ends_all(_take(others)))
            group.create_task(_ends_all(_take([MAIL])))


async def _take(queues: list[str]) -> None:
    await app.run_worker_async(
        queues=queues,
        concurrency=PLACES,
        fetch_job_polling_interval=LOOK_SECONDS,
        listen_notify=False,
        # What was done, and when, is a clock: a job and its events go when it is.
        delete_jobs="successful",
        shutdown_graceful_timeout=STOP_SECONDS,
        install_signal_handlers=False,
    )


async def _ends_all(part: Coroutine[Any, Any, None]) -> None:
    """Run a part that never ends; the library lets it end quietly when its connection is lost."""
    await part
    raise ConnectionAbortedError


async def _take_up_again() -> None:
    while True:
        await app.job_manager.delete_old_jobs(KEPT_HOURS, include_cancelled=True)
        for query in given_up.FORGET:
            await app.connector.execute_query_async(query, **given_up.after(KEPT_HOURS))
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
            await app.job_manager.retry_job(job)
            log.warning("job_taken_up_again")
        await asyncio.sleep(SILENT_SECONDS)
