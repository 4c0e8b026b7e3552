"""Files are sealed as what they are, cleaned for who must not be known, and copied clean for partners."""

import io
import mimetypes
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID, uuid4

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from tests.kernel.sealing import samples
from tests.kernel.sealing.conftest import HOME, OTHER, THIRD
from tests.kernel.sealing.samples import PLANTED

from sluitend.kernel.access.acting import Actor, acting, intake_role, system_actor
from sluitend.kernel.sealing import antivirus, crypto, drawing, pixels
from sluitend.kernel.sealing.attachments import (
    FileRefused,
    Sender,
    clean_copy,
    draw,
    read_chunks,
    store,
)
from sluitend.kernel.sealing.envelopes import OpenEnvelope, create_envelope, destroy, open_envelope
from sluitend.kernel.sealing.errors import NotGenuine, SealBroken
from sluitend.kernel.sealing.models import Attachment, AttachmentChunk
from sluitend.kernel.sealing.proofs import Opened

VIRUS = b"a bad thing"
JPEG = b"\xff\xd8\xff"


def upload(content: bytes, name: str = "Jan Jansen.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, mimetypes.guess_type(name)[0] or "")


def stored(
    content: bytes, name: str = "Jan Jansen.txt", *, sender: Sender = Sender.NAMED
) -> tuple[Attachment, OpenEnvelope]:
    with acting(system_actor(HOME)):
        envelope = create_envelope(organisation_id=HOME)
        file = store(upload(content, name), envelope, HOME, sender, owner_kind="report", owner_id=uuid4())
        return file, envelope


def pages_of(file: Attachment) -> list[Attachment]:
    with acting(system_actor(HOME)):
        return list(Attachment.objects.filter(page_of=file.id).order_by("page"))


def content_of(file: Attachment, organisation_id: UUID = HOME) -> bytes:
    with acting(system_actor(organisation_id)) as actor:
        row = Attachment.objects.get(pk=file.pk)
        return b"".join(read_chunks(row, open_envelope(row.envelope_id, actor=actor, purpose="test")))


@pytest.mark.usefixtures("organisations_with_keys")
@pytest.mark.django_db
class TestStoring:
    """What goes in comes out, for whom it is."""

    def test_a_file_comes_back_as_it_was(self) -> None:
        content = PLANTED * 40_000
        file, envelope = stored(content)

        assert content_of(file) == content
        assert (envelope.read(file, "name"), envelope.read(file, "media_type")) == (
            "Jan Jansen.txt",
            "text/plain",
        )
        assert file.size == len(content)
        with acting(system_actor(HOME)):
            sealed = b"".join(bytes(row.sealed or b"") for row in AttachmentChunk.objects.all())
            assert AttachmentChunk.objects.filter(attachment=file).count() == 3
        assert PLANTED not in sealed + bytes(file.name or b"")

    def test_intake_stores_and_an_anonymous_sender_leaves_neither_name_nor_place(self) -> None:
        with acting(Actor(kind="intake")), intake_role():
            envelope = create_envelope(organisation_id=HOME)
            photo = upload(samples.picture(), "Jan Jansen.jpg")
            file = store(photo, envelope, HOME, Sender.ANONYMOUS, owner_kind="report", owner_id=uuid4())

        assert envelope.read(file, "name") == "foto.jpg"
        assert PLANTED not in content_of(file)
        assert file.size == len(content_of(file))

    def test_of_a_pdf_of_an_anonymous_sender_only_pages_are_kept(self) -> None:
        file, envelope = stored(samples.pages(3), "Jan Jansen.pdf", sender=Sender.ANONYMOUS)

        pages = pages_of(file)
        assert len(pages) == 2
        for each in (file, *pages):
            assert (each.shown, each.envelope_id) == ("pixels", envelope.id)
            assert envelope.read(each, "name") == "foto.jpg"
            assert content_of(each).startswith(JPEG)

    @pytest.mark.parametrize("sender", [Sender.NAMED, Sender.CONFIDENTIAL])
    def test_who_gave_a_name_keeps_the_original_and_pixels_are_shown(self, sender: Sender) -> None:
        file, envelope = stored(samples.picture(), "Jan Jansen.jpg", sender=sender)

        assert file.shown == "waiting"
        assert content_of(file) == samples.picture()
        assert ("Jan" in envelope.read(file, "name")) == (sender is Sender.NAMED)
        with acting(system_actor(HOME)):
            draw(file, envelope)
        (page,) = pages_of(file)
        assert (file.shown, page.shown, page.envelope_id) == ("drawn", "pixels", envelope.id)
        assert content_of(page).startswith(JPEG)
        assert PLANTED not in content_of(page)
        assert content_of(file) == samples.picture()

    def test_pages_are_made_once_and_go_with_their_envelope(self) -> None:
        file, envelope = stored(samples.pages(3), "a.pdf")
        with acting(system_actor(HOME)):
            draw(file, envelope)
            draw(file, envelope)
        assert [each.page for each in pages_of(file)] == [1, 2, 3]
        with acting(system_actor(HOME)):
            destroy(envelope.id)
            assert not Attachment.objects.exists()
            assert not AttachmentChunk.objects.exists()

    @pytest.mark.parametrize(
        ("content", "name", "shown"),
        [
            (samples.pages(201), "a.pdf", "too_large"),
            (samples.pdf()[:400], "a.pdf", "unreadable"),
            (samples.picture()[:300], "a.jpg", "unreadable"),
            (samples.boxes(b"heic"), "a.heic", "never"),
            (samples.office("word/document.xml"), "a.docx", "unreadable"),
        ],
    )
    def test_what_cannot_be_shown_says_so_and_leaves_no_page(
        self, content: bytes, name: str, shown: str
    ) -> None:
        file, envelope = stored(content, name)
        with acting(system_actor(HOME)):
            draw(file, envelope)
        assert file.shown == shown
        assert Attachment.Shown(shown).label
        assert not pages_of(file)
        assert content_of(file) == content

    def test_an_office_file_is_seen_as_its_words_and_kept_as_it_came(self) -> None:
        content = samples.document("<w:p><w:r><w:t>Wij slapen met acht man</w:t></w:r></w:p>")
        file, envelope = stored(content, "a.docx")
        with acting(system_actor(HOME)):
            draw(file, envelope)
        assert file.shown == "drawn"
        assert len(pages_of(file)) == 1
        assert content_of(file) == content

    def test_without_a_fence_nothing_is_drawn_and_it_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(drawing, "NO_CAGE", 0)
        monkeypatch.setattr(pixels, "_CHILD", ("-I", "-c", "import sys; sys.stdin.read()"))
        file, envelope = stored(samples.picture(), "a.jpg")
        with acting(system_actor(HOME)):
            draw(file, envelope)
        assert file.shown == "unfenced"
        with pytest.raises(FileRefused, match="zonder bestand"):
            stored(samples.picture(), "a.jpg", sender=Sender.ANONYMOUS)
        monkeypatch.undo()
        with acting(system_actor(HOME)):
            draw(file, envelope)
        assert file.shown == "drawn"

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (samples.boxes(b"heic"), "a.heic"),
            (samples.boxes(b"isom"), "a.mp4"),
            (samples.office("word/document.xml"), "a.docx"),
        ],
    )
    def test_what_cannot_be_cleaned_is_refused_for_an_anonymous_sender_only(
        self, content: bytes, name: str
    ) -> None:
        assert stored(content, name)
        with pytest.raises(FileRefused, match="Anoniem"):
            stored(content, name, sender=Sender.ANONYMOUS)

    def test_a_broken_picture_is_refused_in_words(self) -> None:
        with pytest.raises(FileRefused, match="beschadigd"):
            stored(samples.picture()[:300], "a.jpg", sender=Sender.ANONYMOUS)

    def test_a_name_cannot_break_out(self) -> None:
        file, envelope = stored(b"x", 'a/b\\c";\r\nX.txt')

        assert envelope.read(file, "name") == "cX.txt"

    @pytest.mark.parametrize("change", ["swap", "drop", "flip"])
    def test_a_changed_chunk_is_noticed(self, change: str) -> None:
        file, envelope = stored(bytes([65]) * 600_000)
        with acting(system_actor(HOME)):
            rows = list(AttachmentChunk.objects.filter(attachment=file).order_by("position"))
            AttachmentChunk.objects.filter(attachment=file).delete()
            kept = {"swap": [rows[1], rows[0], rows[2]], "drop": rows[:2], "flip": rows}[change]
            for position, row in enumerate(kept):
                row.position, row.pk = position, uuid4()
            if change == "flip":
                kept[1].sealed = bytes(kept[1].sealed or b"")[:-1] + b"\0"
            AttachmentChunk.objects.bulk_create(kept)
            with pytest.raises(SealBroken):
                b"".join(read_chunks(file, envelope))

    def test_pieces_under_a_data_key_of_somebody_else_are_not_read(self) -> None:
        """They replaced the seal as well, and put pieces of their own below the name that was there."""
        file, envelope = stored(b"x" * 600_000)
        theirs = replace(envelope, opened=Opened(crypto.new_key(), envelope.opened.proofs))
        aad = crypto.bind("sluitend/chunk/1", file.id.bytes, envelope.id.bytes)
        pieces = list(crypto.encrypt_chunks([VIRUS], theirs.file_key(file.id), aad))
        assert b"".join(crypto.decrypt_chunks(pieces, theirs.file_key(file.id), aad)) == VIRUS
        with acting(system_actor(HOME)), pytest.raises(NotGenuine):
            b"".join(read_chunks(file, theirs, pieces))

    def test_it_goes_with_its_envelope(self) -> None:
        _, envelope = stored(b"x")
        with acting(system_actor(HOME)):
            destroy(envelope.id)
            assert not Attachment.objects.exists()
            assert not AttachmentChunk.objects.exists()

    def test_another_organisation_sees_none_and_nobody_rewrites(self) -> None:
        file, _ = stored(b"x")
        with acting(system_actor(OTHER)):
            assert not Attachment.objects.exists()
            assert not AttachmentChunk.objects.exists()
        with (
            acting(system_actor(HOME)),
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
        ):
            Attachment.objects.filter(pk=file.pk).update(organisation_id=OTHER)


@pytest.mark.usefixtures("organisations_with_keys")
@pytest.mark.django_db
class TestCopies:
    """What a partner receives."""

    def copied(self, content: bytes, name: str) -> Attachment:
        file, envelope = stored(content, name)
        with acting(system_actor(HOME)):
            target = create_envelope(organisation_id=HOME, recipient_id=OTHER)
            return clean_copy(
                file, envelope, target=target, recipient_id=OTHER, owner_kind="referral", owner_id=uuid4()
            )

    def test_the_partner_reads_a_clean_copy_and_a_third_nothing(self) -> None:
        copy = self.copied(samples.picture(), "Jan Jansen.jpg")

        assert PLANTED not in content_of(copy, OTHER)
        assert content_of(copy, OTHER) == content_of(copy, HOME)
        with acting(system_actor(THIRD)):
            assert not Attachment.objects.exists()

    def test_a_pdf_becomes_one_of_pixels(self) -> None:
        copy = content_of(self.copied(samples.pages(2), "Jan Jansen.pdf"), OTHER)

        with pikepdf.open(io.BytesIO(copy)) as document:
            assert len(document.pages) == 2
            assert set(document.Root.keys()) <= {"/Type", "/Pages"}
        for word in (PLANTED, b"JavaScript", b"/Annots", b"Jan"):
            assert word not in copy

    def test_what_cannot_be_cleaned_is_not_copied(self) -> None:
        with pytest.raises(FileRefused, match="schone kopie"):
            self.copied(samples.boxes(b"heic"), "a.heic")


@contextmanager
def scanner(answer: Callable[[bytes], bytes]) -> Iterator[str]:
    """A ClamAV that answers by what it received."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, connection.makefile("rb") as stream:
            received, command = b"", stream.read(10)
            while length := struct.unpack(">I", stream.read(4))[0]:
                received += stream.read(length)
            connection.sendall(answer(command + received) + b"\0")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.close()
        thread.join(2)


def judge(received: bytes) -> bytes:
    assert received.startswith(b"zINSTREAM\0")
    return b"stream: Test.Virus FOUND" if VIRUS in received else b"stream: OK"


@pytest.mark.parametrize(("content", "infected"), [(VIRUS, True), (b"fine" * 100_000, False)])
def test_the_scanner_is_asked_and_heard(settings, content: bytes, infected: bool) -> None:  # type: ignore[no-untyped-def]
    with scanner(judge) as settings.SLUITEND_CLAMAV:
        assert antivirus.is_infected(content) is infected


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"", b"stream: FOUNDATION"])
def test_an_answer_that_is_none_is_not_taken_for_clean(settings, answer: bytes) -> None:  # type: ignore[no-untyped-def]
    with scanner(lambda received: answer) as settings.SLUITEND_CLAMAV, pytest.raises(antivirus.ScannerAway):
        antivirus.is_infected(b"x")


@pytest.mark.parametrize("address", ["127.0.0.1:1", "tcp://127.0.0.1:1", "unix:/nowhere/clamd.sock"])
def test_a_scanner_that_is_away_is_noticed(settings, address: str) -> None:  # type: ignore[no-untyped-def]
    settings.SLUITEND_CLAMAV = address

    with pytest.raises(antivirus.ScannerAway):
        antivirus.is_infected(b"x")


@pytest.mark.usefixtures("organisations_with_keys")
@pytest.mark.django_db
class TestScanning:
    """A virus is refused; a scanner that is away loses no report."""

    def test_states(self, settings) -> None:  # type: ignore[no-untyped-def]
        assert stored(b"x")[0].state == "unscanned"
        with scanner(judge) as settings.SLUITEND_CLAMAV:
            assert stored(b"x")[0].state == "clean"
        settings.SLUITEND_CLAMAV = "127.0.0.1:1"
        assert stored(b"x")[0].state == "unscanned"

    def test_a_virus_is_refused(self, settings) -> None:  # type: ignore[no-untyped-def]
        with scanner(judge) as settings.SLUITEND_CLAMAV, pytest.raises(FileRefused, match="virus"):
            stored(VIRUS)

    def test_a_virus_that_is_known_later_closes_the_file(self, settings) -> None:  # type: ignore[no-untyped-def]
        file, envelope = stored(VIRUS)
        with acting(system_actor(HOME)), scanner(judge) as settings.SLUITEND_CLAMAV:
            draw(file, envelope)
        file.refresh_from_db()
        assert (file.state, file.shown) == ("infected", "unreadable")
        assert not pages_of(file)
        with pytest.raises(FileRefused, match="virus"):
            content_of(file)
