"""Which functions no test reaches: `make reached` ends with it, and fails when there is one.

A function without any line is dead, or lacks a test. What cannot be seen from here stands in the list below,
with why.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from tests.planted import SOURCE

type Report = Mapping[str, Mapping[str, Mapping[str, Mapping[str, Mapping[str, list[int]]]]]]

ROOT = SOURCE.parents[1]
UNSEEN: dict[str, str] = {}
"""Functions by file and name, and why no line of them is noted."""


def main() -> int:
    """Say which functions no test reached, and which of the list one did; return 1 when there is any."""
    found = set(unreached(_report()))
    new = sorted(each for each in found if not any(fnmatchcase(each, known) for known in UNSEEN))
    old = sorted(known for known in UNSEEN if not any(fnmatchcase(each, known) for each in found))
    print(*new, f"{len(new)} functions that no test reaches", sep="\n")  # noqa: T201
    print(*old, f"{len(old)} entries of the list that are reached, or gone", sep="\n")  # noqa: T201
    return bool(new or old)


def unreached(report: Report) -> Iterator[str]:
    """Give each function of which no line ran, of what coverage.py says in JSON."""
    for file, found in report["files"].items():
        place = file.partition("src/sluitend/")[2]
        for name, function in found["functions"].items():
            if name and function["missing_lines"] and not function["executed_lines"]:
                yield f"{place}::{name}"


def _report() -> Report:
    data = Path(os.environ["COVERAGE_FILE"])
    coverage = [sys.executable, "-m", "coverage"]
    if any(data.parent.glob(f"{data.name}.*")):
        subprocess.run([*coverage, "combine", "--quiet", "--append"], cwd=ROOT, check=True)
    out = data.with_suffix(".json")
    subprocess.run([*coverage, "json", "--quiet", "-o", str(out)], cwd=ROOT, check=True)
    report: Report = json.loads(out.read_text())
    return report


if __name__ == "__main__":
    sys.exit(main())
