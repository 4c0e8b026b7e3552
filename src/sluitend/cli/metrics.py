"""The Prometheus endpoint: an address of its own, that no page is served on.

A web server and a worker each have one. That of a web server adds up what its processes counted, and is
served by their parent, which has no database and no keys.
"""

import hmac
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from ipaddress import ip_address
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from sluitend.cli.errors import CommandError

if TYPE_CHECKING:
    from sluitend.kernel.access.watching import Ended

ADDRESS = "SLUITEND_METRICS"
TOKEN = "SLUITEND_METRICS_TOKEN"  # noqa: S105  (the name of a variable)
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SHORTEST_TOKEN = 20
PATIENCE = 10

type Start = Callable[[str, list[tuple[str, str]]], object]
type Application = Callable[[dict[str, Any], Start], Iterable[bytes]]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: whoever hangs up while reading is no news."""


class _Handler(WSGIRequestHandler):
    timeout = PATIENCE

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the library's own name)
        """Keep no log of who reads."""


def wanted() -> tuple[str, int] | None:
    """Return on which address measures are asked for.

    Raises:
        CommandError: it is no address, or one that others reach and that has no token.
    """
    text = os.environ.get(ADDRESS, "").strip()
    if not text:
        return None
    host, _, port = text.rpartition(":")
    try:
        local = host == "localhost" or ip_address(host.strip("[]")).is_loopback
        number = int(port)
    except ValueError as error:
        raise CommandError(f"{ADDRESS} hoort een adres met poort te zijn, zoals 127.0.0.1:9464.") from error
    if not local and len(os.environ.get(TOKEN, "")) < SHORTEST_TOKEN:
        raise CommandError(
            f"{ADDRESS} is van buiten bereikbaar. Zet in {TOKEN} minstens {SHORTEST_TOKEN} tekens."
        )
    return host.strip("[]"), number


def folder(data: Path, name: str) -> dict[str, str]:
    """Return the variables with which the processes of a web server count together, in an empty folder."""
    if wanted() is None:
        return {}
    place = data / "metrics" / name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True, mode=0o700)
    return {FOLDER: str(place)}


def next_to(variables: dict[str, str]) -> dict[str, str]:
    """Return the variables of a second process on this machine: its measures are on the next port."""
    where = wanted()
    return variables if where is None else variables | {ADDRESS: f"{where[0]}:{where[1] + 1}"}


def serve(registry: Any) -> WSGIServer | None:
    """Serve a registry in a thread, when that is asked for.

    Raises:
        CommandError: the address is taken.
    """
    where = wanted()
    if where is None:
        return None
    from prometheus_client import make_wsgi_app

    host, port = where
    application = guarded(make_wsgi_app(registry), os.environ.get(TOKEN, ""))
    try:
        server = make_server(host, port, application, server_class=_Server, handler_class=_Handler)
    except OSError as error:
        raise CommandError(f"{ADDRESS}: {host}:{port} is niet vrij ({error.strerror}).") from error
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return server


def of_web(variables: dict[str, str]) -> Any:
    """Return the registry that adds up what the processes of a web server counted."""
    from prometheus_client import CollectorRegistry
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=variables[FOLDER])  # type: ignore[no-untyped-call]
    return registry


def guarded(application: Application, token: str) -> Application:
    """Let only who brings the token read, and only at `/metrics`."""

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        brought = str(environ.get("HTTP_AUTHORIZATION", "")).encode()
        if token and not hmac.compare_digest(brought, f"Bearer {token}".encode()):
            start("401 Unauthorized", [("WWW-Authenticate", "Bearer")])
            return [b""]
        if environ.get("PATH_INFO") != "/metrics" or environ.get("REQUEST_METHOD") != "GET":
            start("404 Not Found", [])
            return [b""]
        return application(environ, start)

    return answer


def installation() -> Iterator[Any]:
    """Yield what only the database and the disk know, for the endpoint of a worker."""
    from time import time

    from django.conf import settings
    from django.db import Error, connection
    from prometheus_client.core import GaugeMetricFamily as Gauge

    from sluitend.kernel.access.watching import ended, last_checkpoint, standing

    def age(moment: Any) -> float:
        return max(time() - float(moment.timestamp()), 0.0)

    checkpoint = last_checkpoint(settings.SLUITEND_CHECKPOINTS)
    if checkpoint is not None:
        yield Gauge("sluitend_checkpoint_age_seconds", "Since the last checkpoint", value=age(checkpoint))
    try:
        now, rounds = standing(), ended()
    except Error:
        yield Gauge("sluitend_database_up", "Whether the database answers", value=0)
        return
    finally:
        connection.close()
    yield Gauge("sluitend_database_up", "Whether the database answers", value=1)
    yield from _clock(rounds, age)
    yield Gauge("sluitend_jobs_waiting", "Jobs that could run now", value=now.waiting)
    yield Gauge("sluitend_jobs_failed", "Jobs that were given up", value=now.failed)
    oldest = age(now.oldest) if now.oldest else 0.0
    yield Gauge("sluitend_jobs_oldest_seconds", "How long the first of those waits", value=oldest)
    yield Gauge("sluitend_workers", "Workers alive in the last minute", value=now.workers)
    yield Gauge("sluitend_steps_overdue", "Open next steps past their date", value=now.overdue)
    backups = Gauge("sluitend_backup_age_seconds", "Since the last backup", labels=["kind"])
    for kind, moment in now.backups.items():
        backups.add_metric([kind], age(moment))
    yield backups


def _clock(rounds: Mapping[str, "Ended"], age: Callable[[Any], float]) -> Iterator[Any]:
    """Yield how each periodic job ended last: never for whom."""
    from prometheus_client.core import GaugeMetricFamily as Gauge

    done = Gauge("sluitend_job_done_age_seconds", "Since a job was done for everybody", labels=["task"])
    failing = Gauge("sluitend_job_failing", "Organisations for which it failed last", labels=["task"])
    rows = Gauge("sluitend_job_rows_left", "Rows that it left as they were", labels=["task"])
    for task, last in rounds.items():
        done.add_metric([task], age(last.oldest or last.begun))
        failing.add_metric([task], len(last.failing))
        rows.add_metric([task], last.rows)
    yield from (done, failing, rows)


class Installation:
    """A collector that asks the database at most once in a while, however often it is read."""

    REST = 15.0

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked = 0.0
        self._found: list[Any] = []

    def describe(self) -> list[Any]:
        """Nothing: registering must not ask the database."""
        return []

    def collect(self) -> list[Any]:
        """Return the last answer, or ask anew."""
        from time import monotonic

        with self._lock:
            if not self._found or monotonic() - self._asked > self.REST:
                self._found, self._asked = list(installation()), monotonic()
            return self._found
