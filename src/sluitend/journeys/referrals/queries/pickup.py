"""What a pick-up page shows. Runs as intake, which can select nothing: two functions give what a session may
see, and the content opens with what only link and browser hold."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.utils import timezone

from sluitend.journeys.referrals import words
from sluitend.journeys.referrals.answers import CAN_READ
from sluitend.journeys.referrals.journey import REFERRAL_PICKUP
from sluitend.journeys.referrals.models import Pickup, Referral
from sluitend.journeys.referrals.queries import backgrounds
from sluitend.journeys.referrals.queries.opened import front_of, received_view, with_contact
from sluitend.journeys.referrals.queries.shapes import Content, Front, ReceivedView, SharedFile, SharedPart
from sluitend.kernel.access.acting import NOBODY, intake_role
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.flow import phrases
from sluitend.kernel.sealing import pickups
from sluitend.kernel.sealing.downloads import FileContent, find_copy, opened_copy
from sluitend.kernel.sealing.envelopes import OpenEnvelope
from sluitend.kernel.sealing.models import Attachment


@dataclass(frozen=True)
class Session:
    """A pick-up that this browser opened, for the actions; pages get a `PickupPage`."""

    keys: pickups.SessionKeys = field(repr=False)
    pickup: Pickup
    row: Referral
    envelope: OpenEnvelope
    sent: bytes | None = field(default=None, repr=False)
    """What this browser sends now, so that it is known when it comes again."""


@dataclass(frozen=True)
class PickupPage:
    """The outside, and after accepting the content; until when this browser may come back."""

    front: Front
    view: ReceivedView | None
    until: str


def session(link: str, cookie: str) -> Session | None:
    """Return the living session of this browser for this link, or None; the caller runs as intake."""
    require_role(NOBODY, REFERRAL_PICKUP)
    keys = pickups.session_keys(link, cookie)
    both = [keys.lookup, keys.session]
    pickup = next(iter(Pickup.objects.raw("SELECT * FROM pickup_living(%s, %s)", both)), None)
    row = next(iter(Referral.objects.raw("SELECT * FROM pickup_referral(%s, %s)", both)), None)
    if pickup is None or row is None or pickup.session_sealed is None:
        return None
    envelope = pickups.unwrap(
        pickup.session_sealed,
        keys.key,
        pickup_id=pickup.id,
        envelope_id=row.envelope_id,
        writer_id=row.organisation_id,
    )
    return Session(keys, pickup, row, envelope)


def pickup_page(link: str, cookie: str) -> PickupPage | None:
    """Return what stands on the page of this session, or None when there is no such session."""
    with intake_role():
        found = session(link, cookie)
        if found is None:
            return None
        until = phrases.moment(found.pickup.session_until or timezone.now())
        return PickupPage(front=front_of(found.row), view=_view(found), until=until)


def pickup_worked(link: str, sent: bytes) -> bool:
    """Return whether this is what was worked last for this link: then it came again."""
    require_role(NOBODY, REFERRAL_PICKUP)
    with intake_role(), connection.cursor() as cursor:
        cursor.execute("SELECT pickup_worked(%s, %s)", [pickups.lookup_of(link), sent])
        return bool(cursor.fetchone()[0])


def pickup_file(link: str, cookie: str, file_id: UUID) -> FileContent | None:
    """Return a clean copy of an attachment, or None when there is no session that may read any.

    Raises:
        Absent: there is no such copy in this session.
    """
    with intake_role():
        found = session(link, cookie)
        if found is None or found.row.state not in CAN_READ:
            return None
        copy = find_copy(_attachments(found), file_id)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pickup_chunk FROM pickup_chunks(%s, %s, %s)",
                [found.keys.lookup, found.keys.session, file_id],
            )
            sealed = [bytes(chunk) for (chunk,) in cursor.fetchall()]
        return opened_copy(copy, found.envelope, found.row.code, sealed)


def _view(found: Session) -> ReceivedView | None:
    row = found.row
    if row.state not in CAN_READ or row.accepted_at is None:
        return None
    return received_view(
        row,
        found.envelope,
        front=front_of(row),
        content=_content(found),
        reference="",
        background=backgrounds.of_partner(found.envelope.read(row, "content")),
    )


def _content(found: Session) -> Content:
    content = found.envelope.read(found.row, "content")
    contact = words.contact_changed() if found.row.reach_gone else ""
    return Content(
        question=content["question"],
        sender=content["sender"],
        telephone=content["telephone"],
        task=content["task"],
        parts=with_contact((SharedPart(**part) for part in content["parts"]), contact),
        files=tuple(
            SharedFile(id=each.id, name=found.envelope.read(each, "name")) for each in _attachments(found)
        ),
        messages=(),
    )


def _attachments(found: Session) -> list[Attachment]:
    both = [found.keys.lookup, found.keys.session]
    return list(Attachment.objects.raw("SELECT * FROM pickup_files(%s, %s)", both))
