"""The signed register of destructions.

A file beside the keys, one line an envelope, each line bound to the one before.

A backup that is put back holds envelopes that were destroyed since. `restore` replays this register first.
"""

import hashlib
import json
from datetime import date
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db.models.fields.reverse_related import ManyToOneRel
from django.utils import timezone

from sluitend.kernel.sealing.errors import NoKey, RegisterBad
from sluitend.kernel.sealing.keyfolder import DESTRUCTIONS, KeyFolder
from sluitend.kernel.sealing.models import Attachment, Destruction, Envelope, MailboxSeal, Seal
from sluitend.kernel.sealing.register import verify_key

FILE = DESTRUCTIONS
PARTS = (Seal, MailboxSeal, Attachment)
_LABEL = b"sluitend/destruction/1|"


def write_missing() -> int:
    """Write the destructions of the database that the file lacks.

    Runs after the commit of each destruction, and from the sweep for whatever a stopped process left.

    Returns:
        How many lines were written.
    """
    folder = KeyFolder(settings.SLUITEND_KEYS)
    with folder.locked():
        lines = _lines(folder)
        written = {UUID(str(json.loads(line)["envelope"])) for line in lines}
        # Read after the lock, so that two processes do not write one twice.
        missing = Destruction.objects.exclude(envelope_id__in=written).values_list("envelope_id", flat=True)
        added = _signed_lines(folder, lines[-1] if lines else b"", len(lines), sorted(missing))
        if added:
            folder.write(b"".join(line + b"\n" for line in [*lines, *added]), FILE)
    return len(added)


def read_register(folder: KeyFolder, verify: Ed25519PublicKey) -> list[UUID]:
    """Return the envelopes of the register, oldest first.

    Raises:
        RegisterBad: a line was changed, removed or added by somebody else.
    """
    found, previous = [], b""
    for number, line in enumerate(_lines(folder)):
        found.append(_checked(line, previous, number, verify))
        previous = line
    return found


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
    if not destroyed and Destruction.objects.exists():
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


def _lines(folder: KeyFolder) -> list[bytes]:
    try:
        return folder.read(FILE).splitlines()
    except NoKey:
        return []


def _signed_lines(folder: KeyFolder, previous: bytes, count: int, ids: list[UUID]) -> list[bytes]:
    if not ids:
        return []
    signing = Ed25519PrivateKey.from_private_bytes(folder.read("signing.key"))
    lines: list[bytes] = []
    for number, envelope_id in enumerate(ids, start=count):
        body = _body(envelope_id, timezone.localdate(), number, previous)
        previous = json.dumps(
            {**body, "signature": signing.sign(_message(body)).hex()}, sort_keys=True
        ).encode()
        lines.append(previous)
    return lines


def _body(envelope_id: UUID, day: date, number: int, previous: bytes) -> dict[str, str | int]:
    return {
        "number": number,
        "envelope": str(envelope_id),
        "day": day.isoformat(),
        "previous": hashlib.sha256(previous).hexdigest(),
    }


def _message(body: dict[str, str | int]) -> bytes:
    return _LABEL + json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def _checked(line: bytes, previous: bytes, number: int, verify: Ed25519PublicKey) -> UUID:
    try:
        body = json.loads(line)
        verify.verify(bytes.fromhex(body.pop("signature")), _message(body))
        right = body["number"] == number and body["previous"] == hashlib.sha256(previous).hexdigest()
        envelope_id = UUID(body["envelope"])
    except (InvalidSignature, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RegisterBad("destructions") from error
    if not right:
        raise RegisterBad("destructions")
    return envelope_id
