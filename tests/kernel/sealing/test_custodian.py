"""Private keys open for their own organisation, with a purpose, and nowhere else."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from tests.kernel.sealing.conftest import HOME, OTHER
from tests.kernel.sealing.listening import listening

from sluitend.kernel.access.acting import NOBODY, Actor, system_actor
from sluitend.kernel.sealing import crypto
from sluitend.kernel.sealing.custodian import FileCustodian, NoCustodian, custodian, seal_info
from sluitend.kernel.sealing.custodian_client import SocketCustodian
from sluitend.kernel.sealing.destructions import read_register
from sluitend.kernel.sealing.errors import NoKey, NotHeld, SealBroken
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.keys import checkpoint_holds
from sluitend.kernel.sealing.mfa import is_vouched, protect, reveal, vouch
from sluitend.kernel.sealing.proofs import Opened, ProofKeys
from sluitend.kernel.sealing.register import register_store, verify_key
from sluitend.kernel.sealing.remembered import MOST, RememberedKeys

SECRET = b"s" * 32
KEYS = Opened(SECRET, ProofKeys(b"o" * 32, b"p" * 32))


@pytest.fixture(params=["files", "socket"])
def folder(folder: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same promises hold for both: keys in this process, and keys behind the socket of another."""
    if request.param == "files":
        yield folder
        return
    socket = folder.parent / "custodian.sock"
    monkeypatch.setattr(settings, "SLUITEND_CUSTODIAN", f"unix:{socket}")
    with listening(socket, folder):
        yield folder
        keeper = custodian()
        if isinstance(keeper, SocketCustodian):
            keeper.close()


@dataclass
class Sealed:
    envelope_id: UUID
    holder_id: UUID
    key_id: str
    sealed: bytes | None


def seal_to(holder: UUID) -> Sealed:
    entry = register_store().current().entry(holder)
    envelope_id = uuid4()
    sealed = crypto.seal(SECRET, entry.key(), seal_info(envelope_id, holder, entry.key_id))
    return Sealed(envelope_id, holder, entry.key_id, sealed)


def opened(seal: Sealed, actor: Actor, organisation_id: UUID = HOME) -> bytes:
    return custodian().open(seal, organisation_id=organisation_id, actor=actor, purpose="test").key


def test_the_holder_opens(folder: Path) -> None:
    assert opened(seal_to(HOME), system_actor(HOME)) == SECRET


@pytest.mark.parametrize(
    ("actor", "organisation_id"),
    [
        (system_actor(OTHER), HOME),
        (system_actor(HOME), OTHER),
        (NOBODY, HOME),
        (Actor(organisation_id=HOME, kind="intake"), HOME),
    ],
)
def test_anybody_else_is_refused(folder: Path, actor: Actor, organisation_id: UUID) -> None:
    with pytest.raises(NotHeld):
        opened(seal_to(HOME), actor, organisation_id)


def test_opening_needs_a_purpose(folder: Path) -> None:
    with pytest.raises(ValueError, match="purpose"):
        custodian().open(seal_to(HOME), organisation_id=HOME, actor=system_actor(HOME), purpose="")


def test_a_seal_does_not_open_as_that_of_another_envelope_or_holder(folder: Path) -> None:
    seal, other = seal_to(HOME), seal_to(OTHER)

    for moved in (
        replace(seal, envelope_id=uuid4()),
        replace(seal, sealed=other.sealed),
        replace(seal, sealed=None),
    ):
        with pytest.raises(SealBroken):
            opened(moved, system_actor(HOME))
    with pytest.raises(SealBroken):
        opened(replace(seal, holder_id=OTHER, key_id=other.key_id), system_actor(OTHER), OTHER)


def test_a_destroyed_key_opens_nothing_also_where_it_was_in_use(folder: Path) -> None:
    seal = seal_to(HOME)
    opened(seal, system_actor(HOME))
    KeyFolder(folder).seed(HOME, seal.key_id).unlink()

    with pytest.raises(NoKey):
        opened(seal, system_actor(HOME))


@pytest.mark.parametrize("key_id", ["../x", "", "/etc/passwd", "0" * 16])
def test_the_name_of_a_key_is_no_path(folder: Path, key_id: str) -> None:
    with pytest.raises(NoKey):
        opened(replace(seal_to(HOME), key_id=key_id), system_actor(HOME))


def test_the_public_process_opens_nothing_and_signs_its_own_lines(folder: Path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.SLUITEND_PUBLIC_ONLY = True
    keeper = custodian()

    assert isinstance(keeper, NoCustodian)
    assert keeper.mac("public", b"x") == FileCustodian(folder).mac("public", b"x")
    refusals: tuple[Callable[[], object], ...] = (
        lambda: opened(seal_to(HOME), system_actor(HOME)),
        lambda: keeper.mac("desk", b"x"),
        lambda: keeper.is_mac("desk", b"x", b"x"),
        lambda: keeper.tokens(HOME, [b"x"]),
        lambda: keeper.pseudonyms(HOME, 2026, [b"x"]),
        lambda: keeper.seal_factor(b"x"),
        lambda: keeper.open_factor(b"x"),
        lambda: keeper.sign_checkpoint(b""),
        lambda: keeper.links(b"", 1, [b"x"]),
        lambda: keeper.is_link(b"", 1, b"x", b"x"),
        lambda: keeper.note_destroyed([HOME]),
        lambda: keeper.note_ended([HOME]),
    )
    for refused in refusals:
        with pytest.raises(NoKey):
            refused()


def test_each_organisation_year_and_process_has_a_key_of_its_own(folder: Path) -> None:
    keeper = custodian()
    keys = [
        *keeper.tokens(HOME, [b"x", b"y"]),
        *keeper.tokens(OTHER, [b"x"]),
        *keeper.pseudonyms(HOME, 2026, [b"x", b"y"]),
        *keeper.pseudonyms(HOME, 2027, [b"x"]),
        *keeper.pseudonyms(OTHER, 2026, [b"x"]),
        *(keeper.mac(kind, b"x")[:16] for kind in ("desk", "public", "worker", "command")),
    ]

    assert len(set(keys)) == len(keys)
    assert {len(key) for key in keys} == {16}
    assert keeper.tokens(HOME, [b"x"]) == keys[:1]
    assert keeper.is_mac("worker", b"x", keeper.mac("worker", b"x"))
    assert not keeper.is_mac("desk", b"x", keeper.mac("worker", b"x"))
    with pytest.raises(NoKey):
        keeper.is_mac("nobody", b"x", b"x")


def test_a_checkpoint_is_signed_and_a_changed_one_does_not_hold(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SLUITEND_PROCESS", "worker")
    signature = custodian().sign_checkpoint(b"n=3")

    assert checkpoint_holds(b"n=3", signature)
    assert not checkpoint_holds(b"n=2", signature)


def test_the_secret_of_a_second_factor_is_stored_sealed(folder: Path) -> None:
    owner = uuid4()
    stored = protect("JBSWY3DPEHPK3PXP", owner)

    assert "JBSWY3DPEHPK3PXP" not in stored
    assert reveal(stored, owner) == "JBSWY3DPEHPK3PXP"
    for wrong in ("JBSWY3DPEHPK3PXP", stored[:-8] + "AAAAAAA=", "!"):
        with pytest.raises(SealBroken):
            reveal(wrong, owner)


def test_the_secret_of_a_second_factor_is_of_one_account(folder: Path) -> None:
    owner, other = uuid4(), uuid4()
    before = base64.b64encode(custodian().seal_factor(b"JBSWY3DPEHPK3PXP")).decode()
    for wrong in (protect("JBSWY3DPEHPK3PXP", other), before):
        with pytest.raises(SealBroken):
            reveal(wrong, owner)
    assert reveal(protect("JBSWY3DPEHPK3PXP", owner), owner) == "JBSWY3DPEHPK3PXP"
    passkey = {"id": "a", "response": {"x": 1}}
    proof = vouch(passkey, owner)
    assert is_vouched(passkey, proof, owner)
    assert not is_vouched(passkey, proof, other)
    assert not is_vouched(passkey | {"id": "b"}, proof, owner)
    assert not is_vouched(passkey, "", owner)


def test_several_seals_open_with_one_look_at_the_key(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seals = [seal_to(HOME) for _ in range(3)]
    looked: list[Path] = []
    exists = Path.exists

    def watched(path: Path) -> bool:
        looked.append(path)
        return exists(path)

    monkeypatch.setattr(Path, "exists", watched)

    keys = custodian().open_all(seals, organisation_id=HOME, actor=system_actor(HOME), purpose="test")

    assert [each.key for each in keys] == [SECRET] * 3
    assert len(looked) == 1


def test_among_several_seals_one_of_another_holder_is_refused(folder: Path) -> None:
    seals = [seal_to(HOME), seal_to(OTHER)]

    with pytest.raises(NotHeld):
        custodian().open_all(seals, organisation_id=HOME, actor=system_actor(HOME), purpose="test")


def test_what_is_destroyed_or_ended_is_entered_once(folder: Path) -> None:
    first, second, ended = uuid4(), uuid4(), uuid4()
    assert custodian().note_destroyed([first]) == 1
    assert custodian().note_ended([ended]) == 1
    assert custodian().note_destroyed([first, second]) == 1
    assert custodian().note_ended([ended]) == 0
    assert read_register(KeyFolder(folder), verify_key(KeyFolder(folder))) == [first, second]


def test_a_destroyed_key_opens_none_of_several_seals(folder: Path) -> None:
    seals = [seal_to(HOME), seal_to(HOME)]
    custodian().open_all(seals, organisation_id=HOME, actor=system_actor(HOME), purpose="test")
    KeyFolder(folder).seed(HOME, seals[0].key_id).unlink()

    with pytest.raises(NoKey):
        custodian().open_all(seals, organisation_id=HOME, actor=system_actor(HOME), purpose="test")


@pytest.fixture
def unsealed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every seal that is really opened, in order."""
    found: list[bytes] = []
    unseal = crypto.unseal

    def counted(sealed: bytes, private: crypto.PrivateKey, info: bytes) -> bytes:
        found.append(sealed)
        return unseal(sealed, private, info)

    monkeypatch.setattr(crypto, "unseal", counted)
    return found


def test_what_was_opened_a_moment_ago_is_not_unsealed_again(folder: Path, unsealed: list[bytes]) -> None:
    seal = seal_to(HOME)

    assert [opened(seal, system_actor(HOME)) for _each in range(3)] == [SECRET] * 3
    assert len(unsealed) == 1


def test_a_remembered_key_is_still_for_its_holder_alone(folder: Path) -> None:
    seal = seal_to(HOME)
    opened(seal, system_actor(HOME))

    with pytest.raises(NotHeld):
        opened(seal, system_actor(OTHER))
    for moved in (replace(seal, envelope_id=uuid4()), replace(seal, sealed=(seal.sealed or b"")[:-1] + b"x")):
        with pytest.raises(SealBroken):
            opened(moved, system_actor(HOME))


def test_keys_are_forgotten_when_something_is_destroyed(folder: Path, unsealed: list[bytes]) -> None:
    seal = seal_to(HOME)
    opened(seal, system_actor(HOME))
    custodian().forget()
    opened(seal, system_actor(HOME))

    assert len(unsealed) == 2


def test_a_key_is_remembered_for_ten_minutes_from_its_opening() -> None:
    now = [0.0]
    remembered = RememberedKeys(timer=lambda: now[0])
    opened_at: list[float] = []

    def open_it() -> Opened:
        opened_at.append(now[0])
        return KEYS

    for moment in (0.0, 300.0, 599.0, 601.0):
        now[0] = moment
        assert remembered.get(b"seal", b"info", open_it) == KEYS
    assert opened_at == [0.0, 601.0]


def test_no_more_keys_are_remembered_than_fit() -> None:
    remembered = RememberedKeys()
    opened_seals: list[int] = []

    def get(number: int) -> None:
        def open_it() -> Opened:
            opened_seals.append(number)
            return KEYS

        remembered.get(b"%d" % number, b"info", open_it)

    for number in (*range(MOST + 1), 0):
        get(number)
    assert opened_seals == [*range(MOST + 1), 0]
