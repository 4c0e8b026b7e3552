"""What ended and is no envelope: a seal, a yes, a way to read. No backup begins it again.

The database notes each seal that goes by itself; whoever ends something else notes its id here. Both stand in
the signed register beside the keys (`destructions`), from which `restore` ends them again. What follows on an
end is of the journeys: each names as `ENDS_AGAIN` who does it once more.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import batched
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from sluitend.kernel.sealing.destructions import AT_ONCE, follow
from sluitend.kernel.sealing.models import Ending, Seal


class Again(NamedTuple):
    """What somebody who names `ENDS_AGAIN` did: how much, and the codes of what could not be looked at."""

    done: int = 0
    left: tuple[str, ...] = ()


class Lost(NamedTuple):
    """A seal that a backup brought back, and that went again."""

    envelope_id: UUID
    holder_id: UUID


def note_ended(ids: Iterable[UUID]) -> None:
    """Note that something ended for good, by an id that says nothing of it. A seal is noted by its going."""
    if ended := list(ids):
        with connection.cursor() as cursor:
            cursor.execute("SELECT sealing_end(%s)", [ended])
        follow()


def unknown(ended: Mapping[UUID, date]) -> dict[UUID, date]:
    """Return what the register names as ended and this database does not: what is to be ended again."""
    known = set(Ending.objects.values_list("id", flat=True).iterator())
    return {each: day for each, day in ended.items() if each not in known}


def know(ended: Mapping[UUID, date]) -> None:
    """Let the database know again what ended, on the day on which that was written. For its owner only."""
    rows = (Ending(id=each, day=day) for each, day in ended.items())
    Ending.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)


def drop_again(ended: Collection[UUID]) -> list[Lost]:
    """Take each seal away again that went, and return which there were. For the owner of the tables only."""
    lost = list[Lost]()
    for some in batched(ended, AT_ONCE):
        found = Seal.objects.filter(pk__in=some).order_by()
        lost += [Lost(*row) for row in found.values_list("envelope_id", "holder_id")]
        found.delete()
    return lost
