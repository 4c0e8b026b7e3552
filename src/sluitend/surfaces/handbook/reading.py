"""What every page of the handbook starts from: the released pack, and what this reader may see of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from sluitend.kernel.handbook.entries import Entry
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release


@dataclass(frozen=True)
class Reading:
    """The handbook of now for one reader. Who is signed in also sees what is not confirmed, with its mark."""

    pack: Pack
    number: int
    professional: bool
    today: date

    def shown[EntryType: Entry](self, entries: Iterable[EntryType]) -> tuple[EntryType, ...]:
        """Return the entries that hold today and that this reader may see."""
        return tuple(
            entry
            for entry in entries
            if entry.valid_on(self.today) and (entry.confirmed or self.professional)
        )


def reading(request: HttpRequest) -> Reading:
    """Return the handbook as this request may read it; costs one statement."""
    release = current_release()
    return Reading(release.pack, release.number, request.user.is_authenticated, timezone.localdate())
