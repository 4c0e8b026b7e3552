"""Plant faults in a copy of the source, one by one, and say which no test notices.

`python -m tests.planted [NAME | FILE]...`: faults by the beginning of their name, or of the name of their file.
The source itself is never touched: whoever kills a run leaves a folder in the temporary folder, nothing else.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.planted import SOURCE, Fault
from tests.planted.table import FAULTS

ROOT = SOURCE.parents[1]
FAILED = 1
"""What pytest ends with when a test failed: not when there is none, or one cannot be read."""


def main(wanted: list[str]) -> int:
    """Plant what is asked, or everything; return 1 when a fault was not noticed."""
    chosen = [
        each for each in FAULTS if not wanted or each.name.startswith(tuple(wanted)) or each.file in wanted
    ]
    lived = []
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        _copy(Path(folder))
        for fault in chosen:
            begun = time.monotonic()
            with _planted(fault, Path(folder)):
                noticed, said = _run(fault, Path(folder))
            print(
                f"{'noticed' if noticed else 'LIVED  '} {time.monotonic() - begun:4.0f} s  {fault.name}",
                flush=True,
            )
            if not noticed:
                lived.append(fault)
                print(f"    {fault.why}\n    {fault.tests}\n{said}", flush=True)
    print(f"{len(chosen) - len(lived)} of {len(chosen)} noticed")
    return bool(lived) or not chosen


def _copy(folder: Path) -> None:
    """Copy the source; what else lies beside it is found by links."""
    shutil.copytree(SOURCE.parent, folder / "src")
    for each in ROOT.iterdir():
        if each.name != "src":
            (folder / each.name).symlink_to(each)


@contextmanager
def _planted(fault: Fault, folder: Path) -> Iterator[None]:
    file = folder / "src" / "sluitend" / fault.file
    sound = SOURCE / fault.file
    file.write_text(fault.planted(sound.read_text()))
    yield
    shutil.copy2(sound, file)  # with its moment: what was compiled of it counts again


def _run(fault: Fault, folder: Path) -> tuple[bool, str]:
    """Run the tests of a fault over the copy; return whether one failed, and the end of what was said."""
    options = ["-q", "-x", "-p", "no:cacheprovider", "-o", f"pythonpath={folder / 'src'} {ROOT}"]
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *shlex.split(fault.tests)],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode == FAILED, "\n".join(ended.stdout.splitlines()[-5:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
