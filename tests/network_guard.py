"""Fails a run of the tests in which anything reached for a host outside: pytest loads it as a plugin.

An audit hook of the interpreter sees every connection, datagram and look-up of a name, however it is made
in Python. It refuses those that leave the machine, and remembers them: code that swallows the error does not
hide it. Processes that a test starts install the same hook from `guarded/sitecustomize.py`, unless a test
gives them a PYTHONPATH of their own, and write what they tried in a file that is read at the end.

What is not Python (a browser) is not seen.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.network_hook import REPORT, install

_OURS = pytest.StashKey[bool]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Watch this process and the ones it starts; workers of xdist share the report of their parent."""
    if REPORT not in os.environ:
        handle, name = tempfile.mkstemp(prefix="sluitend-network-")
        os.close(handle)
        os.environ[REPORT] = name
        config.stash[_OURS] = True
    here = str(Path(__file__).parent / "guarded")
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if here not in paths:
        os.environ["PYTHONPATH"] = os.pathsep.join([here, *filter(None, paths)])
    install()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run when anything reached outside, also where every test passed."""
    if session.config.stash.get(_OURS, False) and _found():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what was tried, and by whom."""
    if config.stash.get(_OURS, False) and (found := _found()):
        terminalreporter.section("reached for a host outside", red=True, bold=True)
        terminalreporter.write_line(found)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the report away."""
    if config.stash.get(_OURS, False):
        Path(os.environ.pop(REPORT)).unlink(missing_ok=True)


def _found() -> str:
    return Path(os.environ[REPORT]).read_text(encoding="utf-8").strip()
