"""Takes files of a form without ever writing them in plain.

Django's own handlers put anything over 2.5 MB in the temporary folder as it came. This one encrypts each
chunk under a key that exists only in the memory of this request; what does not fit in memory goes to a
nameless temporary file, unreadable.
"""

import tempfile
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any, cast

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from sluitend.kernel.sealing import crypto

MAX_FILES = 10
MAX_BYTES = 25 * 1024 * 1024
MAX_BODY = MAX_FILES * MAX_BYTES + 4 * 1024 * 1024
"""Ten full files, and the answers beside them; nobody sends more through one of our forms."""
IN_MEMORY = 2 * 1024 * 1024
_LENGTH = 4

if TYPE_CHECKING:
    Upload = UploadedFile[bytes]
else:  # the stubs are generic, the class is not
    Upload = UploadedFile


class SealedUpload(Upload):
    """A received file, encrypted under a key of its own that dies with it.

    Read it with `chunks()` or `read()`, as often as needed.

    Attributes:
        dropped: the file came after the tenth, or is larger than 25 MB; its content was not kept.
    """

    def __init__(self, *, spool: IO[bytes], key: bytes, dropped: bool, **about: Any) -> None:
        super().__init__(file=spool, **about)
        self._spool = spool
        self._key = key
        self.dropped = dropped

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Give the content, decrypted, in pieces of at most 256 KiB."""
        self._spool.seek(0)
        return crypto.decrypt_chunks(self._stored(), self._key, b"upload")

    def read(self, size: int = -1) -> bytes:
        """Return the content from its beginning; at most `size` bytes of it when that is given."""
        content = b"".join(self.chunks())
        return content if size < 0 else content[:size]

    def multiple_chunks(self, chunk_size: int | None = None) -> bool:
        """Return whether `chunks()` gives more than one."""
        return (self.size or 0) > (chunk_size or crypto.CHUNK_BYTES)

    def _stored(self) -> Iterator[bytes]:
        while head := self._spool.read(_LENGTH):
            yield self._spool.read(int.from_bytes(head))


class UploadHandler(FileUploadHandler):
    """For `FILE_UPLOAD_HANDLERS`: the only handler, so that no file takes another way."""

    chunk_size = crypto.CHUNK_BYTES

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._count = 0
        self._spool: IO[bytes] | None = None

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  (Django's own name)
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Refuse a body that is too large before any of it is read.

        Raises:
            RequestDataTooBig: it says itself that it is larger than ten full files.
        """
        if content_length > MAX_BODY:
            raise RequestDataTooBig("a body larger than ten full files")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file under a new key."""
        super().new_file(*args, **kwargs)
        self._count += 1
        self._received = 0
        self._key = crypto.new_key()
        self._spool = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
        self._stream = crypto.ChunkWriter(self._key, b"upload")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Encrypt a piece.

        Too much is counted and forgotten: the form then says so, which a broken connection cannot.
        """
        self._received += len(raw_data)
        if not self._dropped():
            self._store(self._stream.write(raw_data))

    def file_complete(self, file_size: int) -> SealedUpload:
        """Return the received file."""
        self._store([self._stream.finish()])
        spool, self._spool = self._spool, None
        assert spool is not None  # noqa: S101
        return SealedUpload(
            spool=spool,
            key=self._key,
            dropped=self._dropped(),
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
        )

    def upload_interrupted(self) -> None:
        """Forget what came: the key goes with this object."""
        if self._spool is not None:
            self._spool.close()

    def _dropped(self) -> bool:
        return self._count > MAX_FILES or self._received > MAX_BYTES

    def _store(self, chunks: list[bytes]) -> None:
        if self._spool is not None:
            for chunk in chunks:
                self._spool.write(len(chunk).to_bytes(_LENGTH) + chunk)
