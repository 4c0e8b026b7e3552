"""Showing files as pixels, and passing them on as those."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from sluitend.kernel.sealing import antivirus, pixels
from sluitend.kernel.sealing.attachments.rows import (
    JPEG_TYPE,
    PAGE_NAME,
    page_of,
    read_chunks,
    save,
    save_page,
    save_pixels,
)
from sluitend.kernel.sealing.envelopes import OpenEnvelope
from sluitend.kernel.sealing.errors import SealBroken
from sluitend.kernel.sealing.filetypes import PDF, TEXT, FileRefused
from sluitend.kernel.sealing.models import Attachment


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
                save_page(page_of(row, number), envelope, page)
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
    return save(copy, target, content, name, media_type)


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
        return save_pixels(row, envelope, list(drawn.pages))
    return save(row, envelope, drawn.text, TEXT.neutral_name, TEXT.media_type)


def _refused_copy() -> str:
    return _(
        "Van dit bestand kunnen wij geen schone kopie maken. Geef de partner een foto als jpg of een pdf."
    )


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
