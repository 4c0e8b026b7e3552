"""The clean copies of files that go along with a transfer, in its envelope."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from sluitend.journeys.cases.journey import TRANSFER_FOLLOW
from sluitend.journeys.exchanges import rows
from sluitend.journeys.exchanges.journey import TRANSFER_READ
from sluitend.journeys.exchanges.models import Exchange, Transfer
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.sealing.downloads import FileContent, find_copy, opened_copy
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope
from sluitend.kernel.sealing.models import Attachment

TAKEN = (Exchange.State.ACCEPTED, Exchange.State.DONE)


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
        Http404: there is none, or it may not be read.
    """
    row = _readable(code, actor)
    found = find_copy(_copies(row), file_id)
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=TRANSFER_READ)
    rows.note(row, actor=actor, action=TRANSFER_READ, purpose="file")
    return opened_copy(found, envelope, row.code)


def _readable(code: str, actor: Actor) -> Transfer:
    if Transfer.objects.filter(code=code, organisation_id=actor.own_organisation).exists():
        return rows.find_sent(Transfer, code, actor, TRANSFER_FOLLOW, to_change=False)
    row = rows.find_received(Transfer, code, actor, TRANSFER_READ, to_change=False)
    if row.state not in TAKEN:
        raise Http404
    return row


def _copies(row: Transfer) -> QuerySet[Attachment]:
    own = Attachment.objects.filter(
        organisation_id=row.organisation_id, owner_kind=rows.FILES, owner_id=row.id
    )
    return own.filter(envelope_id=row.envelope_id).order_by("id")
