"""Each promise that an installation breaks is named, in Dutch, with what to do."""

import json
import os
import re
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from sluitend.cli import (
    checks,
    checks_database,
    checks_keys,
    checks_services,
    checks_settings,
    checks_storage,
)
from sluitend.cli.rights import UPLOAD_SECONDS, WEB_LIMITS
from sluitend.demo import embedded
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing import antivirus, attachments
from sluitend.kernel.sealing.keys import begin_token_renewal, end_token_renewal
from tests.cli.installation import Installation


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("SESSION_COOKIE_HTTPONLY", False),
        ("SESSION_COOKIE_SAMESITE", "None"),
        ("SESSION_EXPIRE_AT_BROWSER_CLOSE", False),
        ("SESSION_COOKIE_AGE", 14 * 24 * 3600),
        ("CSRF_USE_SESSIONS", False),
    ],
)
def test_a_loose_session_is_found(settings: Settings, setting: str, value: object) -> None:
    assert checks_settings.sessions().level == "ok"
    setattr(settings, setting, value)
    result = checks_settings.sessions()
    assert result.level == "bad"
    assert setting in result.sentence


def test_a_session_that_never_rests_is_found(settings: Settings) -> None:
    settings.SLUITEND_REST_SECONDS = 24 * 3600
    assert "SLUITEND_REST_SECONDS" in checks_settings.sessions().sentence


def test_a_door_at_a_name_that_is_not_served_is_found(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["sluitend.example", "meldpunt.example"]
    settings.SLUITEND_DOORS = {"meldpunt.example": "GM1783"}
    assert checks_settings.hosts().level == "ok"
    settings.SLUITEND_DOORS = {"ander.example": "GM1783"}
    assert "SLUITEND_HOSTS: ander.example" in checks_settings.hosts().sentence


def test_a_process_of_an_unknown_kind_is_found(settings: Settings) -> None:
    settings.SLUITEND_PROCESS = "other"
    assert checks_settings.process_kind().level == "bad"


@pytest.fixture
def checkpoints(settings: Settings, tmp_path: Path) -> Path:
    """The file with the checkpoints of this month."""
    settings.SLUITEND_CHECKPOINTS = tmp_path
    return tmp_path / "2026-11.jsonl"


def write(file: Path, *hours_ago: float) -> None:
    lines = [
        {
            "organisation": "00000000-0000-4000-8000-00000000000a",
            "position": 1,
            "hash": "00",
            "at": (timezone.now() - timedelta(hours=each)).isoformat(timespec="seconds"),
            "signature": "",
        }
        for each in hours_ago
    ]
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))


def test_an_old_checkpoint_raises_an_alarm(checkpoints: Path, settings: Settings) -> None:
    assert checks_keys.checkpoints().level == "warn"
    write(checkpoints, 30, 1.9)
    assert checks_keys.checkpoints().level == "ok"
    write(checkpoints, 30, 2.1)
    result = checks_keys.checkpoints()
    assert result.level == "bad"
    assert "worker" in result.sentence
    settings.SLUITEND_PUBLIC_ONLY = True
    assert checks_keys.checkpoints().level == "ok"


def test_an_alarm_does_not_stop_a_start(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO = False
    bad = checks.Check("zorg", lambda: checks.Result("bad", "Kijk."), start_may=True)
    list(checks.results())
    monkeypatch.setattr(checks, "REGISTRY", {"zorg": bad})
    assert checks.report(brief=True) is True
    assert "FOUT   zorg: Kijk." in capsys.readouterr().out
    assert checks.report(brief=False) is False


def test_a_register_says_until_when_it_holds(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sluitend.kernel.sealing.register import register_store

    until = register_store().current().valid_until
    assert checks_keys.keys() == checks.Result(
        "ok", f"Het register van sleutels is echt en geldt tot {until:%d-%m-%Y}."
    )
    monkeypatch.setattr(timezone, "localdate", lambda *moment: until - timedelta(days=29))
    assert checks_keys.keys().level == "warn"
    monkeypatch.setattr(timezone, "localdate", lambda *moment: until + timedelta(days=1))
    assert checks_keys.keys().level == "bad"


@pytest.mark.parametrize("pinned", ["geen sleutel", "ab", "ab" * 32])
def test_a_wrong_pinned_key_is_found(installation: Installation, settings: Settings, pinned: str) -> None:
    settings.SLUITEND_VERIFY_KEY = pinned
    result = checks_keys.keys()
    assert result.level == "bad"
    assert "brak af" not in result.sentence


def test_the_folder_of_the_custodian_is_looked_through(
    installation: Installation, settings: Settings
) -> None:
    from sluitend.kernel.organisations.models import Organisation

    assert checks_keys.custodian_folder().level == "ok"
    westland = Organisation.objects.get(code="GM1783")
    for seed in (installation.keys / "private" / str(westland.id)).glob("*.seed"):
        seed.rename(seed.with_suffix(".gone"))
    assert "Gemeente Westland" in checks_keys.custodian_folder().sentence
    settings.SLUITEND_PUBLIC_ONLY = True
    assert checks_keys.custodian_folder().level == "ok"
    Organisation.objects.create(code="GM9999", name="Gemeente Proef", kind="municipality")
    result = checks_keys.custodian_folder()
    assert "Gemeente Proef" in result.sentence
    assert "keys create" in result.sentence


@pytest.mark.parametrize(
    ("days", "level"), [(0, "ok"), (365, "ok"), (367, "warn"), (395, "warn"), (397, "bad")]
)
def test_a_key_of_search_that_is_older_than_a_year_is_found(
    settings: Settings, tmp_path: Path, days: int, level: str
) -> None:
    settings.SLUITEND_KEYS = tmp_path
    assert checks_keys.token_keys().level == "ok"
    (tmp_path / "tokens").mkdir()
    made = (timezone.now() - timedelta(days=days)).timestamp()
    for name, moment in (("young.key", timezone.now().timestamp()), ("old.key", made)):
        (tmp_path / "tokens" / name).touch()
        os.utime(tmp_path / "tokens" / name, (moment, moment))
    result = checks_keys.token_keys()
    assert result.level == level
    assert ("keys renew-tokens" in result.sentence) == (level != "ok")


def test_a_key_of_search_that_was_renewed_half_is_found(
    installation: Installation, settings: Settings
) -> None:
    westland = Organisation.objects.get(code="GM1783")
    begin_token_renewal(westland.id)
    assert checks_keys.token_keys().level == "warn"
    assert "renew-tokens" in checks_keys.token_keys().sentence
    end_token_renewal(westland.id)
    assert checks_keys.token_keys().level == "ok"
    settings.SLUITEND_PUBLIC_ONLY = True
    assert "niet bij dit proces" in checks_keys.token_keys().sentence


def test_a_key_folder_that_is_open_or_of_another_is_found(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SLUITEND_KEYS = tmp_path / "keys"
    assert "ontbreekt" in checks_keys.key_files().sentence
    settings.SLUITEND_KEYS.mkdir(0o700)
    assert checks_keys.key_files().level == "ok"
    settings.SLUITEND_KEYS.chmod(0o750)
    assert "chmod" in checks_keys.key_files().sentence
    settings.SLUITEND_KEYS.chmod(0o700)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert "eigenaar" in checks_keys.key_files().sentence


@pytest.fixture
def clamd() -> Iterator[socket.socket]:
    """Something that answers like ClamAV does, once."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            try:
                caller, _ = server.accept()
            except OSError:
                return
            with caller:
                caller.recv(100)
                caller.sendall(b"PONG\0")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield server


def test_a_scanner_that_is_set_up_must_answer(settings: Settings, clamd: socket.socket) -> None:
    settings.SLUITEND_CLAMAV = ""
    assert checks_services.scanner().level == "warn"
    settings.SLUITEND_CLAMAV = f"tcp://127.0.0.1:{clamd.getsockname()[1]}"
    assert checks_services.scanner().level == "ok"
    clamd.close()
    assert checks_services.scanner().level == "bad"
    settings.SLUITEND_CLAMAV = "tcp://127.0.0.1:geen"
    assert checks_services.scanner().level == "bad"


def test_a_mail_server_that_is_set_up_must_answer(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "sluitend@gemeente.example"
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        settings.SMTP = {"host": "127.0.0.1", "port": port, "use_tls": True}
        assert checks_services.mail().level == "ok"
        settings.SMTP = {"host": "127.0.0.1", "port": port, "use_tls": False}
        assert "EMAIL_USE_TLS" in checks_services.mail().sentence
    assert checks_services.mail().level == "bad"
    settings.SMTP = {"host": "localhost", "port": 25, "use_tls": False}
    assert checks_services.mail().level == "warn"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "level"),
    [
        ("idle_in_transaction_session_timeout", "120s", "ok"),
        ("idle_in_transaction_session_timeout", "60s", "bad"),
        ("idle_in_transaction_session_timeout", "0", "bad"),
        ("statement_timeout", "0", "bad"),
        ("lock_timeout", "0", "bad"),
    ],
)
def test_limits_of_time_are_looked_at(name: str, value: str, level: str) -> None:
    with connection.cursor() as cursor:
        for limit, usual in {**WEB_LIMITS, name: value}.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [limit, usual])
    result = checks_database.limits()
    assert result.level == level
    assert level == "ok" or "docs/beheer.md" in result.sentence


def test_the_limits_leave_time_to_scan_and_clean_an_upload() -> None:
    assert antivirus.SECONDS + attachments.SECONDS_OF_SENDER <= UPLOAD_SECONDS
    assert int(WEB_LIMITS["idle_in_transaction_session_timeout"].removesuffix("s")) > UPLOAD_SECONDS


def test_the_web_roles_get_their_limits(running: embedded.Server) -> None:
    for role in ("sl_app", "sl_intake"):
        with psycopg.connect(running.url(role)) as session:
            for name in WEB_LIMITS:
                assert session.execute("SELECT current_setting(%s)", [name]).fetchone() not in (None, ("0",))
            (idle,) = session.execute("SHOW idle_in_transaction_session_timeout").fetchone() or ("",)
            assert idle == "2min"


def test_no_sentence_points_to_a_page_that_is_not_there() -> None:
    root = Path(__file__).resolve().parents[2]
    for file in [*(root / "src" / "sluitend").rglob("*.py"), root / "SECURITY.md"]:
        for page in re.findall(r"docs/[a-z0-9/-]+\.md", file.read_text()):
            assert (root / page).exists(), f"{file.name} points to {page}"


@pytest.mark.django_db
def test_a_setting_that_a_role_gave_itself_is_found() -> None:
    """One such statement, and every session of that role after it can only read."""
    assert checks_storage.shares().level == "ok"
    with connection.cursor() as cursor:
        cursor.execute("ALTER ROLE sl_app SET default_transaction_read_only = on")
    result = checks_storage.shares()
    assert result.level == "bad"
    assert "sl_app: default_transaction_read_only" in result.sentence
