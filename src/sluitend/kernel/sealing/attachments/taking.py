"""Taking files in: checked, drawn where no name is given, and sealed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from uuid import UUID, uuid4

import structlog
from django.utils.translation import gettext as _

from sluitend.kernel.sealing import antivirus, pixels
from sluitend.kernel.sealing.attachments.rows import (
    save,
    save_pixels,
)
from sluitend.kernel.sealing.envelopes import OpenEnvelope
from sluitend.kernel.sealing.filetypes import TEXT, FileRefused, FileType, checked_type
from sluitend.kernel.sealing.models import Attachment
from sluitend.kernel.sealing.uploads import MAX_BYTES, MAX_FILES, SealedUpload, Upload

SECONDS_OF_SENDER = 20
"""How long somebody who sends a file without a name waits until it is drawn."""
log = structlog.get_logger("sluitend.sealing")


class Sender(StrEnum):
    """What may be known of who sent a file."""

    NAMED = "named"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"
    COLLEAGUE = "colleague"
    """Who works with it: of a paper that somebody brought nothing but pixels is kept either."""


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

    Of whoever gives no name, and of a colleague, only pixels are kept, drawn here. Of others the file is kept
    as it came, and is drawn later.

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
        if sender is Sender.COLLEAGUE:
            return save_pixels(row, envelope, _drawn_for_colleague(content, kind))
        if sender is not Sender.ANONYMOUS:
            row.shown = Attachment.Shown.WAITING if kind.drawn else Attachment.Shown.NEVER
            name = _tidy_name(upload.name or "") if sender is Sender.NAMED else ""
            return save(row, envelope, content, name or kind.neutral_name, kind.media_type)
        if kind is TEXT:
            return save(row, envelope, content, kind.neutral_name, kind.media_type)
        return save_pixels(row, envelope, _drawn_for_sender(content, kind))


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


def _drawn_for_colleague(content: bytes, kind: FileType) -> list[bytes]:
    if not kind.drawn:
        raise FileRefused(_("Van dit bestand kunnen wij geen plaatje maken. Maak een foto (jpg) of een pdf."))
    try:
        return list(pixels.drawn(content, kind.media_type, seconds=SECONDS_OF_SENDER))
    except pixels.Unfenced as error:
        raise FileRefused(_("Wij kunnen hier nu geen bestanden aannemen. Probeer het later.")) from error
    except pixels.NotDrawn as error:
        raise FileRefused(
            _("Dit bestand is beschadigd, beveiligd of te groot om te lezen. Maak een nieuwe foto of pdf.")
        ) from error


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


def _tidy_name(name: str) -> str:
    """Return the last part of a name, without signs that could break a header, at most 100 long."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in bare if sign.isprintable() and sign not in '";<>|')
    stem, _dot, extension = kept.rpartition(".")
    return f"{stem[:90]}.{extension[:10]}" if stem else kept[:100]
