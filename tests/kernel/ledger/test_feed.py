"""The security feed: each kind of event is one line, after its commit, without content or names."""

import json
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.conf import settings as project
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests import guesses, samples
from tests.database import ROOT
from tests.kernel.sealing.listening import listening
from tests.surfaces.desk.test_sign_in import set_up_app

from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.ledger import feed
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import PLATFORM_ID, Account, Organisation

AF, ADMIN = "af@westland.example", "beheer@westland.example"
SCHEMA = json.loads((ROOT / "docs" / "security-feed.schema.json").read_text())

type Line = dict[str, Any]


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """The file of the feed."""
    settings.SLUITEND_SECURITY_FEED = str(tmp_path / "feed.jsonl")
    yield tmp_path / "feed.jsonl"
    feed.close_feed()


def lines(file: Path) -> list[Line]:
    """Return what was fed, each line checked against the published form."""
    feed.close_feed()
    found = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
    for line in found:
        jsonschema.validate(line, SCHEMA)
    return found


def seen(file: Path) -> list[tuple[str, str, str]]:
    return [(line["kind"], line["action"], line["outcome"]) for line in lines(file)]


def client_of(email: str) -> Client:
    client = Client(REMOTE_ADDR="198.51.100.7")
    client.force_login(Account.objects.get(email=email))
    return client


def sign_in(client: Client, password: str) -> None:
    client.post("/inloggen/", {"login": AF, "password": password})


def test_every_try_to_sign_in_is_a_line(own_database: str, file: Path) -> None:
    guesses.forget()
    client = Client(REMOTE_ADDR="198.51.100.7")
    for _ in range(6):
        sign_in(client, "verkeerd-wachtwoord")
    guesses.forget()
    sign_in(client, project.SLUITEND_DEMO_PASSWORD)
    found = lines(file)
    assert [(line["action"], line["detail"]) for line in found] == [
        *[("signin.failed", None)] * 5,
        ("signin.failed", "held_back"),
        ("signin.good", None),
    ]
    assert {line["address"] for line in found} == {"198.51.100.7"}
    assert {line["route"] for line in found} == {"account_login"}
    assert found[0]["account"] is None
    assert found[-1]["account"] == str(Account.objects.get(email=AF).pk)
    text = file.read_text()
    assert "westland" not in text
    assert "wachtwoord" not in text


def test_refusals_and_changes_of_rights_are_lines(own_database: str, file: Path) -> None:
    focal_point, administrator = client_of(AF), client_of(ADMIN)
    focal_point.get("/werk/beheer/mensen/")
    focal_point.get("/werk/beheer/mensen/?zoek=zeldzaamwoord")
    focal_point.get("/werk/")
    administrator.post(
        "/werk/beheer/mensen/",
        {
            "name": "Fatima Bakker",
            "email": "fatima@westland.example",
            "role": "deputy",
        },
    )
    found = lines(file)
    assert [(line["kind"], line["organisation"], line["detail"]) for line in found] == [
        ("refusal", "GM1783", None),
        ("refusal", "GM1783", None),
        ("rights", "GM1783", "deputy"),
        ("rights", "GM1783", "deputy"),
    ]
    assert [line["action"] for line in found[2:]] == ["account.role_offered", "account.invited"]
    assert {line["address"] for line in found} == {"198.51.100.7"}
    text = file.read_text()
    for planted in ("zeldzaamwoord", "fatima", "Fatima", "/werk/"):
        assert planted not in text


def test_a_file_that_leaves_is_an_export(own_database: str, file: Path) -> None:
    sample = samples.whole_route()
    file.unlink(missing_ok=True)
    answer = client_of(AF).get(reverse("referrals:sent_sheet", args=[sample.referral]))
    assert answer["Content-Type"] == "application/pdf"
    assert seen(file) == [("export", "export.file", "ok")]


def test_a_second_factor_that_changes_is_a_line(own_database: str, file: Path) -> None:
    client = Client(REMOTE_ADDR="198.51.100.7")
    guesses.forget()
    set_up_app(client)
    assert ("second_factor", "second_factor.changed", "ok") in seen(file)


def test_who_opens_more_than_a_person_reads_is_a_line(
    own_database: str, file: Path, tmp_path: Path, settings: Settings
) -> None:
    westland = Organisation.objects.get(code="GM1783")
    for _each in range(2):
        samples.file_report(westland)
    client = client_of(AF)
    settings.SLUITEND_CUSTODIAN = f"unix:{tmp_path}/custodian.sock"
    with listening(tmp_path / "custodian.sock", project.SLUITEND_KEYS, most=1):
        assert client.get("/werk/binnen/").status_code == 429
    (line,) = lines(file)
    assert (line["kind"], line["action"], line["outcome"]) == ("limit", "custodian.limit", "refused")
    assert line["account"] == str(Account.objects.get(email=AF).pk)
    assert (line["organisation"], line["address"]) == ("GM1783", "198.51.100.7")


def test_an_organisation_that_opened_half_of_its_share_is_a_line(
    own_database: str, file: Path, tmp_path: Path, settings: Settings
) -> None:
    westland = Organisation.objects.get(code="GM1783")
    codes = [samples.file_report(westland)[0] for _each in range(10)]
    clients = [client_of(email) for email in (AF, "vervanger@westland.example")]
    settings.SLUITEND_CUSTODIAN = f"unix:{tmp_path}/custodian.sock"
    with listening(tmp_path / "custodian.sock", project.SLUITEND_KEYS, most=8) as log:
        for client, some in zip(clients, (codes[:5], codes[5:]), strict=True):
            for code in some:
                assert client.get(f"/werk/binnen/{code}/").status_code == 200
    (line,) = lines(file)
    assert (line["kind"], line["action"], line["outcome"]) == ("limit", "custodian.half", "ok")
    assert (line["organisation"], line["address"]) == ("GM1783", "198.51.100.7")
    assert log.read_text().count('"half"') == 1


def test_pages_for_everybody_leave_no_line(own_database: str, file: Path) -> None:
    westland = Organisation.objects.get(code="GM1783")
    client = Client()
    for path in ("/", "/melden/", "/ontvangst/", "/bestaat-niet/", "/melden/afmaken/zeldzaamwoord/"):
        client.get(path)
    client.post("/ontvangst/", {"code": "AAAA-AAAA-AAAA-AAAA-AAAA"})
    samples.file_report(westland, anonymity="anonymous")
    with acting(NOBODY):
        record(actor=NOBODY, action="refused.receipt", activity="toegang")
    assert lines(file) == []


def test_what_is_rolled_back_is_not_told(own_database: str, file: Path) -> None:
    with acting(system_actor(PLATFORM_ID)) as actor:
        record(actor=actor, action="keys.rotated", activity="toegang")
        transaction.set_rollback(True)
    assert lines(file) == []
    with acting(system_actor(PLATFORM_ID)) as actor, transaction.atomic():
        record(actor=actor, action="keys.rotated", activity="toegang")
        record(actor=actor, action="database.restored", activity="toegang")
        record(actor=actor, action="case.read", activity="casus")
    assert seen(file) == [("keys", "keys.rotated", "ok"), ("restore", "database.restored", "ok")]


def test_a_file_that_is_moved_away_is_opened_anew(file: Path) -> None:
    feed.tell("doctor.failed", outcome="failed", detail="e-mail")
    feed.close_feed()
    file.rename(file.with_suffix(".1"))
    feed.tell("doctor.failed", outcome="failed", detail="database")
    assert [line["detail"] for line in lines(file)] == ["database"]


def test_a_file_that_is_moved_while_it_is_open_is_opened_anew(file: Path) -> None:
    own = feed.current_feed()
    assert own is not None
    file.rename(file.with_suffix(".1"))
    feed.tell("doctor.failed", outcome="failed", detail="database")
    assert [line["detail"] for line in lines(file)] == ["database"]


class Stuck(logging.Handler):
    """A log server that takes nothing until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()
        self.taken: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.free.wait()
        self.taken.append(record.getMessage())


def test_nobody_waits_for_a_feed_that_is_stuck() -> None:
    stuck = Stuck()
    full = feed.Feed(stuck, room=3)
    for number in range(20):
        full.offer(str(number))
    assert full.dropped >= 16
    stuck.free.set()
    full.close()
    assert stuck.taken == [str(number) for number in range(20 - full.dropped)]


class Broken(logging.Handler):
    """A disk that is full."""

    def emit(self, record: logging.LogRecord) -> None:
        self.handleError(record)


def test_a_disk_that_is_full_stops_nothing() -> None:
    broken = feed.Feed(Broken())
    broken.offer("een")
    broken.close()
    assert broken.dropped == 1


def test_a_target_that_cannot_be_opened_stops_nothing(settings: Settings, tmp_path: Path) -> None:
    settings.SLUITEND_SECURITY_FEED = str(tmp_path / "no" / "folder")
    feed.tell("doctor.failed", outcome="failed", detail="database")
    assert feed.current_feed() is None


@pytest.mark.parametrize("address", ["zeldzaamwoord", "198.51.100.7, 203.0.113.1", ""])
def test_only_an_address_is_an_address(file: Path, address: str) -> None:
    from sluitend.kernel.access.scope import Scope, within

    with within(Scope(desk=True, address=address, route="today")):
        feed.tell("export.file")
    assert [line["address"] for line in lines(file)] == [None]
