"""What was sealed opens in its own place and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluitend.kernel.sealing import crypto
from sluitend.kernel.sealing.errors import SealBroken

KEY = bytes(range(32))
SEED = bytes(range(96))
type Part = str | bytes | int
parts: st.SearchStrategy[list[Part]] = st.lists(
    st.one_of(st.text(max_size=8), st.binary(max_size=8), st.integers(0, 9)), max_size=4
)


def flip(sealed: bytes, bit: int) -> bytes:
    changed = bytearray(sealed)
    changed[bit // 8 % len(changed)] ^= 1 << bit % 8
    return bytes(changed)


@given(st.binary(max_size=300), st.binary(max_size=30))
def test_a_field_comes_back(plain: bytes, aad: bytes) -> None:
    assert crypto.decrypt(crypto.encrypt(plain, KEY, aad), KEY, aad) == plain


@given(st.binary(max_size=60), st.integers(0, 8 * 80))
def test_a_field_with_any_flipped_bit_does_not_open(plain: bytes, bit: int) -> None:
    with pytest.raises(SealBroken):
        crypto.decrypt(flip(crypto.encrypt(plain, KEY, b"here"), bit), KEY, b"here")


@given(st.binary(max_size=40))
def test_bytes_that_were_never_sealed_do_not_open(sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        crypto.decrypt(sealed, KEY, b"")


@given(parts, parts)
def test_other_parts_bind_to_other_bytes(some: list[Part], others: list[Part]) -> None:
    def spoken(values: list[Part]) -> list[bytes]:
        return [value if isinstance(value, bytes) else str(value).encode() for value in values]

    assert (crypto.bind("x", *some) == crypto.bind("x", *others)) == (spoken(some) == spoken(others))


@given(st.integers(0, 8 * 1169))
def test_a_seal_with_any_flipped_bit_does_not_open(bit: int) -> None:
    public = crypto.public_from_bytes(crypto.public_bytes_of_seed(SEED))
    sealed = crypto.seal(KEY, public, b"here")
    private = crypto.private_from_seed(SEED)

    assert crypto.unseal(sealed, private, b"here") == KEY
    with pytest.raises(SealBroken):
        crypto.unseal(flip(sealed, bit), private, b"here")


def test_a_seal_for_something_else_does_not_open() -> None:
    sealed = crypto.seal(KEY, crypto.public_from_bytes(crypto.public_bytes_of_seed(SEED)), b"here")

    with pytest.raises(SealBroken):
        crypto.unseal(sealed, crypto.private_from_seed(SEED), b"there")
    with pytest.raises(SealBroken):
        crypto.unseal(sealed, crypto.private_from_seed(bytes(96)), b"here")


def test_a_seed_of_another_length_is_no_seed() -> None:
    with pytest.raises(ValueError, match="96"):
        crypto.private_from_seed(bytes(95))


sizes = st.sampled_from(
    [0, 1, crypto.CHUNK_BYTES - 1, crypto.CHUNK_BYTES, crypto.CHUNK_BYTES + 1, 3 * crypto.CHUNK_BYTES]
)


@given(sizes, st.integers(1, 400_000))
def test_a_stream_comes_back_however_it_was_cut(size: int, piece: int) -> None:
    content = bytes(size)
    pieces = [content[start : start + piece] for start in range(0, size, piece)]

    chunks = list(crypto.encrypt_chunks(pieces, KEY, b"file"))

    assert b"".join(crypto.decrypt_chunks(chunks, KEY, b"file")) == content
    assert len(chunks) == max(1, -(-size // crypto.CHUNK_BYTES))


def three_chunks() -> list[bytes]:
    return list(crypto.encrypt_chunks([bytes(3 * crypto.CHUNK_BYTES)], KEY, b"file"))


@pytest.mark.parametrize(
    "damaged",
    [
        lambda c: c[:2],
        lambda c: c[1:],
        lambda c: [c[1], c[0], c[2]],
        lambda c: [*c, c[2]],
        lambda c: [c[0], c[2]],
        lambda c: [c[0], three_chunks()[1], c[2]],
        lambda c: [flip(c[0], 9_000), *c[1:]],
        lambda c: [],
    ],
    ids=["cut short", "begun late", "swapped", "longer", "gap", "of another stream", "flipped", "empty"],
)
def test_a_damaged_stream_is_noticed(damaged) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SealBroken):
        list(crypto.decrypt_chunks(damaged(three_chunks()), KEY, b"file"))


def test_a_stream_of_another_file_does_not_open() -> None:
    with pytest.raises(SealBroken):
        list(crypto.decrypt_chunks(three_chunks(), KEY, b"other"))
