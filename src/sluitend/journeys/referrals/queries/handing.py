"""What municipalities asked of care coordination, as the coordinator works with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import Exists, OuterRef

from sluitend.journeys.referrals import words
from sluitend.journeys.referrals.coordinating import consults, hands_over
from sluitend.journeys.referrals.held import REFERENCE, TAKEN_IN, tokens_of
from sluitend.journeys.referrals.journey import REFERRAL_LOOK, REFERRAL_READ, REFERRAL_RECEIVED_LIST
from sluitend.journeys.referrals.models import ReceivedToken, Referral
from sluitend.journeys.referrals.queries.opened import content_of, readable
from sluitend.journeys.referrals.queries.shapes import Content
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.flow.finding import find
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.guidance import Track, Verb
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.prepared import Given, Prepared
from sluitend.kernel.sealing.envelopes import open_envelope

MOST = 200


@dataclass(frozen=True)
class Asked:
    """A question or a person that came from a municipality: no names, and nothing of the content."""

    code: str
    sender: str
    """The code of its municipality."""
    consult: bool
    sent: datetime
    acute: bool
    minor: bool
    state_words: str
    what: str
    due: datetime | None


@dataclass(frozen=True)
class Handed:
    """A person who was handed over: what was shared, and what its outside says."""

    code: str
    sender: str
    sender_name: str
    content: Content
    acute: bool
    minor: bool


def handed(code: str, actor: Actor) -> Handed:
    """Return a person who was handed over, with all that was shared; opened and logged.

    Raises:
        Absent: nothing of this code was sent here, or it may not be read.
    """
    row = readable(code, actor)
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=REFERRAL_READ)
    note(row, actor, REFERRAL_READ)
    sender = Organisation.objects.get(pk=row.organisation_id)
    content = content_of(row, envelope, actor)
    return Handed(row.code, sender.code, sender.name, content, row.acute, row.minor)


def asked_of_care(actor: Actor) -> list[Asked]:
    """Return what municipalities asked of care coordination and waits: what was taken in stands elsewhere.

    Raises:
        Refused: the role may not see it.
    """
    require_role(actor, REFERRAL_RECEIVED_LIST)
    own = actor.own_organisation
    found = _asked_and_open().models(Referral, own=own)
    rows = [each for each in found if hands_over(each) or consults(each)]
    if not rows:
        return []
    steps = NextStep.objects.filter(
        organisation_id=own, subject_id__in=[each.id for each in rows], done__isnull=True
    )
    open_steps = {each.subject_id: each for each in steps}
    senders = dict(
        Organisation.objects.filter(pk__in={each.organisation_id for each in rows}).values_list("id", "code")
    )
    return [_asked(each, senders, open_steps.get(each.id)) for each in rows]


@cache
def _asked_and_open() -> Prepared:
    own = Given("own")
    # Looked up of each that is open: what was ever taken in is far more.
    taken = ReceivedToken.objects.filter(organisation_id=own, kind=TAKEN_IN, referral_id=OuterRef("pk"))
    found = Referral.objects.filter(
        recipient_id=own, recipient_closed__isnull=True, track=Track.PERSON, verb__in=[Verb.REFER, Verb.ASK]
    ).exclude(Exists(taken))
    return Prepared(found.order_by("sent", "id")[:MOST])


def requests_of(
    referral_ids: Collection[UUID], requests: Mapping[str, UUID], actor: Actor
) -> dict[UUID, UUID]:
    """Return which of these requests each referral was taken in as. Opens nothing.

    Args:
        referral_ids: of what the actor's organisation received.
        requests: what may have been made of them, by code.
        actor: the coordinator.
    """
    if not (referral_ids and requests):
        return {}
    own = actor.own_organisation
    taken = ReceivedToken.objects.filter(organisation_id=own, kind=TAKEN_IN, referral_id__in=referral_ids)
    found = dict(taken.values_list("token", "referral_id"))
    return {
        found[token]: request_id
        for code, request_id in requests.items()
        for _kind, token in tokens_of(own, [(REFERENCE, code)])
        if token in found
    }


def _asked(row: Referral, senders: Mapping[UUID, str], step: NextStep | None) -> Asked:
    return Asked(
        code=row.code,
        sender=senders.get(row.organisation_id, ""),
        consult=consults(row),
        sent=row.sent,
        acute=row.acute,
        minor=row.minor,
        state_words=words.state_for_recipient(row),
        what=step.what if step else "",
        due=step.due if step else None,
    )


def ended_words(code: str, actor: Actor) -> str:
    """Return how what was handed over ended for its recipient; empty while it may be read and answered.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation.
    """
    row = find(Referral, code, actor, REFERRAL_LOOK)
    return words.state_for_recipient(row) if row.recipient_closed is not None else ""
