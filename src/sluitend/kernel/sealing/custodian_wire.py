"""How a process asks the custodian: frames on a Unix socket, each a length and a JSON message of one form.

Both sides first prove that they know the key of the kind of process that asks. Then each request has one
answer. What is too long, unknown or of another form ends the connection.
"""

import base64
import hmac
import json
import socket
import struct
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.types import Base64Bytes

from sluitend.kernel.sealing import crypto
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.keyring import ProcessKind
from sluitend.kernel.sealing.proofs import Opened, ProofKeys

MOST_BYTES = 4 * 1024 * 1024
MOST_ITEMS = 500
NONCE_BYTES = 32
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,80}$")]
Text = Annotated[Base64Bytes, Field(max_length=16_384)]
Digest = Annotated[Base64Bytes, Field(max_length=64)]
Texts = Annotated[list[Text], Field(min_length=1, max_length=MOST_ITEMS)]


class WireBad(Exception):
    """What came over the socket is not of this protocol."""


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sealed(_Message):
    """A seal, as `SealedKey` describes it."""

    envelope_id: UUID
    holder_id: UUID
    key_id: Annotated[str, Field(max_length=32)]
    sealed: Annotated[Base64Bytes, Field(max_length=4_096)]


class Open(_Message):
    """Open seals for an organisation: who asks, and why."""

    op: Literal["open"] = "open"
    organisation: UUID
    account: UUID | None
    purpose: Code
    seals: Annotated[list[Sealed], Field(min_length=1, max_length=MOST_ITEMS)]


class Begin(_Message):
    """Draw the id of a new envelope, and give the keys of its proofs."""

    op: Literal["begin"] = "begin"


class Tokens(_Message):
    """Tokens of normalised values."""

    op: Literal["tokens", "search_tokens"]
    organisation: UUID
    texts: Texts


class Pseudonyms(_Message):
    """Names of subjects in the ledger of one year."""

    op: Literal["pseudonyms"] = "pseudonyms"
    organisation: UUID
    year: Annotated[int, Field(ge=2000, le=9999)]
    texts: Texts


class IsMac(_Message):
    """Whether a line of the ledger was written by a process of this kind. A MAC itself is never given."""

    op: Literal["is_mac"] = "is_mac"
    kind: Code
    text: Text
    mac: Text


class Links(_Message):
    """The links that follow in a chain of the ledger."""

    op: Literal["links"] = "links"
    before: Digest
    position: Annotated[int, Field(ge=1, le=2**63 - 1)]
    texts: Texts


class IsLink(_Message):
    """Whether a link of a chain is right. The link itself is given to who makes them only."""

    op: Literal["is_link"] = "is_link"
    before: Digest
    position: Annotated[int, Field(ge=1, le=2**63 - 1)]
    mac: Text
    link: Text


class Factor(_Message):
    """Seal or open the secret of a second factor."""

    op: Literal["seal_factor", "open_factor"]
    text: Text


class Sign(_Message):
    """Sign a checkpoint of the ledger."""

    op: Literal["sign"] = "sign"
    text: Text


class Destroyed(_Message):
    """Enter envelopes in the register of destructions."""

    op: Literal["destroyed"] = "destroyed"
    envelopes: Annotated[list[UUID], Field(min_length=1, max_length=MOST_ITEMS)]


class Ended(_Message):
    """Enter in the same register what ended otherwise: a seal, a yes, a way to read."""

    op: Literal["ended"] = "ended"
    ended: Annotated[list[UUID], Field(min_length=1, max_length=MOST_ITEMS)]


class Forget(_Message):
    """Forget the data keys that were opened: something was destroyed."""

    op: Literal["forget"] = "forget"


type Request = (
    Open | Begin | Tokens | Pseudonyms | IsMac | Links | IsLink | Factor | Sign | Destroyed | Ended | Forget
)
_REQUEST: TypeAdapter[Request] = TypeAdapter(
    Annotated[
        Open
        | Begin
        | Tokens
        | Pseudonyms
        | IsMac
        | Links
        | IsLink
        | Factor
        | Sign
        | Destroyed
        | Ended
        | Forget,
        Field(discriminator="op"),
    ]
)

Refusal = Literal["no_key", "not_held", "broken", "too_many", "bad"]


HALF = "half"
"""Beside what was opened: the organisation passed half of its share of this minute."""


class Answer(_Message):
    """What comes back: byte strings, or why not."""

    items: list[Base64Bytes] = []
    refused: Refusal | None = None
    detail: str = ""


class Hello(_Message):
    """The proof of one side, with a nonce for the proof of the other."""

    kind: ProcessKind
    nonce: Annotated[Base64Bytes, Field(max_length=64)]
    proof: Annotated[Base64Bytes, Field(max_length=64)]


def read_request(raw: bytes) -> Request:
    """Return a request.

    Raises:
        WireBad: it is of no known form.
    """
    try:
        return _REQUEST.validate_json(raw)
    except ValidationError as error:
        raise WireBad("request") from error


def read_answer(raw: bytes) -> Answer:
    """Return an answer.

    Raises:
        WireBad: it is none.
    """
    try:
        return Answer.model_validate_json(raw)
    except ValidationError as error:
        raise WireBad("answer") from error


def read_hello(raw: bytes) -> Hello:
    """Return a greeting.

    Raises:
        WireBad: it is none.
    """
    try:
        return Hello.model_validate_json(raw)
    except ValidationError as error:
        raise WireBad("hello") from error


def encoded(content: bytes) -> str:
    """Return bytes as they stand in a message."""
    return base64.b64encode(content).decode()


def to_bytes(**fields: object) -> bytes:
    """Return a message of plain JSON values; whoever reads it checks its form."""
    return json.dumps(fields, separators=(",", ":")).encode()


def opened_bytes(opened: Opened) -> bytes:
    """Return the three keys of an envelope as one item."""
    return opened.key + opened.proofs.ours + opened.proofs.public


def read_opened(item: bytes) -> Opened:
    """Return the keys of an envelope.

    Raises:
        WireBad: there are not three.
    """
    size = crypto.KEY_BYTES
    if len(item) != 3 * size:
        raise WireBad("keys")
    return Opened(item[:size], ProofKeys(item[size : 2 * size], item[2 * size :]))


def proof(folder: KeyFolder, kind: str, side: str, nonce: bytes) -> bytes:
    """Return what shows that one side knows the key of a kind of process.

    Raises:
        NoKey: it is not in this folder.
    """
    key = crypto.derive(folder.read(f"mac-{kind}.key"), b"sluitend/custodian/1")
    return hmac.digest(key, crypto.bind(side, kind, nonce), "sha256")


def send(connection: socket.socket, message: bytes) -> None:
    """Send one frame."""
    connection.sendall(struct.pack(">I", len(message)) + message)


def receive(connection: socket.socket) -> bytes | None:
    """Return one frame, or None where the other side closed between frames.

    Raises:
        WireBad: it is too long, or cut short.
    """
    head = _exactly(connection, 4)
    if head is None:
        return None
    (length,) = struct.unpack(">I", head)
    if length > MOST_BYTES:
        raise WireBad("length")
    body = _exactly(connection, length)
    if body is None:
        raise WireBad("cut")
    return body


def _exactly(connection: socket.socket, length: int) -> bytes | None:
    found = bytearray()
    while len(found) < length:
        piece = connection.recv(min(length - len(found), 256 * 1024))
        if not piece:
            if found:
                raise WireBad("cut")
            return None
        found += piece
    return bytes(found)
