"""The copies of attachments in a referral."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from sluitend.journeys.referrals.models import Referral, ReferralFile
from sluitend.journeys.referrals.queries.opened import readable
from sluitend.journeys.referrals.rows import find_sent, note
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Action
from sluitend.kernel.sealing.attachments import FileRefused, read_chunks
from sluitend.kernel.sealing.envelopes import open_envelope


@dataclass(frozen=True)
class FileContent:
    """A file, opened, under a name that says nothing."""

    name: str
    media_type: str
    content: bytes


def sent_file(code: str, file_id: UUID, actor: Actor) -> FileContent:
    """Return a copy as its sender made it; logged.

    Raises:
        Http404: there is none.
    """
    return _opened(find_sent(code, actor, Action.REFERRAL_LIST), file_id, actor)


def received_file(code: str, file_id: UUID, actor: Actor) -> FileContent:
    """Return a copy to the recipient of an accepted referral; logged.

    Raises:
        Http404: there is none, or it may not be read.
    """
    return _opened(readable(code, actor), file_id, actor)


def _opened(row: Referral, file_id: UUID, actor: Actor) -> FileContent:
    files = list(
        ReferralFile.objects.filter(referral_id=row.id).select_related("attachment").order_by("attachment_id")
    )
    found = next(
        ((number, each.attachment) for number, each in enumerate(files, 1) if each.attachment_id == file_id),
        None,
    )
    if found is None:
        raise Http404
    number, attachment = found
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=Action.REFERRAL_READ)
    note(row, actor=actor, action=Action.REFERRAL_READ, purpose="file")
    try:
        content = b"".join(read_chunks(attachment, envelope))
    except FileRefused as error:
        raise Http404 from error
    ending = str(envelope.read(attachment, "name")).rpartition(".")[2]
    return FileContent(f"{row.code}-{number}.{ending}", envelope.read(attachment, "media_type"), content)
