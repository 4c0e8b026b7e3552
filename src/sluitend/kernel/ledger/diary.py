"""The diary: which lines each kind of process wrote, outside the database, until they have their place.

Between writing a line and linking it a minute passes in which a superuser could take it away, and no link
would miss it. On commit its id is added to a file; `verify` asks for each. Never of what came in from the
public: the order of a file is a clock.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

KEPT_DAYS = 31
"""Long after each line got its place and a checkpoint stands over it."""
ID_BYTES = 16
SUFFIX = ".ids"


def note(ids: Iterable[UUID]) -> None:
    """Add ids to the file of today of this kind of process; the kernel keeps several writers apart."""
    folder = Path(settings.SLUITEND_DIARY)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = folder / f"{timezone.localdate():%Y-%m-%d}.{settings.SLUITEND_PROCESS}{SUFFIX}"
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    try:
        os.write(descriptor, b"".join(each.bytes for each in ids))
    finally:
        os.close(descriptor)


def noted(folder: Path) -> Iterator[UUID]:
    """Yield every id in a folder. A piece at the end of a file is a write that a crash cut short."""
    for file in sorted(folder.glob(f"*{SUFFIX}")):
        content = file.read_bytes()
        for start in range(0, len(content) - ID_BYTES + 1, ID_BYTES):
            yield UUID(bytes=content[start : start + ID_BYTES])


def set_aside() -> None:
    """Let the files be asked for no longer: a backup was put back, of before what they know."""
    for file in Path(settings.SLUITEND_DIARY).glob(f"*{SUFFIX}"):
        file.rename(file.with_name(f"{file.name}.restored-{timezone.now():%Y%m%dT%H%M%S}"))


def forget_old() -> None:
    """Remove the files of more than a month ago."""
    oldest = timezone.localdate() - timedelta(days=KEPT_DAYS)
    for file in Path(settings.SLUITEND_DIARY).glob(f"*{SUFFIX}*"):
        try:
            day = date.fromisoformat(file.name[:10])
        except ValueError:
            continue
        if day < oldest:
            file.unlink(missing_ok=True)
