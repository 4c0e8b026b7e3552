"""Files of a report: pages are drawn of them, and the file itself is opened with a reason alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from mimetypes import guess_extension
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sluitend.journeys.reports.content import ACTIVITY, ATTACHMENT_OWNER, ORIGINAL_REASONS
from sluitend.journeys.reports.journey import ATTACHMENT_ORIGINAL
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Resource, require
from sluitend.kernel.access.errors import DomainError, Refused
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.manifest import Permission
from sluitend.kernel.sealing import attachments
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.sealing.models import Attachment

DRAW = "attachment.draw"


@dataclass(frozen=True)
class Original:
    """A file as a stranger sent it, under a name that says nothing."""

    name: str
    media_type: str
    content: bytes


def open_original(
    attachment_id: UUID, *, reason: str, actor: Actor, action: Permission = ATTACHMENT_ORIGINAL
) -> Original:
    """Open a file as it was sent. Logged with its reason, and by itself.

    Args:
        attachment_id: which.
        reason: a key of `ORIGINAL_REASONS`.
        actor: the focal point or deputy; or who works with a request for help.
        action: by which right.

    Raises:
        Refused: absent, of another organisation, or there is no original.
        DomainError: without a reason, or a virus was found in it.
    """
    row = _kept(actor).filter(pk=attachment_id).exclude(shown=Attachment.Shown.PIXELS).first()
    if row is None:
        raise Refused
    require(actor, action, Resource("attachment", row.organisation_id, id=row.id))
    if reason not in ORIGINAL_REASONS:
        raise DomainError(_("Kies waarom u het origineel nodig heeft."), "reason")
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=action)
    content = b"".join(attachments.read_chunks(row, envelope))
    record(
        actor=actor,
        action=action,
        subject=(ATTACHMENT_OWNER, row.owner_id),
        activity=ACTIVITY,
        purpose=reason,
    )
    media_type = envelope.read(row, "media_type")
    name = f"origineel-{str(row.id)[:8]}{guess_extension(media_type) or ''}"
    return Original(name, media_type, content)


def waiting_files(actor: Actor) -> list[UUID]:
    """Return the files of which no pages were drawn yet, for the system of their organisation."""
    if actor.kind != "system":
        raise Refused
    return list(_kept(actor).filter(shown__in=Attachment.UNDRAWN).values_list("id", flat=True))


def draw_files(ids: Iterable[UUID], *, actor: Actor) -> None:
    """Draw the pages of these files, once. For the system of their organisation."""
    if actor.kind != "system":
        raise Refused
    for row in _kept(actor).filter(pk__in=list(ids)):
        attachments.draw(row, open_envelope(row.envelope_id, actor=actor, purpose=DRAW))


def _kept(actor: Actor) -> QuerySet[Attachment]:
    return Attachment.objects.filter(organisation_id=actor.own_organisation, owner_kind=ATTACHMENT_OWNER)
