"""Checking a ledger against checkpoints: what was changed, removed, inserted, recomputed or cut off."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models import QuerySet
from django.utils import timezone

from sluitend.kernel.ledger.actions import is_authentic
from sluitend.kernel.ledger.checkpoints import Checkpoint, checkpoint_key, read_checkpoints
from sluitend.kernel.ledger.models import Event, Link
from sluitend.kernel.organisations.models import Organisation

START = b"\x00" * 32
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
    UNLINKED = "unlinked"
    BAD_CHECKPOINT = "bad_checkpoint"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and where. `until` is the last position of what was cut off."""

    kind: Kind
    organisation_id: UUID
    position: int | None = None
    event_id: UUID | None = None
    until: int | None = None


def next_hash(before: bytes, mac: bytes) -> bytes:
    """Return the hash of a link."""
    return hashlib.sha256(before + mac).digest()


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
    findings, expected = [], dict[UUID, dict[int, bytes]]()
    for point in points:
        if point.is_signed(key):
            expected.setdefault(point.organisation_id, {})[point.position] = point.hash
        else:
            findings.append(Finding(Kind.BAD_CHECKPOINT, point.organisation_id, point.position))
    wanted = Organisation.objects.values_list("id", flat=True) if organisations is None else organisations
    for organisation_id in list(wanted):
        findings += _Walk(organisation_id, expected.get(organisation_id, {})).findings(most)
    return findings


@dataclass
class _Walk:
    """One walk along the chain of an organisation."""

    organisation_id: UUID
    expected: Mapping[int, bytes]
    found: list[Finding] = field(default_factory=list)
    forged: list[tuple[int, UUID]] = field(default_factory=list)
    position: int = 0
    hash: bytes = START
    trusted: int = 0
    # The chain as it would be without the lines whose MAC does not hold: it shows what was put in between.
    pure_position: int = 0
    pure_hash: bytes = START
    pure_hits: set[int] = field(default_factory=set)
    recomputed: int | None = None

    def findings(self, most: int | None) -> list[Finding]:
        """Walk, and say what is wrong."""
        links = Link.objects.filter(organisation_id=self.organisation_id).order_by("position")
        if most is not None:
            links = self._skip_to_last(links, most)
        for link, event in _with_events(links.iterator(chunk_size=BATCH)):
            self._step(link, event)
        if beyond := [position for position in self.expected if position > self.position]:
            self._add(Kind.CUT_OFF, self.position + 1, until=max(beyond))
        if self.recomputed is not None:
            self._add(Kind.RECOMPUTED, self.recomputed)
        self._judge_forged()
        self._judge_without_place()
        return self.found

    def _skip_to_last(self, links: QuerySet[Link], most: int) -> QuerySet[Link]:
        """Begin at an earlier link as given. A checkpoint at or after it still tells when that was wrong."""
        before = links.reverse()[most : most + 1].first()
        if before is None:
            return links
        self.position = self.pure_position = before.position
        self.hash = self.pure_hash = bytes(before.hash)
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
        signed = self.expected.get(self.position)
        if signed == self.hash:
            self.trusted = self.position
        elif signed is not None and self.recomputed is None:
            self.recomputed = self.position

    def _judge_line(self, link: Link, event: Event, *, whole: bool) -> None:
        if not is_authentic(event):
            self.forged.append((link.position, event.id))
            return
        self.pure_position += 1
        self.pure_hash = next_hash(self.pure_hash, bytes(event.mac))
        if self.expected.get(self.pure_position) == self.pure_hash:
            self.pure_hits.add(self.pure_position)
        if whole and next_hash(self.hash, bytes(event.mac)) != bytes(link.hash):
            self._add(Kind.CHANGED, link.position, event.id)

    def _judge_forged(self) -> None:
        for position, event_id in self.forged:
            put_in = position > self.trusted and any(hit >= position for hit in self.pure_hits)
            self._add(Kind.INSERTED if put_in else Kind.CHANGED, position, event_id)

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
