"""On what was measured."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sluitend.cli.gunicorn_conf import cores

QUIET = 0.25
SHARED = (
    "**Others used the machine meanwhile**: latencies and rates prove nothing; CPU times are upper bounds"
)
PACKAGES = ("Django", "psycopg", "gunicorn", "procrastinate", "cryptography", "typst")


def processor() -> str:
    """Return the name of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next(
        (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine()
    )


def memory_gib() -> float:
    """Return how much memory there is."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def load() -> float:
    """Return how many processes wanted a core in the last minute."""
    return os.getloadavg()[0]


def quiet(busy: float) -> bool:
    """Say whether this load leaves the machine to us."""
    return busy < cores() * QUIET


def describe(postgres: str, busy: float) -> list[str]:
    """Return the machine in lines."""
    parts = [f"{name} {version(name)}" for name in PACKAGES]
    lines = [
        f"{cores()} cores of {processor()}, {memory_gib():.0f} GiB of memory, {platform.system()}",
        f"Python {platform.python_version()}, PostgreSQL {postgres}, {', '.join(parts)}",
        f"{datetime.now(UTC):%d-%m-%Y %H:%M} UTC, load of the machine at the start {busy:.1f}",
    ]
    return lines if quiet(busy) else [*lines, SHARED]
