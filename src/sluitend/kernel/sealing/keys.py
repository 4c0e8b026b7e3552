"""Make, renew and destroy keys.

What `sluitend keys` does. Runs as the owner of the tables, never in a web process.
"""

import base64
import os
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from sluitend.kernel.sealing import crypto
from sluitend.kernel.sealing.custodian import PROCESS_KINDS, checkpoint_message, seal_info
from sluitend.kernel.sealing.errors import NoKey
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.keyring import token_file
from sluitend.kernel.sealing.models import PublicKeyCopy, Seal
from sluitend.kernel.sealing.register import CURRENT, GOOD, PublicEntry, Register, RegisterStore, verify_key

BACKUP_TERM = timedelta(days=35)
VALID_FOR = timedelta(days=100)
RENEW_BEFORE = timedelta(days=50)
BATCH = 1_000
COMMON = ("pepper", "pseudonym", "mfa", "people", "content", "link")


class NotAllowed(Exception):
    """The policies hide seals from this role. Renewing and destroying keys is for the owner of the tables."""


class LeftBehind(Exception):
    """Seals are left on an older key, such as one that another process holds on to. Run it again."""


class TooEarly(Exception):
    """A key that may still be needed is not destroyed."""


def create_keys(folder: Path, organisations: Iterable[UUID]) -> Register:
    """Make every key that is missing, and sign a register with the organisations that it lacks.

    Doing it twice changes nothing.

    Args:
        folder: the key folder; made, closed to others, when it is not there.
        organisations: all that can hold a seal.

    Returns:
        The register that holds now.

    Raises:
        NoKey: a register is there but none of it can be trusted; a person must look.
    """
    keys = KeyFolder(folder)
    wanted = list(organisations)
    with keys.locked():
        _make_common_keys(keys)
        for organisation_id in wanted:
            keys.ensure(crypto.new_key(), "tokens", f"{organisation_id}.key")
        register = _register_now(keys)
        known = {entry.organisation for entry in register.keys}
        new = [_entry_for(keys, each) for each in wanted if each not in known]
        fresh = register.valid_until - timezone.localdate() > RENEW_BEFORE
        if fresh and not new:
            return register
        return _publish(keys, register, (*register.keys, *new))


def rotate(organisation_id: UUID) -> int:
    """Give an organisation a new key and re-seal to it what lives.

    The old private key stays for the backup term.

    Returns:
        How many seals were moved.

    Raises:
        NotAllowed: this role does not see every seal; nothing was done.
        NoKey: the organisation has no key yet, or an old private key is gone while seals still stand on it.
        LeftBehind: seals stay on an older key.
    """
    require_full_view()
    keys = KeyFolder(settings.SLUITEND_KEYS)
    with keys.locked():
        register = _register_now(keys)
        old = register.entry(organisation_id)
        entry = _new_entry(keys, organisation_id)
        fresh = _publish(keys, register, tuple(entry if each is old else each for each in register.keys))
        _note_retired(keys, organisation_id, old.key_id)
    copy_register(fresh)
    return reseal(organisation_id)


def reseal(organisation_id: UUID) -> int:
    """Re-seal to the present key of an organisation whatever still stands on an older one.

    May be run again at any time. Each batch is committed by itself, as long as the caller opened no
    transaction, so that what was done stays done when it stops half-way.

    A process that reads the register a moment late still seals to the old key, so `destroy_old_key` counts
    once more. Who has a register of long ago goes on doing so: the term of a key on which seals stand that
    was replaced on an earlier day begins anew, or what comes in would be sealed to a key that is gone.

    Raises:
        NotAllowed: this role does not see every seal.
        LeftBehind: seals stay on an older key.
    """
    require_full_view()
    keys = KeyFolder(settings.SLUITEND_KEYS)
    entry = _register_now(keys).entry(organisation_id)
    moved = 0
    for old in _older_keys(organisation_id, entry.key_id):
        _begin_term_anew(keys, organisation_id, old)
        private = _private(keys, organisation_id, old)
        while batch := _move_batch(organisation_id, old, private, entry):
            moved += batch
    if _older_keys(organisation_id, entry.key_id):
        raise LeftBehind
    return moved


def require_full_view() -> None:
    """Refuse a role for which the policies hide seals: to it everything seems moved, and a key seems free.

    Raises:
        NotAllowed: it is not the owner of the tables.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active('sealing_seal')")
        if cursor.fetchone()[0]:
            raise NotAllowed


def destroy_old_key(organisation_id: UUID, key_id: str, *, witnesses: tuple[UUID, UUID]) -> None:
    """Destroy a retired private key: from now on no backup, log or dead row of that time opens.

    Args:
        organisation_id: whose.
        key_id: which.
        witnesses: the accounts of the two people who decide it.

    Raises:
        NotAllowed: this role does not see every seal.
        TooEarly: it is in use, seals stand on it, or the backup term has not passed.
    """
    require_full_view()
    keys = KeyFolder(settings.SLUITEND_KEYS)
    if witnesses[0] == witnesses[1]:
        raise TooEarly("two different people destroy a key")
    with keys.locked():
        _check_retired(keys, organisation_id, key_id)
        # Overwriting means little on journaling file systems and flash; the folder belongs on an encrypted
        # disk.
        keys.seed(organisation_id, key_id).unlink(missing_ok=True)
        _retired_file(keys, organisation_id, key_id).unlink(missing_ok=True)


def begin_token_renewal(organisation_id: UUID) -> None:
    """Give an organisation a new key of equality search; it searches under the former as well.

    From now on what is indexed gets tokens of the new key. Doing it twice changes nothing.

    Raises:
        NoKey: the organisation has no key yet.
    """
    keys = KeyFolder(settings.SLUITEND_KEYS)
    present, former = token_file(organisation_id), token_file(organisation_id, former=True)
    with keys.locked():
        if not keys.path.joinpath(*former).exists():
            # In this order: at no moment is there a token of which nobody has the key.
            keys.write(keys.read(*present), *former)
            keys.write(crypto.new_key(), *present)
        elif keys.read(*former) == keys.read(*present):
            keys.write(crypto.new_key(), *present)


def end_token_renewal(organisation_id: UUID) -> None:
    """Destroy the former key of equality search: everything is indexed under the new one."""
    keys = KeyFolder(settings.SLUITEND_KEYS)
    with keys.locked():
        keys.path.joinpath(*token_file(organisation_id, former=True)).unlink(missing_ok=True)


def retired_keys(organisation_id: UUID) -> list[tuple[str, date]]:
    """Return the old keys of an organisation with the first day on which they may be destroyed."""
    keys = KeyFolder(settings.SLUITEND_KEYS)
    days = ((key_id, _retired_on(keys, organisation_id, key_id)) for key_id in keys.key_ids(organisation_id))
    return [(key_id, day + BACKUP_TERM) for key_id, day in days if day]


def copy_register(register: Register) -> None:
    """Refresh the database's copy of the public keys. It is to look at; nobody seals by it."""
    for entry in register.keys:
        PublicKeyCopy.objects.update_or_create(
            organisation_id=entry.organisation,
            defaults={"key_id": entry.key_id, "public": entry.public, "version": register.version},
        )


def checkpoint_holds(content: bytes, signature: bytes) -> bool:
    """Return whether a checkpoint of the ledger was signed with this installation's key."""
    public = bytes.fromhex(KeyFolder(settings.SLUITEND_KEYS).read("checkpoint.pub").decode().strip())
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, checkpoint_message(content))
    except InvalidSignature:
        return False
    return True


def _make_common_keys(keys: KeyFolder) -> None:
    signing = Ed25519PrivateKey.from_private_bytes(keys.ensure(os.urandom(32), "signing.key"))
    keys.ensure(signing.public_key().public_bytes_raw().hex().encode(), "verify.key")
    checkpoint = Ed25519PrivateKey.from_private_bytes(keys.ensure(os.urandom(32), "checkpoint.key"))
    keys.ensure(checkpoint.public_key().public_bytes_raw().hex().encode(), "checkpoint.pub")
    for name in (*COMMON, *(f"mac-{kind}" for kind in PROCESS_KINDS)):
        keys.ensure(crypto.new_key(), f"{name}.key")


def _register_now(keys: KeyFolder) -> Register:
    if not (keys.path / CURRENT).exists() and not (keys.path / GOOD).exists():
        return Register(version=0, valid_until=date.min, keys=())
    return RegisterStore(keys, verify_key(keys)).current()


def _publish(keys: KeyFolder, before: Register, entries: tuple[PublicEntry, ...]) -> Register:
    signing = Ed25519PrivateKey.from_private_bytes(keys.read("signing.key"))
    valid_until = timezone.localdate() + VALID_FOR
    keys.write(
        Register(version=before.version + 1, valid_until=valid_until, keys=entries).signed(signing), CURRENT
    )
    # Read back as every process will: it also keeps the good copy and lowers the alarm.
    return RegisterStore(keys, verify_key(keys)).current()


def _entry_for(keys: KeyFolder, organisation_id: UUID) -> PublicEntry:
    """Return an entry for a private key that is there already (the register was lost), else for a new one."""
    usable = [each for each in keys.key_ids(organisation_id) if not _retired_on(keys, organisation_id, each)]
    if not usable:
        return _new_entry(keys, organisation_id)
    return _entry(organisation_id, keys.seed(organisation_id, usable[-1]).read_bytes())


def _new_entry(keys: KeyFolder, organisation_id: UUID) -> PublicEntry:
    seed = os.urandom(crypto.SEED_BYTES)
    entry = _entry(organisation_id, seed)
    # The private key stands on disk before anybody can seal to the public one.
    keys.write(seed, "private", str(organisation_id), f"{entry.key_id}.seed")
    return entry


def _entry(organisation_id: UUID, seed: bytes) -> PublicEntry:
    public = crypto.public_bytes_of_seed(seed)
    return PublicEntry(
        organisation=organisation_id,
        key_id=crypto.key_id_of(public),
        public=base64.b64encode(public).decode(),
        since=timezone.localdate(),
    )


def _private(keys: KeyFolder, organisation_id: UUID, key_id: str) -> crypto.PrivateKey:
    return crypto.private_from_seed(keys.read("private", str(organisation_id), f"{key_id}.seed"))


def _older_keys(organisation_id: UUID, present: str) -> list[str]:
    seals = Seal.objects.filter(holder_id=organisation_id).exclude(key_id=present)
    return list(seals.order_by().values_list("key_id", flat=True).distinct())


def _move_batch(organisation_id: UUID, old: str, private: crypto.PrivateKey, entry: PublicEntry) -> int:
    """Move a batch off an old key in a transaction of its own, and return how many seals that were.

    A seal that another process changes at this moment is passed over: waiting for it could take for ever.
    """
    with transaction.atomic():
        rows = Seal.objects.select_for_update(skip_locked=True).filter(holder_id=organisation_id, key_id=old)
        batch = [_moved(seal, private, entry) for seal in rows[:BATCH]]
        Seal.objects.bulk_update(batch, ["sealed", "key_id"])
    return len(batch)


def _moved(seal: Seal, private: crypto.PrivateKey, entry: PublicEntry) -> Seal:
    secret = crypto.unseal(
        seal.sealed or b"", private, seal_info(seal.envelope_id, seal.holder_id, seal.key_id)
    )
    seal.key_id = entry.key_id
    seal.sealed = crypto.seal(secret, entry.key(), seal_info(seal.envelope_id, seal.holder_id, entry.key_id))
    return seal


def _retired_file(keys: KeyFolder, organisation_id: UUID, key_id: str) -> Path:
    return keys.seed(organisation_id, key_id).with_suffix(".retired")


def _note_retired(keys: KeyFolder, organisation_id: UUID, key_id: str) -> None:
    keys.write(
        timezone.localdate().isoformat().encode(), "private", str(organisation_id), f"{key_id}.retired"
    )


def _begin_term_anew(keys: KeyFolder, organisation_id: UUID, key_id: str) -> None:
    with keys.locked():
        retired = _retired_on(keys, organisation_id, key_id)
        if retired is not None and retired < timezone.localdate():
            _note_retired(keys, organisation_id, key_id)


def _retired_on(keys: KeyFolder, organisation_id: UUID, key_id: str) -> date | None:
    file = _retired_file(keys, organisation_id, key_id)
    return date.fromisoformat(file.read_text()) if file.exists() else None


def _check_retired(keys: KeyFolder, organisation_id: UUID, key_id: str) -> None:
    retired = _retired_on(keys, organisation_id, key_id)
    try:
        present = _register_now(keys).entry(organisation_id).key_id
    except NoKey:
        present = ""
    if retired is None or key_id == present:
        raise TooEarly("this key is in use")
    if timezone.localdate() < retired + BACKUP_TERM:
        raise TooEarly("the backup term has not passed")
    if Seal.objects.filter(holder_id=organisation_id, key_id=key_id).exists():
        raise TooEarly("seals stand on this key; re-seal first")
