"""The files of reports: which there are, and their pages as pictures."""

from collections.abc import Iterable, Sequence
from typing import cast
from uuid import UUID

from sluitend.journeys.reports.content import ACTIVITY, ATTACHMENT_OWNER
from sluitend.journeys.reports.journey import ATTACHMENT_READ
from sluitend.journeys.reports.queries.shapes import AttachmentView
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Resource, require, require_role
from sluitend.kernel.access.errors import Refused
from sluitend.kernel.ledger.actions import record, record_many
from sluitend.kernel.manifest import Permission
from sluitend.kernel.sealing import attachments as files
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope, open_envelopes
from sluitend.kernel.sealing.models import Attachment


def page(page_id: UUID, actor: Actor, action: Permission = ATTACHMENT_READ) -> bytes:
    """Return a page of a file of a report, or by another right of a request for help, as JPEG; logged.

    Raises:
        Refused: absent, of another organisation, not for this person, or a file as it came.
    """
    row = Attachment.objects.filter(
        pk=page_id,
        organisation_id=actor.own_organisation,
        owner_kind=ATTACHMENT_OWNER,
        shown=Attachment.Shown.PIXELS,
    ).first()
    if row is None:
        raise Refused
    require(actor, action, Resource("attachment", row.organisation_id, id=row.id))
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=action)
    record(actor=actor, action=action, subject=("report", row.owner_id), activity=ACTIVITY)
    return b"".join(files.read_chunks(row, envelope))


def files_of(report_ids: Iterable[UUID], actor: Actor) -> tuple[AttachmentView, ...]:
    """Return the files of these reports that can be opened, without their content, to choose from; logged."""
    require_role(actor, ATTACHMENT_READ)
    found = list(
        Attachment.objects.filter(
            organisation_id=actor.own_organisation,
            owner_kind=ATTACHMENT_OWNER,
            owner_id__in=list(report_ids),
            page_of=None,
        )
        .exclude(state=Attachment.State.INFECTED)
        .order_by("id")
    )
    if not found:
        return ()
    envelopes = open_envelopes([row.envelope_id for row in found], actor=actor, purpose=ATTACHMENT_READ)
    subjects = [("report", each) for each in sorted({row.owner_id for row in found})]
    record_many(actor=actor, action=ATTACHMENT_READ, subjects=subjects, activity=ACTIVITY, purpose="names")
    return tuple(
        _attachment(row, envelopes[row.envelope_id]) for row in found if row.envelope_id in envelopes
    )


def attachments(rows: list[Attachment], envelope: OpenEnvelope) -> tuple[AttachmentView, ...]:
    """Return the files among these rows, each with its pages."""
    pages: dict[UUID, list[UUID]] = {}
    for row in sorted((each for each in rows if each.page_of), key=lambda each: each.page or 0):
        pages.setdefault(cast("UUID", row.page_of), []).append(row.id)
    return tuple(_attachment(row, envelope, pages.get(row.id, [])) for row in rows if row.page_of is None)


def _attachment(row: Attachment, envelope: OpenEnvelope, pages: Sequence[UUID] = ()) -> AttachmentView:
    own = [row.id] if row.shown == Attachment.Shown.PIXELS else []
    return AttachmentView(
        id=row.id,
        name=envelope.read(row, "name"),
        size=row.size,
        state=row.state,
        shown=row.shown,
        pages=(*own, *pages),
    )
