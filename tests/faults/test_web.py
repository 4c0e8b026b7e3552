"""What came of a request says itself how far it came, for who reads why a test failed."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults import web

PAGE = (
    b"<html><title>x</title><script>y</script><main><h1>Druk</h1>\n"
    b"<p>Probeer &amp; stuur\nopnieuw.</p></main></html>"
)
REFUSED = b"HTTP/1.1 503 Busy\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(PAGE), PAGE)


@contextmanager
def serving(answer: bytes) -> Iterator[int]:
    """Answer one request with these bytes, and hang up."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            wire, _where = door.accept()
            with wire:
                wire.recv(65536)
                wire.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield door.getsockname()[1]
        thread.join()


def test_what_nobody_answers_says_that_it_never_came_in() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    answer = web.ask(port, "GET", "/")
    assert (answer.status, answer.receipt) == (0, "")
    assert "connecting: ConnectionRefusedError" in str(answer)


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        (b"", 0, ": waiting: RemoteDisconnected"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", 0, ": reading a 200: IncompleteRead"),
        (REFUSED, 503, ": Druk Probeer & stuur opnieuw."),
    ],
)
def test_what_is_no_receipt_says_what_it_is(sent: bytes, status: int, said: str) -> None:
    with serving(sent) as port:
        answer = web.ask(port, "GET", "/")
    assert (answer.status, answer.receipt) == (status, "")
    assert said in str(answer)
