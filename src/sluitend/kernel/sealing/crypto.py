"""The three primitives: a seal (HPKE), a field (AES-256-GCM) and a stream of chunks (STREAM).

Everything comes from `cryptography`. Each result starts with a byte that names its format, so that another
format can be read beside this one later. Nothing here knows of rows, organisations or files.
"""

import hashlib
import os
import struct
from collections.abc import Callable, Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sluitend.kernel.sealing.errors import SealBroken

FORMAT = b"\x01"
KEY_BYTES = 32
SEED_BYTES = 96
CHUNK_BYTES = 256 * 1024
_MLKEM_SEED = 64
_MLKEM_PUBLIC = 1184
_NONCE = 12
_PREFIX = 7
_MAX_CHUNKS = 2**32
_LENGTH = struct.Struct(">I").pack

type PrivateKey = hpke.MLKEM768X25519PrivateKey
type PublicKey = hpke.MLKEM768X25519PublicKey

_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def bind(label: str, *parts: bytes | str | int) -> bytes:
    """Return one byte string for these parts that no other list of parts gives.

    Each part carries its length: "ab" with "c" and "a" with "bc" must differ, or a sealed value could move.
    """
    bound: list[bytes] = []
    for part in (label, *parts):
        encoded = part if isinstance(part, bytes) else str(part).encode()
        bound += (_LENGTH(len(encoded)), encoded)
    return b"".join(bound)


def derive(secret: bytes, label: bytes, *, salt: bytes = b"", length: int = KEY_BYTES) -> bytes:
    """Return key bytes for one use, by HKDF-SHA256."""
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt or None, info=label).derive(secret)


def new_key() -> bytes:
    """Return a random 256-bit key."""
    return os.urandom(KEY_BYTES)


def private_from_seed(seed: bytes) -> PrivateKey:
    """Return the key pair of a seed of 96 bytes: 64 for ML-KEM-768, 32 for X25519."""
    if len(seed) != SEED_BYTES:
        raise ValueError("a seed has 96 bytes")
    return hpke.MLKEM768X25519PrivateKey(
        mlkem.MLKEM768PrivateKey.from_seed_bytes(seed[:_MLKEM_SEED]),
        x25519.X25519PrivateKey.from_private_bytes(seed[_MLKEM_SEED:]),
    )


def public_bytes_of_seed(seed: bytes) -> bytes:
    """Return the public half of a seed, in the form that `public_from_bytes` reads."""
    quantum = mlkem.MLKEM768PrivateKey.from_seed_bytes(seed[:_MLKEM_SEED]).public_key().public_bytes_raw()
    return (
        quantum
        + x25519.X25519PrivateKey.from_private_bytes(seed[_MLKEM_SEED:]).public_key().public_bytes_raw()
    )


def public_from_bytes(public: bytes) -> PublicKey:
    """Return a public key from its 1,216 bytes.

    Raises:
        ValueError: the bytes are no such key.
    """
    return hpke.MLKEM768X25519PublicKey(
        mlkem.MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC]),
        x25519.X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:]),
    )


def key_id_of(public: bytes) -> str:
    """Return the name of a public key, which follows from the key: nobody can give it to another."""
    return hashlib.sha256(public).hexdigest()[:16]


def seal(secret: bytes, public: PublicKey, info: bytes) -> bytes:
    """Seal a data key to a public key.

    HPKE in this library has no AAD, so what the seal belongs to goes into `info`.
    """
    return FORMAT + _SUITE.encrypt(secret, public, info=info)


def unseal(sealed: bytes, private: PrivateKey, info: bytes) -> bytes:
    """Return the data key.

    Raises:
        SealBroken: changed, or sealed for something else.
    """
    return _guarded(lambda body: _SUITE.decrypt(body, private, info=info), sealed)


def encrypt(plain: bytes, key: bytes, aad: bytes) -> bytes:
    """Encrypt one field under a data key, bound to `aad`."""
    nonce = os.urandom(_NONCE)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, aad)


def decrypt(sealed: bytes, key: bytes, aad: bytes) -> bytes:
    """Return one field.

    Raises:
        SealBroken: changed, or not sealed for this place.
    """
    return _guarded(lambda body: AESGCM(key).decrypt(body[:_NONCE], body[_NONCE:], aad), sealed)


class ChunkWriter:
    """Encrypts a stream that comes in pieces, in chunks of 256 KiB (the STREAM construction).

    Each chunk is bound to its place, and the last one to being last. The key must be of this stream alone:
    only seven bytes of the nonce are random.
    """

    def __init__(self, key: bytes, aad: bytes) -> None:
        self._cipher = AESGCM(key)
        self._aad = aad
        self._prefix = os.urandom(_PREFIX)
        self._number = 0
        self._buffer = bytearray()

    def write(self, piece: bytes) -> list[bytes]:
        """Take a piece of any length, and return the chunks that are full."""
        self._buffer += piece
        full = []
        # One full chunk stays behind: it may turn out to be the last.
        while len(self._buffer) > CHUNK_BYTES:
            full.append(self._encrypted(bytes(self._buffer[:CHUNK_BYTES]), last=False))
            del self._buffer[:CHUNK_BYTES]
        return full

    def finish(self) -> bytes:
        """Return the last chunk; there is always one, also of an empty stream."""
        return self._encrypted(bytes(self._buffer), last=True)

    def _encrypted(self, chunk: bytes, *, last: bool) -> bytes:
        nonce = _chunk_nonce(self._prefix, self._number, last=last)
        self._number += 1
        return FORMAT + self._prefix + self._cipher.encrypt(nonce, chunk, self._aad)


def encrypt_chunks(pieces: Iterable[bytes], key: bytes, aad: bytes) -> Iterator[bytes]:
    """Encrypt a stream; see `ChunkWriter`."""
    writer = ChunkWriter(key, aad)
    for piece in pieces:
        yield from writer.write(piece)
    yield writer.finish()


def decrypt_chunks(chunks: Iterable[bytes], key: bytes, aad: bytes) -> Iterator[bytes]:
    """Return the stream again.

    Raises:
        SealBroken: a chunk was changed, left out, added or moved, or the end is missing.
    """
    prefix, number = b"", -1
    for number, (chunk, last) in enumerate(_with_last(chunks)):
        prefix = prefix or chunk[1 : 1 + _PREFIX]
        if chunk[1 : 1 + _PREFIX] != prefix:
            raise SealBroken("chunk of another stream")
        yield _open_chunk(chunk, key, _chunk_nonce(prefix, number, last=last), aad)
    if number < 0:
        raise SealBroken("empty stream")


def _open_chunk(chunk: bytes, key: bytes, nonce: bytes, aad: bytes) -> bytes:
    return _guarded(lambda body: AESGCM(key).decrypt(nonce, body[_PREFIX:], aad), chunk)


def _chunk_nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    if number >= _MAX_CHUNKS:
        raise ValueError("stream too long")
    return struct.pack(">7sI?", prefix, number, last)


def _with_last(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Say of each chunk whether it is the last, reading one ahead."""
    ahead: bytes | None = None
    for chunk in chunks:
        if ahead is not None:
            yield ahead, False
        ahead = chunk
    if ahead is not None:
        yield ahead, True


def _guarded(opener: Callable[[bytes], bytes], sealed: bytes) -> bytes:
    if sealed[:1] != FORMAT:
        raise SealBroken("unknown format")
    try:
        return opener(sealed[1:])
    except (InvalidTag, ValueError) as error:
        raise SealBroken("does not open") from error
