"""The custodian behind its socket: who is let in, how much is opened, what is logged, what without it."""

import base64
import contextlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import count, repeat
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client
from tests import samples
from tests.conftest import RegionOfTests
from tests.kernel.sealing.conftest import HOME, OTHER
from tests.kernel.sealing.listening import listening
from tests.kernel.sealing.test_custodian import SECRET, Sealed, seal_to

from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.content import IdentityContent
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.custodian import FileCustodian
from sluitend.kernel.sealing.custodian_client import SocketCustodian
from sluitend.kernel.sealing.custodian_limit import SECONDS, WORKER, Asked, Limit
from sluitend.kernel.sealing.errors import CustodianAway, NoKey, TooManyOpened


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the socket stands."""
    return tmp_path / "custodian.sock"


@pytest.fixture(autouse=True)
def _hang_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what each custodian of a test keeps open."""
    made: list[SocketCustodian] = []
    begin = SocketCustodian.__init__

    def noted(self: SocketCustodian, *args: Path, **named: str) -> None:
        made.append(self)
        begin(self, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(SocketCustodian, "__init__", noted)
    yield
    for each in made:
        each.close()


def ask(keeper: SocketCustodian, seals: list[Sealed], account: UUID | None = None) -> list[bytes]:
    actor = Actor(account_id=account, organisation_id=HOME) if account else system_actor(HOME)
    found = keeper.open_all(seals, organisation_id=HOME, actor=actor, purpose="test")
    return [each.key for each in found]


def hung_up(caller: socket.socket) -> bool:
    """Whether the other side ended it without a word. What it did not read makes of that a reset."""
    try:
        return caller.recv(1) == b""
    except ConnectionResetError:
        return True


def lines(log: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def test_each_opening_is_a_line_without_a_secret(folder: Path, place: Path) -> None:
    who, seals = uuid4(), [seal_to(HOME) for _ in range(3)]
    with listening(place, folder) as log:
        keeper = SocketCustodian(place, folder, "desk")
        assert ask(keeper, seals, who) == [SECRET] * 3
        keeper.open_factor(keeper.seal_factor(b"JBSWY3DPEHPK3PXP"))
        keeper.tokens(HOME, [b"phone\0+31612345678"])
    first = lines(log)[0]
    assert first.pop("time")
    assert first == {
        "process": "desk",
        "op": "open",
        "organisation": str(HOME),
        "account": str(who),
        "purpose": "test",
        "count": 3,
    }
    assert [line["op"] for line in lines(log)] == ["open", "seal_factor", "open_factor", "tokens"]
    text = log.read_text()
    secrets = [SECRET, b"JBSWY3DPEHPK3PXP", b"+31612345678", *(seal.sealed or b"" for seal in seals)]
    secrets += [file.read_bytes() for file in folder.rglob("*.seed")]
    for secret in secrets:
        for form in (secret.hex(), base64.b64encode(secret).decode(), secret.decode("latin-1")):
            assert form not in text
    assert log.stat().st_mode & 0o077 == 0


def test_more_in_a_minute_than_a_person_reads_is_refused(folder: Path, place: Path) -> None:
    one, other, seals = uuid4(), uuid4(), [seal_to(HOME) for _ in range(6)]
    with listening(place, folder, most=5) as log:
        keeper = SocketCustodian(place, folder, "desk")
        assert len(ask(keeper, seals[:5], one)) == 5
        assert len(ask(keeper, seals[:5], one)) == 5  # the same list again counts once
        with pytest.raises(TooManyOpened):
            ask(keeper, seals[5:], one)
        assert len(ask(keeper, seals[5:], other)) == 1
        assert len(ask(SocketCustodian(place, folder, "worker"), seals)) == 6
    refused = [line for line in lines(log) if line.get("refused")]
    assert [(line["refused"], line["account"]) for line in refused] == [("too_many", str(one))]


def test_a_minute_later_somebody_may_go_on() -> None:
    now = [0.0]
    limit, who = Limit(2, timer=lambda: now[0]), Asked("desk", uuid4(), uuid4())
    assert limit.allows(who, [uuid4(), uuid4()])
    now[0] = SECONDS - 1
    assert not limit.allows(who, [uuid4()])
    now[0] = SECONDS
    assert limit.allows(who, [uuid4()])


def opened_by(limit: Limit, asked: Iterator[Asked], *, times: int, of_person: bool = True) -> int:
    """Open one envelope for each who asks, and return how many were allowed."""
    return sum(limit.allows(next(asked), [uuid4()], of_person=of_person) for _ in range(times))


def test_half_of_the_share_of_an_organisation_is_told_once_a_minute() -> None:
    now, home = [0.0], uuid4()
    limit = Limit(10, timer=lambda: now[0])  # 25 for an organisation

    def told() -> list[bool]:
        who = Asked("desk", home, uuid4())
        return [limit.allows(who, [uuid4()]) and limit.is_half(who) for _each in range(8)]

    assert [told() for _person in range(3)] == [[False] * 8, [False] * 4 + [True] + [False] * 3, [False] * 8]
    now[0] = SECONDS
    assert not any(told())  # what was opened a minute ago counts no longer
    assert any(told())


def test_whoever_names_a_thousand_accounts_gets_no_further_than_an_organisation_does() -> None:
    home = uuid4()
    assert opened_by(Limit(10), (Asked("desk", home, uuid4()) for _ in count()), times=200) == 25


def test_whoever_names_a_thousand_organisations_gets_no_further_than_a_process_does() -> None:
    assert opened_by(Limit(10), (Asked("desk", uuid4(), uuid4()) for _ in count()), times=200) == 100


def test_one_account_is_counted_apart_in_each_organisation_and_process() -> None:
    limit, home, who = Limit(2), uuid4(), uuid4()
    for asked in (Asked("desk", home, who), Asked("desk", uuid4(), who), Asked("public", home, who)):
        assert opened_by(limit, repeat(asked), times=3) == 2


def test_the_worker_does_not_open_without_end_either() -> None:
    asked = repeat(Asked("worker", uuid4(), None))
    assert opened_by(Limit(2), asked, times=WORKER + 5, of_person=False) == WORKER


def test_another_user_of_the_machine_is_not_heard(folder: Path, place: Path) -> None:
    with listening(place, folder, users={os.geteuid() + 1}) as log:
        with pytest.raises(CustodianAway):
            ask(SocketCustodian(place, folder, "desk"), [seal_to(HOME)])
        assert {(line["refused"], line["user"]) for line in lines(log)} == {("user", os.geteuid())}
    assert place.stat().st_mode & 0o077 == 0


def test_a_process_without_the_key_of_its_kind_is_not_heard(
    folder: Path, place: Path, tmp_path: Path
) -> None:
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "mac-desk.key").write_bytes(b"k" * 32)
    with listening(place, folder) as log:
        with pytest.raises(CustodianAway):
            ask(SocketCustodian(place, strange, "desk"), [seal_to(HOME)])
        with pytest.raises(CustodianAway):  # what is for everybody has no business here, key or not
            ask(SocketCustodian(place, folder, "public"), [seal_to(HOME)])
        with pytest.raises(NoKey):
            SocketCustodian(place, folder, "desk").sign_checkpoint(b"n=3")
        with pytest.raises(NoKey):
            SocketCustodian(place, folder, "desk").links(b"0" * 32, 1, [b"m"])
    assert [line["refused"] for line in lines(log)] == ["proof", "proof", "no_key", "no_key"]


def test_the_worker_has_links_made_and_the_desk_has_them_checked(folder: Path, place: Path) -> None:
    start, macs = b"0" * 32, [bytes([number % 256]) * 32 for number in range(1_001)]
    with listening(place, folder):
        made = SocketCustodian(place, folder, "worker").links(start, 1, macs)
        desk = SocketCustodian(place, folder, "desk")
        assert made == FileCustodian(folder).links(start, 1, macs)
        assert desk.is_link(made[499], 501, macs[500], made[500])
        assert not desk.is_link(made[499], 502, macs[500], made[500])
        assert not desk.is_link(made[498], 501, macs[500], made[500])


def test_a_socket_of_somebody_else_is_not_asked(folder: Path, place: Path) -> None:
    heard: list[bytes] = []
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))
        listener.listen()

        def greet() -> None:  # as the custodian would, without what it takes to prove to be it
            connection, _ = listener.accept()
            with connection:
                connection.sendall(struct.pack(">I", 32) + b"n" * 32)
                heard.append(connection.recv(4096))
                connection.sendall(struct.pack(">I", 32) + b"p" * 32)
                heard.append(connection.recv(4096))

        thread = threading.Thread(target=greet)
        thread.start()
        with pytest.raises(CustodianAway):
            SocketCustodian(place, folder, "desk").seal_factor(b"secret")
        thread.join()
    assert heard[0] != b""
    assert heard[1:] == [b""]


@pytest.mark.parametrize(
    "frame",
    [
        struct.pack(">I", 2**31),
        struct.pack(">I", 5) + b"nojson"[:5],
        struct.pack(">I", 100) + b"cut",
        b"GET / HTTP/1.1\r\n\r\n",
    ],
)
def test_what_is_of_another_form_ends_the_connection_and_nothing_else(
    folder: Path, place: Path, frame: bytes
) -> None:
    with listening(place, folder) as log:
        with socket.socket(socket.AF_UNIX) as strange:
            strange.connect(str(place))
            strange.recv(36)
            strange.sendall(frame)
            with contextlib.suppress(OSError):  # it may have hung up already
                strange.shutdown(socket.SHUT_WR)
            assert hung_up(strange)
        assert [line["refused"] for line in lines(log)] == ["form"]
        assert ask(SocketCustodian(place, folder, "desk"), [seal_to(HOME)]) == [SECRET]


def test_a_seal_of_another_organisation_is_refused_by_the_custodian_itself(
    folder: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sluitend.kernel.sealing import custodian_client
    from sluitend.kernel.sealing.errors import NotHeld

    monkeypatch.setattr(custodian_client, "may_open", lambda *args, **named: None)
    with listening(place, folder), pytest.raises(NotHeld):
        ask(SocketCustodian(place, folder, "desk"), [seal_to(OTHER)])


@pytest.fixture
def process(folder: Path, place: Path, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts the command, and waits until it listens."""
    started: list[subprocess.Popen[str]] = []
    variables = {
        **os.environ,
        "SLUITEND_DATA": str(tmp_path),
        "SLUITEND_KEYS": str(folder),
        "SLUITEND_MODE": "production",
    }

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "sluitend.cli", "custodian", "--socket", str(place)]
        child = subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True)
        started.append(child)
        assert child.stdout is not None
        assert "luistert" in child.stdout.readline()
        return child

    yield start
    for child in started:
        child.kill()
        child.wait()
        assert child.stdout is not None
        child.stdout.close()


def test_a_custodian_that_was_killed_is_found_again(
    folder: Path, place: Path, process: Callable[[], subprocess.Popen[str]]
) -> None:
    keeper, seals = SocketCustodian(place, folder, "desk"), [seal_to(HOME)]
    first = process()
    assert ask(keeper, seals) == [SECRET]
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    with pytest.raises(CustodianAway):
        ask(keeper, seals)
    second = process()
    assert ask(keeper, seals) == [SECRET]
    command = [sys.executable, "-m", "sluitend.cli", "custodian", "--socket", str(place)]
    third = subprocess.run(
        command,
        env={**os.environ, "SLUITEND_DATA": str(place.parent), "SLUITEND_KEYS": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "luistert al een bewaarder" in third.stderr
    second.terminate()
    assert second.wait() == 0
    assert not place.exists()


def filed(organisation: Organisation) -> None:
    with acting(NOBODY):
        reports.file_report(
            reports.Filing(
                organisation_id=organisation.id,
                content=samples.content(),
                anonymity="anonymous",
                acute=False,
                minor="no",
                identity=IdentityContent(),
                sending=uuid4(),
            )
        )


def test_the_desk_waits_calmly_and_reports_still_come_in(
    region: RegionOfTests,
    client_for: Callable[[str], Client],
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    westland = Organisation.objects.get(code="GM1783")
    code, _ = samples.file_report(westland)
    samples.file_report(westland)
    client, page = client_for("af@westland.example"), f"/werk/binnen/{code}/"
    client.raise_request_exception = False
    monkeypatch.setattr(settings, "SLUITEND_CUSTODIAN", f"unix:{place}")
    away = client.get(page)
    assert away.status_code == 503
    assert "Even niet bereikbaar" in away.content.decode()
    filed(westland)

    with listening(place, settings.SLUITEND_KEYS, most=1):
        refused = client.get("/werk/binnen/")
    assert refused.status_code == 429
    assert "U opent nu erg veel achter elkaar" in refused.content.decode()
    line = Event.objects.get(organisation=westland, action="custodian.limit")
    assert line.account is not None
    assert line.outcome == Event.Outcome.REFUSED
