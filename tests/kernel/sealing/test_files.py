"""Files are what they say, and tell nothing but what one can see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.sealing import samples

from sluitend.kernel.sealing.filetypes import (
    DOCX,
    HEIC,
    JPEG,
    MP4,
    PDF,
    PNG,
    TEXT,
    WEBP,
    XLSX,
    FileRefused,
    FileType,
    checked_type,
    sniff,
)

HONEST: list[tuple[bytes, str, FileType]] = [
    (samples.picture(), "a.JPG", JPEG),
    (samples.picture("PNG"), "a.png", PNG),
    (samples.picture("WEBP"), "a.webp", WEBP),
    (samples.boxes(b"heic"), "a.heic", HEIC),
    (samples.boxes(b"isom"), "a.mp4", MP4),
    (samples.pdf(), "a.pdf", PDF),
    (samples.office("word/document.xml"), "a.docx", DOCX),
    (samples.office("xl/workbook.xml"), "a.xlsx", XLSX),
    ("Gewone tekst, ook met ë".encode(), "a.txt", TEXT),
]


@pytest.mark.parametrize(("content", "name", "kind"), HONEST, ids=[name for _, name, _ in HONEST])
def test_an_honest_file_is_known(content: bytes, name: str, kind: FileType) -> None:
    assert checked_type(content, name) is kind
    assert checked_type(content, name, kind.media_type) is kind
    assert checked_type(content, name, "application/octet-stream") is kind


@pytest.mark.parametrize(
    ("content", "name", "declared"),
    [
        (samples.pdf(), "foto.jpg", ""),
        (samples.picture("PNG"), "foto.jpg", ""),
        (samples.picture(), "foto.jpg", "application/pdf"),
        (b"<script>alert(1)</script>", "foto.jpg", ""),
        (samples.office("xl/workbook.xml"), "brief.docx", ""),
    ],
)
def test_a_file_that_lies_is_refused_in_words(content: bytes, name: str, declared: str) -> None:
    with pytest.raises(FileRefused, match="maar de inhoud is iets anders"):
        checked_type(content, name, declared)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\0", "a.exe"),
        (b"MZ\x90\0", "a.jpg"),
        (b"<html></html>", "a.html"),
        (b"<svg/>", "a.svg"),
        (samples.office("word/document.xml", "word/vbaProject.bin"), "a.docx"),
        (samples.office("x"), "a.docx"),
        (b"PK\x03\x04nonsense", "a.docx"),
        (samples.boxes(b"evil"), "a.mp4"),
        (b"\x80\x81\x82", "a.txt"),
        (b"", "a.txt"),
        (samples.picture(), "naamloos"),
        (b"text", ""),
    ],
)
def test_other_files_are_refused(content: bytes, name: str) -> None:
    with pytest.raises(FileRefused, match="Dit soort bestand"):
        checked_type(content, name)


@given(st.binary(max_size=200))
def test_any_bytes_are_looked_at_without_an_error(content: bytes) -> None:
    for head in (b"", b"PK\x03\x04", b"\0\0\0\0ftyp", b"RIFF"):
        sniff(head + content)
