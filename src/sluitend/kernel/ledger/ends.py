"""What was ended without anybody ending it: each end of a matter has a line in the ledger of that moment.

A column such as `closed` is plain. Whoever writes it by SQL leaves a line of content behind, like every
change, and none of somebody who closed it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import batched
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from sluitend.kernel.ledger.actions import is_authentic
from sluitend.kernel.ledger.models import Event, IntakeLine, Line
from sluitend.kernel.sealing.comparing import Difference, Unlike
from sluitend.kernel.sealing.custodian import custodian
from sluitend.kernel.sealing.sealed_rows import SealedKind, sealed_kinds

AROUND = timedelta(minutes=2)
BATCH = 1_000
ENDS_NOTHING = (".read", ".list", ".earlier", ".look", "report.file")
"""How actions end that only look, and that which begins."""


class Named(NamedTuple):
    """A subject, as the ledger of one organisation names it."""

    organisation_id: UUID
    kind: str
    subject_id: UUID


class End(NamedTuple):
    """That something was over at a moment, by a row; and the subjects of which one has a line about it."""

    row_id: UUID
    at: datetime
    of: tuple[Named, ...]
    within: timedelta = AROUND


def ends_without_line() -> Iterator[Difference]:
    """Give every matter that is closed and of which no line says that somebody did something then."""
    for kind in sealed_kinds():
        if name := ledger_kind(kind.model):
            for end in without_line(_of_kind(kind, name)):
                yield Difference(Unlike.NO_END, kind.table, end.row_id, end.of[0].organisation_id)


def ledger_kind(model: object) -> str:
    """Return by which kind lines name a row of this model, if any does."""
    return str(getattr(model, "ledger_kind", ""))


def _of_kind(kind: SealedKind, name: str) -> Iterator[End]:
    rows = kind.rows().filter(closed__isnull=False).values_list("organisation_id", "pk", "closed")
    for organisation_id, row_id, closed in rows.iterator():
        yield End(row_id, closed, (Named(organisation_id, name, row_id),))


def without_line(ends: Iterable[End]) -> Iterator[End]:
    """Give the ends of which no line that is ours says that somebody did something with the subject then."""
    for some in batched(ends, BATCH):
        moments = _moments({(named, _year(end)) for end in some for named in end.of})
        for end in some:
            done = (at for named in end.of for at in moments[named, _year(end)])
            if not any(abs(at - end.at) <= end.within for at in done):
                yield end


def _moments(wanted: set[tuple[Named, int]]) -> dict[tuple[Named, int], list[datetime]]:
    """Return when something was done with each of these subjects in a year, by lines that are ours."""
    by_chain = defaultdict[tuple[UUID, int], list[Named]](list)
    for named, year in wanted:
        by_chain[named.organisation_id, year].append(named)
    found = defaultdict[tuple[Named, int], list[datetime]](list)
    for (organisation_id, year), names in by_chain.items():
        texts = [each.kind.encode() + b"|" + each.subject_id.bytes for each in names]
        subjects = map(_uuid, custodian().pseudonyms(organisation_id, year, texts))
        whose = dict(zip(subjects, names, strict=True))
        for line in _lines(organisation_id, whose):
            if line.subject:
                found[whose[line.subject], year].append(line.at)
    return found


def _year(end: End) -> int:
    return timezone.localtime(end.at).year


def _uuid(value: bytes) -> UUID:
    return UUID(bytes=value)


def _lines(organisation_id: UUID, subjects: Iterable[UUID]) -> Iterator[Line]:
    """Give the lines that say that something was done; of what the public did also those that wait."""
    wanted = list(subjects)
    for kind in (Event, IntakeLine):
        lines: Iterable[Line] = kind.objects.filter(organisation_id=organisation_id, subject__in=wanted)
        yield from (each for each in lines if not each.action.endswith(ENDS_NOTHING) and is_authentic(each))
