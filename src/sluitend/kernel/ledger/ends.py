"""What was ended without anybody ending it: each end of a matter has a line in the ledger of that moment.

A column such as `closed` is plain. Whoever writes it by SQL leaves a line of content behind, like every
change, and none of somebody who closed it.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import batched
from typing import NamedTuple
from uuid import UUID

from sluitend.kernel.ledger.actions import is_authentic
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.sealing.comparing import Difference, Unlike
from sluitend.kernel.sealing.custodian import custodian
from sluitend.kernel.sealing.sealed_rows import SealedKind, sealed_kinds

AROUND = timedelta(minutes=2)
BATCH = 1_000
LOOKS = (".read", ".list", ".earlier", ".look")
"""How actions end that only look."""


class _End(NamedTuple):
    organisation_id: UUID
    row_id: UUID
    closed: datetime


def ends_without_line() -> Iterator[Difference]:
    """Give every matter that is closed and of which no line says that somebody did something then."""
    for kind in sealed_kinds():
        name = getattr(kind.model, "ledger_kind", "")
        if name:
            yield from _of_kind(kind, name)


def _of_kind(kind: SealedKind, name: str) -> Iterator[Difference]:
    rows = kind.rows().filter(closed__isnull=False).values_list("organisation_id", "pk", "closed")
    by_chain = defaultdict[tuple[UUID, int], list[_End]](list)
    for row in rows.iterator():
        end = _End(*row)
        by_chain[end.organisation_id, end.closed.year].append(end)
    for (organisation_id, year), ends in by_chain.items():
        for some in batched(ends, BATCH):
            texts = [name.encode() + b"|" + each.row_id.bytes for each in some]
            names = custodian().pseudonyms(organisation_id, year, texts)
            moments = _moments(organisation_id, [UUID(bytes=each) for each in names])
            for end, subject in zip(some, names, strict=True):
                if not any(abs(at - end.closed) <= AROUND for at in moments[UUID(bytes=subject)]):
                    yield Difference(Unlike.NO_END, kind.table, end.row_id, organisation_id)


def _moments(organisation_id: UUID, subjects: list[UUID]) -> dict[UUID, list[datetime]]:
    """Return when something was done with each of these subjects, by lines that are ours."""
    found = defaultdict[UUID, list[datetime]](list)
    for event in Event.objects.filter(organisation_id=organisation_id, subject__in=subjects):
        if event.subject and not event.action.endswith(LOOKS) and is_authentic(event):
            found[event.subject].append(event.at)
    return found
