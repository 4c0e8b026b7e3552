"""No default reaches a host outside, and the tests would notice if something did."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from sluitend import settings as settings_module
from tests.network_hook import REPORT, is_outside

ROOT = Path(__file__).resolve().parents[2]
OUTSIDE = ("192.0.2.1", 9)  # an address that is kept free for examples


@pytest.mark.parametrize(
    "address", [("127.0.0.1", 1), ("::1", 1, 0, 0), ("localhost", 1), "localhost", None, "", ("", 1)]
)
def test_this_machine_is_not_outside(address: object) -> None:
    assert not is_outside(address)


@pytest.mark.parametrize(
    "address", [OUTSIDE, ("2001:db8::1", 1, 0, 0), "sluitend.example", b"sluitend.example", ("10.0.0.1", 1)]
)
def test_everything_else_is(address: object) -> None:
    assert is_outside(address)


def guarded(test: Path) -> subprocess.CompletedProcess[str]:
    """Run one file of tests in a run of its own."""
    variables = {name: value for name, value in os.environ.items() if name not in (REPORT, "PYTHONPATH")}
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", str(test.parent)),
            *("-p", "tests.network_guard", "-p", "no:django", "-p", "no:cacheprovider", str(test)),
        ],
        env=variables | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("what", ["connection", "name", "child", "datagram"])
def test_a_run_that_reaches_outside_fails(tmp_path: Path, what: str) -> None:
    lines = {
        "connection": f"socket.create_connection({OUTSIDE!r}, timeout=1)",
        "name": "socket.getaddrinfo('sluitend.example', 443)",
        "datagram": f"socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', {OUTSIDE!r})",
        "child": f"subprocess.run([sys.executable, {str(tmp_path / 'child.py')!r}], check=False)",
    }
    (tmp_path / "child.py").write_text(f"import socket\n{lines['connection']}\n")
    test = tmp_path / "test_quiet.py"
    test.write_text(
        "import socket, subprocess, sys\n\n\ndef test_quiet():\n    try:\n        "
        f"{lines[what]}\n    except OSError:\n        pass\n"
    )
    done = guarded(test)
    assert "1 passed" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 1
    assert "reached for a host outside" in done.stdout


def test_a_run_that_stays_inside_passes(tmp_path: Path) -> None:
    test = tmp_path / "test_inside.py"
    test.write_text(
        "import socket\n\n\ndef test_inside():\n"
        "    with socket.create_server(('127.0.0.1', 0)) as server:\n"
        "        socket.create_connection(server.getsockname()).close()\n"
        "        socket.getaddrinfo('localhost', 80)\n"
    )
    done = guarded(test)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_the_defaults_name_no_host_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("SLUITEND_", "EMAIL_", "DATABASE_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SLUITEND_DATA", str(tmp_path))
    found = runpy.run_path(settings_module.__file__)
    assert found["SLUITEND_MODE"] == "production"
    hosts = [found["DATABASES"]["default"]["HOST"], found["SMTP"]["host"], found["SLUITEND_CLAMAV"]]
    assert [host for host in hosts if is_outside(host)] == []
    named = [value for values in found["SECURE_CSP"].values() for value in values]
    assert [str(value) for value in named if "." in str(value)] == []


def test_the_defaults_call_nobody(tmp_path: Path) -> None:
    """A production process with nothing but its defaults loads everything, and looks at mail and scanner."""
    script = tmp_path / "start.py"
    script.write_text(
        "import os, sys\n"
        f"sys.path.insert(0, {str(ROOT / 'src')!r})\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'sluitend.settings'\n"
        "os.environ['SLUITEND_SECRET_KEY'] = 'x' * 60\n"
        "import django\n"
        "django.setup()\n"
        "import sluitend.urls\n"
        "from sluitend.cli import checks_services\n"
        "for check in (checks_services.mail, checks_services.scanner):\n"
        "    assert check().level == 'warn', check()\n"
    )
    report = tmp_path / "report"
    report.touch()
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SLUITEND_", "EMAIL_", "DATABASE_"))
    }
    guard = {
        "PYTHONPATH": str(ROOT / "tests" / "guarded"),
        REPORT: str(report),
        "SLUITEND_DATA": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, str(script)], env=kept | guard, capture_output=True, text=True, check=False
    )
    assert (done.returncode, report.read_text()) == (0, ""), done.stderr
