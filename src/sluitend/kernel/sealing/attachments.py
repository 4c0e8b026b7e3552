"""Take files in, give them back, and make clean copies for partners."""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

import structlog
from django.utils.translation import gettext as _

from sluitend.kernel.sealing import antivirus, cleaning, crypto
from sluitend.kernel.sealing.envelopes import OpenEnvelope
from sluitend.kernel.sealing.filetypes import TEXT, FileRefused, FileType, checked_type
from sluitend.kernel.sealing.models import Attachment, AttachmentChunk
from sluitend.kernel.sealing.uploads import MAX_BYTES, MAX_FILES, SealedUpload, Upload, UploadHandler

__all__ = ["FileRefused", "UploadHandler", "check_uploads", "clean_copy", "read_chunks", "rescan", "store"]

log = structlog.get_logger("sluitend.sealing")


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
    anonymous: bool,
    *,
    owner_kind: str,
    owner_id: UUID,
) -> Attachment:
    """Check, clean and seal one file. Runs as app and as intake.

    Args:
        upload: a file of the form.
        envelope: the open envelope in which it is sealed.
        organisation_id: whose it is.
        anonymous: whether whatever tells of its sender must go, name of the file included.
        owner_kind: what it belongs to, such as `report`.
        owner_id: which one.

    Returns:
        The stored attachment.

    Raises:
        FileRefused: too large, an unknown kind, not what it says, infected, or impossible to clean.
    """
    with _naming(upload):
        _check_size(upload)
        content = upload.read()
        kind = checked_type(content, upload.name or "", upload.content_type or "")
        state = _scanned(content)
        if anonymous:
            content = _cleaned(content, kind, _refused_anonymous())
    name = kind.neutral_name if anonymous else _tidy_name(upload.name or kind.neutral_name)
    attachment = Attachment(
        id=uuid4(),
        envelope_id=envelope.id,
        organisation_id=organisation_id,
        size=len(content),
        state=state,
        owner_kind=owner_kind,
        owner_id=owner_id,
    )
    return _save(attachment, envelope, content, name, kind.media_type)


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
    envelope.read(attachment, "name")
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
    """Make a copy for a partner, in another envelope, without what the original tells besides its content.

    Args:
        attachment: the original, of the organisation that shares.
        envelope: its open envelope.
        target: the open envelope of the referral.
        recipient_id: who receives it; None when it goes by a way outside Sluitend.
        owner_kind: what the copy belongs to, such as `referral`.
        owner_id: which one.

    Raises:
        FileRefused: this kind of file cannot be cleaned, so it is not copied.
        SealBroken: the original was tampered with.
    """
    content = b"".join(read_chunks(attachment, envelope))
    name, media_type = envelope.read(attachment, "name"), envelope.read(attachment, "media_type")
    kind = checked_type(content, name, media_type)
    copy = Attachment(
        id=uuid4(),
        envelope_id=target.id,
        organisation_id=attachment.organisation_id,
        recipient_id=recipient_id,
        state=attachment.state,
        owner_kind=owner_kind,
        owner_id=owner_id,
    )
    clean = _cleaned(content, kind, _refused_copy())
    copy.size = len(clean)
    return _save(copy, target, clean, kind.neutral_name, kind.media_type)


def rescan(attachment: Attachment, envelope: OpenEnvelope) -> str:
    """Look again at a file that no scanner saw, or that only a newer one knows. Returns the new state.

    Raises:
        ScannerAway: there is no answer; the state stays.
    """
    infected = antivirus.is_infected(b"".join(read_chunks(attachment, envelope)))
    state = Attachment.State.INFECTED if infected else Attachment.State.CLEAN
    if state in Attachment.STEPS[Attachment.State(attachment.state)]:
        Attachment.objects.filter(pk=attachment.pk).update(state=state)
        attachment.state = state
    return attachment.state


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
        "Van dit soort bestand kunnen wij geen schone kopie maken. "
        "Geef de partner een foto als jpg of een pdf."
    )


def _cleaned(content: bytes, kind: FileType, refusal: str) -> bytes:
    """Return the file without metadata, made by a process of its own."""
    if not kind.cleanable:
        raise FileRefused(refusal)
    if kind is TEXT:
        return content
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(Path(cleaning.__file__)), kind.media_type],
            input=content,
            capture_output=True,
            timeout=2 * cleaning.SECONDS,
            check=True,
            env={},
        )
    except (subprocess.SubprocessError, OSError) as error:
        # What the library said may quote the file.
        log.warning("file_not_cleaned", media_type=kind.media_type)
        raise FileRefused(
            _(
                "Dit bestand is beschadigd, beveiligd of te groot om te lezen. "
                "Maak een nieuwe foto of pdf en probeer het opnieuw."
            )
        ) from error
    return done.stdout


def _save(
    attachment: Attachment, envelope: OpenEnvelope, content: bytes, name: str, media_type: str
) -> Attachment:
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
