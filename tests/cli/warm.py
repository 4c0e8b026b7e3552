"""Runs `sluitend` commands in processes of their own that need not load every library anew.

A process with the libraries, and nothing of Sluitend, waits; each command is a fork of it. What it reads
when it starts (its variables, its settings, its own modules) it reads then, as from a shell.
"""

import multiprocessing
import os
import runpy
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired

LIBRARIES = (
    *("django.core.management", "django.db.models", "django.db.backends.postgresql.base", "django.forms"),
    *("django.http", "django.template.engine", "django.test", "django.urls", "django.views.generic"),
    *("cryptography.hazmat.primitives.asymmetric.x25519", "holidays", "phonenumbers", "prometheus_client"),
    *("procrastinate", "psycopg", "psycopg_pool", "pydantic", "rich.console", "rich.traceback", "structlog"),
    *("snowballstemmer", "sqlparse", "yaml"),
)


@cache
def _waiting() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(LIBRARIES))
    return context


def run(
    arguments: Sequence[str], *, env: Mapping[str, str], typed: str, seconds: float
) -> CompletedProcess[str]:
    """Run `sluitend arguments` and return how that went.

    Args:
        env: every variable of the command.
        typed: what somebody types.
        seconds: after which it is ended.

    Raises:
        TimeoutExpired: it was ended.
    """
    with tempfile.TemporaryDirectory(prefix="sluitend-command-") as name:
        folder = Path(name)
        (folder / "in").write_text(typed)
        process = _waiting().Process(target=_command, args=(tuple(arguments), dict(env), name))
        process.start()
        process.join(seconds)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutExpired(list(arguments), seconds)
        said = [(folder / each).read_text() for each in ("out", "err")]
        return CompletedProcess(list(arguments), process.exitcode, *said)


def _command(arguments: tuple[str, ...], env: dict[str, str], name: str) -> None:
    for number, (part, mode) in enumerate((("in", os.O_RDONLY), ("out", os.O_WRONLY), ("err", os.O_WRONLY))):
        file = os.open(Path(name) / part, mode | (os.O_CREAT if mode else 0), 0o600)
        os.dup2(file, number)
        os.close(file)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 (multiprocessing had closed it)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["sluitend", *arguments]
    runpy.run_module("sluitend.cli", run_name="__main__", alter_sys=True)
