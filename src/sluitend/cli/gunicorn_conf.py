"""Configuration of gunicorn: threads, so that slow uploads hold nobody up, and no log of who asked what."""

import os
from typing import Any


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


bind = os.environ.get("SLUITEND_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("SLUITEND_WORKERS", cores()))
worker_class = "gthread"
threads = 64
timeout = 60
graceful_timeout = 10
keepalive = 5
# An address with a time beside it can give an anonymous reporter away: requests are not logged at all.
accesslog = None
errorlog = "-"
loglevel = "warning"
proc_name = "sluitend"
preload_app = False
control_socket_disable = True


def worker_exit(server: Any, worker: Any) -> None:
    """Close the connections of a worker that stops; left alone, the pool's threads hold it up for seconds."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close_pool()  # type: ignore[attr-defined]
