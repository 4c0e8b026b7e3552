"""The chain over the ledger: each link covers the one before; hourly a signed checkpoint leaves the database.

Whoever changes, removes or adds a line afterwards must break the MAC of a line, the chain, or a checkpoint
that a verifier holds.
"""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from sluitend.kernel.access.acting import Actor, acting, organisation_for_ledger, system_actor
from sluitend.kernel.ledger.actions import is_authentic
from sluitend.kernel.ledger.checkpoints import Checkpoint
from sluitend.kernel.ledger.models import Event, Link
from sluitend.kernel.ledger.verification import START, Finding, Kind, next_hash, verify
from sluitend.kernel.organisations.models import Organisation

__all__ = ["Finding", "Kind", "link_all", "link_events", "sign_checkpoint", "verify"]

LOCK_SPACE = 7
BATCH = 5_000


def link_events(actor: Actor, *, since: datetime | None = None) -> int:
    """Give every line of the actor's organisation that has no place yet its place in the chain.

    Lines are taken in order of moment, never "newer than the last": an older transaction may commit later.
    A line whose MAC does not hold gets no place, so that `verify` can name it as put in from outside.

    Args:
        actor: the system, for one organisation.
        since: look no further back than this; all lines when left out.

    Returns:
        How many got a place.
    """
    organisation_id = organisation_for_ledger(actor)
    _lock(organisation_id)
    last = Link.objects.filter(organisation_id=organisation_id).order_by("-position").first()
    position, before = (last.position, bytes(last.hash)) if last else (0, START)
    links = []
    waiting = Event.objects.filter(organisation_id=organisation_id, link__isnull=True).order_by("at", "id")
    if since:
        waiting = waiting.filter(at__gte=since)
    for event in filter(is_authentic, waiting[:BATCH]):
        position, before = position + 1, next_hash(before, bytes(event.mac))
        # By its id: a line that knows its place, which knows its line, stays until garbage is looked for.
        links.append(Link(event_id=event.id, organisation_id=organisation_id, position=position, hash=before))
    Link.objects.bulk_create(links, batch_size=1_000)
    return len(links)


def _lock(organisation_id: UUID) -> None:
    key = int.from_bytes(organisation_id.bytes[:4], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, key])


def link_all(*, since: datetime | None = None) -> int:
    """Link the lines of every organisation and of the platform, each in a transaction of its own."""
    return sum(_for_each(lambda actor: link_events(actor, since=since)))


def sign_checkpoint() -> int:
    """Write a signed line for every chain to a file outside the database, and return how many.

    The file of a month only grows. Whoever must be able to check copies it to where the host cannot write.
    """
    folder = Path(settings.SLUITEND_CHECKPOINTS)
    folder.mkdir(parents=True, exist_ok=True)
    lines = [line for line in _for_each(_checkpoint_line) if line]
    if lines:
        with (folder / f"{timezone.localdate():%Y-%m}.jsonl").open("a", encoding="ascii") as output:
            output.write("".join(f"{line}\n" for line in lines))
            output.flush()
            os.fsync(output.fileno())
    return len(lines)


def _checkpoint_line(actor: Actor) -> str:
    last = Link.objects.filter(organisation_id=organisation_for_ledger(actor)).order_by("-position").first()
    if last is None:
        return ""
    at = timezone.now().isoformat(timespec="seconds")
    return Checkpoint(last.organisation_id, last.position, bytes(last.hash), at).signed_line()


def _for_each[R](work: Callable[[Actor], R]) -> Iterator[R]:
    for organisation_id in list(Organisation.objects.values_list("id", flat=True)):
        with acting(system_actor(organisation_id)) as actor:
            yield work(actor)
