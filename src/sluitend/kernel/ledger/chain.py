"""The chain over the ledger: each link covers the one before, under a key that no web process has.

In the same job a signed checkpoint of each chain that moved leaves the database. Whoever changes, removes or
adds a line afterwards must break the MAC of a line, a link, or a checkpoint that a verifier holds.
"""

import os
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from sluitend.kernel.access.acting import Actor, organisation_for_ledger
from sluitend.kernel.access.rounds import each_done
from sluitend.kernel.ledger.actions import is_authentic
from sluitend.kernel.ledger.checkpoints import BEGUN, Checkpoint, begun
from sluitend.kernel.ledger.content import note_content
from sluitend.kernel.ledger.models import Event, Link
from sluitend.kernel.ledger.verification import START, Finding, Kind, verify
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.custodian import custodian

__all__ = ["Finding", "Kind", "link_all", "link_events", "sign_checkpoint", "verify"]

BATCH = 5_000
LINKING = "ledger.link"


def link_events(actor: Actor, *, since: datetime | None = None) -> int:
    """Give every line of the actor's organisation that has no place yet its place in the chain.

    Lines are taken in order of moment, never "newer than the last": an older transaction may commit later.
    A line whose MAC does not hold gets no place, so that `verify` can name it as put in from outside. Of two
    that link at once the database takes one.

    Args:
        actor: the system, for one organisation.
        since: look no further back than this; all lines when left out.

    Returns:
        How many got a place.
    """
    return len(_link(actor, since))


def _link(actor: Actor, since: datetime | None) -> list[Link]:
    organisation_id = organisation_for_ledger(actor)
    waiting = Event.objects.filter(organisation_id=organisation_id, link__isnull=True).order_by("at", "id")
    if since:
        waiting = waiting.filter(at__gte=since)
    # Past what gets no place, however much of it was put in: else that would keep all that is ours waiting.
    ours = filter(is_authentic, waiting.iterator(chunk_size=BATCH))
    lines = [(event.id, bytes(event.mac)) for event in islice(ours, BATCH)]
    if not lines:
        return []
    last = _head(actor)
    position, before = (last.position, bytes(last.hash)) if last else (0, START)
    hashes = custodian().links(before, position + 1, [mac for _id, mac in lines])
    links = [
        # By its id: a line that knows its place, which knows its line, stays until garbage is looked for.
        Link(event_id=event_id, organisation_id=organisation_id, position=number, hash=digest)
        for number, ((event_id, _mac), digest) in enumerate(zip(lines, hashes, strict=True), position + 1)
    ]
    Link.objects.bulk_create(links, batch_size=1_000)
    return links


def _noted_and_linked(actor: Actor, since: datetime | None) -> list[Link]:
    note_content(actor)
    return _link(actor, since)


def _head(actor: Actor) -> Link | None:
    chain = Link.objects.filter(organisation_id=organisation_for_ledger(actor))
    return chain.order_by("-position").first()


def link_all(*, since: datetime | None = None) -> int:
    """Link the lines of every organisation and of the platform, and sign where each that moved now stands.

    Each in a transaction of its own; one that fails stops no other.

    Returns:
        How many lines got a place.

    Raises:
        SomeFailed: at the end, when one or more were not done.
    """
    _begin_chains()
    moved: list[Link] = []
    lines = 0
    try:
        for links in each_done(LINKING, lambda actor: _noted_and_linked(actor, since)):
            lines += len(links)
            moved += links[-1:]
    finally:
        _write(_file_of_month(), map(_signed_head, moved))
    return lines


def sign_checkpoint() -> int:
    """Write a signed line for every chain to a file outside the database, and return how many.

    The file of a month only grows. Whoever must be able to check copies it to where the host cannot write.
    """
    heads: list[Link] = []
    try:
        heads += filter(None, each_done("ledger.checkpoint", _head))
    finally:
        _write(_file_of_month(), map(_signed_head, heads))
    return len(heads)


def _begin_chains() -> None:
    """Sign of each chain that is not known in the folder where it stands: from there on it is under a key."""
    known = begun(Path(settings.SLUITEND_CHECKPOINTS))
    if set(Organisation.objects.values_list("id", flat=True)) <= known:
        return

    def where(actor: Actor) -> str:
        organisation_id, last = organisation_for_ledger(actor), _head(actor)
        if organisation_id in known:
            return ""
        position, digest = (last.position, bytes(last.hash)) if last else (0, START)
        return Checkpoint(organisation_id, position, digest, _now(), begins=True).signed_line()

    _write(BEGUN, filter(None, each_done(LINKING, where)))


def _signed_head(head: Link) -> str:
    return Checkpoint(head.organisation_id, head.position, bytes(head.hash), _now()).signed_line()


def _now() -> str:
    return timezone.now().isoformat(timespec="seconds")


def _file_of_month() -> str:
    return f"{timezone.localdate():%Y-%m}.jsonl"


def _write(name: str, lines: Iterable[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    if not text:
        return
    folder = Path(settings.SLUITEND_CHECKPOINTS)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("a", encoding="ascii") as output:
        output.write(text)
        output.flush()
        os.fsync(output.fileno())
