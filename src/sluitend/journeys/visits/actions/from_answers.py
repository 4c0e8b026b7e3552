"""Wait requests of the answers of partners: who asks to wait in one need not ask again elsewhere."""

from dataclasses import asdict
from uuid import UUID

from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals import queries as referral_queries
from sluitend.journeys.referrals.queries import AskedToWait
from sluitend.journeys.visits import places
from sluitend.journeys.visits.actions.asking import Ask, replace_by, with_accounts, written
from sluitend.journeys.visits.actions.indexing import index
from sluitend.journeys.visits.models import WaitRequest
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.handbook.handling import OTHER_REASON
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope, open_envelopes
from sluitend.kernel.sealing.errors import SealBroken


def wait_requests_from_answers(actor: Actor) -> int:
    """Make wait requests of the answers of partners that ask to wait. Call `writing.lock` first.

    One that fails stays unheard, so nothing is released, and stops no other.

    Args:
        actor: the system, acting for the municipality that referred.

    Returns:
        How many answers there were.
    """
    found = referral_queries.asked_to_wait(actor)
    for asked in found:
        with fenced():
            _wait_request(asked, actor)
    return len(found)


def _wait_request(asked: AskedToWait, actor: Actor) -> None:
    former = _former(asked, actor)
    asker_id = asked.recipient_id or with_accounts(asked.partner)
    made = [_made(asked, places.Place(**asdict(spot)), asker_id, actor) for spot in asked.spots]
    for old in former if made else ():
        replace_by(made[0], old, actor)
    # Answers of before places were asked: without one the answer asks the focal point to write one down.
    referrals.wait_request_made(asked.id, turn=asked.turn, actor=actor)


def _made(asked: AskedToWait, place: places.Place, asker_id: UUID | None, actor: Actor) -> WaitRequest:
    wanted = Ask(
        place=place,
        until=asked.until,
        ground=OTHER_REASON,
        sentence=asked.words,
        contact=asked.contact,
        telephone=asked.telephone,
    )
    row = written(
        wanted, actor, partner=asked.partner, municipality_id=actor.own_organisation, asker_id=asker_id
    )
    index(row, open_envelope(row.envelope_id, actor=actor, purpose="wait_request.index"), actor)
    return row


def _former(asked: AskedToWait, actor: Actor) -> list[WaitRequest]:
    """Return what holds by an earlier answer to the same referral: answering again asks anew."""
    binding = list(
        WaitRequest.objects.filter(
            organisation_id=actor.own_organisation,
            partner=asked.partner,
            ground=OTHER_REASON,
            state__in=WaitRequest.BINDING,
        )
    )
    envelopes = open_envelopes(
        [row.envelope_id for row in binding], actor=actor, purpose="wait_request.index"
    )
    return [
        row
        for row in binding
        if row.envelope_id in envelopes and _is_of(asked, row, envelopes[row.envelope_id])
    ]


def _is_of(asked: AskedToWait, row: WaitRequest, envelope: OpenEnvelope) -> bool:
    """Return whether a wait request came of an answer to the same referral; one that is shut binds on."""
    try:
        sentence: str = envelope.read_genuine(row, "content")["sentence"]
    except SealBroken:
        return False
    return sentence.startswith(f"{asked.code}:")
