"""The signed register of destructions.

A file beside the keys, one line an envelope, each line bound to the one before.

A backup that is put back holds envelopes that were destroyed since. `restore` replays this register first.
"""

from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.db.models.fields.reverse_related import ManyToOneRel

from sluitend.kernel.sealing import destruction_file
from sluitend.kernel.sealing.custodian import custodian
from sluitend.kernel.sealing.errors import RegisterBad
from sluitend.kernel.sealing.keyfolder import DESTRUCTIONS, KeyFolder
from sluitend.kernel.sealing.models import Attachment, Destruction, Envelope, MailboxSeal, Seal
from sluitend.kernel.sealing.register import verify_key

FILE = DESTRUCTIONS
PARTS = (Seal, MailboxSeal, Attachment)
HANDED_ON = "moved"
"""Why something is no longer where it lay: `reports_empty` in the database."""


def write_missing() -> int:
    """Write the destructions of the database that the file lacks.

    Runs after the commit of each destruction, and from the sweep for whatever a stopped process left.

    Returns:
        How many lines were written.
    """
    return custodian().note_destroyed(list(_ended().values_list("envelope_id", flat=True)))


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
    return destruction_file.read(folder, verify)


def replay() -> int:
    """Destroy again what a restored backup brought back.

    Runs as the owner of the tables, before anybody signs in. A row of a journey may still refer to an
    envelope that it got back; such an envelope stays behind as an empty shell that nobody can open.

    Returns:
        How many envelopes lost their keys.

    Raises:
        RegisterBad: the register is not to be trusted, or is gone; nothing was deleted.
    """
    destroyed = trusted_register()
    ids = [*Seal.objects.filter(envelope_id__in=destroyed).order_by().values_list("envelope_id", flat=True)]
    ids += MailboxSeal.objects.filter(envelope_id__in=destroyed).values_list("envelope_id", flat=True)
    for part in PARTS:
        part.objects.filter(envelope_id__in=destroyed).delete()
    _delete_unreferenced(destroyed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content_end(each) FROM unnest(%s::uuid[]) AS each", [destroyed])
    known = set(Destruction.objects.filter(envelope_id__in=destroyed).values_list("envelope_id", flat=True))
    Destruction.objects.bulk_create(
        Destruction(envelope_id=each, why="replayed") for each in destroyed if each not in known
    )
    return len(set(ids))


def trusted_register() -> list[UUID]:
    """Return the envelopes of this installation's register of destructions.

    Raises:
        RegisterBad: it was changed, or it is gone while the database knows of destructions.
    """
    folder = KeyFolder(settings.SLUITEND_KEYS)
    destroyed = read_register(folder, verify_key(folder))
    if not destroyed and _ended().exists():
        raise RegisterBad("missing")
    return destroyed


def _delete_unreferenced(ids: list[UUID]) -> None:
    """Delete the envelopes to which no row refers, whatever table that row is in."""
    held = set[UUID]()
    for relation in Envelope._meta.get_fields(include_hidden=True):  # noqa: SLF001 - Django documents it
        if isinstance(relation, ManyToOneRel) and relation.related_model not in PARTS:
            column = relation.field.attname
            rows = relation.related_model._base_manager.filter(**{f"{column}__in": ids})  # noqa: SLF001
            held.update(rows.values_list(column, flat=True))
    Envelope.objects.filter(pk__in=set(ids) - held).delete()
