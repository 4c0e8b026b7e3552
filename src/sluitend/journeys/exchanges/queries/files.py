"""The clean copies of files that go along with a transfer, in its envelope."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from sluitend.journeys.cases.journey import TRANSFER_FOLLOW
from sluitend.journeys.exchanges.journey import TRANSFER_READ
from sluitend.journeys.exchanges.models import FILES, TAKEN, Transfer
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.flow.finding import find, sends
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.sealing.downloads import FileContent, find_copy, opened_copy
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope
from sluitend.kernel.sealing.models import Attachment


@dataclass(frozen=True)
class SharedFile:
    """A copy that went along, to be opened."""

    id: UUID
    name: str


def shared_files(row: Transfer, envelope: OpenEnvelope) -> tuple[SharedFile, ...]:
    """Return the files in the envelope of a transfer; the caller has checked the right to read it."""
    return tuple(SharedFile(each.id, envelope.read(each, "name")) for each in _copies(row))


def transfer_file(code: str, file_id: UUID, actor: Actor) -> FileContent:
    """Return a copy to the municipality that sent it, or to the one that took the case over; logged.

    Raises:
        Absent: there is none, or it may not be read.
    """
    row = _readable(code, actor)
    found = find_copy(_copies(row), file_id)
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=TRANSFER_READ)
    note(row, actor, TRANSFER_READ, "file")
    return opened_copy(found, envelope, row.code)


def _readable(code: str, actor: Actor) -> Transfer:
    side = TRANSFER_FOLLOW if sends(Transfer, code, actor) else TRANSFER_READ
    row = find(Transfer, code, actor, side)
    if side is TRANSFER_READ and row.state not in TAKEN:
        raise Absent
    return row


def _copies(row: Transfer) -> QuerySet[Attachment]:
    own = Attachment.objects.filter(organisation_id=row.organisation_id, owner_kind=FILES, owner_id=row.id)
    return own.filter(envelope_id=row.envelope_id).order_by("id")
