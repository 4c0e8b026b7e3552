"""How much the processes of the measured installation compute: what a busy machine blurs least."""

import os
from collections import Counter
from pathlib import Path

PROC = Path("/proc")
NAMES = {"gunicorn": "web", "postgres": "database", "sluitend.cli worker": "worker"}
DEEPEST = 20


def spent() -> Counter[str]:
    """Return the clock ticks computed so far, by kind of process; empty where there is no /proc."""
    ticks: Counter[str] = Counter()
    for kind, number in _used().values():
        ticks[kind] += number
    return ticks


def ours() -> dict[int, str]:
    """Return the processes of the measured installation that live, with their kind."""
    return {process: kind for process, (kind, _number) in _used().items()}


def _used() -> dict[int, tuple[str, int]]:
    """Return of each process of ours its kind and the clock ticks that it computed."""
    parents: dict[int, int] = {}
    used: dict[int, tuple[str, int]] = {}
    for folder in PROC.iterdir() if PROC.exists() else ():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        parents[int(folder.name)] = int(fields[1])
        kind = next((kind for name, kind in NAMES.items() if name in command), "")
        used[int(folder.name)] = kind, int(fields[11]) + int(fields[12])
    return {process: each for process, each in used.items() if each[0] and _is_ours(process, parents)}


def _is_ours(identity: int, parents: dict[int, int]) -> bool:
    for _step in range(DEEPEST):
        identity = parents.get(identity, 0)
        if identity == os.getpid():
            return True
    return False


def words(before: Counter[str], number: int) -> str:
    """Return how much was computed since, for each of so many requests."""
    now, tick = spent(), os.sysconf("SC_CLK_TCK")
    if not number or not now:
        return ""
    parts = [
        f"{(now[kind] - before[kind]) / tick * 1000 / number:.1f} {kind}" for kind in ("web", "database")
    ]
    return f"; CPU ms each {' + '.join(parts)}"
