"""A register that was swapped, put back or lost stops nobody, deceives nobody, and is noticed."""

import base64
import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone
from tests.kernel.sealing.conftest import HOME, OTHER

from sluitend.kernel.sealing import crypto
from sluitend.kernel.sealing.errors import NoKey
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.keys import create_keys
from sluitend.kernel.sealing.register import (
    Register,
    RegisterStore,
    register_alarm,
    register_store,
    verify_key,
)


def store(folder: Path) -> RegisterStore:
    """A process that starts now."""
    keys = KeyFolder(folder)
    return RegisterStore(keys, verify_key(keys))


def signed(folder: Path, register: Register) -> None:
    signing = Ed25519PrivateKey.from_private_bytes(KeyFolder(folder).read("signing.key"))
    (folder / "keys.json").write_bytes(register.signed(signing))


def swapped_key(folder: Path) -> None:
    content = json.loads((folder / "keys.json").read_text())
    content["register"]["keys"][0]["public"] = base64.b64encode(
        crypto.public_bytes_of_seed(bytes(96))
    ).decode()
    (folder / "keys.json").write_text(json.dumps(content))


def signed_by_another(folder: Path) -> None:
    (folder / "keys.json").write_bytes(store(folder).current().signed(Ed25519PrivateKey.generate()))


def rolled_back(folder: Path) -> None:
    old = (folder / "keys.json").read_bytes()
    create_keys(folder, [HOME, OTHER, uuid4()])
    (folder / "keys.json").write_bytes(old)


def same_version_with_other_keys(folder: Path) -> None:
    register = store(folder).current()
    signed(folder, register.model_copy(update={"keys": register.keys[::-1]}))


def expired(folder: Path) -> None:
    register = store(folder).current()
    yesterday = timezone.localdate() - timedelta(days=1)
    signed(folder, register.model_copy(update={"version": register.version + 1, "valid_until": yesterday}))


@pytest.mark.parametrize(
    ("attack", "reason"),
    [
        (swapped_key, "signature"),
        (signed_by_another, "signature"),
        (rolled_back, "rollback"),
        (same_version_with_other_keys, "rollback"),
        (expired, "expired"),
        (lambda folder: (folder / "keys.json").write_text("{"), "form"),
        (lambda folder: (folder / "keys.json").write_text("[]"), "form"),
        (lambda folder: (folder / "keys.json").unlink(), "missing"),
    ],
    ids=["swapped", "other signer", "rolled back", "same version", "expired", "cut", "other form", "deleted"],
)
def test_the_last_good_register_stays_in_use_and_an_alarm_stands(folder: Path, attack, reason: str) -> None:  # type: ignore[no-untyped-def]
    running = store(folder)
    before = running.current()
    attack(folder)
    good = Register.verified((folder / "keys.good.json").read_bytes(), verify_key(KeyFolder(folder)))

    for process in (running, store(folder)):
        assert process.current() == good
        assert process.alarm == reason
    assert good.version >= before.version
    assert reason in (folder / "keys.alarm").read_text()
    assert register_alarm() == reason


def test_an_older_good_copy_put_back_does_not_deceive_a_running_process(folder: Path) -> None:
    old = (folder / "keys.json").read_bytes()
    create_keys(folder, [HOME, OTHER, uuid4()])
    running = store(folder)
    now = running.current()
    (folder / "keys.json").write_bytes(old)
    (folder / "keys.good.json").write_bytes(old)

    assert running.current() == now
    assert running.alarm == "rollback"


def test_the_alarm_goes_when_the_register_is_right_again(folder: Path) -> None:
    right = (folder / "keys.json").read_bytes()
    running = store(folder)
    running.current()
    (folder / "keys.json").write_text("{")
    running.current()
    (folder / "keys.json").write_bytes(right)

    assert running.current().version == 1
    assert running.alarm is None
    assert not (folder / "keys.alarm").exists()


def test_without_any_register_nothing_is_sealed(folder: Path) -> None:
    (folder / "keys.json").unlink()
    (folder / "keys.good.json").unlink()

    with pytest.raises(NoKey):
        store(folder).current()
    assert register_alarm() == "missing"


def test_a_pinned_key_goes_before_the_one_in_the_folder(folder: Path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.SLUITEND_VERIFY_KEY = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()

    with pytest.raises(NoKey):
        register_store().current()


def test_making_keys_twice_changes_nothing(folder: Path) -> None:
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    create_keys(folder, [HOME, OTHER])

    assert before == {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_new_organisation_raises_the_version_and_leaves_the_others(folder: Path) -> None:
    before = store(folder).current()
    new = uuid4()
    after = create_keys(folder, [HOME, OTHER, new])

    assert after.version == before.version + 1
    assert after.keys[:2] == before.keys
    assert after.entry(new).key_id


def test_a_lost_register_is_made_again_from_the_private_keys(folder: Path) -> None:
    before = store(folder).current()
    (folder / "keys.json").unlink()
    (folder / "keys.good.json").unlink()

    assert create_keys(folder, [HOME, OTHER]).keys == before.keys


def test_a_register_that_ends_soon_is_signed_again(folder: Path) -> None:
    register = store(folder).current()
    soon = timezone.localdate() + timedelta(days=10)
    signed(folder, register.model_copy(update={"version": register.version + 1, "valid_until": soon}))

    assert create_keys(folder, [HOME, OTHER]).valid_until > soon


def test_nobody_else_on_the_machine_reads_the_folder(folder: Path) -> None:
    assert KeyFolder(folder).open_files() == []
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(file.stat().st_mode & 0o777 in (0o600, 0o700) for file in folder.rglob("*"))
