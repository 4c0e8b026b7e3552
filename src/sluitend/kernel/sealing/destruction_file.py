"""The file of the register: one signed line for each thing that a backup may not bring back.

A line names an envelope that was destroyed, or the id of something else that ended: a seal, a yes, a way to
read. It says nothing of what that was or whose. Each line is bound to the one before.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sluitend.kernel.sealing.errors import NoKey, RegisterBad
from sluitend.kernel.sealing.keyfolder import DESTRUCTIONS, KeyFolder

_LABEL = b"sluitend/destruction/1|"
DESTROYED, ENDED = "envelope", "ended"
_NAMED = re.compile(rb'"(?:envelope|ended)": "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')


@dataclass(frozen=True)
class Entries:
    """What the register names, oldest first; of what ended also the day on which that was written."""

    destroyed: list[UUID] = field(default_factory=list)
    ended: dict[UUID, date] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether it names anything."""
        return bool(self.destroyed or self.ended)


@dataclass
class _Tail:
    """How far this process read the file: what comes after is all that it reads to add to it."""

    end: int = 0
    count: int = 0
    last: bytes = b""
    known: set[int] = field(default_factory=set)

    def take(self, line: bytes) -> None:
        self.end += len(line) + 1
        self.count += 1
        self.last = line
        self.known.update(each.int for each in _ids(line))


_tails: dict[Path, _Tail] = {}


def append(folder: KeyFolder, *, envelopes: Iterable[UUID] = (), ended: Iterable[UUID] = ()) -> int:
    """Add what the register lacks, and return how many lines that were."""
    wanted = [*((DESTROYED, each) for each in sorted(set(envelopes)))]
    wanted += [(ENDED, each) for each in sorted(set(ended))]
    with folder.locked():
        # Read after the lock, so that two processes do not write one twice.
        tail = _read_on(folder)
        added = _signed_lines(folder, tail, [each for each in wanted if each[1].int not in tail.known])
        if added:
            folder.append(b"".join(line + b"\n" for line in added), DESTRUCTIONS, at=tail.end)
            for line in added:
                tail.take(line)
    return len(added)


def read(folder: KeyFolder, verify: Ed25519PublicKey) -> Entries:
    """Return what the register names.

    Raises:
        RegisterBad: a line was changed, removed or added by somebody else.
    """
    found, previous = Entries(), b""
    for number, line in enumerate(lines(folder)):
        kind, each, day = _checked(line, previous, number, verify)
        if kind == DESTROYED:
            found.destroyed.append(each)
        else:
            found.ended.setdefault(each, day)
        previous = line
    return found


def named(folder: KeyFolder) -> set[UUID]:
    """Return all that the register names, unchecked and of either kind: for a glance at each start."""
    try:
        content = folder.read(DESTRUCTIONS)
    except NoKey:
        return set()
    return set(_ids(content))


def lines(folder: KeyFolder) -> list[bytes]:
    """Return the lines as they stand, unchecked."""
    try:
        return _whole(folder.read(DESTRUCTIONS))
    except NoKey:
        return []


def _ids(content: bytes) -> list[UUID]:
    return [UUID(each.decode()) for each in _NAMED.findall(content)]


def _whole(content: bytes) -> list[bytes]:
    """Return the whole lines; the half of one, of a process that was stopped, is none yet."""
    found = content.split(b"\n")
    return found if found[-1].endswith(b"}") else found[:-1]


def _read_on(folder: KeyFolder) -> _Tail:
    path = folder.path / DESTRUCTIONS
    tail = _tails.get(path, _Tail())
    try:
        with path.open("rb") as file:
            # Another file in its place, or a shorter one, is read from its beginning.
            file.seek(max(tail.end - len(tail.last) - 1, 0))
            if file.read(len(tail.last) + 1) != tail.last + b"\n":
                tail = _Tail()
            file.seek(tail.end)
            rest = file.read()
    except FileNotFoundError:
        tail, rest = _Tail(), b""
    for line in _whole(rest):
        tail.take(line)
    if rest and not rest.endswith(b"\n") and rest.endswith(b"}"):
        # An editor took the end of the last line away.
        folder.append(b"\n", DESTRUCTIONS, at=tail.end - 1)
    _tails[path] = tail
    return tail


def _signed_lines(folder: KeyFolder, tail: _Tail, wanted: list[tuple[str, UUID]]) -> list[bytes]:
    if not wanted:
        return []
    signing = Ed25519PrivateKey.from_private_bytes(folder.read("signing.key"))
    day, previous = today().isoformat(), tail.last
    added: list[bytes] = []
    for number, (kind, each) in enumerate(wanted, start=tail.count):
        body: dict[str, str | int] = {
            "number": number,
            kind: str(each),
            "day": day,
            "previous": hashlib.sha256(previous).hexdigest(),
        }
        signature = signing.sign(_message(body)).hex()
        previous = json.dumps({**body, "signature": signature}, sort_keys=True).encode()
        added.append(previous)
    return added


def today() -> date:
    """Return the day that a line names. In UTC: the custodian knows no other clock."""
    return datetime.now(tz=UTC).date()


def _message(body: dict[str, str | int]) -> bytes:
    return _LABEL + json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def _checked(line: bytes, previous: bytes, number: int, verify: Ed25519PublicKey) -> tuple[str, UUID, date]:
    try:
        body = json.loads(line)
        verify.verify(bytes.fromhex(body.pop("signature")), _message(body))
        right = body["number"] == number and body["previous"] == hashlib.sha256(previous).hexdigest()
        kind = DESTROYED if DESTROYED in body else ENDED
        found = kind, UUID(body[kind]), date.fromisoformat(body["day"])
    except (InvalidSignature, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RegisterBad("destructions") from error
    if not right:
        raise RegisterBad("destructions")
    return found
