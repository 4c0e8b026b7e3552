"""Which database a command lands on, and what the environment says to the settings."""

import runpy
from argparse import Namespace
from pathlib import Path

import pytest

from sluitend import settings as settings_module
from sluitend.cli import environment, launch
from sluitend.cli.errors import CommandError
from sluitend.cli.launch import serve
from sluitend.cli.processes import Family
from sluitend.demo import embedded


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder and an environment that names no database, in production."""
    for name in (*environment.URLS, "SLUITEND_MODE", "SLUITEND_PROCESS", "SLUITEND_PUBLIC_ONLY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SLUITEND_DATA", str(tmp_path))

    def refuse(data: Path) -> None:
        raise AssertionError("the embedded database was started")

    monkeypatch.setattr(embedded, "running", refuse)
    monkeypatch.setattr(launch, "stop_on_signals", lambda: None)
    return tmp_path


class Started(Exception):
    """The web server would start now."""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str]]]:
    """Keep what would be started, and stop at the web server."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(family: object, name: str, *arguments: str, variables: dict[str, str], **more: object) -> None:
        found.append((name, variables))
        if name == "web":
            raise Started

    monkeypatch.setattr(Family, "start", start)
    monkeypatch.setattr(launch, "step", lambda family, name, variables: found.append((name, variables)))
    return found


def arguments(*, public: bool) -> Namespace:
    return Namespace(host="127.0.0.1", port=0, public=public, desk=False)


@pytest.mark.parametrize("public", [True, False])
def test_production_without_a_database_is_refused(bare: Path, public: bool) -> None:
    with pytest.raises(CommandError, match="DATABASE_URL"):
        serve(arguments(public=public))


def test_the_public_part_takes_the_address_of_intake_alone(
    bare: Path, monkeypatch: pytest.MonkeyPatch, started: list[tuple[str, dict[str, str]]]
) -> None:
    monkeypatch.setenv("SLUITEND_INTAKE_URL", "postgresql://sl_intake@db.example/sluitend")
    with pytest.raises(Started):
        serve(arguments(public=True))
    for _name, variables in started:
        assert variables["DATABASE_URL"] == "postgresql://sl_intake@db.example/sluitend"
        assert variables["SLUITEND_PUBLIC_ONLY"] == "1"
    assert [name for name, _ in started] == ["ready", "web"]
    assert started[-1][1]["SLUITEND_PROCESS"] == "public"


def test_the_public_part_does_not_sign_in_as_the_desk(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://sl_app@db.example/sluitend")
    with pytest.raises(CommandError, match="SLUITEND_INTAKE_URL"):
        serve(arguments(public=True))


def test_the_desk_does_not_sign_in_as_intake(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLUITEND_INTAKE_URL", "postgresql://sl_intake@db.example/sluitend")
    with pytest.raises(CommandError, match="DATABASE_URL"):
        serve(arguments(public=False))


def test_the_desk_is_a_desk(
    bare: Path, monkeypatch: pytest.MonkeyPatch, started: list[tuple[str, dict[str, str]]]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://sl_app@db.example/sluitend")
    with pytest.raises(Started):
        serve(arguments(public=False))
    assert started[-1][1]["SLUITEND_PROCESS"] == "desk"
    assert "SLUITEND_PUBLIC_ONLY" not in started[-1][1]


def test_a_demonstration_has_a_database_of_its_own(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.mark_demo(bare)
    with pytest.raises(AssertionError, match="embedded"), environment.database():
        pass
    monkeypatch.setenv("SLUITEND_MODE", "production")
    with pytest.raises(CommandError), environment.database():
        pass


@pytest.mark.parametrize(
    ("variables", "name", "value"),
    [
        ({}, "SLUITEND_VERIFY_KEY", ""),
        ({"SLUITEND_VERIFY_KEY": f" {'ab' * 32}\n"}, "SLUITEND_VERIFY_KEY", "ab" * 32),
        ({}, "SLUITEND_PROCESS", "desk"),
        ({"SLUITEND_PUBLIC_ONLY": "1"}, "SLUITEND_PROCESS", "public"),
        ({"SLUITEND_PROCESS": "worker"}, "SLUITEND_PROCESS", "worker"),
    ],
)
def test_the_environment_reaches_the_settings(
    bare: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], name: str, value: str
) -> None:
    monkeypatch.delenv("SLUITEND_VERIFY_KEY", raising=False)
    for each, given in variables.items():
        monkeypatch.setenv(each, given)
    assert runpy.run_path(settings_module.__file__)[name] == value
