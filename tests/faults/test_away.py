"""A database that is away, a disk that is full: a calm page, nothing half, and all goes on by itself."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from sluitend.demo import embedded
from tests.faults import web
from tests.faults.town import Town, town_at, wait_for
from tests.faults.whole import halves, reports
from tests.reading import as_read

CALM = {"nl": "Even niet bereikbaar", "en": "Not available for a moment"}


def calm(answer: web.Answer, language: str = "nl") -> bool:
    """Return whether an answer is the page that says to come back later, with all that belongs to it."""
    assert answer.status == 503, answer.status
    assert answer.headers["retry-after"] == "120"
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert f'<html lang="{language}"' in as_read(answer.text)
    assert "112" in answer.text
    return CALM[language] in answer.text


@pytest.fixture(scope="module")
def westland(server: embedded.Server, schema_version: str) -> Iterator[Town]:
    """An installation with its database beside it, as production has."""
    with town_at(server, schema_version, apart=True) as running:
        yield running


def test_a_stopped_database_is_a_calm_page_and_what_was_sent_again_is_filed_once(westland: Town) -> None:
    sending = uuid4()
    with westland.admin() as admin:
        before = reports(admin)
    with westland.without_database():
        assert web.status_of(westland.port, "/healthz") == 200
        assert web.status_of(westland.port, "/readyz") == 503
        # Side by side: each waits for the database as long as a person would.
        with ThreadPoolExecutor() as people:
            sent = people.submit(
                web.post, westland.port, "/melden/", {**web.ANSWERS, "sending": str(sending)}
            )
            english = people.submit(
                web.ask, westland.port, "GET", "/melden/", headers={"Accept-Language": "en"}
            )
            paths = ("/melden/", "/ontvangst/", "/inloggen/", "/werk/")
            pages = list(people.map(lambda path: web.ask(westland.port, "GET", path), paths))
        assert all(calm(each) for each in pages)
        assert calm(english.result(), "en")
        assert calm(sent.result())
        assert "misschien niet aangekomen" in sent.result().text
    receipt = web.report(westland.port, sending)
    assert receipt == web.report(westland.port, sending)
    assert web.opens(westland.port, receipt)
    with westland.admin() as admin:
        assert reports(admin) - before == 1
        assert halves(admin) == []


def test_the_first_who_comes_after_the_database_is_back_gets_a_page(westland: Town) -> None:
    """Connections that broke meanwhile are nobody's business."""
    assert web.status_of(westland.port, "/melden/") == 200
    with westland.without_database():
        assert calm(web.ask(westland.port, "GET", "/melden/"))
    statuses = [web.status_of(westland.port, "/melden/") for _ in range(20)]
    assert statuses == [200] * 20


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of its own, with room for one installation."""
    folder = Path(tempfile.mkdtemp(prefix="sluitend-disk-"))
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600m,mode=711", "tmpfs", folder], check=False)
    if made.returncode:
        folder.rmdir()
        pytest.skip("nobody here may mount a disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
        folder.rmdir()


def fill(disk: Path) -> Path:
    """Write until nothing goes on the disk any more, and return the file that does so."""
    full = disk / "full"
    with full.open("wb", buffering=0) as output:
        try:
            while True:
                output.write(bytes(64 * 1024))
        except OSError:
            pass
    assert shutil.disk_usage(disk).free < 64 * 1024
    return full


def reported_until_refused(crowded: Town, confirmed: list[str]) -> UUID:
    """Report on and on until the calm page comes; keep each receipt, and return what was refused."""
    for number in range(300):
        sending = uuid4()
        values = {**web.ANSWERS, "saw": "x" * 3000, "sending": str(sending)}
        answer = web.post(crowded.port, "/melden/", values, sender=f"10.0.{number}.1")
        if answer.status != 200:
            assert calm(answer)
            return sending
        confirmed.append(web.RECEIPT.findall(answer.text)[0])
    raise AssertionError("the disk was never full")


def test_a_full_disk_is_a_calm_page_and_nothing_is_half(
    server: embedded.Server, schema_version: str, small_disk: Path
) -> None:
    with town_at(server, schema_version, folder=small_disk) as crowded:
        confirmed = [web.report(crowded.port, uuid4())]
        filler = fill(small_disk)
        refused = reported_until_refused(crowded, confirmed)
        filler.unlink()
        wait_for(crowded.is_ready, "there is room again")
        confirmed.append(web.report(crowded.port, refused))
        with crowded.admin() as admin:
            assert reports(admin) == len(confirmed)
            assert halves(admin) == []
        assert all(
            web.opens(crowded.port, each, sender=f"11.0.{number}.1") for number, each in enumerate(confirmed)
        )
