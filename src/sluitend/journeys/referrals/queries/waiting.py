"""Answers that ask to wait, of which no wait request was made yet: rows that the journey of visits reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from sluitend.journeys.referrals import waiting, words
from sluitend.journeys.referrals.models import Referral, ReferralMessage
from sluitend.journeys.referrals.waiting import Spot, Wait
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelopes

AT_ONCE = 500


@dataclass(frozen=True)
class AskedToWait:
    """A referral whose partner asked to wait, with its places; none where nothing is found again."""

    id: UUID
    turn: int
    code: str
    partner: str
    recipient_id: UUID | None
    words: str
    until: date
    contact: str
    telephone: str
    spots: tuple[Spot, ...]


def waits_unheard(organisation_id: UUID) -> bool:
    """Return whether a partner asked to wait in an answer of which no wait request was made yet."""
    return _unheard(organisation_id).exists()


@in_dutch()
def asked_to_wait(actor: Actor) -> list[AskedToWait]:
    """Return those answers, with the places that were shared and what was asked last.

    Args:
        actor: the system, acting for the municipality that sent them.
    """
    rows = list(_unheard(actor.own_organisation).order_by("sent", "id")[:AT_ONCE])
    if not rows:
        return []
    messages = list(ReferralMessage.objects.filter(referral__in=rows).order_by("written", "id"))
    ids = {row.envelope_id for row in rows} | {each.envelope_id for each in messages}
    envelopes = open_envelopes(ids, actor=actor, purpose="referral.wait")
    waits: dict[UUID, Wait] = {}
    for each in messages:
        if each.envelope_id in envelopes:
            wait = waiting.wait_in(envelopes[each.envelope_id].read(each, "text"))
            waits.update({each.referral_id: wait} if wait else {})
    return [_asked(row, envelopes, waits.get(row.id)) for row in rows if row.envelope_id in envelopes]


def _asked(row: Referral, envelopes: Mapping[UUID, OpenEnvelope], wait: Wait | None) -> AskedToWait:
    pack, wait = row.pack, wait or Wait()
    return AskedToWait(
        id=row.id,
        turn=row.turn,
        code=row.code,
        partner=row.partner,
        recipient_id=row.recipient_id,
        words=f"{row.code}: {words.feedback(pack, row.wait_code)}",
        until=min(wait.until or waiting.usual_until(pack), waiting.latest_until(pack)),
        contact=wait.contact,
        telephone=wait.telephone,
        spots=waiting.spots_of(envelopes[row.envelope_id].read(row, "content")["parts"], wait),
    )


def _unheard(organisation_id: UUID) -> QuerySet[Referral]:
    # Whatever was answered since: who asked to wait is waited for.
    asked = Referral.objects.filter(organisation_id=organisation_id, held_on__isnull=True)
    return asked.exclude(wait_code="")
