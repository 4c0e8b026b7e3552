"""A web server is replaced under load, and no request is lost."""

import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from uuid import uuid4

import pytest

from sluitend.cli.webserver import NOT_RENEWED, RENEWED
from sluitend.demo import embedded
from tests.browser.site import free_port
from tests.faults import web
from tests.faults.town import Town, children, command_of, town
from tests.faults.whole import halves, reports
from tests.operations.load import under_load, wait_for

TOKEN = "een-woord-dat-niemand-raadt"


@pytest.fixture(scope="module")
def measured() -> int:
    """The port of the endpoint of measures."""
    return free_port()


@pytest.fixture(scope="module")
def westland(server: embedded.Server, schema_version: str, measured: int) -> Iterator[Town]:
    """An installation with an endpoint of measures."""
    variables = {"SLUITEND_METRICS": f"127.0.0.1:{measured}", "SLUITEND_METRICS_TOKEN": TOKEN}
    with town(server, schema_version, **variables) as running:
        yield running


def said(town: Town, sentence: str) -> int:
    """Return how often the server said something."""
    return (town.data / "serve.log").read_text().count(sentence)


def masters(town: Town) -> list[int]:
    return [each for each in children(town.serving.pid) if "gunicorn" in command_of(each)]


def renew(town: Town) -> None:
    """Ask for a new web server and wait until it serves and the old one is gone."""
    before, times = masters(town), said(town, RENEWED)
    town.serving.send_signal(signal.SIGHUP)
    wait_for(lambda: said(town, RENEWED) > times, "the new server serves")
    wait_for(lambda: not set(masters(town)) & set(before), "the old server is gone")


def measures(port: int, token: str = TOKEN) -> str:
    """Read the endpoint."""
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/metrics", headers={"Authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310
        return str(answer.read().decode())


def test_a_server_is_renewed_under_load_and_no_request_is_lost(westland: Town) -> None:
    with westland.admin() as admin:
        before = reports(admin)
    with under_load(lambda: westland.port) as load:
        load.wait_for_more()
        renew(westland)
        load.wait_for_more()
    assert load.failed == []
    with westland.admin() as admin:
        assert reports(admin) - before == len(load.receipts)
        assert halves(admin) == []
    assert web.opens(westland.port, load.receipts[0])


def test_who_is_still_sending_when_the_server_is_renewed_is_heard(westland: Town) -> None:
    fields = "&".join(f"{name}={value}" for name, value in {"code": str(uuid4()), "go": "x"}.items()).encode()
    with socket.create_connection(("127.0.0.1", westland.port), timeout=60) as wire:
        wire.sendall(
            b"POST /ontvangst/ HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n"
            + f"Content-Length: {len(fields)}\r\n\r\n".encode()
            + fields[:5]
        )
        before, times = masters(westland), said(westland, RENEWED)
        westland.serving.send_signal(signal.SIGHUP)
        wait_for(lambda: said(westland, RENEWED) > times, "the new server serves")
        assert set(before) & set(masters(westland))
        wire.sendall(fields[5:])
        assert wire.makefile("rb").readline().split()[1] == b"200"
    wait_for(lambda: not set(masters(westland)) & set(before), "the old server is gone")


def test_a_server_that_does_not_start_leaves_the_old_one_serving(westland: Town) -> None:
    pack, away = westland.data / "keys" / "keys.json", westland.data / "keys" / "keys.away"
    before = masters(westland)
    pack.rename(away)
    (westland.data / "keys").chmod(0o755)
    try:
        westland.serving.send_signal(signal.SIGHUP)
        wait_for(lambda: said(westland, NOT_RENEWED) == 1, "it is refused")
    finally:
        (westland.data / "keys").chmod(0o700)
        away.rename(pack)
    assert masters(westland) == before
    assert web.status_of(westland.port, "/") == 200


def test_measures_are_read_elsewhere_and_add_up_over_a_renewal(westland: Town, measured: int) -> None:
    def signed_in_pages() -> float:
        return sum(
            float(line.rsplit(" ", 1)[1])
            for line in measures(measured).splitlines()
            if line.startswith('sluitend_request_seconds_count{route="account_login"')
        )

    assert web.status_of(westland.port, "/inloggen/") == 200
    before = signed_in_pages()
    assert before >= 1
    renew(westland)
    assert web.status_of(westland.port, "/inloggen/") == 200
    assert signed_in_pages() == before + 1
    assert web.status_of(westland.port, "/metrics") == 404
    text = measures(measured)
    assert "sluitend_database_connections" in text
    for word in ("melden", "report_start", "GM1783", "westland", "/"):
        assert f'"{word}' not in text


def test_measures_ask_for_their_token(westland: Town, measured: int) -> None:
    for token in ("", "een-ander-woord-van-lengte"):
        with pytest.raises(urllib.error.HTTPError, match="401"):
            measures(measured, token)
