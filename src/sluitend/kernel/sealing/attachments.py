"""Take files in, show them as pixels, give them back, and make clean copies for partners."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid4

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from sluitend.kernel.sealing import antivirus, crypto, pixels
from sluitend.kernel.sealing.envelopes import OpenEnvelope
from sluitend.kernel.sealing.errors import SealBroken
from sluitend.kernel.sealing.filetypes import JPEG, PDF, TEXT, FileRefused, FileType, checked_type
from sluitend.kernel.sealing.models import Attachment, AttachmentChunk
from sluitend.kernel.sealing.uploads import MAX_BYTES, MAX_FILES, SealedUpload, Upload, UploadHandler

__all__ = [
    "Drawn",
    "FileRefused",
    "Sender",
    "UploadHandler",
    "check_uploads",
    "clean_copy",
    "draw",
    "drawn_of",
    "read_chunks",
    "store",
    "store_drawn",
]

SECONDS_OF_SENDER = 20
"""How long somebody who sends a file without a name waits until it is drawn."""
JPEG_TYPE, PAGE_NAME = JPEG.media_type, JPEG.neutral_name

log = structlog.get_logger("sluitend.sealing")


class Sender(StrEnum):
    """What may be known of who sent a file."""

    NAMED = "named"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


def check_uploads(uploads: Iterable[Upload]) -> None:
    """Refuse too many or too large files before anything is stored.

    Raises:
        FileRefused: more than ten, or one of more than 25 MB, or an empty one.
    """
    files = list(uploads)
    if len(files) > MAX_FILES:
        raise FileRefused(_("U kunt hoogstens 10 bestanden meesturen."))
    for file in files:
        with _naming(file):
            _check_size(file)


def store(
    upload: Upload,
    envelope: OpenEnvelope,
    organisation_id: UUID,
    sender: Sender,
    *,
    owner_kind: str,
    owner_id: UUID,
) -> Attachment:
    """Check and seal one file. Runs as app and as intake.

    Of whoever gives no name only pixels are kept, drawn here. Of others the file is kept as it came, and is
    drawn later.

    Args:
        upload: a file of the form.
        envelope: the open envelope in which it is sealed.
        organisation_id: whose it is.
        sender: what may be known of who sent it; the name of the file tells it too.
        owner_kind: what it belongs to, such as `report`.
        owner_id: which one.

    Returns:
        The stored attachment.

    Raises:
        FileRefused: too large, an unknown kind, not what it says, infected, or impossible to draw.
    """
    with _naming(upload):
        _check_size(upload)
        content = upload.read()
        kind = checked_type(content, upload.name or "", upload.content_type or "")
        row = Attachment(
            id=uuid4(),
            envelope_id=envelope.id,
            organisation_id=organisation_id,
            state=_scanned(content),
            owner_kind=owner_kind,
            owner_id=owner_id,
        )
        if sender is not Sender.ANONYMOUS:
            row.shown = Attachment.Shown.WAITING if kind.drawn else Attachment.Shown.NEVER
            name = _tidy_name(upload.name or "") if sender is Sender.NAMED else ""
            return _save(row, envelope, content, name or kind.neutral_name, kind.media_type)
        if kind is TEXT:
            return _save(row, envelope, content, kind.neutral_name, kind.media_type)
        return _save_pixels(row, envelope, _drawn_for_sender(content, kind))


def draw(row: Attachment, envelope: OpenEnvelope) -> None:
    """Make the pages of a file that came as it was, once; they are attachments of the same envelope.

    What cannot be drawn is noted on the row, in words for whoever looks. Twice at once makes them once.
    """
    if Attachment.objects.select_for_update().get(pk=row.pk).shown not in Attachment.UNDRAWN:
        row.refresh_from_db(fields=["shown"])
        return
    try:
        with transaction.atomic():
            kind = envelope.read(row, "media_type")
            content = b"".join(read_chunks(row, envelope))
            if _infected_by_now(row, content):
                raise FileRefused(_("In dit bestand is een virus gevonden. Het is niet te openen."))
            for number, page in enumerate(pixels.drawn(content, kind), 1):
                _save_page(_page_of(row, number), envelope, page)
        row.shown = Attachment.Shown.DRAWN
    except pixels.TooLarge:
        row.shown = Attachment.Shown.TOO_LARGE
    except (pixels.Unreadable, FileRefused, SealBroken):
        row.shown = Attachment.Shown.UNREADABLE
    except pixels.Unfenced:
        row.shown = Attachment.Shown.UNFENCED
    Attachment.objects.filter(pk=row.pk).update(shown=row.shown, state=row.state)


def _infected_by_now(row: Attachment, content: bytes) -> bool:
    """Scan a file that no scanner saw when it came, and keep what that said. No answer changes nothing."""
    if row.state != Attachment.State.UNSCANNED or not antivirus.scanner_present():
        return False
    try:
        infected = antivirus.is_infected(content)
    except antivirus.ScannerAway:
        return False
    row.state = Attachment.State.INFECTED if infected else Attachment.State.CLEAN
    return infected


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


def clean_copy(
    attachment: Attachment,
    envelope: OpenEnvelope,
    *,
    target: OpenEnvelope,
    recipient_id: UUID | None,
    owner_kind: str,
    owner_id: UUID,
) -> Attachment:
    """Make a copy for a partner, in another envelope: pixels, and nothing else that the original tells.

    Args:
        attachment: the original, of the organisation that shares.
        envelope: its open envelope.
        target: the open envelope of the referral.
        recipient_id: who receives it; None when it goes by a way outside Sluitend.
        owner_kind: what the copy belongs to, such as `referral`.
        owner_id: which one.

    Raises:
        FileRefused: this file cannot be shown as pixels, so it is not copied.
        SealBroken: the original was tampered with.
    """
    content, name, media_type = _clean(attachment, envelope)
    copy = Attachment(
        id=uuid4(),
        envelope_id=target.id,
        organisation_id=attachment.organisation_id,
        recipient_id=recipient_id,
        state=attachment.state,
        shown=Attachment.Shown.PIXELS if media_type == JPEG_TYPE else Attachment.Shown.NEVER,
        owner_kind=owner_kind,
        owner_id=owner_id,
    )
    return _save(copy, target, content, name, media_type)


@dataclass(frozen=True)
class Drawn:
    """A file as it goes to another organisation for good: pages that we drew, or plain text."""

    state: str
    pages: tuple[bytes, ...]
    text: bytes = b""


def drawn_of(attachment: Attachment, envelope: OpenEnvelope) -> Drawn:
    """Return a file as pages that we drew, or as its text.

    Args:
        attachment: the original, of the organisation that passes it on.
        envelope: its open envelope.

    Raises:
        FileRefused: this file cannot be shown as pixels.
        SealBroken: the original was tampered with.
    """
    if envelope.read(attachment, "media_type") == TEXT.media_type:
        return Drawn(attachment.state, (), b"".join(read_chunks(attachment, envelope)))
    return Drawn(attachment.state, tuple(_pages(attachment, envelope)))


def store_drawn(
    drawn: Drawn, envelope: OpenEnvelope, organisation_id: UUID, *, owner_kind: str, owner_id: UUID
) -> Attachment:
    """Seal for its new owner what `drawn_of` gave. Runs as app and as intake.

    Args:
        drawn: the file.
        envelope: the open envelope in which it is sealed.
        organisation_id: whose it is from now on.
        owner_kind: what it belongs to, such as `report`.
        owner_id: which one.
    """
    row = Attachment(
        id=uuid4(),
        envelope_id=envelope.id,
        organisation_id=organisation_id,
        state=drawn.state,
        owner_kind=owner_kind,
        owner_id=owner_id,
    )
    if drawn.pages:
        return _save_pixels(row, envelope, list(drawn.pages))
    return _save(row, envelope, drawn.text, TEXT.neutral_name, TEXT.media_type)


@contextmanager
def _naming(upload: Upload) -> Iterator[None]:
    """Say of which of several files it is that it is not taken."""
    try:
        yield
    except FileRefused as error:
        name = _tidy_name(upload.name or "")
        raise FileRefused(f"{name}: {error.message}" if name else error.message) from error


def _check_size(upload: Upload) -> None:
    dropped = isinstance(upload, SealedUpload) and upload.dropped
    if (upload.size or 0) > MAX_BYTES:
        raise FileRefused(_("Een bestand mag hoogstens 25 MB groot zijn."))
    if dropped:
        raise FileRefused(_("U kunt hoogstens 10 bestanden meesturen."))
    if not upload.size:
        raise FileRefused(_("Dit bestand is leeg."))


def _scanned(content: bytes) -> str:
    if not antivirus.scanner_present():
        return Attachment.State.UNSCANNED
    try:
        infected = antivirus.is_infected(content)
    except antivirus.ScannerAway:
        # No signal gets lost because a scanner is away: who opens the file sees that it was not checked.
        log.error("scanner_away")
        return Attachment.State.UNSCANNED
    if infected:
        raise FileRefused(_("In dit bestand is een virus gevonden. Daarom nemen wij het niet aan."))
    return Attachment.State.CLEAN


def _refused_anonymous() -> str:
    return _(
        "Uit dit soort bestand kunnen wij niet weghalen wie het maakte en waar. "
        "Anoniem kunt u het niet meesturen. Stuur een schermafdruk, een foto als jpg of een pdf."
    )


def _refused_copy() -> str:
    return _(
        "Van dit bestand kunnen wij geen schone kopie maken. Geef de partner een foto als jpg of een pdf."
    )


def _drawn_for_sender(content: bytes, kind: FileType) -> list[bytes]:
    if kind.worded or not kind.drawn:
        raise FileRefused(_refused_anonymous())
    try:
        return list(pixels.drawn(content, kind.media_type, seconds=SECONDS_OF_SENDER))
    except pixels.Unfenced as error:
        raise FileRefused(
            _("Zonder naam kunnen wij hier nu geen bestanden aannemen. Verstuur uw bericht zonder bestand.")
        ) from error
    except pixels.NotDrawn as error:
        raise FileRefused(
            _(
                "Dit bestand is beschadigd, beveiligd of te groot om te lezen. "
                "Maak een nieuwe foto of pdf en probeer het opnieuw."
            )
        ) from error


def _clean(row: Attachment, envelope: OpenEnvelope) -> tuple[bytes, str, str]:
    """Return what a partner gets of a file: its content, name and kind."""
    if envelope.read(row, "media_type") == TEXT.media_type:
        return b"".join(read_chunks(row, envelope)), TEXT.neutral_name, TEXT.media_type
    pages = _pages(row, envelope)
    if len(pages) > 1:
        return pixels.as_pdf(pages), PDF.neutral_name, PDF.media_type
    return pages[0], PAGE_NAME, JPEG_TYPE


def _pages(row: Attachment, envelope: OpenEnvelope) -> list[bytes]:
    draw(row, envelope)
    drawn = [row] if row.shown == Attachment.Shown.PIXELS else []
    drawn += Attachment.objects.filter(page_of=row.id).order_by("page")
    if not drawn:
        raise FileRefused(_refused_copy())
    return [b"".join(read_chunks(each, envelope)) for each in drawn]


def _save_pixels(row: Attachment, envelope: OpenEnvelope, pages: list[bytes]) -> Attachment:
    """Seal pages of which there is no original: the first is the file, the others are its pages."""
    row.shown = Attachment.Shown.PIXELS
    _save_page(row, envelope, pages[0])
    for number, page in enumerate(pages[1:], 2):
        _save_page(_page_of(row, number), envelope, page)
    return row


def _page_of(row: Attachment, number: int) -> Attachment:
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


def _save_page(row: Attachment, envelope: OpenEnvelope, content: bytes) -> None:
    _save(row, envelope, content, PAGE_NAME, JPEG_TYPE)


def _save(
    attachment: Attachment, envelope: OpenEnvelope, content: bytes, name: str, media_type: str
) -> Attachment:
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


def _tidy_name(name: str) -> str:
    """Return the last part of a name, without signs that could break a header, at most 100 long."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in bare if sign.isprintable() and sign not in '";<>|')
    stem, _dot, extension = kept.rpartition(".")
    return f"{stem[:90]}.{extension[:10]}" if stem else kept[:100]
