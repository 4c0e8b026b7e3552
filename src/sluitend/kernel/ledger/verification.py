"""Checking a ledger against checkpoints and diaries: what was changed, removed, put in, cut off."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from itertools import batched
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models import QuerySet
from django.utils import timezone

from sluitend.kernel.ledger import diary
from sluitend.kernel.ledger.actions import is_authentic
from sluitend.kernel.ledger.checkpoints import Checkpoint, checkpoint_key, read_checkpoints
from sluitend.kernel.ledger.models import Event, Link
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.custodian import custodian

START = b"\x00" * 32
NOBODY = UUID(int=0)
BATCH = 2_000
LINK_WITHIN = timedelta(days=1)
"""A line of intake stands at noon, whenever it came in: only after a day is a line without a place late."""
NAMED_AT_MOST = 100


class Kind(StrEnum):
    """What can be wrong with a ledger."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    RECOMPUTED = "recomputed"
    CUT_OFF = "cut_off"
    MISSING = "missing"
    UNLINKED = "unlinked"
    BAD_CHECKPOINT = "bad_checkpoint"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and where. `until` is the last position of what was cut off or recomputed.

    Of a line that only a diary still knows (`MISSING`) nothing is known but its id.
    """

    kind: Kind
    organisation_id: UUID
    position: int | None = None
    event_id: UUID | None = None
    until: int | None = None


def missing(folder: Path) -> list[Finding]:
    """Return the lines that a process wrote, by its diary, and that are not in the ledger.

    The database role must see all.
    """
    found = list[Finding]()
    for some in batched(diary.noted(folder), BATCH):
        there = set(Event.objects.filter(pk__in=some).values_list("pk", flat=True))
        found += [Finding(Kind.MISSING, NOBODY, event_id=each) for each in some if each not in there]
    return found


def verify(
    checkpoints: Path | Iterable[Checkpoint],
    *,
    organisations: Iterable[UUID] | None = None,
    public_key: Ed25519PublicKey | None = None,
    most: int | None = None,
) -> list[Finding]:
    """Return what is wrong with the ledger; nothing when it is right.

    Args:
        checkpoints: a folder with signed lines, best a copy that the host cannot write to.
        organisations: whose chains; all when left out, for which the database role must see all.
        public_key: to check the signatures with; the installation's own when left out.
        most: look at no more than so many of the last lines of each chain; at all when left out.
    """
    points = read_checkpoints(checkpoints) if isinstance(checkpoints, Path) else list(checkpoints)
    key = public_key or checkpoint_key()
    every = Organisation.objects.values_list("id", flat=True) if organisations is None else organisations
    wanted = set(every)
    findings, signed = [], defaultdict[UUID, _Signed](_Signed)
    for point in points:
        # To check a signature takes time; what cannot be read belongs to nobody, and counts for all.
        if organisations is not None and point.organisation_id not in wanted | {NOBODY}:
            continue
        if point.is_signed(key):
            signed[point.organisation_id].add(point)
        else:
            findings.append(Finding(Kind.BAD_CHECKPOINT, point.organisation_id, point.position))
    for each in sorted(wanted):
        findings += _Walk(each, signed[each].heads, signed[each].without_key).findings(most)
    return findings


@dataclass
class _Signed:
    """What was signed of one chain: its heads, and up to where links of before may stand, without a key."""

    heads: dict[int, set[bytes]] = field(default_factory=dict)
    without_key: int = 0

    def add(self, point: Checkpoint) -> None:
        self.heads.setdefault(point.position, set()).add(point.hash)
        if point.begins:
            self.without_key = max(self.without_key, point.position)


@dataclass
class _Walk:
    """One walk along the chain of an organisation."""

    organisation_id: UUID
    expected: Mapping[int, set[bytes]]
    without_key: int
    found: list[Finding] = field(default_factory=list)
    position: int = 0
    hash: bytes = START
    # From where to where right lines have links that are not: each follows on the one before.
    recomputed: list[int] = field(default_factory=list)

    def findings(self, most: int | None) -> list[Finding]:
        """Walk, and say what is wrong."""
        links = Link.objects.filter(organisation_id=self.organisation_id).order_by("position")
        if most is not None:
            links = self._skip_to_last(links, most)
        for link, event in _with_events(links.iterator(chunk_size=BATCH)):
            self._step(link, event)
        if beyond := [position for position in self.expected if position > self.position]:
            self._add(Kind.CUT_OFF, self.position + 1, until=max(beyond))
        if self.recomputed:
            self._add(Kind.RECOMPUTED, min(self.recomputed), until=max(self.recomputed))
        self._judge_without_place()
        return self.found

    def _skip_to_last(self, links: QuerySet[Link], most: int) -> QuerySet[Link]:
        """Begin at an earlier link as given. A checkpoint at or after it still tells when that was wrong."""
        before = links.reverse()[most : most + 1].first()
        if before is None:
            return links
        self.position, self.hash = before.position, bytes(before.hash)
        self.expected = {
            position: digest for position, digest in self.expected.items() if position > before.position
        }
        return links.filter(position__gt=before.position)

    def _add(
        self, kind: Kind, position: int | None = None, event_id: UUID | None = None, until: int | None = None
    ) -> None:
        self.found.append(Finding(kind, self.organisation_id, position, event_id, until))

    def _step(self, link: Link, event: Event | None) -> None:
        whole = link.position == self.position + 1
        for missing in range(self.position + 1, min(link.position, self.position + 1 + NAMED_AT_MOST)):
            self._add(Kind.REMOVED, missing)
        if event is None:
            self._add(Kind.REMOVED, link.position, link.event_id)
        else:
            self._judge_line(link, event, whole=whole)
        self.position, self.hash = link.position, bytes(link.hash)
        if self.expected.get(self.position, {self.hash}) != {self.hash}:
            self.recomputed.append(self.position)

    def _judge_line(self, link: Link, event: Event, *, whole: bool) -> None:
        belongs = not whole or self._belongs(link, bytes(event.mac))
        if not is_authentic(event):
            # Without the key nobody makes the link of a line that was put in.
            self._add(Kind.CHANGED if belongs else Kind.INSERTED, link.position, event.id)
        elif not belongs:
            self.recomputed.append(link.position)

    def _belongs(self, link: Link, mac: bytes) -> bool:
        """Return whether this link follows on the one before; what ended before the key may have none."""
        if link.position <= self.without_key and hashlib.sha256(self.hash + mac).digest() == bytes(link.hash):
            return True
        return custodian().is_link(self.hash, link.position, mac, bytes(link.hash))

    def _judge_without_place(self) -> None:
        loose = Event.objects.filter(organisation_id=self.organisation_id, link__isnull=True).order_by(
            "at", "id"
        )
        late = timezone.now() - LINK_WITHIN
        for event in loose.iterator(chunk_size=BATCH):
            if not is_authentic(event):
                self._add(Kind.INSERTED, event_id=event.id)
            elif event.at < late:
                self._add(Kind.UNLINKED, event_id=event.id)


def _with_events(links: Iterator[Link]) -> Iterator[tuple[Link, Event | None]]:
    """Pair links with their events. A removed event leaves its link behind; a join would lose both."""
    batch: list[Link] = []
    for link in links:
        batch.append(link)
        if len(batch) == BATCH:
            yield from _paired(batch)
            batch = []
    yield from _paired(batch)


def _paired(batch: list[Link]) -> Iterator[tuple[Link, Event | None]]:
    events = Event.objects.in_bulk([link.event_id for link in batch])
    for link in batch:
        yield link, events.get(link.event_id)
