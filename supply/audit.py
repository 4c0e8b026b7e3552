"""Checks the locked versions against a list of known weaknesses in the format of OSV. Asks nobody.

The list is what somebody fetched: a file, a folder or a zip, such as the export of an ecosystem. None is
shipped: one that grows old says that all is well.
"""

import json
import re
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from supply.locked import Package, normal, packages

HERE = Path(__file__).resolve().parent
ACCEPTED = HERE / "accepted.toml"
SEMVER = re.compile(r"^v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$")

type Advisory = Mapping[str, Any]
type Key = Version | tuple[Any, ...]


@dataclass(frozen=True)
class Finding:
    """A locked version that a list names."""

    package: Package
    identity: str
    summary: str

    def sentence(self) -> str:
        """Return what to print."""
        kind = "" if self.package.runs else " (builds or checks only)"
        return f"{self.package.name} {self.package.version}{kind}: {self.identity} {self.summary}".rstrip()


def load(place: Path) -> list[Advisory]:
    """Return the advisories of a file, a folder or a zip.

    Raises:
        ValueError: it holds something else.
        OSError: it cannot be read.
    """
    return [advisory for text in _texts(place) for advisory in _advisories(json.loads(text))]


def _texts(place: Path) -> Iterator[str]:
    if place.is_dir():
        for file in sorted(place.rglob("*.json")):
            yield file.read_text()
    elif zipfile.is_zipfile(place):
        with zipfile.ZipFile(place) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith(".json"):
                    yield archive.read(name).decode()
    else:
        yield place.read_text()


def _advisories(found: Any) -> list[Advisory]:
    if isinstance(found, dict):
        found = found.get("vulns", [found])
    if not isinstance(found, list) or not all(isinstance(each, dict) and "id" in each for each in found):
        raise ValueError("this is no list of advisories in the format of OSV")
    return found


def findings(found: Iterable[Package], advisories: Iterable[Advisory]) -> list[Finding]:
    """Return every locked version that an advisory names; one that was withdrawn names none."""
    by_name: dict[tuple[str, str], list[Package]] = {}
    for package in found:
        by_name.setdefault((package.ecosystem, package.name), []).append(package)
    return sorted(
        {
            Finding(package, advisory["id"], advisory.get("summary", ""))
            for advisory in advisories
            if not advisory.get("withdrawn")
            for affected in advisory.get("affected", [])
            for package in by_name.get(_name(affected.get("package", {})), [])
            if is_affected(package, affected)
        },
        key=lambda each: (each.package, each.identity),
    )


def _name(package: Mapping[str, str]) -> tuple[str, str]:
    ecosystem, name = package.get("ecosystem", ""), package.get("name", "")
    return ecosystem, normal(name) if ecosystem == "PyPI" else name


def is_affected(package: Package, affected: Mapping[str, Any]) -> bool:
    """Return whether a version is among those of an advisory: named, or within a range."""
    if package.version in affected.get("versions", []):
        return True
    ranges = [each for each in affected.get("ranges", []) if each.get("type") in ("ECOSYSTEM", "SEMVER")]
    return any(_within(package, each.get("events", [])) for each in ranges)


def _within(package: Package, events: list[Mapping[str, str]]) -> bool:
    """Walk the events in order, as the format prescribes."""
    own = order(package.ecosystem, package.version)
    steps = sorted(
        (_place(package.ecosystem, at), what, at) for event in events for what, at in event.items()
    )
    inside = False
    for (_first, at), what, _text in steps:
        if what == "introduced" and own >= at:
            inside = True
        elif (what == "fixed" and own >= at) or (what == "last_affected" and own > at):
            inside = False
    return inside


def _place(ecosystem: str, version: str) -> tuple[int, Any]:
    return 0, order(ecosystem, "0.0.0-0" if ecosystem == "npm" and version == "0" else version)


@cache
def order(ecosystem: str, version: str) -> Any:
    """Return what a version sorts by in its ecosystem; one that cannot be read sorts before all others."""
    if ecosystem == "PyPI":
        try:
            return Version(version)
        except InvalidVersion:
            return Version("0.dev0")
    match = SEMVER.match(version)
    if match is None:
        return (-1, -1, -1, 0, ())
    numbers = tuple(int(each) for each in match.group(1, 2, 3))
    pre = tuple(
        (0, int(each), "") if each.isdigit() else (1, 0, each)
        for each in (match[4].split(".") if match[4] else [])
    )
    return (*numbers, 0 if pre else 1, pre)


def accepted(today: date, place: Path = ACCEPTED) -> dict[tuple[str, str], str]:
    """Return what was looked at and may stay for now, as (advisory, package), with the reason.

    What has passed its date is no longer accepted.
    """
    entries = tomllib.loads(place.read_text()).get("accepted", [])
    return {(each["id"], each["package"]): each["reason"] for each in entries if each["until"] >= today}


def report(place: Path | None) -> int:
    """Print what is found.

    Args:
        place: of the list.

    Returns:
        1 when a version is named and not accepted, 2 when there is no list that can be read.
    """
    if place is None:
        print("No list: name the exports of OSV for PyPI and npm in SLUITEND_VULNERABILITIES.")
        return 2
    try:
        advisories = load(place)
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        print(f"{place}: {error}")
        return 2
    may = accepted(date.today())  # noqa: DTZ011  (a date of an agreement, anywhere)
    found = packages()
    wrong = 0
    for each in findings(found, advisories):
        why = may.get((each.identity, each.package.name))
        wrong += why is None
        print(each.sentence() if why is None else f"accepted: {each.sentence()}: {why}")
    print(f"{len(found)} locked versions, {len(advisories)} advisories, {wrong} to mend")
    return 1 if wrong else 0
