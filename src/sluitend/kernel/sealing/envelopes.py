"""Make, open, share and destroy envelopes.

Making one needs public keys only, so that intake can do it; opening one goes through the custodian. What is
opened is logged by the query that opens it, not here. What an open one can do stands in `opened`.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import connection, models
from psycopg.pq import Format

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.scope import current_scope
from sluitend.kernel.measures import OPENED
from sluitend.kernel.prepared import in_braces, insert
from sluitend.kernel.sealing import crypto, destructions
from sluitend.kernel.sealing.custodian import custodian, seal_info
from sluitend.kernel.sealing.errors import Destroyed, NotHeld, SealBroken
from sluitend.kernel.sealing.models import Destruction, Envelope, MailboxSeal, Seal
from sluitend.kernel.sealing.opened import OpenEnvelope, only_looks
from sluitend.kernel.sealing.proofs import Opened, ProofKeys
from sluitend.kernel.sealing.register import register_store
from sluitend.kernel.sealing.sealed_rows import options
from sluitend.kernel.sealing.written import Written

__all__ = [
    "MAILBOX",
    "OpenEnvelope",
    "add_seal",
    "create_envelope",
    "destroy",
    "drop_seal",
    "note_destroyed",
    "open_envelope",
    "open_envelopes",
    "open_mailbox",
    "opened_by_public",
]

MAILBOX = "mailbox"


class HeldSeal(NamedTuple):
    """What opening needs of a row of `Seal`: for a list of fifty, models cost more than the query."""

    envelope_id: UUID
    holder_id: UUID
    writer_id: UUID
    key_id: str
    sealed: bytes
    lines: list[bytes] | None


def create_envelope(
    *,
    organisation_id: UUID,
    recipient_id: UUID | None = None,
    mailbox_public: bytes | None = None,
    by_public: bool = False,
) -> OpenEnvelope:
    """Make an envelope, sealed to its writer, to a recipient and to a reporter's mailbox.

    Runs as app and as intake.

    Args:
        organisation_id: whose it is; for a report the municipality it is for.
        recipient_id: the other organisation of a referral, transfer or request.
        mailbox_public: public key of the mailbox, from `receipts.mailbox_keys`.
        by_public: whether this is work of the public process, also where one process does both.

    Returns:
        The envelope, open.

    Raises:
        NoKey: an organisation has no public key in the register.
    """
    envelope_id, keys = _begun_by_public() if by_public else custodian().begin()
    opened = OpenEnvelope(
        id=envelope_id,
        writer_id=organisation_id,
        opened=Opened(crypto.new_key(), keys),
        written=None if by_public else Written(),
    )
    # One statement each, and never RETURNING: the intake role may insert and nothing else.
    insert([Envelope(id=opened.id, organisation_id=organisation_id, recipient_id=recipient_id)])
    holders = dict.fromkeys(each for each in (organisation_id, recipient_id) if each)
    insert([_seal_for(opened, holder) for holder in holders])
    if mailbox_public is not None:
        insert([_mailbox_seal(opened, mailbox_public)])
    return opened


def open_envelope(envelope_id: UUID, *, actor: Actor, purpose: str) -> OpenEnvelope:
    """Open one envelope. Writes no ledger line: the query that shows the content does.

    Args:
        envelope_id: which.
        actor: who looks; the organisation must hold a seal.
        purpose: why, such as `case.read`.

    Raises:
        Destroyed: it stands in the register of destructions.
        NotHeld: the organisation holds no seal of it, or it never was.
        SealBroken: the seal was tampered with.
        NoKey: its private key is gone.
    """
    opened = open_envelopes([envelope_id], actor=actor, purpose=purpose)
    if envelope_id in opened:
        if not opened[envelope_id].key and not only_looks():
            raise SealBroken("its seal does not open")
        return opened[envelope_id]
    if Destruction.objects.filter(envelope_id=envelope_id).exists():
        raise Destroyed(envelope_id)
    raise NotHeld


def open_envelopes(
    ids: Iterable[UUID], *, actor: Actor, purpose: str, of: Sequence[type[models.Model]] = ()
) -> dict[UUID, OpenEnvelope]:
    """Open several envelopes with one statement. Those that are destroyed or not held are left out.

    One of which the seal does not open is there, without a key: it hides nothing of the others.

    Args:
        ids: which.
        actor: who looks.
        purpose: why.
        of: the kinds of row that are read in a list, so that what is remembered of others stays where it is.
    """
    if actor.organisation_id is None:
        raise NotHeld
    wanted = list(ids)
    places = [options(each).db_table for each in of] or None
    seals = _held_seals(actor.organisation_id, wanted, places) if wanted else []
    if not seals:
        return {}
    found = _keys_of(seals, actor, purpose)
    scope = current_scope()
    # Of pages for everybody nothing is counted, nor of what the sweep takes up: a count that is read each
    # quarter of an hour is a clock of what came in.
    if actor.account_id and (scope is None or scope.desk):
        OPENED.inc(len(seals))
    return {
        seal.envelope_id: OpenEnvelope(
            id=seal.envelope_id,
            writer_id=seal.writer_id,
            opened=opened,
            written=Written(seal.lines or ()),
        )
        for seal, opened in zip(seals, found, strict=True)
    }


def _keys_of(seals: Sequence[HeldSeal], actor: Actor, purpose: str) -> list[Opened]:
    """Return the keys of each seal; none for one that somebody broke, which is looked for by halves."""
    try:
        return custodian().open_all(
            seals, organisation_id=actor.own_organisation, actor=actor, purpose=purpose
        )
    except SealBroken:
        if len(seals) == 1:
            return [Opened(b"", ProofKeys(b"", b""))]
        middle = len(seals) // 2
        return [*_keys_of(seals[:middle], actor, purpose), *_keys_of(seals[middle:], actor, purpose)]


def _held_seals(holder: UUID, envelopes: list[UUID], places: list[str] | None) -> list[HeldSeal]:
    """Return the seals with what was written last beside each; the ORM joins no function."""
    ids = in_braces(envelopes)
    with connection.cursor() as cursor:
        # A seal is over a thousand bytes: as text the database would write each of them as two.
        cursor.cursor.format = Format.BINARY
        cursor.execute(
            """
            SELECT seal.envelope_id, seal.holder_id, seal.writer_id, seal.key_id, seal.sealed, last.lines
              FROM sealing_seal seal
              LEFT JOIN content_last(%s, %s::text[]) last ON last.envelope_id = seal.envelope_id
             WHERE seal.holder_id = %s AND seal.envelope_id = ANY (%s)
            """,
            [ids, places, holder, ids],
        )
        return [HeldSeal(*row) for row in cursor.fetchall()]


def open_mailbox(
    envelope_id: UUID, writer_id: UUID, sealed: bytes, *, private: crypto.PrivateKey, public: bytes
) -> OpenEnvelope:
    """Open an envelope with the key of a mailbox, for a reporter who comes back with the receipt.

    Args:
        envelope_id: the envelope of the report or message.
        writer_id: the organisation to which it belongs.
        sealed: the `MailboxSeal` as the definer function returned it.
        private: private key, from `receipts.mailbox_keys`.
        public: its public half.

    Raises:
        SealBroken: not of this mailbox.
    """
    info = seal_info(envelope_id, MAILBOX, crypto.key_id_of(public))
    return opened_by_public(envelope_id, writer_id, crypto.unseal(bytes(sealed), private, info))


def opened_by_public(envelope_id: UUID, writer_id: UUID, key: bytes) -> OpenEnvelope:
    """Return an envelope of which somebody without an account brought what opens it.

    What is written there is of the public process, also where one process does both.
    """
    keys = custodian().public_proof(envelope_id)
    return OpenEnvelope(id=envelope_id, writer_id=writer_id, opened=Opened(key, keys), written=None)


def _begun_by_public() -> tuple[UUID, ProofKeys]:
    envelope_id = uuid4()
    return envelope_id, custodian().public_proof(envelope_id)


def add_seal(envelope: OpenEnvelope, *, holder_id: UUID) -> None:
    """Let one more organisation open an envelope. Only its writer may; doing it twice is harmless."""
    Seal.objects.bulk_create([_seal_for(envelope, holder_id)], ignore_conflicts=True)


def drop_seal(envelope_id: UUID, *, holder_id: UUID) -> None:
    """End what one organisation may open (recall, deputy). It does not unlearn what was opened before.

    The database notes which seal went, and the register follows: no backup gives it back.
    """
    Seal.objects.filter(envelope_id=envelope_id, holder_id=holder_id).delete()
    destructions.follow()


def destroy(envelope_id: UUID, *, why: str = "retention") -> bool:
    """Delete an envelope with its seals and attachments, and enter it in the register of destructions.

    The rows with sealed fields are of the journeys, which delete those in the same transaction. From the day
    that the last key of its holders is destroyed no backup opens it either; see `keys.destroy_old_key`.

    Args:
        envelope_id: which.
        why: code of the reason.

    Returns:
        Whether there was something to destroy for the acting organisation.
    """
    with connection.cursor() as cursor:
        # One function of the database deletes and notes; nobody may do either alone.
        cursor.execute("SELECT sealing_destroy(%s, %s)", [envelope_id, why])
        destroyed = bool(cursor.fetchone()[0])
    if destroyed:
        note_destroyed()
    return destroyed


def note_destroyed() -> None:
    """Have the register follow what a function of the database destroyed in this transaction."""
    custodian().forget()
    destructions.follow()


def _seal_for(envelope: OpenEnvelope, holder_id: UUID) -> Seal:
    entry = register_store().current().entry(holder_id)
    info = seal_info(envelope.id, holder_id, entry.key_id)
    return Seal(
        envelope_id=envelope.id,
        holder_id=holder_id,
        writer_id=envelope.writer_id,
        key_id=entry.key_id,
        sealed=crypto.seal(envelope.key, entry.key(), info),
    )


def _mailbox_seal(envelope: OpenEnvelope, public: bytes) -> MailboxSeal:
    key_id = crypto.key_id_of(public)
    info = seal_info(envelope.id, MAILBOX, key_id)
    return MailboxSeal(
        envelope_id=envelope.id,
        organisation_id=envelope.writer_id,
        key_id=key_id,
        sealed=crypto.seal(envelope.key, crypto.public_from_bytes(public), info),
    )
