"""A file on its way in is never on a disk in plain, and too much is refused in words."""

import tempfile
from typing import IO, Any

import pytest
from django.core.files.uploadhandler import FileUploadHandler
from django.test import RequestFactory

from sluitend.kernel.sealing.attachments import FileRefused, check_uploads
from sluitend.kernel.sealing.uploads import IN_MEMORY, MAX_BYTES, SealedUpload, UploadHandler

PLANTED = b"planted-in-an-upload"


def posted(*contents: bytes) -> list[Any]:
    """What a form receives of these files."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    files = [
        SimpleUploadedFile(f"{number}.txt", content, "text/plain") for number, content in enumerate(contents)
    ]
    request = RequestFactory().post("/", {"files": files})
    request.upload_handlers = [UploadHandler(request)]
    return request.FILES.getlist("files")


def test_it_is_the_only_handler(settings) -> None:  # type: ignore[no-untyped-def]
    assert settings.FILE_UPLOAD_HANDLERS == ["sluitend.kernel.sealing.attachments.UploadHandler"]
    assert issubclass(UploadHandler, FileUploadHandler)


def test_a_file_comes_through_whole_and_can_be_read_again() -> None:
    content = PLANTED * 100_000
    (file,) = posted(content)

    assert isinstance(file, SealedUpload)
    assert file.read() == b"".join(file.chunks()) == file.read() == content
    assert file.read(7) == PLANTED[:7]
    assert (file.size, file.name, file.content_type) == (len(content), "0.txt", "text/plain")
    assert file.multiple_chunks()


def test_what_goes_to_a_disk_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[IO[bytes]] = []
    original = tempfile.SpooledTemporaryFile

    def remembered(*args: Any, **kwargs: Any) -> Any:
        written.append(original(*args, **kwargs))
        return written[-1]

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", remembered)
    posted(PLANTED * 200_000)
    (spool,) = written
    spool.seek(0)

    assert spool._rolled, "larger than the memory that is allowed"  # type: ignore[attr-defined]
    assert PLANTED not in spool.read()
    assert len(PLANTED * 200_000) > IN_MEMORY


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(FileRefused, match="leeg"):
        check_uploads(posted(b""))


def test_a_large_file_is_counted_but_not_kept() -> None:
    (file,) = posted(bytes(MAX_BYTES + 1))

    assert file.dropped
    with pytest.raises(FileRefused, match="25 MB"):
        check_uploads([file])


def test_an_eleventh_file_is_refused() -> None:
    files = posted(*[b"x"] * 11)

    assert [file.dropped for file in files] == [False] * 10 + [True]
    with pytest.raises(FileRefused, match="10 bestanden"):
        check_uploads(files)


def test_an_interrupted_upload_leaves_nothing() -> None:
    handler = UploadHandler()
    handler.new_file("f", "a.txt", "text/plain", 3)
    handler.receive_data_chunk(b"abc", 0)
    spool = handler._spool
    handler.upload_interrupted()

    assert spool is not None
    assert spool.closed
