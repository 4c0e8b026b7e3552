"""Files that are made to harm: that grow, that are two things at once, or whose name leads elsewhere."""

import io
import struct
import tracemalloc
import zipfile
import zlib
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.kernel.sealing import pixels
from sluitend.kernel.sealing.filetypes import FileRefused, checked_type
from sluitend.kernel.sealing.models import Attachment
from sluitend.kernel.sealing.uploads import MAX_BODY, UploadHandler
from tests.faults.web import ANSWERS
from tests.kernel.sealing import samples as files
from tests.surfaces.desk.test_sign_in import AF

PIXELS = 60_000


def archive_of(unpacked: int) -> bytes:
    """Return a small office file that says how large it becomes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(unpacked // 2**20):
                part.write(bytes(2**20))
    return out.getvalue()


def archive_with(parts: int) -> bytes:
    """Return an office file with very many empty parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *map(str, range(parts))):
            archive.writestr(name, b"")
    return out.getvalue()


def picture_bomb() -> bytes:
    """Return a picture of a few bytes that says it has billions of pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", PIXELS, PIXELS, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(2**20), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def document_bomb() -> bytes:
    """Return a PDF with a page that unpacks, three times over, to a thousand times its size and more."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(9, 9))
    packed = bytes(100 * 2**20)
    for _ in range(3):
        packed = zlib.compress(packed, 9)
    page.Contents = pikepdf.Stream(document, packed, Filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 3))
    out = io.BytesIO()
    document.save(out, compress_streams=False)
    return out.getvalue()


@pytest.mark.parametrize("bomb", [lambda: archive_of(513 * 2**20), lambda: archive_with(30_000)])
def test_an_archive_that_grows_is_refused_without_unpacking_it(bomb: Any) -> None:
    content = bomb()
    tracemalloc.start()
    with pytest.raises(FileRefused):
        checked_type(content, "brief.docx")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 * len(content) + 2**20


def test_an_ordinary_office_file_is_still_taken() -> None:
    assert checked_type(archive_of(3 * 2**20), "brief.docx").extensions == ("docx",)
    assert checked_type(archive_with(400), "brief.docx").extensions == ("docx",)


@pytest.mark.parametrize("bomb", [picture_bomb, document_bomb])
def test_a_bomb_is_refused_or_comes_out_small(bomb: Any) -> None:
    """It goes off, if at all, in a process of its own with little memory and time."""
    content = bomb()
    kind = checked_type(content, "x.png" if content.startswith(b"\x89") else "x.pdf")
    try:
        pages = list(pixels.drawn(content, kind.media_type))
    except pixels.NotDrawn:
        return
    assert sum(map(len, pages)) < 2**20


@pytest.mark.parametrize(
    "name",
    [
        "foto.jpg.exe",
        "foto.exe",
        "foto.svg",
        "foto.html",
        "foto.jpg\x00.html",
        "foto",
        "foto.jpg ",
        "foto.jpg\u202egpj.exe",
    ],
)
def test_a_picture_under_a_name_of_something_else_is_refused(name: str) -> None:
    with pytest.raises(FileRefused):
        checked_type(files.picture(), name)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7\n<html><script>alert(1)</script>", "x.html"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "x.svg"),
        (b"GIF89a/*<script>*/=1", "x.gif"),
        (b"MZ" + bytes(200), "x.pdf"),
        (b"PK\x03\x04" + bytes(100), "x.zip"),
        (b"#!/bin/sh\nrm -rf /", "x.pdf"),
    ],
)
def test_two_things_at_once_are_refused_or_kept_as_what_they_say(content: bytes, name: str) -> None:
    with pytest.raises(FileRefused):
        checked_type(content, name)


def test_what_hangs_behind_a_picture_of_an_anonymous_reporter_is_gone() -> None:
    hidden = archive_of(2**20)
    content = files.picture("PNG") + hidden
    (clean,) = pixels.drawn(content, checked_type(content, "x.png").media_type)
    assert b"PK\x03\x04" not in clean


def test_a_body_larger_than_ten_full_files_is_refused_before_it_is_read() -> None:
    UploadHandler().handle_raw_input(None, {}, MAX_BODY, b"")
    with pytest.raises(RequestDataTooBig):
        UploadHandler().handle_raw_input(None, {}, MAX_BODY + 1, b"")


NAMED = {**ANSWERS, "anonymity": "named", "reporter_name": "Jo", "reporter_phone": "0612345678"}
NAMES = [
    "../../../etc/passwd.txt",
    "..\\..\\windows\\win.txt",
    '"; filename="kwaad.html.txt',
    "\u202etxt.exe.txt",
    "<script>alert(1)</script>.txt",
    "=cmd|' /C calc'!A0.txt",
    "x" * 300 + ".txt",
    "/etc/cron.d/kwaad.txt",
    "CON.txt",
]


@pytest.mark.django_db
def test_a_name_of_a_file_leads_nowhere() -> None:
    """It is sealed, shown as text, and never a path or part of a header."""
    westland = Organisation.objects.get(code="GM1783")
    desk = Client()
    desk.force_login(Account.objects.get(email=AF))
    for name in NAMES:
        body = multipart({**NAMED, "sending": str(uuid4())}, name)
        sent = Client().post("/melden/", body, content_type="multipart/form-data; boundary=grens")
        assert "Bewaar deze code" in sent.text, name
    with acting(system_actor(westland.id)):
        codes = {row.pk: row.code for row in Report.objects.all()}
        kept = [(codes[row.owner_id], row.pk) for row in Attachment.objects.filter(owner_kind="report")]
    assert len(kept) == len(NAMES)
    for code, file in kept:
        page = desk.get(f"/werk/binnen/{code}/").text
        assert "<script>alert(1)" not in page
        assert desk.get(f"/werk/binnen/{code}/bestand/{file}/").status_code == 404
        answer = desk.post(f"/werk/binnen/{code}/bestand/{file}/origineel/", {"reason": "bewijs"})
        assert (
            answer.headers["Content-Disposition"] == f'attachment; filename="origineel-{str(file)[:8]}.txt"'
        )
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert not answer.cookies


PART = '--grens\r\nContent-Disposition: form-data; name="'
AS_TEXT = '"\r\nContent-Type: text/plain\r\n\r\ntekst\r\n--grens--\r\n'


def multipart(values: dict[str, str], name: str) -> bytes:
    """Return a form with one text file, its name exactly as an attacker writes it on the wire."""
    parts = [f'{PART}{key}"\r\n\r\n{value}\r\n' for key, value in values.items()]
    return ("".join(parts) + f'{PART}uploads"; filename="{name}{AS_TEXT}').encode()


def test_a_name_with_a_line_in_it_makes_no_header(client: Client, db: None) -> None:
    body = multipart({**ANSWERS, "sending": str(uuid4())}, "a\r\nSet-Cookie: kwaad=1\r\n.txt")
    answer = client.post("/melden/", body, content_type="multipart/form-data; boundary=grens")
    assert answer.status_code < 500
    assert not answer.cookies


def test_a_file_that_is_sent_as_an_answer_is_no_answer(client: Client, db: None) -> None:
    lie = SimpleUploadedFile("x.txt", b"tekst", content_type="text/plain")
    values: dict[str, Any] = {**ANSWERS, "saw": lie, "sending": str(uuid4())}
    answer = client.post("/melden/", values)
    assert answer.status_code in (200, 422)
    assert "Bewaar deze code" not in answer.text
