"""The clean copies of files that go along with a transfer, in its envelope."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from sluitend.journeys.exchanges import rows
from sluitend.journeys.exchanges.models import Exchange, Transfer
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Action
from sluitend.kernel.sealing.attachments import FileRefused, read_chunks
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope
from sluitend.kernel.sealing.models import Attachment

TAKEN = (Exchange.State.ACCEPTED, Exchange.State.DONE)


@dataclass(frozen=True)
class SharedFile:
    """A copy that went along, to be opened."""

    id: UUID
    name: str


@dataclass(frozen=True)
class FileContent:
    """A file, opened, under a name that says nothing."""

    name: str
    media_type: str
    content: bytes


def shared_files(row: Transfer, envelope: OpenEnvelope) -> tuple[SharedFile, ...]:
    """Return the files in the envelope of a transfer; the caller has checked the right to read it."""
    return tuple(SharedFile(each.id, envelope.read(each, "name")) for each in _copies(row))


def transfer_file(code: str, file_id: UUID, actor: Actor) -> FileContent:
    """Return a copy to the municipality that sent it, or to the one that took the case over; logged.

    Raises:
        Http404: there is none, or it may not be read.
    """
    row = _readable(code, actor)
    numbered = enumerate(_copies(row), 1)
    found = next(((number, each) for number, each in numbered if each.id == file_id), None)
    if found is None:
        raise Http404
    number, attachment = found
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=Action.TRANSFER_READ)
    rows.note(row, actor=actor, action=Action.TRANSFER_READ, purpose="file")
    try:
        content = b"".join(read_chunks(attachment, envelope))
    except FileRefused as error:
        raise Http404 from error
    ending = str(envelope.read(attachment, "name")).rpartition(".")[2]
    return FileContent(f"{row.code}-{number}.{ending}", envelope.read(attachment, "media_type"), content)


def _readable(code: str, actor: Actor) -> Transfer:
    if Transfer.objects.filter(code=code, organisation_id=actor.own_organisation).exists():
        return rows.find_sent(Transfer, code, actor, Action.TRANSFER_FOLLOW, to_change=False)
    row = rows.find_received(Transfer, code, actor, Action.TRANSFER_READ, to_change=False)
    if row.state not in TAKEN:
        raise Http404
    return row


def _copies(row: Transfer) -> QuerySet[Attachment]:
    own = Attachment.objects.filter(
        organisation_id=row.organisation_id, owner_kind=rows.FILES, owner_id=row.id
    )
    return own.filter(envelope_id=row.envelope_id).order_by("id")
