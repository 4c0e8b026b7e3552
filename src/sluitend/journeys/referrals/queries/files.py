"""The copies of attachments in a referral."""

from uuid import UUID

from sluitend.journeys.cases.journey import REFERRAL_LIST
from sluitend.journeys.referrals.journey import REFERRAL_READ
from sluitend.journeys.referrals.models import Referral, ReferralFile
from sluitend.journeys.referrals.queries.opened import readable
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow.finding import find
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.sealing.downloads import FileContent, find_copy, opened_copy
from sluitend.kernel.sealing.envelopes import open_envelope


def sent_file(code: str, file_id: UUID, actor: Actor) -> FileContent:
    """Return a copy as its sender made it; logged.

    Raises:
        Absent: there is none.
    """
    return _opened(find(Referral, code, actor, REFERRAL_LIST), file_id, actor)


def received_file(code: str, file_id: UUID, actor: Actor) -> FileContent:
    """Return a copy to the recipient of an accepted referral; logged.

    Raises:
        Absent: there is none, or it may not be read.
    """
    return _opened(readable(code, actor), file_id, actor)


def _opened(row: Referral, file_id: UUID, actor: Actor) -> FileContent:
    files = ReferralFile.objects.filter(referral_id=row.id).select_related("attachment")
    found = find_copy((each.attachment for each in files.order_by("attachment_id")), file_id)
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=REFERRAL_READ)
    note(row, actor, REFERRAL_READ, "file")
    return opened_copy(found, envelope, row.code)
