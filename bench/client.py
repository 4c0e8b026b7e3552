"""A small HTTP client, and the two ways of offering load: as fast as answers come, and by the clock."""

import http.client
import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.results import Timings

TIMEOUT = 30
PIECE = 65_536
LANES = 96
"""Most requests under way at once with the open loop."""

HEADERS = {"Host": "localhost", "X-Forwarded-Proto": "https", "Accept-Language": "nl"}
OF_A_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Answer:
    """Status, size of everything that came over the wire, and the body."""

    status: int
    wire: int
    body: bytes
    headers: Mapping[str, str]


class Client:
    """One visitor with one connection that is kept open."""

    def __init__(self, port: int, *, cookie: str = "", address: str = "") -> None:
        source = (address, 0) if address else None
        self._connection = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=TIMEOUT, source_address=source
        )
        self._headers = {**HEADERS, **({"Cookie": cookie} if cookie else {})}

    def get(self, path: str, **headers: str) -> Answer:
        """Fetch a page."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form."""
        body = urlencode(fields).encode()
        return self._ask("POST", path, body, OF_A_FORM)

    def _ask(self, method: str, path: str, body: bytes | None, more: Mapping[str, str]) -> Answer:
        try:
            self._connection.request(method, path, body, {**self._headers, **more})
            response = self._connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        head = sum(len(name) + len(value) + 4 for name, value in response.getheaders()) + 19
        names = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, head + len(content), content, names)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def sent_once(port: int, request: bytes, *, address: str) -> bytes:
    """Send one request over a connection of its own and return everything that came back, headers and all.

    Ten times as cheap as `Client`: who sends reports has a device of its own, and here its work would stand
    on the cores that are measured.

    Args:
        port: of the web server.
        request: as it goes over the wire; it asks the server to hang up.
        address: from which it comes.
    """
    with socket.create_connection(("127.0.0.1", port), TIMEOUT, source_address=(address, 0)) as line:
        line.sendall(request)
        return b"".join(iter(lambda: line.recv(PIECE), b""))


def _good(request: Callable[[], bool]) -> bool:
    try:
        return request()
    except (OSError, http.client.HTTPException):
        return False


def closed_loop(visitors: list[Callable[[], bool]], seconds: float, *, pause: float = 0.0) -> Timings:
    """Let each visitor ask again as soon as the answer is there (or after a pause), for so many seconds."""
    latencies: list[float] = []
    errors = itertools.count()
    start = time.monotonic()
    end = start + seconds

    def visit(request: Callable[[], bool]) -> None:
        while (begun := time.monotonic()) < end:
            if _good(request):
                latencies.append((time.monotonic() - begun) * 1000)
            else:
                next(errors)
            if pause:
                time.sleep(pause)

    _together([lambda each=each: visit(each) for each in visitors])  # type: ignore[misc]
    return Timings(latencies, next(errors), time.monotonic() - start)


def open_loop(request: Callable[[], bool], rate: float, seconds: float) -> Timings:
    """Offer so many requests a second whether or not answers come; a late start counts as waiting."""
    latencies: list[float] = []
    errors = itertools.count()
    turns: Iterator[int] = iter(range(int(rate * seconds)))
    turn_lock = threading.Lock()
    start = time.monotonic() + 0.2

    def lane() -> None:
        while True:
            with turn_lock:
                turn = next(turns, None)
            if turn is None:
                return
            due = start + turn / rate
            time.sleep(max(due - time.monotonic(), 0))
            if _good(request):
                latencies.append((time.monotonic() - due) * 1000)
            else:
                next(errors)

    _together([lane] * LANES)
    return Timings(latencies, next(errors), time.monotonic() - start)


def _together(jobs: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=job, daemon=True) for job in jobs]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
