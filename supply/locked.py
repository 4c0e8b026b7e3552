"""The locked packages: what `make` installs, by exact version."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = (("app", True), ("node", False), ("dev", False), ("uv", False))
"""Each file of requirements, and whether what it names runs in production."""
LINE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


@dataclass(frozen=True, order=True)
class Package:
    """One locked package.

    Attributes:
        ecosystem: as OSV names it: `PyPI` or `npm`.
        runs: whether it is part of what runs; else it only builds or checks.
        integrity: of npm: the hash of the one file that is installed.
        licence: as the lock file says it; empty where it does not.
    """

    ecosystem: str
    name: str
    version: str
    runs: bool = True
    integrity: str = ""
    licence: str = ""

    @property
    def purl(self) -> str:
        """The package URL, which names no host."""
        kind = {"PyPI": "pypi", "npm": "npm"}[self.ecosystem]
        return f"pkg:{kind}/{self.name.replace('@', '%40')}@{self.version}"


def normal(name: str) -> str:
    """Return the one spelling of a name on PyPI."""
    return re.sub(r"[-_.]+", "-", name).lower()


def python_packages(folder: Path = ROOT / "requirements") -> list[Package]:
    """Return the locked packages of Python; one that runs and is in another file too stands here once."""
    found: dict[tuple[str, str], Package] = {}
    for name, runs in PYTHON:
        for package, version in LINE.findall((folder / f"{name}.txt").read_text()):
            found.setdefault((normal(package), version), Package("PyPI", normal(package), version, runs))
    return sorted(found.values())


def npm_packages(lock: Path = ROOT / "package-lock.json") -> list[Package]:
    """Return the locked packages of npm."""
    found = {
        Package(
            "npm",
            place.rpartition("node_modules/")[2],
            entry["version"],
            not entry.get("dev", False),
            entry.get("integrity", ""),
            entry.get("license", ""),
        )
        for place, entry in json.loads(lock.read_text())["packages"].items()
        if place
    }
    return sorted(found)


def packages() -> list[Package]:
    """Return all of them."""
    return [*python_packages(), *npm_packages()]
