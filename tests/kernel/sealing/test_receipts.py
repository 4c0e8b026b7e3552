"""A receipt survives being read aloud, written down and typed again."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluitend.kernel.sealing import crypto, receipts

codes = st.text(receipts.ALPHABET, min_size=20, max_size=20)


def test_a_receipt_has_five_groups_of_four_and_a_hundred_bits() -> None:
    code = receipts.new_receipt()

    assert [len(group) for group in code.split("-")] == [4] * 5
    assert len(receipts.ALPHABET) ** 20 == 2**100
    assert not set("ILOU") & set(receipts.ALPHABET)
    assert receipts.parse_receipt(code) == code


@given(codes, st.sampled_from(["", " ", "-", "–", " - ", "."]), st.booleans())
def test_a_receipt_is_understood_however_it_is_typed(code: str, between: str, lower: bool) -> None:
    typed = (
        between.join(code[start : start + 4] for start in range(0, 20, 4)).replace("0", "o").replace("1", "l")
    )

    assert receipts.parse_receipt(f" {typed.lower() if lower else typed}\n") == receipts.parse_receipt(code)
    assert (receipts.parse_receipt(code) or "").replace("-", "") == code


@given(st.text(max_size=30))
def test_anything_else_is_no_receipt_and_no_error(text: str) -> None:
    parsed = receipts.parse_receipt(text)

    assert parsed is None or receipts.parse_receipt(parsed) == parsed


@pytest.mark.parametrize("text", ["", "7K4Q", "U" * 20, "7" * 19, "7" * 21, "ü" * 20])
def test_wrong_ones_are_refused(text: str) -> None:
    assert receipts.parse_receipt(text) is None


def test_a_receipt_gives_the_same_mailbox_each_time_and_another_gives_another(folder: Path) -> None:
    code = receipts.new_receipt()
    keys, again = receipts.mailbox_keys(code), receipts.mailbox_keys(code.lower().replace("-", " "))
    sealed = crypto.seal(b"k" * 32, crypto.public_from_bytes(keys.public), b"")

    assert keys.lookup == again.lookup
    assert len(keys.lookup) == 32
    assert crypto.unseal(sealed, again.private, b"") == b"k" * 32
    assert receipts.mailbox_keys(receipts.new_receipt()).lookup != keys.lookup
    assert code not in repr(keys)


def test_without_the_pepper_a_receipt_finds_nothing(folder: Path, tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    from sluitend.kernel.sealing.keys import create_keys

    code = receipts.new_receipt()
    here = receipts.mailbox_keys(code)
    settings.SLUITEND_KEYS = tmp_path / "elsewhere"
    create_keys(settings.SLUITEND_KEYS, [])

    assert receipts.mailbox_keys(code).lookup != here.lookup


def test_no_receipt_has_no_mailbox(folder: Path) -> None:
    with pytest.raises(ValueError, match="receipt"):
        receipts.mailbox_keys("nonsense")


def test_a_reference_can_be_read_aloud() -> None:
    found = {receipts.human_code("M") for _ in range(50)}

    assert all(len(code) == 6 and code.startswith("M-") for code in found)
    assert not set("01ILOU") & set("".join(code[2:] for code in found))
    assert len(found) > 40
