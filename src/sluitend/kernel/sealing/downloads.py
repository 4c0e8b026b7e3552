"""Giving a document to a browser: always as a file to keep, under a name that says only a code."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse

from sluitend.kernel.access.errors import Absent
from sluitend.kernel.sealing.attachments import FileRefused, read_chunks
from sluitend.kernel.sealing.envelopes import OpenEnvelope
from sluitend.kernel.sealing.models import Attachment

SANDBOX = "sandbox; default-src 'none'"
"""Of what strangers sent nothing runs, and nothing is fetched."""
SHEET_LANGUAGE = "nl"
"""A sheet goes to Dutch organisations, whatever the language of the screen of whoever makes it."""


@dataclass(frozen=True)
class FileContent:
    """A file, opened, under a name that says nothing."""

    name: str
    media_type: str
    content: bytes


def find_copy(copies: Iterable[Attachment], file_id: UUID) -> tuple[int, Attachment]:
    """Return the copy with this id and its number among the copies, from 1.

    Raises:
        Absent: there is none.
    """
    found = next((pair for pair in enumerate(copies, 1) if pair[1].id == file_id), None)
    if found is None:
        raise Absent
    return found


def opened_copy(
    found: tuple[int, Attachment], envelope: OpenEnvelope, code: str, chunks: Iterable[bytes] | None = None
) -> FileContent:
    """Return the content of a copy, named after the code of what it went along with.

    Args:
        found: the number of the copy and the copy itself.
        envelope: its open envelope.
        code: of the referral or transfer.
        chunks: its sealed chunks in order, for who may not select them.

    Raises:
        Absent: a virus was found in it since.
    """
    number, attachment = found
    try:
        content = b"".join(read_chunks(attachment, envelope, chunks))
    except FileRefused as error:
        raise Absent from error
    ending = str(envelope.read(attachment, "name")).rpartition(".")[2]
    return FileContent(f"{code}-{number}.{ending}", envelope.read(attachment, "media_type"), content)


def as_download(file: FileContent) -> HttpResponse:
    """Return a copy of an attachment."""
    return _attachment(file.content, file.name, file.media_type)


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Return a PDF."""
    return _attachment(content, name, "application/pdf")


def page_response(content: bytes, page_id: UUID) -> HttpResponse:
    """Return a page of a file of a stranger: pixels that we made, shown where they stand."""
    response = HttpResponse(content, content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="bestand-{str(page_id)[:8]}.jpg"'
    response["Content-Security-Policy"] = SANDBOX
    return response


def original_response(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Return a file as a stranger sent it, to keep."""
    response = _attachment(content, name, media_type)
    response["Content-Security-Policy"] = SANDBOX
    return response


def _attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
