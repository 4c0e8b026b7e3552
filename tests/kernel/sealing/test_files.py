"""Files are what they say, and tell nothing but what one can see."""

import io
import re
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.kernel.sealing import samples
from tests.kernel.sealing.samples import PLANTED

from sluitend.kernel.sealing import cleaning
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


@pytest.mark.parametrize(("wanted", "kind"), [("JPEG", JPEG), ("PNG", PNG), ("WEBP", WEBP)])
def test_a_picture_keeps_its_look_and_loses_its_story(wanted: str, kind: FileType) -> None:
    content = samples.picture(wanted)
    clean = cleaning.clean_picture(content, kind.media_type)

    assert PLANTED in content
    assert PLANTED not in clean
    with Image.open(io.BytesIO(clean)) as image:
        assert image.format == wanted
        assert image.size == (20, 40), "turned upright"
        assert not image.getexif()
        assert not {"exif", "xmp", "comment", "icc_profile", "Author"} & set(image.info)
        red, _green, blue = image.convert("RGB").getpixel((10, 4))  # type: ignore[misc]
        assert red > 200 > 60 > blue


def test_a_transparent_picture_stays_so() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (1, 2, 3, 0)).save(out, format="PNG")

    with Image.open(io.BytesIO(cleaning.clean_picture(out.getvalue(), "image/png"))) as image:
        assert image.mode == "RGBA"


def test_a_picture_with_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "MAX_PIXELS", 100)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)

    with pytest.raises((ValueError, Image.DecompressionBombError)):
        cleaning.clean_picture(samples.picture(), "image/jpeg")


def everything_in(pdf: bytes) -> bytes:
    """All that a PDF holds, unpacked."""
    found = pdf
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found += zlib.decompressobj().decompress(stream)
        except zlib.error:
            found += stream
    return found


def test_a_pdf_keeps_its_page_and_loses_its_story() -> None:
    content = samples.pdf()
    clean = cleaning.clean_pdf(content)

    assert everything_in(content).count(PLANTED) > 5
    assert PLANTED not in everything_in(clean)
    with pikepdf.open(io.BytesIO(clean)) as document:
        assert len(document.pages) == 1
        assert "/Info" not in document.trailer
        assert not document.attachments
        assert "/OpenAction" not in document.Root
        assert b"/Im0 Do" in document.pages[0].Contents.read_bytes()
        assert document.pages[0].Annots[0].Contents == "zichtbaar"
        image = document.pages[0].Resources.XObject.Im0
        assert Image.open(io.BytesIO(image.read_raw_bytes())).size == (40, 20), "the photograph still shows"
    for word in (b"JavaScript", b"/JS", b"EmbeddedFile", b"Planted"):
        assert word not in everything_in(clean)


def test_a_locked_pdf_is_refused() -> None:
    out = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(out, encryption=pikepdf.Encryption(owner="x", user=""))

    with pytest.raises(ValueError, match="encrypted"):
        cleaning.clean_pdf(out.getvalue())


@given(st.binary(max_size=300))
def test_taking_segments_out_of_any_bytes_ends(content: bytes) -> None:
    cleaning.strip_jpeg(b"\xff\xd8" + content)


@pytest.mark.parametrize("maker", [samples.picture, lambda: samples.picture(orientation=1)])
def test_taking_segments_out_leaves_the_pixels(maker: Callable[[], bytes]) -> None:
    content = maker()
    stripped = cleaning.strip_jpeg(content)

    assert PLANTED not in stripped
    assert Image.open(io.BytesIO(stripped)).tobytes() == Image.open(io.BytesIO(content)).tobytes()
