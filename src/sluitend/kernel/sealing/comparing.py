"""Compare every row that an envelope seals with what the database remembers, and judge every proof.

Runs as the owner of the tables, with all keys.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection

from sluitend.kernel.access.acting import system_actor
from sluitend.kernel.sealing.custodian import custodian
from sluitend.kernel.sealing.envelopes import OpenEnvelope
from sluitend.kernel.sealing.errors import NoKey, SealBroken
from sluitend.kernel.sealing.models import Destruction, Seal
from sluitend.kernel.sealing.remembering import digests, plain_digest
from sluitend.kernel.sealing.sealed_rows import SealedKind, plain_columns, sealed_kinds

BATCH = 500
PURPOSE = "content.compare"


class Unlike(StrEnum):
    """How a row differs from what was written."""

    OTHER_WORDS = "other_words"
    OTHER_END = "other_end"
    NOT_REMEMBERED = "not_remembered"
    AWAY = "away"
    NO_PROOF = "no_proof"
    OTHER_LINE = "other_line"
    NO_END = "no_end"


@dataclass(frozen=True)
class Difference:
    """One row that is not as it was written."""

    unlike: Unlike
    table: str
    row_id: UUID
    organisation_id: UUID


def differences() -> Iterator[Difference]:
    """Give every row that is not as it was written, that is away, or of which a proof does not hold."""
    for kind in sealed_kinds():
        if kind.remembered:
            yield from _unlike_their_lines(kind)
            yield from _away(kind)
        yield from _without_proof(kind)


def unlike_sql(kind: SealedKind) -> str:
    """Return SQL for the rows of a kind that are unlike their last line: id, whose, and how."""
    held = digests(kind.columns, "t")
    return f"""
    SELECT t.id, t.organisation_id,
      CASE WHEN l.id IS NULL THEN '{Unlike.NOT_REMEMBERED}'
           WHEN l.digests <> {held} OR (l.revision <> t.revision AND NOT l.gone) THEN '{Unlike.OTHER_WORDS}'
           ELSE '{Unlike.OTHER_END}' END
    FROM {kind.table} t LEFT JOIN LATERAL (
      SELECT * FROM ledger_content c WHERE c.row_id = t.id ORDER BY c.number DESC LIMIT 1) l ON true
    WHERE (l.id IS NULL OR l.digests <> {held} OR (NOT l.gone AND
        (l.revision <> t.revision OR l.plain <> {plain_digest(plain_columns(kind.model), "t")})))
      AND NOT EXISTS (SELECT FROM sealing_destruction d WHERE l.gone AND d.envelope_id = l.envelope_id)
    """  # noqa: S608 - names of our own tables and columns


def _unlike_their_lines(kind: SealedKind) -> Iterator[Difference]:
    for row_id, organisation_id, unlike in _asked(unlike_sql(kind)):
        yield Difference(Unlike(unlike), kind.table, row_id, organisation_id)


def _away(kind: SealedKind) -> Iterator[Difference]:
    """Give the rows that went and were not destroyed."""
    sql = f"""
    SELECT l.row_id, l.organisation_id FROM (
      SELECT DISTINCT ON (row_id) row_id, organisation_id, gone FROM ledger_content
      WHERE place = %s ORDER BY row_id, number DESC) l
    WHERE NOT l.gone AND NOT EXISTS (SELECT FROM {kind.table} t WHERE t.id = l.row_id)
    """  # noqa: S608 - a name of our own
    for row_id, organisation_id in _asked(sql, [kind.table]):
        yield Difference(Unlike.AWAY, kind.table, row_id, organisation_id)


def _without_proof(kind: SealedKind) -> Iterator[Difference]:
    ids = list(kind.rows().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        rows = kind.rows().filter(pk__in=ids[start : start + BATCH])
        named = dict(rows.values_list("pk", kind.envelope))
        envelopes = {each for each in named.values() if each}
        opened = _opened_by_any(envelopes)
        destroyed = set(
            Destruction.objects.filter(envelope_id__in=envelopes).values_list("envelope_id", flat=True)
        )
        # What a backup brought back of something destroyed is an empty shell.
        for row in (each for each in rows if named[each.pk] not in destroyed):
            envelope = opened.get(named[row.pk])
            if not all(envelope and _is_proven(envelope, row, column) for column in _filled(kind, row)):
                yield Difference(Unlike.NO_PROOF, kind.table, row.pk, row.organisation_id)


def _filled(kind: SealedKind, row: Any) -> list[str]:
    return [column for column in kind.columns if getattr(row, column) is not None]


def _is_proven(envelope: OpenEnvelope, row: Any, column: str) -> bool:
    try:
        envelope.read_genuine(row, column)
    except SealBroken:
        return False
    return True


def _asked(sql: str, values: Sequence[str] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _opened_by_any(ids: set[UUID]) -> dict[UUID, OpenEnvelope]:
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
            id=seal.envelope_id, writer_id=seal.writer_id, opened=opened, written=None
        )
    return found
