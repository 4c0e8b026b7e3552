"""Who wrote a sealed value: what the proof before it keeps out, and what the public process may prove."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import models
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.sealing.conftest import HOME

from sluitend.journeys.cases.models import Case
from sluitend.journeys.reports.models import Report
from sluitend.kernel.sealing import crypto, proofs
from sluitend.kernel.sealing.custodian import FileCustodian, NoCustodian
from sluitend.kernel.sealing.envelopes import OpenEnvelope
from sluitend.kernel.sealing.errors import NoKey, NotGenuine, SealBroken
from sluitend.kernel.sealing.keyfolder import PARTS
from sluitend.kernel.sealing.proofs import Opened, ProofKeys

WORDS = {"saw": "Vijf bedden in een schuur."}


def envelope_with(keys: ProofKeys, *, identity: UUID | None = None) -> OpenEnvelope:
    return OpenEnvelope(id=identity or uuid4(), writer_id=HOME, opened=Opened(crypto.new_key(), keys))


def ours() -> OpenEnvelope:
    return envelope_with(ProofKeys(crypto.new_key(), crypto.new_key()))


def under_another_key(envelope: OpenEnvelope, keys: ProofKeys | None = None) -> OpenEnvelope:
    """The same envelope as a seal would give it that somebody put there."""
    return replace(envelope, opened=Opened(crypto.new_key(), keys or envelope.opened.proofs))


def public_of(envelope: OpenEnvelope) -> OpenEnvelope:
    """The same envelope as the public process has it."""
    return replace(envelope, opened=Opened(envelope.key, ProofKeys(b"", envelope.opened.proofs.public)))


def row_of(kind: type[models.Model], revision: int = 1) -> models.Model:
    return kind(id=uuid4(), organisation_id=HOME, revision=revision)


def sealed(envelope: OpenEnvelope, row: models.Model, column: str) -> bytes:
    envelope.seal(row, column, WORDS)
    found: bytes = getattr(row, column)
    return found


def test_what_one_of_us_wrote_is_read() -> None:
    envelope, row = ours(), row_of(Case)
    sealed(envelope, row, "facts")
    assert envelope.read(row, "facts") == WORDS


def test_the_form_of_before_is_read_by_nobody() -> None:
    envelope, row = ours(), row_of(Case)
    aad = crypto.bind("sluitend/field/1", "cases_case", "facts", str(row.pk), envelope.id.bytes, 1)
    row.facts = crypto.encrypt(b'{"saw": "vervalst"}', envelope.key, aad)  # type: ignore[attr-defined]
    for reader in (envelope, public_of(envelope)):
        with pytest.raises(NotGenuine):
            reader.read(row, "facts")


def made_up(envelope: OpenEnvelope, row: models.Model, column: str) -> bytes:
    """Words of who writes the tables: under a data key and keys of proofs of their own."""
    theirs = under_another_key(envelope, ProofKeys(crypto.new_key(), crypto.new_key()))
    return sealed(theirs, row, column)


@pytest.mark.parametrize("revision", [1, 2])
def test_words_under_a_key_of_somebody_else_are_not_genuine(revision: int) -> None:
    envelope, row = ours(), row_of(Report, revision)
    theirs = under_another_key(envelope)  # as the seal gives it: they replaced that too
    for value in (
        made_up(theirs, row, "content"),
        sealed(replace(theirs, opened=Opened(theirs.key, ProofKeys(b"", crypto.new_key()))), row, "content"),
        proofs.FORMAT + b"x" + bytes(16) + sealed(theirs, row, "content")[18:],
        proofs.FORMAT,
    ):
        row.content = value  # type: ignore[attr-defined]
        with pytest.raises(NotGenuine):
            theirs.read(row, "content")


def test_a_proof_holds_for_one_data_key() -> None:
    envelope, row = ours(), row_of(Case)
    value = sealed(envelope, row, "facts")
    with pytest.raises(NotGenuine):
        under_another_key(envelope).read(row, "facts")
    assert value[:2] == b"\x02d"


@given(bit=st.integers(0, 10_000))
def test_one_bit_that_differs_is_seen(bit: int) -> None:
    envelope, row = ours(), row_of(Case)
    value = bytearray(sealed(envelope, row, "facts"))
    value[bit // 8 % len(value)] ^= 1 << bit % 8
    row.facts = bytes(value)  # type: ignore[attr-defined]
    with pytest.raises(SealBroken):
        envelope.read(row, "facts")


def test_the_public_process_proves_what_it_fills_and_only_at_first() -> None:
    envelope = ours()
    public = public_of(envelope)
    first, later, case, decided = row_of(Report), row_of(Report, 2), row_of(Case), row_of(Report)
    sealed(public, first, "content")
    assert envelope.read(first, "content") == WORDS
    for row, column in ((later, "content"), (case, "facts"), (decided, "decision")):
        sealed(public, row, column)
        with pytest.raises(NotGenuine, match="public"):
            envelope.read(row, column)


def test_the_public_process_reads_what_we_wrote_and_can_prove_nothing_as_us() -> None:
    envelope, row = ours(), row_of(Report)
    sealed(envelope, row, "content")
    public = public_of(envelope)
    assert public.read(row, "content") == WORDS
    assert sealed(public, row, "content")[:2] == b"\x02p"


def test_each_envelope_has_keys_of_its_own(folder: Path) -> None:
    keeper = FileCustodian(folder)
    (one, first), (other, second) = keeper.begin(), keeper.begin()
    assert one != other
    assert len({*first, *second, keeper.public_proof(one).public}) == 4
    assert keeper.public_proof(one) == ProofKeys(b"", first.public)


def test_only_who_keeps_the_keys_has_the_one_of_proofs(folder: Path) -> None:
    assert (folder / "content.key").exists()
    assert not any("content.key" in parts for parts in PARTS.values())
    public = NoCustodian(folder)
    with pytest.raises(NoKey):
        public.begin()
    assert public.public_proof(HOME) == FileCustodian(folder).public_proof(HOME)


def test_without_the_key_of_proofs_nothing_opens(folder: Path) -> None:
    (folder / "content.key").unlink()
    with pytest.raises(NoKey, match=r"content\.key"):
        FileCustodian(folder).begin()


@pytest.mark.parametrize("kind", ["desk", "worker", "command"])
def test_a_process_signs_as_its_own_kind(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SLUITEND_PROCESS", kind)
    envelope, row = ours(), row_of(Case)
    assert sealed(envelope, row, "facts")[1:2] == kind[:1].encode()
    assert envelope.read(row, "facts") == WORDS


def test_a_proof_is_of_its_place_and_its_kind() -> None:
    keys = Opened(crypto.new_key(), ProofKeys(crypto.new_key(), crypto.new_key()))
    value = proofs.proven(b"bytes", "worker", keys, b"place")
    assert proofs.checked(value, keys, b"place", by_public=False) == b"bytes"
    moved: tuple[Callable[[], bytes], ...] = (
        lambda: proofs.checked(value, keys, b"elsewhere", by_public=False),
        lambda: proofs.checked(value.replace(b"\x02w", b"\x02d"), keys, b"place", by_public=False),
    )
    for each in moved:
        with pytest.raises(NotGenuine):
            each()
