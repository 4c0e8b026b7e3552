"""Prove once what was sealed before there were proofs, as found: who wrote it cannot be told any more.

So are hashes of passwords, and who has which role.

Runs as the owner of the tables, with all keys, batch by batch while others work. From then on nothing without
a proof is read, and nothing more is adopted: whoever may write the tables could have their own words adopted.
Only a backup of before that day is adopted again: it is signed, and it is as it was found then.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import is_password_usable
from django.db import connection, transaction
from django.utils import timezone

from sluitend.kernel.access.acting import system_actor
from sluitend.kernel.organisations.genuine import is_sealed, seal_hash
from sluitend.kernel.organisations.models import Account, Membership, PoolMember
from sluitend.kernel.sealing import mfa, proofs
from sluitend.kernel.sealing.custodian import custodian
from sluitend.kernel.sealing.envelopes import OpenEnvelope
from sluitend.kernel.sealing.errors import NoKey, SealBroken
from sluitend.kernel.sealing.keyfolder import ADOPTED, KeyFolder
from sluitend.kernel.sealing.models import Seal
from sluitend.kernel.sealing.remembering import digests, plain_digest
from sluitend.kernel.sealing.sealed_rows import SealedKind, plain_columns, sealed_kinds

BATCH = 200
PURPOSE = "content.adopt"
SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


class AlreadyAdopted(Exception):
    """It was done before, on the day that it names."""


@dataclass
class Adopted:
    """How many values were proven as found, and the places of those that do not open."""

    values: int = 0
    shut: list[str] | None = None

    def add_shut(self, place: str) -> None:
        """Note a value that stays without a proof, so that nobody reads it."""
        self.shut = [*(self.shut or []), place]


def adopt(*, again: bool = False) -> Adopted:
    """Prove every value of the form of before, and close that form.

    Args:
        again: the database was put back from a backup of before; the day stays what it was.

    Raises:
        AlreadyAdopted: that was done; nothing was touched.
        NoKey: `content.key` is not here.
    """
    folder = KeyFolder(settings.SLUITEND_KEYS)
    if (folder.path / ADOPTED).exists() and not again:
        raise AlreadyAdopted(folder.read(ADOPTED).decode())
    folder.read("content.key")
    done = Adopted()
    for kind in sealed_kinds():
        for ids in _batches(kind):
            _adopt_batch(kind, ids, done)
    _adopt_factors(done)
    _adopt_people()
    folder.ensure(timezone.localdate().isoformat().encode(), ADOPTED)
    return done


def _adopt_factors(done: Adopted) -> None:
    """Bind every second factor to the account with which it is found."""
    with transaction.atomic():
        for factor in Authenticator.objects.select_for_update():
            secret = SECRETS.get(factor.type)
            try:
                if secret is None:
                    factor.data["proof"] = mfa.vouch(factor.data["credential"], factor.user_id)
                else:
                    factor.data[secret] = mfa.bind(factor.data[secret], factor.user_id)
            except SealBroken:
                done.add_shut(f"mfa_authenticator.data {factor.pk}")
                continue
            factor.save(update_fields=["data"])


def _adopt_people() -> None:
    """Put every hash of a password under our key, without knowing one, and prove every role and agreement."""
    with transaction.atomic():
        for row in (*Membership.objects.all(), *PoolMember.objects.filter(agreed_on__isnull=False)):
            row.prove().save(update_fields=["proof"])
        for account in Account.objects.select_for_update():
            if is_password_usable(account.password) and not is_sealed(account.password):
                account.password = seal_hash(account.pk, account.password)
                account.save(update_fields=["password"])


def _batches(kind: SealedKind) -> Iterator[list[UUID]]:
    ids = list(kind.rows().order_by("pk").values_list("pk", flat=True))
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _adopt_batch(kind: SealedKind, ids: list[UUID], done: Adopted) -> None:
    """Prove the values of these rows in a transaction of its own."""
    with transaction.atomic(), _may_write(kind.table):
        rows = list(kind.rows().filter(pk__in=ids).select_for_update(of=("self",)))
        named = dict(kind.rows().filter(pk__in=ids).values_list("pk", kind.envelope))
        opened = opened_by_any({each for each in named.values() if each})
        changed = [row for row in rows if _adopt_row(kind, row, opened.get(named[row.pk]), done)]
        if changed:
            kind.rows().bulk_update(changed, kind.columns)
        if kind.remembered:
            _remember(kind, named)


def _remember(kind: SealedKind, named: dict[UUID, UUID | None]) -> None:
    """Let the database remember the rows that did not change, such as one that holds no words yet."""
    sql = f"""
    SELECT content_note(%s, t.id, t.organisation_id, e.envelope, t.revision, NULL,
      {digests(kind.columns, "t")}, {plain_digest(plain_columns(kind.model), "t")})
    FROM {kind.table} t JOIN unnest(%s::uuid[], %s::uuid[]) AS e (id, envelope) ON e.id = t.id
    WHERE NOT EXISTS (SELECT FROM ledger_content c WHERE c.row_id = t.id)
    """  # noqa: S608 - names of our own tables and columns
    with connection.cursor() as cursor:
        cursor.execute(sql, [kind.table, list(named), list(named.values())])


@contextmanager
def _may_write(table: str) -> Iterator[None]:
    """Let us write what a trigger keeps as it is in a row; whoever else writes there waits for this batch."""
    trigger = f"{table}_fixed"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s", [table, trigger]
        )
        if not cursor.fetchall():
            yield
            return
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")


def _adopt_row(kind: SealedKind, row: Any, envelope: OpenEnvelope | None, done: Adopted) -> bool:
    """Prove what is in a row, and return whether that changed it."""
    before = done.values
    for column in kind.columns:
        value = getattr(row, column)
        if value is None or value[:1] == proofs.FORMAT:
            continue
        try:
            if envelope is None:
                raise SealBroken("no seal opens")
            setattr(row, column, envelope.found(row, column))
            done.values += 1
        except SealBroken:
            done.add_shut(f"{kind.table}.{column} {row.pk}")
    return done.values > before


def opened_by_any(ids: set[UUID]) -> dict[UUID, OpenEnvelope]:
    """Open envelopes by any seal that opens, with all keys; they compare with nothing."""
    found: dict[UUID, OpenEnvelope] = {}
    for seal in Seal.objects.filter(envelope_id__in=ids):
        if seal.envelope_id in found:
            continue
        try:
            opened = custodian().open(
                seal, organisation_id=seal.holder_id, actor=system_actor(seal.holder_id), purpose=PURPOSE
            )
        except (SealBroken, NoKey):
            continue
        found[seal.envelope_id] = OpenEnvelope(
            id=seal.envelope_id,
            writer_id=seal.writer_id,
            key=opened.key,
            proofs=opened.proofs,
            written=None,
        )
    return found
