"""A person who was handed over to care coordination: what came becomes a matter of the recipient alone."""

from collections.abc import Callable

from sluitend.journeys.referrals.actions.holding import save_number
from sluitend.journeys.referrals.actions.partner import accept
from sluitend.journeys.referrals.answers import CAN_READ
from sluitend.journeys.referrals.coordinating import hands_over
from sluitend.journeys.referrals.held import TAKEN_IN
from sluitend.journeys.referrals.journey import REFERRAL_ACCEPT
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.queries import Handed, handed
from sluitend.journeys.referrals.queries.held import reference_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow.finding import find
from sluitend.kernel.flow.models import State
from sluitend.kernel.sealing.envelopes import open_envelope


def take_in(*, code: str, make: Callable[[Handed], str], actor: Actor) -> str:
    """Take a person on who was handed over, and make of it what the recipient works in. Once.

    What it is made of is a copy in an envelope of the recipient alone. The referral stays what the two have
    in common: its thread and its answer.

    Args:
        code: of the referral.
        make: makes it, and returns its number.
        actor: of the recipient.

    Returns:
        The number. The sender does not see it.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation.
        Conflict: no person is handed over by it, it was recalled or given back, or it was taken in already.
    """
    row = find(Referral, code, actor, REFERRAL_ACCEPT, to_change=True)
    if not hands_over(row):
        raise Conflict
    if row.state == State.SENT:
        accept(code=code, actor=actor)
    elif row.state not in CAN_READ or row.over:
        raise Conflict
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=REFERRAL_ACCEPT)
    if reference_of(row, envelope, TAKEN_IN):
        raise Conflict
    number = make(handed(code, actor))
    save_number(row, number, envelope, TAKEN_IN)
    return number
