"""Make, open, share and destroy envelopes.

An `OpenEnvelope` holds a data key in memory for one request or job. Making one needs public keys only, so
that intake can do it; opening one goes through the custodian. What is opened is logged by the query that
opens it, not here.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import BinaryField, F, Func
from django.utils.translation import gettext as _

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.scope import current_scope
from sluitend.kernel.measures import OPENED
from sluitend.kernel.prepared import Given, Prepared, among, insert
from sluitend.kernel.sealing import crypto, destructions, proofs
from sluitend.kernel.sealing.custodian import custodian, seal_info
from sluitend.kernel.sealing.errors import Destroyed, NotGenuine, NotHeld, SealBroken
from sluitend.kernel.sealing.fields import NOT_GENUINE, Json, SealedField
from sluitend.kernel.sealing.models import Destruction, Envelope, MailboxSeal, Seal
from sluitend.kernel.sealing.proofs import PUBLIC, Opened, ProofKeys
from sluitend.kernel.sealing.register import register_store
from sluitend.kernel.sealing.sealed_rows import SealedKind, options, sealed_kinds
from sluitend.kernel.sealing.written import Written

MAILBOX = "mailbox"
FIRST = 1
"""The revision at which the public process writes: whatever changes later, one of us changed."""


class HeldSeal(NamedTuple):
    """What opening needs of a row of `Seal`: for a list of fifty, models cost more than the query."""

    envelope_id: UUID
    holder_id: UUID
    writer_id: UUID
    key_id: str
    sealed: bytes
    lines: list[bytes] | None


@dataclass(frozen=True)
class OpenEnvelope:
    """An envelope with its data key and keys of proofs. No key is in a `repr`, so in no log."""

    id: UUID
    writer_id: UUID
    key: bytes = field(repr=False)
    proofs: ProofKeys = field(repr=False, compare=False)
    written: Written | None = field(default_factory=Written, repr=False, compare=False)
    """What the database remembers. Nothing in the public process: it asks with a secret, and gets rows."""

    def seal(self, instance: models.Model, field_name: str, content: Json) -> None:
        """Put a JSON value, sealed, on a column of a row that is about to be saved.

        Args:
            instance: the row; its key and revision must be set beforehand, for the value is bound to them.
            field_name: a `SealedField`.
            content: anything that JSON has; None leaves the column empty.
        """
        kind, revision = type(instance), getattr(instance, "revision", 0)
        column = _sealed_column(kind, field_name)
        if content is None:
            setattr(instance, field_name, None)
            return
        plain = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        aad = self._aad(kind, column, instance.pk, revision)
        sealed = crypto.encrypt(plain, self.key, aad)
        value = proofs.proven(sealed, self._writer(), self._opened(), aad)
        setattr(instance, field_name, value)
        if self.written is not None:
            self.written.add(column, value)

    def read(self, instance: models.Model, field_name: str) -> Any:
        """Return the value of a column, or None for an empty one.

        On a page that only shows, words that are not as they were written are a sentence that says so.

        Raises:
            SealBroken: the bytes were changed, or come from another table, column, row, envelope or revision.
            NotGenuine: they open, and nobody of us wrote them there.
        """
        sealed, revision = getattr(instance, field_name), getattr(instance, "revision", 0)
        return self.read_column(type(instance), field_name, sealed, pk=instance.pk, revision=revision)

    def read_column(
        self, kind: type[models.Model], field_name: str, sealed: bytes | None, *, pk: object, revision: int
    ) -> Any:
        """Return the value of a column that was asked by itself: of a page of rows, models cost more.

        Args:
            kind: of row.
            field_name: a `SealedField`.
            sealed: the column.
            pk: the key of the row.
            revision: of the row.

        Raises:
            SealBroken: as `read` does.
        """
        try:
            return self._genuine(kind, field_name, sealed, pk=pk, revision=revision)
        except SealBroken:
            # Without an account nothing is done with words that were opened but show them.
            if not (_looks() or self.written is None):
                raise
            return _instead(kind, field_name, pk)

    def read_genuine(self, instance: models.Model, field_name: str) -> Any:
        """Return the value of a column as `read` does; what is not genuine stops every page.

        Raises:
            SealBroken: as `read` does.
        """
        sealed, revision = getattr(instance, field_name), getattr(instance, "revision", 0)
        return self._genuine(type(instance), field_name, sealed, pk=instance.pk, revision=revision)

    def _genuine(
        self, kind: type[models.Model], field_name: str, sealed: bytes | None, *, pk: object, revision: int
    ) -> Any:
        column = _sealed_column(kind, field_name)
        if sealed is None:
            return None
        if not self.key:
            raise SealBroken("its seal does not open")
        aad = self._aad(kind, column, pk, revision)
        value = bytes(sealed)
        by_public = _is_of_public(kind, column) and revision <= FIRST
        proven = proofs.checked(value, self._opened(), aad, by_public=by_public)
        plain = crypto.decrypt(proven, self.key, aad)
        if self.written and not self.written.holds(_kind(kind), column, value, pk=pk, revision=revision):
            raise NotGenuine("not what was written last")
        return json.loads(plain)

    def found(self, instance: models.Model, field_name: str) -> bytes:
        """Return a value of before proofs, proven as found. For `adopting` alone.

        Raises:
            SealBroken: it does not open in this place.
        """
        kind, sealed = type(instance), bytes(getattr(instance, field_name))
        aad = self._aad(kind, field_name, instance.pk, getattr(instance, "revision", 0))
        crypto.decrypt(sealed, self.key, aad)
        return proofs.proven(sealed, proofs.FOUND, self._opened(), aad)

    def advance(self, instance: models.Model) -> None:
        """Raise the revision of a row by one and seal its columns again, as a change of its content asks.

        Args:
            instance: the row as read, with all its sealed columns under this envelope.

        Raises:
            SealBroken: a column does not open at the present revision.
        """
        fields = options(type(instance)).concrete_fields
        names = [each.name for each in fields if isinstance(each, SealedField)]
        values = {name: self.read_genuine(instance, name) for name in names}
        instance.revision += 1  # type: ignore[attr-defined]
        for name, value in values.items():
            self.seal(instance, name, value)

    def file_key(self, attachment_id: UUID) -> bytes:
        """Return the key of one attachment: a stream of chunks needs a key of its own."""
        return crypto.derive(self.key, crypto.bind("sluitend/file/1", attachment_id.bytes))

    def _opened(self) -> Opened:
        return Opened(self.key, self.proofs)

    def _writer(self) -> str:
        """Return as what kind of process this one writes here."""
        return settings.SLUITEND_PROCESS if self.proofs.ours else PUBLIC

    def _aad(self, kind: type[models.Model], column: str, pk: object, revision: int) -> bytes:
        table = options(kind).db_table
        return crypto.bind("sluitend/field/1", table, column, str(pk), self.id.bytes, revision)


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
        key=crypto.new_key(),
        proofs=keys,
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
        if not opened[envelope_id].key and not _looks():
            raise SealBroken("its seal does not open")
        return opened[envelope_id]
    if Destruction.objects.filter(envelope_id=envelope_id).exists():
        raise Destroyed(envelope_id)
    raise NotHeld


def open_envelopes(
    ids: Iterable[UUID], *, actor: Actor, purpose: str, of: type[models.Model] | None = None
) -> dict[UUID, OpenEnvelope]:
    """Open several envelopes with one statement. Those that are destroyed or not held are left out.

    One of which the seal does not open is there, without a key: it hides nothing of the others.

    Args:
        ids: which.
        actor: who looks.
        purpose: why.
        of: the kind of row that is read in a list, so that what is remembered of others stays where it is.
    """
    if actor.organisation_id is None:
        raise NotHeld
    wanted = list(ids)
    places = None if of is None else [options(of).db_table]
    rows = _seals().rows(holder=actor.organisation_id, envelopes=wanted, places=places) if wanted else []
    seals = [HeldSeal(*row) for row in rows]
    if not seals:
        return {}
    found = _keys_of(seals, actor, purpose)
    scope = current_scope()
    if scope is None or scope.desk:  # of pages for everybody nothing is counted
        OPENED.inc(len(seals))
    return {
        seal.envelope_id: OpenEnvelope(
            id=seal.envelope_id,
            writer_id=seal.writer_id,
            key=opened.key,
            proofs=opened.proofs,
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


@cache
def _seals() -> Prepared:
    rows = Seal.objects.filter(holder_id=Given("holder"), envelope_id=among("envelopes"))
    lines = Func(F("envelope_id"), Given("places"), function="content_last", output_field=BinaryField())
    return Prepared(rows.annotate(lines=lines).values_list(*HeldSeal._fields))


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
    return OpenEnvelope(id=envelope_id, writer_id=writer_id, key=key, proofs=keys, written=None)


def _begun_by_public() -> tuple[UUID, ProofKeys]:
    envelope_id = uuid4()
    return envelope_id, custodian().public_proof(envelope_id)


def add_seal(envelope: OpenEnvelope, *, holder_id: UUID) -> None:
    """Let one more organisation open an envelope. Only its writer may; doing it twice is harmless."""
    Seal.objects.bulk_create([_seal_for(envelope, holder_id)], ignore_conflicts=True)


def drop_seal(envelope_id: UUID, *, holder_id: UUID) -> None:
    """End what one organisation may open (recall, deputy). It does not unlearn what was opened before."""
    Seal.objects.filter(envelope_id=envelope_id, holder_id=holder_id).delete()


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
        custodian().forget()
        # Not before the commit: a line without a destruction would destroy a living envelope at the next
        # restore.
        transaction.on_commit(destructions.write_missing)
    return destroyed


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


def _looks() -> bool:
    """Return whether this is a page that only shows."""
    scope = current_scope()
    return scope is not None and scope.looks


def _instead(kind: type[models.Model], column: str, pk: object) -> Any:
    """Return what is shown of words that are not as they were written, and let the page know."""
    scope = current_scope()
    if scope is not None and isinstance(pk, UUID):
        scope.not_genuine.add((options(kind).db_table, pk))
    found = options(kind).get_field(column)
    return _in_words(found.instead) if isinstance(found, SealedField) else None


def _in_words(instead: Json) -> Any:
    if isinstance(instead, Mapping):
        return {name: _in_words(value) for name, value in instead.items()}
    if instead == NOT_GENUINE:
        return _("Deze tekst is niet zoals hij geschreven is. Bel uw beheerder.")
    return instead


@cache
def _kind(model: type[models.Model]) -> SealedKind:
    return next(each for each in sealed_kinds() if each.model is model)


@cache
def _is_of_public(kind: type[models.Model], column: str) -> bool:
    """Return whether the public process fills this column."""
    found = options(kind).get_field(column)
    return isinstance(found, SealedField) and found.by_public


@cache
def _sealed_column(kind: type[models.Model], field_name: str) -> str:
    """Return the name again, when it is that of a sealed column."""
    if not isinstance(options(kind).get_field(field_name), SealedField):
        raise TypeError(f"{field_name} is not a sealed column")
    return field_name
