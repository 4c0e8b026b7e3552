"""What must keep running, how it is kept and what each role may do: each broken promise is named."""

import json
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from sluitend.cli import checks, checks_database, checks_people, checks_running, checks_storage, metrics
from sluitend.cli.checks import Result
from sluitend.demo import embedded
from sluitend.kernel import manifest
from sluitend.kernel.access import watching
from sluitend.kernel.handbook.actions import publish
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.ledger import feed
from sluitend.settings import database as parse
from sluitend.surfaces.logs import Lines
from tests.kernel.handbook.test_loading import replace

NOW, HOUR = timezone.now(), timedelta(hours=1)


def standing(**changes: object) -> Callable[[], watching.Standing]:
    """Return an installation in which all is well but for the changes."""
    values: dict[str, object] = {
        "waiting": 0,
        "oldest": None,
        "failed": 0,
        "workers": 2,
        "heartbeat": NOW,
        "overdue": 0,
        "backups": {},
    }
    return lambda: watching.Standing(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("check", "changes", "level", "words"),
    [
        (checks_running.workers, {}, "ok", "2 worker"),
        (checks_running.workers, {"workers": 0}, "bad", "sluitend worker"),
        (checks_running.queue, {}, "ok", ""),
        (checks_running.queue, {"waiting": 3, "oldest": NOW - timedelta(minutes=5)}, "ok", ""),
        (checks_running.queue, {"waiting": 3, "oldest": NOW - timedelta(minutes=20)}, "bad", "3 taken"),
        (checks_running.queue, {"failed": 2}, "warn", "2 taken zijn opgegeven"),
    ],
)
def test_a_worker_that_stands_still_is_found(
    monkeypatch: pytest.MonkeyPatch,
    check: Callable[[], Result],
    changes: dict[str, object],
    level: str,
    words: str,
) -> None:
    monkeypatch.setattr(watching, "standing", standing(**changes))
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    result = check()
    assert result.level == level
    assert words in result.sentence


def ended(task: str = "", **changes: object) -> Callable[[], dict[str, watching.Ended]]:
    """Return how every job ended: well, but for the changes of one."""
    well: dict[str, object] = {"oldest": NOW, "begun": NOW, "failing": (), "rows": 0, "errors": ()}
    found = {name: watching.Ended(**well) for name in manifest.clock()}  # type: ignore[arg-type]
    if task:
        found[task] = watching.Ended(**(well | changes))  # type: ignore[arg-type]
    return lambda: found


FAILED = {"failing": ("Gemeente Westland",), "rows": 2, "errors": ("SealBroken",)}


@pytest.mark.parametrize(
    ("last", "level", "words"),
    [
        (ended(), "ok", ""),
        (ended("ledger.link", oldest=NOW - HOUR), "bad", "staat stil: ledger.link"),
        (ended("reports.sweep_all", oldest=NOW - 3 * HOUR), "bad", "staat stil: reports.sweep_all"),
        (ended("flow.expire", oldest=NOW - 3 * HOUR), "ok", ""),
        (ended("flow.expire", oldest=None, begun=NOW - HOUR), "ok", ""),
        (ended("flow.expire", oldest=None, begun=NOW - 27 * HOUR), "bad", "flow.expire"),
        (ended("reports.sweep_all", **FAILED), "bad", "(SealBroken) bij Gemeente Westland, 2 rijen"),
        (ended("visits.catch_up", **FAILED), "bad", "visits.catch_up"),
        (dict, "warn", "sluitend worker"),
    ],
)
def test_what_runs_by_the_clock_is_judged_by_how_it_ended(
    monkeypatch: pytest.MonkeyPatch, last: Callable[[], dict[str, watching.Ended]], level: str, words: str
) -> None:
    monkeypatch.setattr(watching, "ended", last)
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    result = checks_running.clock()
    assert result.level == level
    assert words in result.sentence


@pytest.mark.django_db
def test_the_database_tells_how_the_installation_stands() -> None:
    found = watching.standing()
    assert (found.workers, found.failed) == (0, 0)
    assert checks_running.workers().level == "bad"


def test_the_public_process_leaves_that_to_the_desk(settings: Settings) -> None:
    settings.SLUITEND_PUBLIC_ONLY = True
    for check in (
        checks_running.workers,
        checks_running.queue,
        checks_running.clock,
        checks_running.checkpoint_copy,
    ):
        assert check().level == "ok"


@pytest.mark.parametrize(
    ("free", "level"), [(500, "ok"), (190, "ok"), (18, "ok"), (11, "warn"), (3, "bad"), (0.5, "bad")]
)
def test_a_disk_that_fills_up_is_found(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path, free: float, level: str
) -> None:
    total = 1000 if free > 20 else 100
    usage = SimpleNamespace(
        total=total * checks_running.GIGABYTE, free=int(free * checks_running.GIGABYTE), used=0
    )
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    settings.DATA = settings.SLUITEND_KEYS = settings.SLUITEND_CHECKPOINTS = tmp_path
    assert checks_running.disk().level == level


def test_checkpoints_that_are_not_copied_away_are_found(settings: Settings, tmp_path: Path) -> None:
    settings.SLUITEND_CHECKPOINTS = tmp_path
    assert checks_running.checkpoint_copy().level == "warn"
    mark = tmp_path / checks_running.COPIED
    mark.touch()
    assert checks_running.checkpoint_copy().level == "ok"
    old = time.time() - 27 * 3600
    os.utime(mark, (old, old))
    result = checks_running.checkpoint_copy()
    assert result.level == "bad"
    assert f"touch {mark}" in result.sentence


@pytest.mark.parametrize(
    ("address", "level"), [("", "warn"), ("127.0.0.1:9464", "ok"), ("0.0.0.0:9464", "bad"), ("x", "bad")]
)
def test_measures_that_everybody_reads_are_found(
    monkeypatch: pytest.MonkeyPatch, address: str, level: str
) -> None:
    monkeypatch.setenv(metrics.ADDRESS, address)
    monkeypatch.delenv(metrics.TOKEN, raising=False)
    assert checks_running.measures().level == level


def test_a_feed_that_cannot_be_written_or_that_all_can_read_is_found(
    settings: Settings, tmp_path: Path
) -> None:
    settings.SLUITEND_SECURITY_FEED = ""
    assert checks_running.security_feed().level == "warn"
    settings.SLUITEND_SECURITY_FEED = str(tmp_path / "feed.jsonl")
    assert checks_running.security_feed().level == "ok"
    (tmp_path / "feed.jsonl").chmod(0o644)
    assert "chmod" in checks_running.security_feed().sentence
    settings.SLUITEND_SECURITY_FEED = str(tmp_path / "no" / "feed.jsonl")
    assert checks_running.security_feed().level == "bad"
    settings.SLUITEND_SECURITY_FEED = "stdout"
    assert checks_running.security_feed().level == "ok"


@contextmanager
def only_our_handlers() -> Iterator[logging.Logger]:
    """The root logger; none of all has the handlers of the tests themselves."""
    every = [logging.getLogger(name) for name in ("", *logging.root.manager.loggerDict)]
    before = [each.handlers for each in every]
    for each in every:
        each.handlers = [handler for handler in each.handlers if isinstance(handler.formatter, Lines)]
    yield every[0]
    for each, handlers in zip(every, before, strict=True):
        each.handlers = handlers


def test_a_log_of_another_form_is_found() -> None:
    with only_our_handlers() as root:
        found = [checks_running.log_lines().level]
        handler = logging.StreamHandler()
        root.addHandler(handler)
        result = checks_running.log_lines()
        handler.setFormatter(Lines())
        found += [result.level, checks_running.log_lines().level]
    assert found == ["ok", "bad", "ok"]
    assert "root" in result.sentence


def test_what_is_installed_is_what_was_locked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert checks_running.versions() == Result("ok", "Elk pakket heeft de versie die is vastgelegd.")
    other = tmp_path / "app.txt"
    other.write_text(
        "django==1.0 \\\n    --hash=sha256:00\nnot-installed-at-all==2.0 ; sys_platform == 'x' \\\n"
    )
    monkeypatch.setattr(checks_running, "LOCK", other)
    result = checks_running.versions()
    assert result.level == "bad"
    assert "django" in result.sentence
    assert "not-installed" not in result.sentence
    monkeypatch.setattr(checks_running, "LOCK", tmp_path / "nothing.txt")
    assert checks_running.versions().level == "warn"


@pytest.mark.django_db
def test_a_handbook_that_was_changed_and_not_published_is_found(settings: Settings, tmp_path: Path) -> None:
    assert checks_running.handbook().level == "ok"
    shutil.copytree(settings.SLUITEND_PACK, tmp_path / "pack")
    settings.SLUITEND_PACK = tmp_path / "pack"
    assert checks_running.handbook().level == "ok"
    description = next((tmp_path / "pack").glob("pack.y*ml"))
    lines = description.read_text().splitlines()
    changed = [
        line.replace(line.split(":", 1)[1], ' "9.9.9"') if line.startswith("version:") else line
        for line in lines
    ]
    description.write_text("\n".join(changed))
    assert checks_running.handbook().level == "warn"
    description.unlink()
    assert "handbook check" in checks_running.handbook().sentence


@pytest.fixture
def fresh_memory() -> Iterator[None]:
    """Releases are kept in memory by their number, and that of this test is gone after it."""
    release.cache_clear()
    yield
    release.cache_clear()


@pytest.mark.django_db
@pytest.mark.usefixtures("fresh_memory")
def test_the_folder_is_not_to_be_published_over_what_came_from_the_screen(
    settings: Settings, tmp_path: Path
) -> None:
    shutil.copytree(settings.SLUITEND_PACK, tmp_path / "pack")
    replace(tmp_path / "pack", "pack.yaml", 'version: "1.0"', 'version: "1.1"')
    publish(tmp_path / "pack", actor_name="Merel van Dijk en Joris Wiersma")
    assert checks_running.handbook().level == "ok"
    settings.SLUITEND_PACK = tmp_path / "pack"
    replace(tmp_path / "pack", "pack.yaml", 'version: "1.1"', 'version: "3.0"')
    found = checks_running.handbook()
    assert found.level == "warn"
    assert "kwam van het scherm" in found.sentence
    assert "handbook publish" not in found.sentence


@pytest.mark.django_db
def test_a_name_that_leads_to_no_municipality_is_found(settings: Settings) -> None:
    settings.SLUITEND_DOORS = {"meldpunt.westland.example": "GM1783"}
    assert checks_people.doors_lead_somewhere().level == "ok"
    settings.SLUITEND_DOORS |= {"meldpunt.ooit.example": "GM0001"}
    found = checks_people.doors_lead_somewhere()
    assert found.level == "bad"
    assert "meldpunt.ooit.example" in found.sentence
    assert "westland" not in found.sentence


@pytest.mark.parametrize(
    ("changes", "level", "words"),
    [
        ({}, "ok", ""),
        ({"SLUITEND_ADDRESS": "http://sluitend.example"}, "bad", "SLUITEND_ADDRESS"),
        ({"SLUITEND_RP_ID": "localhost"}, "bad", "SLUITEND_RP_ID"),
        ({"SLUITEND_TRUSTED_PROXIES": 0}, "warn", "SLUITEND_TRUSTED_PROXIES"),
    ],
)
def test_an_address_that_does_not_fit_is_found(
    settings: Settings, changes: dict[str, object], level: str, words: str
) -> None:
    good = {
        "SLUITEND_ADDRESS": "https://sluitend.example",
        "SLUITEND_RP_ID": "sluitend.example",
        "SLUITEND_TRUSTED_PROXIES": 1,
    }
    for name, value in (good | changes).items():
        setattr(settings, name, value)
    result = checks_running.address()
    assert result.level == level
    assert words in result.sentence


@pytest.mark.django_db
def test_what_is_confirmed_must_be_kept() -> None:
    assert checks_storage.durable().level == "ok"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    result = checks_storage.durable()
    assert result.level == "bad"
    assert "synchronous_commit" in result.sentence


@pytest.mark.parametrize(
    ("row", "level"), [((True, False), "ok"), ((False, True), "ok"), ((False, False), "bad")]
)
def test_a_line_over_the_network_without_tls_is_found(
    monkeypatch: pytest.MonkeyPatch, row: tuple[bool, bool], level: str
) -> None:
    here, encrypted = row
    monkeypatch.setattr(checks_storage, "_rows", lambda statement: [(here,)])
    monkeypatch.setattr(checks_storage, "_encrypted", lambda: encrypted)
    assert checks_storage.line().level == level


@pytest.mark.django_db
def test_the_line_of_the_tests_stays_on_this_machine() -> None:
    assert checks_storage.line().level == "ok"


@pytest.mark.parametrize(
    ("grant", "words"),
    [
        ("SELECT ON cases_case TO sl_intake", "cases_case"),
        ("DELETE ON reports_report TO sl_intake", "reports_report"),
        ("UPDATE ON ledger_event TO sl_app", "ledger_event"),
    ],
)
def test_a_role_that_may_too_much_is_found(
    server: embedded.Server, own_database: str, grant: str, words: str
) -> None:
    assert checks_storage.rights().level == "ok"
    with psycopg.connect(server.url("sl_owner", own_database), autocommit=True) as owner:
        owner.execute(f"GRANT {grant}".encode())
    result = checks_storage.rights()
    assert result.level == "bad"
    assert words in result.sentence


@pytest.mark.parametrize("name", ["log_min_duration_statement", "auto_explain.log_min_duration"])
def test_a_database_that_logs_slow_statements_is_found(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    values = {key: value for key, value in checks_database.NO_VALUES.items() if "." not in key}
    monkeypatch.setattr(checks_database, "_rows", lambda statement: list(values.items()))
    assert checks_database.no_values_in_log().level == "ok"
    values[name] = "250"
    result = checks_database.no_values_in_log()
    assert result.level == "bad"
    assert name in result.sentence


def test_a_promise_that_is_broken_is_told_to_whoever_watches(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SLUITEND_SECURITY_FEED = str(tmp_path / "feed.jsonl")
    list(checks.results())
    broken = checks.Check("zorg", lambda: Result("bad", "Kijk."))
    sound = checks.Check("goed", lambda: Result("ok", "Goed."))
    monkeypatch.setattr(checks, "REGISTRY", {"zorg": broken, "goed": sound})
    assert checks.report(brief=False) is False
    feed.close_feed()
    (line,) = [json.loads(each) for each in (tmp_path / "feed.jsonl").read_text().splitlines()]
    assert (line["kind"], line["detail"], line["outcome"]) == ("doctor", "zorg", "failed")


def test_an_address_says_how_the_line_is_guarded() -> None:
    found = parse(
        "postgresql://sl_app:x@db.example:6432/sluitend?sslmode=verify-full&sslrootcert=%2Fca.pem&odd=1"
    )
    assert (found["HOST"], found["PORT"]) == ("db.example", "6432")
    options = found["OPTIONS"]
    assert isinstance(options, dict)
    assert options["sslmode"] == "verify-full"
    assert options["sslrootcert"] == "/ca.pem"
    assert "odd" not in options
    assert parse("postgresql://sl_app@/sluitend?host=%2Frun%2Fpg")["HOST"] == "/run/pg"


@pytest.mark.django_db
def test_every_check_says_in_dutch_what_to_do_and_all_are_in_the_manual() -> None:
    manual = (Path(__file__).resolve().parents[2] / "docs" / "beheer.md").read_text()
    for each, result in checks.results():
        assert result.sentence.endswith((".", "?", ")")), each.name
        assert each.name in manual, f"{each.name} does not stand in docs/beheer.md"
