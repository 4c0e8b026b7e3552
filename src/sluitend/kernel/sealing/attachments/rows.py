"""One file in the database: its row and its chunks, sealed in an envelope."""

from collections.abc import Iterable, Iterator
from uuid import uuid4

from django.utils.translation import gettext as _

from sluitend.kernel.sealing import crypto
from sluitend.kernel.sealing.envelopes import OpenEnvelope
from sluitend.kernel.sealing.filetypes import JPEG, FileRefused
from sluitend.kernel.sealing.models import Attachment, AttachmentChunk

JPEG_TYPE, PAGE_NAME = JPEG.media_type, JPEG.neutral_name


def read_chunks(
    attachment: Attachment, envelope: OpenEnvelope, chunks: Iterable[bytes] | None = None
) -> Iterator[bytes]:
    """Give the content of an attachment, chunk by chunk.

    A streaming response opens its own `acting()` around it.

    Args:
        attachment: which.
        envelope: its open envelope.
        chunks: its sealed chunks in order, for who may not select them; else they are asked here.

    Raises:
        FileRefused: a virus was found in it.
        SealBroken: a chunk was changed, moved or left out.
        NotGenuine: it is of somebody who only has our public key.
    """
    if attachment.state == Attachment.State.INFECTED:
        raise FileRefused(_("In dit bestand is een virus gevonden. Het is niet te openen."))
    # The chunks have no proof of their own: that of the name commits to the data key under which they are,
    # and without that key nobody makes one.
    envelope.read_genuine(attachment, "name")
    if chunks is None:
        rows = AttachmentChunk.objects.filter(attachment_id=attachment.id).order_by("position")
        chunks = (bytes(each or b"") for each in rows.values_list("sealed", flat=True).iterator(chunk_size=8))
    return crypto.decrypt_chunks(chunks, envelope.file_key(attachment.id), _aad(attachment))


def save_pixels(row: Attachment, envelope: OpenEnvelope, pages: list[bytes]) -> Attachment:
    """Seal pages of which there is no original: the first is the file, the others are its pages."""
    row.shown = Attachment.Shown.PIXELS
    save_page(row, envelope, pages[0])
    for number, page in enumerate(pages[1:], 2):
        save_page(page_of(row, number), envelope, page)
    return row


def page_of(row: Attachment, number: int) -> Attachment:
    """Return a new row for a page of a file."""
    return Attachment(
        id=uuid4(),
        envelope_id=row.envelope_id,
        organisation_id=row.organisation_id,
        state=row.state,
        shown=Attachment.Shown.PIXELS,
        owner_kind=row.owner_kind,
        owner_id=row.owner_id,
        page_of=row.id,
        page=number,
    )


def save_page(row: Attachment, envelope: OpenEnvelope, content: bytes) -> None:
    """Seal a page that we drew."""
    save(row, envelope, content, PAGE_NAME, JPEG_TYPE)


def save(
    attachment: Attachment, envelope: OpenEnvelope, content: bytes, name: str, media_type: str
) -> Attachment:
    """Seal a file, its name and its kind under a new row, and return the row."""
    attachment.size = len(content)
    envelope.seal(attachment, "name", name)
    envelope.seal(attachment, "media_type", media_type)
    attachment.save(force_insert=True)
    chunks = crypto.encrypt_chunks([content], envelope.file_key(attachment.id), _aad(attachment))
    # Eight rows a statement: 2 MiB at a time, whatever the size of the file.
    AttachmentChunk.objects.bulk_create(
        (_chunk(attachment, position, sealed) for position, sealed in enumerate(chunks)), batch_size=8
    )
    return attachment


def _chunk(attachment: Attachment, position: int, sealed: bytes) -> AttachmentChunk:
    return AttachmentChunk(
        attachment_id=attachment.id,
        organisation_id=attachment.organisation_id,
        recipient_id=attachment.recipient_id,
        position=position,
        sealed=sealed,
    )


def _aad(attachment: Attachment) -> bytes:
    return crypto.bind("sluitend/chunk/1", attachment.id.bytes, attachment.envelope_id.bytes)
