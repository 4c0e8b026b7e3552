"""Finding, moving and logging the rows of a referral: what actions and queries share."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from sluitend.journeys.cases.journey import (
    NIGHT_WITHOUT_PLACE,
    PARTNER_ANSWERED,
    PARTNER_RETURNED,
    REFERRAL_LIST,
)
from sluitend.journeys.referrals import terms
from sluitend.journeys.referrals.journey import REFERRAL, REFERRAL_LOOK, REFERRAL_READ
from sluitend.journeys.referrals.models import Referral, ReferralOrigin
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Resource, require, require_role
from sluitend.kernel.access.errors import Absent, Conflict
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.followup.turns import stamp
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.handbook.recognition import FeedbackCode, Opens
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.manifest import Permission, StepKind

ACTIVITY = "doorzetten"
"""Id of the processing activity in the register."""

KIND = REFERRAL

NOT_OURS = "niet_van_ons"
"""The feedback code with which a referral goes back and nothing stays behind."""

ASKS_BACK = "vraag_terug"
"""The feedback code that asking something sets by itself."""

OPEN_STATES = frozenset({Referral.State.SENT, Referral.State.ACCEPTED, Referral.State.EXPIRED})
"""The states in which a partner can still be waited for."""

LOOKS = frozenset({REFERRAL_LIST, REFERRAL_LOOK, REFERRAL_READ})


def resource(row: Referral) -> Resource:
    """Return the referral as `decide` sees it: with its two organisations."""
    return Resource("referral", row.organisation_id, row.recipient_id, id=row.id)


def _for(action: Permission) -> QuerySet[Referral]:
    # Whoever changes a referral takes its row first: two at once wait in line, not for each other's seals.
    return Referral.objects.all() if action in LOOKS else Referral.objects.select_for_update(of=("self",))


def find_sent(code: str, actor: Actor, action: Permission) -> Referral:
    """Return a referral that the actor's organisation sent.

    Raises:
        Absent: there is none. Absent and forbidden look alike.
        Refused: the role may not do this.
    """
    require_role(actor, action)
    row = _for(action).filter(organisation_id=actor.own_organisation, code=code).first()
    if row is None:
        raise Absent
    require(actor, action, resource(row))
    return row


def find_received(code: str, actor: Actor, action: Permission) -> Referral:
    """Return a referral that was sent to the actor's organisation.

    Raises:
        Absent: there is none. Absent and forbidden look alike.
        Refused: the role may not do this.
    """
    row = _for(action).filter(recipient_id=actor.organisation_id, code=code).first()
    if row is None:
        raise Absent
    require(actor, action, resource(row))
    return row


def open_with(partner: str, actor: Actor) -> QuerySet[Referral]:
    """Return what the actor's organisation has open with a partner and is there already, the oldest first."""
    return Referral.objects.filter(
        organisation_id=actor.own_organisation,
        partner=partner,
        closed__isnull=True,
        state__in=OPEN_STATES,
        went_on__isnull=False,
    ).order_by("sent", "id")


def origin_of(row: Referral) -> ReferralOrigin:
    """Return from which case a referral comes; only the sender has a row to find."""
    return ReferralOrigin.objects.get(organisation_id=row.organisation_id, referral_id=row.id)


def pack_of(row: Referral) -> Pack:
    """Return the handbook under which it was sent."""
    return release(row.release_number).pack


def step_state(row: Referral, to: str) -> None:
    """Move a referral to another state.

    Raises:
        Conflict: that step is not allowed from where it is now, so somebody else was first.
    """
    if to not in Referral.STEPS[row.state]:
        raise Conflict
    row.state = to


def save_turn(row: Referral, *fields: str) -> None:
    """Write `fields` if nobody took a turn since the row was read.

    Steps go by column name: the step of the other side can be written, but never read.

    Raises:
        Conflict: somebody did.
    """
    values = {name: getattr(row, name) for name in fields}
    changed = Referral.objects.filter(pk=row.pk, turn=row.turn).update(**values, **stamp())
    if not changed:
        raise Conflict
    row.turn += 1


def note(
    row: Referral, *, actor: Actor, action: str, purpose: str = "", organisation_id: UUID | None = None
) -> None:
    """Write the ledger line of something that was done to, or read of, a referral."""
    record(
        actor=actor,
        action=action,
        subject=(KIND, row.id),
        activity=ACTIVITY,
        purpose=purpose,
        organisation_id=organisation_id,
        revision=row.turn,
    )


def codes_of(row: Referral) -> tuple[FeedbackCode, ...]:
    """Return the feedback codes that the partner of a referral may use, in the order of the handbook."""
    usable = {"all", row.partner}
    return tuple(code for code in pack_of(row).feedback_codes if usable & set(code.used_by))


def answers_of_partner(row: Referral) -> tuple[FeedbackCode, ...]:
    """Return the codes from which a partner chooses: asking something is an action of its own."""
    return tuple(code for code in codes_of(row) if code.id != ASKS_BACK)


ANSWERED = (PARTNER_ANSWERED, NIGHT_WITHOUT_PLACE)
"""The steps of the sender that are done by reading what a partner answered."""


def step_after(code: FeedbackCode) -> tuple[StepKind, str]:
    """Return what the sender must do after an answer, and under which id its term stands in the handbook."""
    if code.opens is Opens.NIGHT_WITHOUT_PLACE:
        return NIGHT_WITHOUT_PLACE, terms.NIGHT
    return PARTNER_ANSWERED, terms.READ_ANSWER


def is_urgent(row: Referral, what: StepKind) -> bool:
    """Return whether a step about this referral goes before everything else."""
    return row.urgency == Urgency.NOW or what is NIGHT_WITHOUT_PLACE


def due(row: Referral, what: StepKind, deadline: str) -> datetime:
    """Return when a step of the sender is due; a night without a place has one time for everybody."""
    if what is NIGHT_WITHOUT_PLACE:
        return terms.due_for(pack_of(row), deadline)
    acute, minor = hurry(row)
    return terms.due_for(pack_of(row), deadline, acute=acute, minor=minor)


def hurry(row: Referral) -> tuple[bool, bool]:
    """Return whether its terms are at once or the same day: the urgency of a route is that of both sides."""
    return row.urgency == Urgency.NOW, row.minor or row.urgency == Urgency.TODAY


def only_asked(row: Referral) -> bool:
    """Return whether all that the partner gave is a question: an answer, but not the one that is awaited."""
    return row.answer == ASKS_BACK


def has_open(row: Referral, actor: Actor, *kinds: StepKind) -> bool:
    """Return whether a step of one of these kinds is open for the actor's organisation."""
    return NextStep.objects.filter(
        organisation_id=actor.own_organisation, subject_id=row.id, done__isnull=True, what__in=kinds
    ).exists()


def waits_for_reading(row: Referral, actor: Actor) -> bool:
    """Return whether an answer or a return waits for the sender to be read."""
    return has_open(row, actor, *ANSWERED, PARTNER_RETURNED)
