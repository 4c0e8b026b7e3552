"""Finding a referral that the actor's organisation received and may read, by what is in it."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from sluitend.journeys.referrals.answers import CAN_READ
from sluitend.journeys.referrals.held import REFERENCE, SOUGHT, TAKEN_IN
from sluitend.journeys.referrals.journey import REFERRAL, REFERRAL_LOOK, REFERRAL_RECEIVED_LIST
from sluitend.journeys.referrals.models import ReceivedToken, Referral
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may
from sluitend.kernel.ledger.actions import record_many
from sluitend.kernel.sealing.envelopes import OpenEnvelope
from sluitend.kernel.sealing.tokens import tokens_of_any

MOST = 20


@dataclass(frozen=True)
class Held:
    """A referral that was found, and what of it was sought."""

    code: str
    closed: bool
    shares: tuple[str, ...]


def by_value(actor: Actor, words: str) -> list[Held]:
    """Return what the actor's organisation received and may read, with this value; each hit is logged.

    Tokens are of its own key: what others hold is not asked.
    """
    if not may(actor, REFERRAL_RECEIVED_LIST):
        return []
    hits = holding(words, actor)
    shared: dict[object, list[str]] = {}
    for referral_id, kind in hits.order_by("-referral__sent").values_list("referral_id", "kind"):
        if referral_id in shared or len(shared) < MOST:
            shared.setdefault(referral_id, []).append(REFERENCE if kind == TAKEN_IN else kind)
    rows = list(Referral.objects.filter(pk__in=list(shared)).order_by("-sent"))
    record_many(
        actor=actor,
        action=REFERRAL_LOOK,
        subjects=[(REFERRAL, row.id) for row in rows],
        activity=Referral.ACTIVITY,
        purpose="found",
    )
    return [
        Held(row.code, row.recipient_closed is not None, tuple(dict.fromkeys(shared[row.id]))) for row in rows
    ]


def holding(words: str, actor: Actor) -> QuerySet[ReceivedToken]:
    """Return the tokens of this value of what the actor's organisation received and may read."""
    own = actor.own_organisation
    return ReceivedToken.objects.filter(
        organisation_id=own,
        token__in=tokens_of_any(own, SOUGHT, words),
        referral__recipient_id=own,
        referral__access_ended__isnull=True,
        referral__expires__gte=timezone.localdate(),  # the job that ends what has passed runs once a day
        referral__state__in=CAN_READ,
    )


def reference_of(row: Referral, envelope: OpenEnvelope, kind: str = REFERENCE) -> str:
    """Return the number that the recipient gave a referral; its sender finds no row.

    Args:
        row: the referral.
        envelope: of it, open.
        kind: its own number, or `TAKEN_IN` for that of what it made of it.
    """
    own = ReceivedToken.objects.filter(referral_id=row.id, kind=kind).first()
    found = envelope.read(own, "text") if own else None
    return str(found["text"]) if found else ""
