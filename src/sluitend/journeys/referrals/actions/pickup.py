"""The sender's side of a pick-up: make link and code. The link goes by mail, the code another way."""

from uuid import uuid4

from django.utils import timezone

from sluitend.forms.checks import checked_mailbox
from sluitend.journeys.cases.journey import PARTNER_ASKS, PARTNER_RETURNED, REFERRAL_SEND
from sluitend.journeys.referrals import answers, jobs, terms
from sluitend.journeys.referrals.channels import channel_of, end_pickups
from sluitend.journeys.referrals.journey import REFERRAL_PICKUP, RENEW_PICKUP
from sluitend.journeys.referrals.models import Pickup, Referral
from sluitend.journeys.referrals.queries.found import origin_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow.finding import find, has_open
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.terms import due_for
from sluitend.kernel.flow.verbs import Work, changing, note
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.sealing import pickups
from sluitend.kernel.sealing.envelopes import open_envelopes

STARTS = frozenset({State.SENT, State.ACCEPTED})
"""The states in which a new link makes sense: before that of the answer."""


def start_pickup(*, code: str, address: str, actor: Actor) -> str:
    """Make a link and a code, mail the link, and end what was made before.

    Args:
        code: of the referral.
        address: where the link goes, as somebody confirmed it; kept sealed.
        actor: who makes it.

    Returns:
        The code, to be told by telephone or text message. It is kept nowhere.

    Raises:
        Absent: no such referral of this organisation.
        DomainError: the address is none.
        Conflict: it does not go by a pick-up page, or nothing is awaited any more.
    """
    row = find(Referral, code, actor, REFERRAL_SEND, to_change=True)
    if not channel_of(row).picks_up or row.closed or row.state not in STARTS:
        raise Conflict
    link, told = pickups.new_link(), pickups.new_code()
    with followup.one_unit():
        with changing(row):
            end_pickups(row)
            pickup = _made(row, link, told, checked_mailbox(address), actor)
            _wait(Work(row, actor, REFERRAL_SEND))
        note(row, actor, f"{REFERRAL_PICKUP}.started")
    after_commit(jobs.mail_pickup, pickup.id, row.organisation_id)
    return told


def _made(row: Referral, link: str, told: str, address: str, actor: Actor) -> Pickup:
    own = origin_of(row).envelope_id
    envelopes = open_envelopes([row.envelope_id, own], actor=actor, purpose=REFERRAL_SEND)
    keys, now = pickups.pickup_keys(link, told), timezone.now()
    expires = timezone.localtime(due_for(row.pack, terms.PICKUP)).date()
    pickup = Pickup(
        id=uuid4(),
        organisation_id=row.organisation_id,
        referral=row,
        envelope_id=own,
        content_envelope_id=row.envelope_id,
        lookup=keys.lookup,
        proof=keys.proof,
        made=now,
        changed=now,
        expires=min(row.expires, expires),
    )
    pickup.sealed = pickups.wrap(envelopes[row.envelope_id], keys.key, pickup_id=pickup.id)
    envelopes[own].seal(pickup, "delivery", {"address": address, "link": link})
    pickup.save(force_insert=True)
    return pickup


def _wait(it: Work[Referral]) -> None:
    """Wait for the partner, unless something of the partner waits here to be read or answered."""
    row = it.row
    row.went_on = row.went_on or timezone.localdate()
    if has_open(row, it.actor, *answers.ANSWERED, PARTNER_ASKS, PARTNER_RETURNED):
        followup.finish_open(subject_id=row.id, actor=it.actor, what=RENEW_PICKUP)
    else:
        by = row.next_word or row.answer_by
        it.plan(answers.waiting_step(row), due=end_of(max(by, timezone.localdate())))
