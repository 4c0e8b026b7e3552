import os
import signal
import socket
from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path

import pytest

from sluitend.cli import environment, launch, main
from sluitend.cli.errors import CommandError
from sluitend.cli.launch import serve
from sluitend.cli.processes import Family, Stopped
from sluitend.demo import embedded
from sluitend.demo import launch as demo_launch

SLEEPER = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_DFL); time.sleep(600)"


def test_a_port_that_is_taken_is_said_plainly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for start in (demo_launch.start, serve):
            with pytest.raises(CommandError, match=f"Poort {port} is niet vrij"):
                start(Namespace(host="127.0.0.1", port=port, public=False, desk=False))


def test_a_family_ends_together() -> None:
    with Family() as family:
        family.start("one", "-c", SLEEPER, variables={})
        family.start("two", "-c", SLEEPER, variables={})
        children = list(family.children.values())
        os.kill(children[0].pid, signal.SIGKILL)
        assert family.wait() == "one"
    assert [child.returncode for child in children] == [-signal.SIGKILL, -signal.SIGTERM]


def test_a_child_gets_one_address_and_no_other(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in environment.URLS:
        monkeypatch.setenv(name, "from outside")
    seen = tmp_path / "seen"
    names = list(environment.URLS)
    code = f"import os; open({str(seen)!r}, 'w').write(str({{n: os.environ.get(n) for n in {names}}}))"
    given = environment.only({"DATABASE_URL": "app", "SLUITEND_OWNER_URL": "owner"}, "SLUITEND_OWNER_URL")
    with Family() as family:
        family.start("child", "-c", code, variables=given)
        family.wait()
    assert "'DATABASE_URL': 'owner'" in seen.read_text()
    assert seen.read_text().count("None") == len(environment.URLS) - 1


class Roles:
    """A database server that only says which role an address is of."""

    def url(self, role: str) -> str:
        """Return the role."""
        return role

    def urls(self) -> dict[str, str]:
        """Return the role for each purpose."""
        return dict(environment.URLS)


def test_the_invented_year_is_loaded_as_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in environment.URLS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SLUITEND_DATA", str(tmp_path))
    steps: dict[str, str] = {}

    def step(_family: Family, command: str, variables: dict[str, str]) -> None:
        steps[command] = variables.get("DATABASE_URL", "")

    def no_web_server(*_arguments: object) -> None:
        raise Stopped

    monkeypatch.setattr(demo_launch, "stop_on_signals", lambda: None)
    monkeypatch.setattr(launch, "step", step)
    monkeypatch.setattr(launch, "web_server", no_web_server)
    monkeypatch.setattr(embedded, "start", lambda _data: nullcontext(Roles()))
    demo_launch.start(Namespace(host="127.0.0.1", port=0))
    # It takes work from the queue, which no web process may.
    assert steps["prepare"] == environment.URLS["SLUITEND_WORKER_URL"]


def test_a_demonstration_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLUITEND_MODE", raising=False)
    monkeypatch.delenv("SLUITEND_DEMO_PASSWORD", raising=False)
    assert "SLUITEND_MODE" not in environment.base(tmp_path)
    environment.mark_demo(tmp_path)
    first = environment.base(tmp_path)
    assert first["SLUITEND_MODE"] == "demo"
    assert first["SLUITEND_DEMO_PASSWORD"] == environment.base(tmp_path)["SLUITEND_DEMO_PASSWORD"]
    monkeypatch.setenv("SLUITEND_MODE", "production")
    assert "SLUITEND_DEMO_PASSWORD" not in environment.base(tmp_path)


def test_real_data_are_never_cleaned_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SLUITEND_DATA", str(tmp_path))
    (tmp_path / "kept").touch()
    assert main(["clean"]) == 1
    assert (tmp_path / "kept").exists()
    assert "blijft dus staan" in capsys.readouterr().err
