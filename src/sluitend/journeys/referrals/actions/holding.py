"""By what a recipient finds what it holds: indexed when it takes a referral on, and gone with its access."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.referrals.answers import CAN_READ
from sluitend.journeys.referrals.held import REFERENCE, tokens_of, values_of
from sluitend.journeys.referrals.journey import REFERRAL_REFERENCE
from sluitend.journeys.referrals.models import ReceivedToken, Referral
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError, Refused
from sluitend.kernel.flow.finding import find
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope, open_envelopes
from sluitend.kernel.sealing.errors import SealBroken
from sluitend.kernel.sealing.tokens import normalise

BATCH = 100
LONGEST = 40


def index(row: Referral, parts: Sequence[Mapping[str, Any]]) -> None:
    """Let the recipient find a referral that it took on. Acts for the recipient.

    Args:
        row: the referral.
        parts: what was shared.
    """
    ReceivedToken.objects.bulk_create(_tokens(row, parts))


def _tokens(row: Referral, parts: Sequence[Mapping[str, Any]]) -> list[ReceivedToken]:
    return [
        ReceivedToken(organisation_id=row.other, referral=row, kind=kind, token=token)
        for kind, token in tokens_of(row.other, values_of(parts))
    ]


def forget_held(referral_id: UUID, actor: Actor) -> None:
    """Take away by what the acting organisation found a referral: it may not read it any more."""
    ReceivedToken.objects.filter(organisation_id=actor.own_organisation, referral_id=referral_id).delete()


def note_reference(*, code: str, reference: str, actor: Actor) -> None:
    """Note the recipient's own number of a referral, or take it away. Its sender does not see it.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation.
        DomainError: it is too short or too long to be found again.
        Conflict: it may not be read, or not any more.
    """
    row, text = find(Referral, code, actor, REFERRAL_REFERENCE, to_change=True), " ".join(reference.split())
    if row.state not in CAN_READ or row.over:
        raise Conflict
    if text and (len(text) > LONGEST or not normalise(REFERENCE, text)):
        raise DomainError(_("Schrijf 3 tot 40 letters en cijfers."), "reference")
    ReceivedToken.objects.filter(
        organisation_id=actor.own_organisation, referral=row, kind=REFERENCE
    ).delete()
    if text:
        envelope = open_envelope(row.envelope_id, actor=actor, purpose=REFERRAL_REFERENCE)
        save_number(row, text, envelope)
    note(row, actor, REFERRAL_REFERENCE)


def save_number(row: Referral, text: str, envelope: OpenEnvelope, kind: str = REFERENCE) -> None:
    """Let the recipient find a referral by a number: its own, or that of what it made of it."""
    for _kind, token in tokens_of(row.other, [(REFERENCE, text)]):
        held = ReceivedToken(organisation_id=row.other, referral=row, kind=kind, token=token)
        envelope.seal(held, "text", {"text": text})
        held.save(force_insert=True)


def reindex_received(actor: Actor, *, after: UUID | None = None) -> tuple[UUID | None, int]:
    """Give a batch of referrals that were received the tokens of the present key of search.

    Args:
        actor: the system, acting for one organisation. Running it twice changes nothing.
        after: the last referral of the batch before.

    Returns:
        The last referral of this batch, None when that was the end, and how many had other tokens.

    Raises:
        Refused: somebody else than the system asks.
    """
    if actor.kind != "system":
        raise Refused
    found = Referral.objects.filter(
        recipient_id=actor.own_organisation, state__in=CAN_READ, access_ended__isnull=True
    )
    if after:
        found = found.filter(pk__gt=after)
    rows = list(found.select_for_update(of=("self",)).order_by("pk")[:BATCH])
    envelopes = open_envelopes([row.envelope_id for row in rows], actor=actor, purpose="referral.index")
    changed = [
        row for row in rows if row.envelope_id in envelopes and _renewed(row, envelopes[row.envelope_id])
    ]
    return (rows[-1].id if rows else None), len(changed)


def _renewed(row: Referral, envelope: OpenEnvelope) -> bool:
    """Give one referral its tokens anew, and return whether it had others; not one that does not open."""
    present = list(ReceivedToken.objects.filter(organisation_id=row.other, referral=row))
    try:
        own = {each.kind: envelope.read(each, "text")["text"] for each in present if each.text is not None}
        parts = envelope.read(row, "content")["parts"]
    except SealBroken:
        return False
    values = values_of(parts)
    numbers = {
        (kind, token)
        for kind, text in own.items()
        for _kind, token in tokens_of(row.other, [(REFERENCE, text)])
    }
    wanted = {*tokens_of(row.other, values), *numbers}
    if {(each.kind, each.token) for each in present} == wanted:
        return False
    ReceivedToken.objects.filter(pk__in=[each.pk for each in present]).delete()
    index(row, parts)
    for kind, text in own.items():
        save_number(row, text, envelope, kind)
    return True
