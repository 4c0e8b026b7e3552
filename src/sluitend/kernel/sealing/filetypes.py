"""What a file is, by its content. Its name and what the sender says of it must agree with that."""

import io
import re
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sluitend.kernel.access.errors import DomainError

HEAD_BYTES = 4096
MOST_UNPACKED = 512 * 1024 * 1024
"""What an office file may grow to on the machine of whoever opens it."""
MOST_LISTED = 1024 * 1024
"""Bytes of an archive's list of parts, which is read whole; an office file has some hundreds of parts."""


class FileRefused(DomainError):
    """A file that is not taken, with the reason in words for the sender."""


@dataclass(frozen=True)
class FileType:
    """A kind of file that is taken."""

    media_type: str
    extensions: tuple[str, ...]
    neutral_name: str
    drawn: bool
    """Whether it is shown as pixels."""
    worded: bool = False
    """Whether those are pixels of its words only, so that they cannot stand in place of the file."""


JPEG = FileType("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), "foto.jpg", drawn=True)
PNG = FileType("image/png", ("png",), "afbeelding.png", drawn=True)
WEBP = FileType("image/webp", ("webp",), "afbeelding.webp", drawn=True)
HEIC = FileType("image/heic", ("heic", "heif"), "foto.heic", drawn=False)
PDF = FileType("application/pdf", ("pdf",), "document.pdf", drawn=True)
MP4 = FileType("video/mp4", ("mp4", "m4v", "mov"), "film.mp4", drawn=False)
DOCX = FileType(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ("docx",),
    "document.docx",
    drawn=True,
    worded=True,
)
XLSX = FileType(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ("xlsx",),
    "tabel.xlsx",
    drawn=True,
    worded=True,
)
TEXT = FileType("text/plain", ("txt", "text", "csv", "log"), "tekst.txt", drawn=True, worded=True)

ALLOWED = (JPEG, PNG, WEBP, HEIC, PDF, MP4, DOCX, XLSX, TEXT)

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_VIDEO_BRANDS = re.compile(rb"isom|iso[2-9]|mp4[12]|avc1|m4v |qt  |3gp.|mmp4|dash|msnv", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(content: bytes) -> FileType | None:
    """Return what the content is, or None when it is nothing that is taken."""
    simple = _by_signature(content[:HEAD_BYTES])
    if simple:
        return simple
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return TEXT if _is_text(content) else None


def checked_type(content: bytes, name: str, declared: str = "") -> FileType:
    """Return the type of a file that says honestly what it is.

    Args:
        content: the whole file.
        name: its name; only the extension is looked at.
        declared: the media type that the browser sent, if any.

    Raises:
        FileRefused: an unknown kind of file, or one that is not what it says.
    """
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    promised = next((each for each in ALLOWED if extension in each.extensions), None)
    found = sniff(content)
    if found is None or promised is None:
        raise FileRefused(
            _(
                "Dit soort bestand nemen wij niet aan. "
                "Wel: foto's, pdf, Word, Excel, film (mp4) en gewone tekst."
            )
        )
    said = next(
        (each for each in ALLOWED if each.media_type == declared.partition(";")[0].strip().lower()), promised
    )
    if promised is not found or said is not found:
        raise FileRefused(
            _(
                "De naam van dit bestand eindigt op .%(extension)s, maar de inhoud is iets anders. "
                "Daarom nemen wij het niet aan."
            )
            % {"extension": extension}
        )
    return found


def _by_signature(head: bytes) -> FileType | None:
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"%PDF-"):
        return PDF
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12])
    return None


def _by_brand(brand: bytes) -> FileType | None:
    if brand.lower() in _HEIC_BRANDS:
        return HEIC
    return MP4 if _VIDEO_BRANDS.fullmatch(brand) else None


def _office(content: bytes) -> FileType | None:
    """Look only at the list of parts; nothing is unpacked.

    Macros make it a programme, and that is not taken.
    """
    if _list_is_long(content):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
            unpacked = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if unpacked > MOST_UNPACKED:
        return None
    if "[Content_Types].xml" not in parts or any(part.lower().endswith("vbaproject.bin") for part in parts):
        return None
    if "word/document.xml" in parts:
        return DOCX
    return XLSX if "xl/workbook.xml" in parts else None


def _list_is_long(content: bytes) -> bool:
    """Return whether the list of parts is longer than an office file needs, told from the end of the archive.

    One that needs more than 32 bits for it is never an office file.
    """
    end = content.rfind(b"PK\x05\x06")
    size = content[end + 12 : end + 16]
    return end >= 0 and (
        int.from_bytes(size, "little") > MOST_LISTED or b"PK\x06\x07" in content[end - 20 : end]
    )


def _is_text(content: bytes) -> bool:
    if _CONTROL.search(content):
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return bool(content.strip())
