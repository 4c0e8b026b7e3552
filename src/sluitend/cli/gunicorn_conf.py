"""Configuration of gunicorn: threads, so that slow uploads hold nobody up, and no log of who asked what."""

import gc
import os
from pathlib import Path
from typing import Any


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


bind = os.environ.get("SLUITEND_BIND", "127.0.0.1:8000")
# One more than there are cores: while one waits for the database, another computes.
workers = int(os.environ.get("SLUITEND_WORKERS", cores() + 1))
# Each counts what its own visitors send, and allows its share of what is allowed.
raw_env = [f"SLUITEND_WORKERS={workers}"]
worker_class = "sluitend.cli.web_worker.Worker"
threads = 64
# No more than it has threads: what a full process would take stays with whoever has room.
worker_connections = threads
timeout = 60
# What somebody is still sending when we stop may be a large photo over a slow line.
graceful_timeout = 30
# A connection that is kept stays with the process that took it, and one core may get all the work while
# another has none. Given up after each answer, the next request goes to whoever is free; a proxy in front of
# this keeps the connections of browsers.
keepalive = 0
# An address with a time beside it can give an anonymous reporter away: requests are not logged at all.
accesslog = None
# Nobody says under which address we hang: gunicorn believes a proxy on this machine, that passes on what any
# visitor says, and what begins with /static/ or /melden/ is asked for less than what is behind it.
forwarder_headers = ""
errorlog = "-"
loglevel = "warning"
# What cannot be read as a request is named with its sender and its bytes: not by us.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": "sluitend.surfaces.logs.Lines",
            "readable": os.environ.get("SLUITEND_MODE") == "demo",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "gunicorn.error": {
            "handlers": ["console"],
            "level": "WARNING",
            "propagate": False,
            "qualname": "gunicorn.error",
        },
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
proc_name = "sluitend"
preload_app = False
control_socket_disable = True


# A page leaves little that refers to itself: looking for that after each two thousand things that are kept,
# as Python does, takes a tenth of all computing.
LOOKS_FOR_GARBAGE = (20_000, 20, 20)


def post_worker_init(worker: Any) -> None:
    """Read what every page needs before the first comes, and say that somebody answers now.

    What was loaded is set apart: to look through it for garbage stops every page for a tenth of a second.
    """
    from sluitend.surfaces.warming import warm_up

    warm_up()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*LOOKS_FOR_GARBAGE)
    if sign := os.environ.get("SLUITEND_READY"):
        Path(sign).touch()


def child_exit(server: Any, worker: Any) -> None:
    """Forget what a process that ended said of itself; what it counted still counts."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def worker_exit(server: Any, worker: Any) -> None:
    """Close the connections of a worker that stops; left alone, the pool's threads hold it up for seconds."""
    from django.db import connections

    from sluitend.kernel.ledger.feed import close_feed

    close_feed()

    for connection in connections.all():  # also those of which only other threads had any
        connection.close_pool()  # type: ignore[attr-defined]
