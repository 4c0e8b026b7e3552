"""What the database remembers of the rows of one envelope, to compare with what is read.

The lines come along with the seal: no statement more. What is not like its line is looked at once more
together with that line as they stand at this moment, for somebody may have written it in between.
"""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from django.db.models import BinaryField, F, Func

from sluitend.kernel.sealing.sealed_rows import SealedKind

DIGEST = 32


def digest(column: str, value: bytes) -> bytes:
    """Return the digest of a column, as `content_digests` makes it in the database."""
    return hashlib.sha256(column.encode() + b"\0" + value).digest()


class Written:
    """The last revision and digests of each row, and what was sealed since by whoever holds this."""

    def __init__(self, lines: Iterable[bytes] = ()) -> None:
        self._lines = {line[:16]: line[16:] for line in map(bytes, lines)}
        self._own: set[bytes] = set()

    def add(self, column: str, value: bytes) -> None:
        """Take in what is sealed now, and may be read before anything is asked again."""
        self._own.add(digest(column, value))

    def holds(self, kind: SealedKind, column: str, value: bytes, *, pk: object, revision: int) -> bool:
        """Return whether a value is what was written last.

        Args:
            kind: of row.
            column: a sealed column.
            value: as it stands there.
            pk: the key of the row.
            revision: of the row as it was read.
        """
        if not kind.remembered:
            return True
        wanted = digest(column, value)
        if wanted in self._own:
            return True
        line = self._line_of(pk)
        return (line is not None and _is_like(line, revision, [wanted])) or _is_like_now(kind, pk)

    def lacks(self, kind: SealedKind, *, held: int, pk: object, revision: int) -> bool:
        """Return whether a row was emptied in part, or put back from before one of its columns was filled.

        Args:
            kind: of row.
            held: how many of its sealed columns hold something.
            pk: the key of the row.
            revision: of the row as it was read.
        """
        line = self._line_of(pk) if kind.remembered else None
        if line is None:
            return False
        last, number = int.from_bytes(line[:8]), (len(line) - 8) // DIGEST
        # A later revision is of whoever holds this: nothing else of the row would open under it.
        return (revision < last or (revision == last and held < number)) and not _is_like_now(kind, pk)

    def _line_of(self, pk: object) -> bytes | None:
        return self._lines.get(pk.bytes) if isinstance(pk, UUID) else None


def _is_like(line: bytes, revision: int, wanted: Iterable[bytes]) -> bool:
    blocks = {line[start : start + DIGEST] for start in range(8, len(line), DIGEST)}
    return int.from_bytes(line[:8]) == revision and blocks.issuperset(wanted)


def _is_like_now(kind: SealedKind, pk: object) -> bool:
    """Return whether a row as it stands is like its last line; both in one statement."""
    line = Func(F("pk"), function="content_of_row", output_field=BinaryField())
    found = kind.rows().filter(pk=pk).values_list("revision", line, *kind.columns).first()
    if found is None or found[1] is None:
        return False
    revision, remembered, *values = found
    wanted = [
        digest(column, bytes(value)) for column, value in zip(kind.columns, values, strict=True) if value
    ]
    return len(bytes(remembered)) == 8 + DIGEST * len(wanted) and _is_like(
        bytes(remembered), revision, wanted
    )
