"""The signed register of destructions, and of what else ended.

A file beside the keys, one line an envelope or another end, each line bound to the one before.

A backup that is put back holds envelopes that were destroyed since, seals that were taken away and a yes that
was taken back. `restore` replays this register first. What is no envelope stands in `endings`.
"""

from collections.abc import Collection, Iterable
from datetime import timedelta
from itertools import batched
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.db.models.fields.reverse_related import ManyToOneRel
from django.utils import timezone

from sluitend.kernel.sealing import destruction_file
from sluitend.kernel.sealing.custodian import custodian
from sluitend.kernel.sealing.destruction_file import Entries
from sluitend.kernel.sealing.errors import RegisterBad
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.models import Attachment, Destruction, Ending, Envelope, MailboxSeal, Seal
from sluitend.kernel.sealing.register import verify_key

PARTS = (Seal, MailboxSeal, Attachment)
HANDED_ON = "moved"
"""Why something is no longer where it lay: `reports_empty` in the database."""
AT_ONCE = 5_000
"""In one statement: a register of years has more ids than a statement can hold."""
SWEPT_WITHIN = timedelta(days=3)
"""By then the sweep wrote down whatever a process left that was stopped."""


def follow() -> None:
    """Have the register follow what this transaction ends, as soon as it is kept, and only then.

    A line without an end would end something living at the next restore. When it fails the sweep writes it.
    """
    if not any(each[1] is write_recent for each in connection.run_on_commit):
        transaction.on_commit(write_recent, robust=True)


def write_recent() -> None:
    """Write what ended since yesterday and the file lacks. A process that may not leaves it to the sweep."""
    if not getattr(settings, "SLUITEND_PUBLIC_ONLY", False):
        since = timezone.localdate() - timedelta(days=1)
        _write(_ended().filter(day__gte=since), Ending.objects.filter(day__gte=since))


def write_missing() -> int:
    """Write all that the database knows and the file lacks: what a stopped process left, or somebody cut off.

    Returns:
        How many lines were written.
    """
    return _write(_ended(), Ending.objects.all())


def _write(destroyed: QuerySet[Destruction], ended: QuerySet[Ending]) -> int:
    keeper, written = custodian(), 0
    if envelopes := list(destroyed.values_list("envelope_id", flat=True)):
        written += keeper.note_destroyed(envelopes)
    if ids := list(ended.values_list("id", flat=True)):
        written += keeper.note_ended(ids)
    return written


def _ended() -> QuerySet[Destruction]:
    """Return the destructions that a backup may not undo.

    What was handed on whole lives on elsewhere: a backup of before has it here, and only here.
    """
    return Destruction.objects.exclude(why=HANDED_ON)


def read_register(folder: KeyFolder, verify: Ed25519PublicKey) -> list[UUID]:
    """Return the envelopes of the register, oldest first.

    Raises:
        RegisterBad: a line was changed, removed or added by somebody else.
    """
    return destruction_file.read(folder, verify).destroyed


def replay() -> int:
    """Destroy again what a restored backup brought back.

    Runs as the owner of the tables, before anybody signs in. A row of a journey may still refer to an
    envelope that it got back; such an envelope stays behind as an empty shell that nobody can open.

    Returns:
        How many envelopes lost their keys.

    Raises:
        RegisterBad: the register is not to be trusted, or is gone; nothing was deleted.
    """
    destroyed = trusted_register().destroyed
    here, ids = present(destroyed), set[UUID]()
    for some in batched(here, AT_ONCE):
        for seals in (Seal.objects, MailboxSeal.objects):
            held = seals.filter(envelope_id__in=some).order_by()
            ids.update(held.values_list("envelope_id", flat=True))
        for part in PARTS:
            part.objects.filter(envelope_id__in=some).delete()
        _delete_unreferenced(some)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content_end(each) FROM unnest(%s::uuid[]) AS each", [here])
    known = set(Destruction.objects.values_list("envelope_id", flat=True))
    Destruction.objects.bulk_create(
        (Destruction(envelope_id=each, why="replayed") for each in destroyed if each not in known),
        batch_size=AT_ONCE,
    )
    return len(ids)


def present(destroyed: Iterable[UUID]) -> list[UUID]:
    """Return which of these envelopes are in this database: of the others no row can be left."""
    found = list[UUID]()
    for some in batched(destroyed, AT_ONCE):
        found += Envelope.objects.filter(pk__in=some).order_by().values_list("pk", flat=True)
    return found


def trusted_register() -> Entries:
    """Return what this installation's register names.

    Raises:
        RegisterBad: it was changed, or it is gone or shorter than the database knows it.
    """
    folder = KeyFolder(settings.SLUITEND_KEYS)
    found = destruction_file.read(folder, verify_key(folder))
    if _is_cut_off(found):
        raise RegisterBad("missing")
    return found


def _is_cut_off(found: Entries) -> bool:
    """Return whether the register lacks what must have stood in it when the backup was made."""
    if not found:
        return _ended().exists() or Ending.objects.exists()
    days = [rows.aggregate(day=Max("day"))["day"] for rows in (_ended(), Ending.objects.all())]
    newest = max(filter(None, days), default=None)
    if newest is None:
        return False
    swept = newest - SWEPT_WITHIN
    destroyed = _ended().filter(day__lt=swept).values_list("envelope_id", flat=True)
    ended = Ending.objects.filter(day__lt=swept).values_list("id", flat=True)
    return not (set(found.destroyed).issuperset(destroyed) and found.ended.keys() >= set(ended))


def _delete_unreferenced(ids: Collection[UUID]) -> None:
    """Delete the envelopes to which no row refers, whatever table that row is in."""
    held = set[UUID]()
    for relation in Envelope._meta.get_fields(include_hidden=True):  # noqa: SLF001 - Django documents it
        if isinstance(relation, ManyToOneRel) and relation.related_model not in PARTS:
            column = relation.field.attname
            rows = relation.related_model._base_manager.filter(**{f"{column}__in": ids})  # noqa: SLF001
            held.update(rows.values_list(column, flat=True))
    Envelope.objects.filter(pk__in=set(ids) - held).delete()
