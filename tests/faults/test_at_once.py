"""Many at once, and whoever sends slowly, far too much or without end: nobody else is held up."""

import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.faults import web
from tests.faults.town import Town, wait_for
from tests.faults.whole import halves, reports

PEOPLE = 50
SLOW, HALF_A_HEAD = 100, 40
MB = 2**20
LARGE = 100 * MB
ROOM = 40 * MB
"""What a process may take more than before: the pieces of a file, and what Python keeps for itself."""
FORM = "application/x-www-form-urlencoded"
FILE = b'--grens\r\nContent-Disposition: form-data; name="uploads"; filename="foto.jpg"\r\n\r\n'
END = b"\r\n--grens--\r\n"
PLANTED = b"zeldzaamwoord"


def test_fifty_reports_in_the_same_instant_from_one_network_are_all_filed(westland: Town) -> None:
    with westland.admin() as admin:
        before = reports(admin)
    start = threading.Barrier(PEOPLE)

    def send(_number: int) -> str:
        start.wait()
        return web.report(westland.port, uuid4(), sender="192.0.2.7")

    with ThreadPoolExecutor(PEOPLE) as pool:
        receipts = list(pool.map(send, range(PEOPLE)))
    assert len(set(receipts) - {""}) == PEOPLE
    with westland.admin() as admin:
        assert reports(admin) - before == PEOPLE
        assert halves(admin) == []
    assert all(web.opens(westland.port, receipt, sender="192.0.2.7") for receipt in receipts)


@contextmanager
def talking(westland: Town, start: bytes) -> Iterator[socket.socket]:
    """Begin to send something."""
    with socket.create_connection(("127.0.0.1", westland.port), timeout=60) as wire:
        wire.sendall(start)
        yield wire


def head(length: int, kind: str = FORM, sender: str = "127.0.0.1") -> bytes:
    """Return the beginning of a form that says how long its body is."""
    return (
        f"POST /melden/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {sender}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


def whole_report(sender: str) -> bytes:
    """Return a request that files a report."""
    body = urlencode({**web.ANSWERS, "sending": str(uuid4())}).encode()
    return head(len(body), sender=sender) + body


def rest_of(wire: socket.socket) -> bytes:
    """Return all that still comes; nothing more after a reset."""
    found = bytearray()
    with contextlib.suppress(ConnectionResetError):
        while piece := wire.recv(65536):
            found += piece
    return bytes(found)


def taken(westland: Town) -> dict[int, int]:
    """Return the most memory that each web process ever had."""
    found = {}
    for process in westland.web_processes():
        status = Path(f"/proc/{process}/status").read_text()
        most = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert most
        found[process] = int(most[1]) * 1024
    return found


def grown(before: dict[int, int], westland: Town) -> int:
    """Return by how much the web process grew that grew most; each is still there."""
    after = taken(westland)
    assert set(after) == set(before)
    return max(after[each] - before[each] for each in before)


def test_a_hundred_who_send_slowly_hold_up_nobody_and_are_served_as_well(westland: Town) -> None:
    """Nor does it hold up anybody that none of them hangs up when it has its answer."""
    with westland.admin() as admin:
        before = reports(admin)
    slow = [whole_report(f"10.{number}.0.1") for number in range(SLOW)]
    cuts = [60 if number < HALF_A_HEAD else len(each) - 40 for number, each in enumerate(slow)]
    with ExitStack() as all_of_them:
        wires = [
            all_of_them.enter_context(talking(westland, each[:cut]))
            for each, cut in zip(slow, cuts, strict=True)
        ]
        for number in range(5):
            assert web.status_of(westland.port, "/inloggen/") == 200
            assert web.report(westland.port, uuid4(), sender=f"192.0.2.{number}")
        for wire, each, cut in zip(wires, slow, cuts, strict=True):
            wire.sendall(each[cut:])
        answers = [rest_of(wire).decode() for wire in wires]
    assert len({web.RECEIPT.findall(each)[0] for each in answers}) == SLOW
    with westland.admin() as admin:
        assert reports(admin) - before == SLOW + 5
        assert halves(admin) == []


@pytest.mark.parametrize(
    ("kind", "length"), [(FORM, LARGE), ("multipart/form-data; boundary=grens", 3 * LARGE)]
)
def test_far_too_much_is_refused_before_it_is_sent(westland: Town, kind: str, length: int) -> None:
    """The calm page comes while the sender has sent no more than the beginning."""
    before = taken(westland)
    with talking(westland, head(length, kind) + b"saw=" + PLANTED * 1000) as wire:
        answer = rest_of(wire)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert "Wij konden dit niet lezen" in answer.decode()
    assert PLANTED not in answer
    assert grown(before, westland) < ROOM


def test_a_file_of_a_hundred_megabytes_is_refused_in_words_and_takes_no_memory(westland: Town) -> None:
    before = taken(westland)
    fields = {**web.ANSWERS, "sending": str(uuid4())}
    start = "".join(
        f'--grens\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ).encode()
    length = len(start) + len(FILE) + LARGE + len(END)
    piece = bytes(MB)
    with talking(westland, head(length, "multipart/form-data; boundary=grens") + start + FILE) as wire:
        for _each in range(LARGE // MB):
            wire.sendall(piece)
        wire.sendall(END)
        answer = rest_of(wire).decode()
    assert "25 MB" in answer
    assert web.RECEIPT.search(answer) is None
    assert grown(before, westland) < ROOM


@pytest.mark.parametrize(
    "start",
    [
        b"GET /" + PLANTED * 10_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: a=" + PLANTED * 10_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-Woord: zeldzaamwoord\r\n" * 1000 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n" + PLANTED,
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
        + PLANTED,
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX Woord : zeldzaamwoord\r\n\r\n",
        b"\x16\x03\x01" + PLANTED * 100 + b"\r\n\r\n",
    ],
    ids=[
        "address",
        "one header",
        "many headers",
        "two lengths",
        "length and pieces",
        "bent header",
        "no words",
    ],
)
def test_a_head_that_is_huge_or_bent_is_refused_and_not_repeated(westland: Town, start: bytes) -> None:
    before = taken(westland)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError), talking(westland, start) as wire:
        answer = rest_of(wire)
        assert not answer or re.match(rb"HTTP/1\.[01] 4\d\d ", answer)
        assert PLANTED not in answer
    assert grown(before, westland) < ROOM
    assert web.status_of(westland.port, "/healthz") == 200
    assert PLANTED not in (westland.data / "serve.log").read_bytes()


def test_headers_without_end_are_ended(westland: Town) -> None:
    before, sent = taken(westland), 0
    line = b"X-Woord: " + PLANTED * 100 + b"\r\n"
    with talking(westland, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n") as wire:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            while sent < LARGE:
                wire.sendall(line)
                sent += len(line)
        answer = rest_of(wire)
    assert sent < LARGE
    assert PLANTED not in answer
    assert grown(before, westland) < ROOM
    assert web.status_of(westland.port, "/healthz") == 200


def test_a_desk_that_holds_all_its_connections_holds_up_nobody_who_reports(westland: Town) -> None:
    """Pages for everybody have a pool of their own, where one process serves both.

    Which of the two processes takes a connection is not ours to say: one may take many before the other
    looks. So whoever is refused asks again, until each process has all its connections in use.
    """
    pressing, over = 40, threading.Event()
    cookie = {"Cookie": f"sluitend={'a' * 32}"}
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'sl_app' AND wait_event_type = 'Lock'"

    def presses() -> set[int]:
        seen = set()
        while not over.is_set():
            seen.add(web.ask(westland.port, "GET", "/werk/", b"", cookie).status)
        return seen

    with westland.admin() as admin, westland.admin() as looking, ThreadPoolExecutor(pressing) as desk:

        def full() -> bool:
            return bool(looking.execute(waiting).fetchone() == (8,))

        admin.autocommit = False
        admin.execute("LOCK TABLE django_session IN ACCESS EXCLUSIVE MODE")
        try:
            asked = [desk.submit(presses) for _ in range(pressing)]
            wait_for(full, "the pools of the desk are full")
            shown = web.ask(westland.port, "GET", "/melden/")
            assert (shown.status, "server" in shown.headers) == (200, False)
            assert web.report(westland.port, uuid4())
            wait_for(full, "the pools of the desk are full still")
        finally:
            over.set()
            admin.rollback()
        assert set().union(*(each.result() for each in asked)) <= {302, 503}


@pytest.mark.parametrize("prefix", ["/static", "/melden", "/account"])
def test_nobody_says_under_which_address_we_hang(westland: Town, prefix: str) -> None:
    """A page of the desk is not asked for as one of `/static/`, which needs no second factor."""
    heads = (
        f"GET {prefix}/werk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nSCRIPT_NAME: {prefix}\r\n\r\n",
        f"GET /werk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nSCRIPT_NAME: {prefix}\r\n\r\n",
        "GET /werk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nPATH_INFO: /melden/\r\n\r\n",
    )
    answers = []
    for each in heads:
        with talking(westland, each.encode()) as wire:
            answers.append(rest_of(wire))
    assert answers[0].startswith(b"HTTP/1.1 404 ")
    assert all(b"Location: /inloggen/?next=/werk/" in each for each in answers[1:])
