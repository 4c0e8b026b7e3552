"""What waits longer than agreed climbs: owner, deputy, manager, and then what the municipality itself chose.

It says that something waits, never what. Running it twice does nothing twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.deadlines import END_OF_DAY, working_days_between
from sluitend.kernel.followup.jobs import after_commit, app, each_organisation
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.followup.queries import without_answered
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.measures import ESCALATED
from sluitend.kernel.organisations.models import Organisation, Role
from sluitend.kernel.organisations.queries import colleagues, mailboxes

BATCH = 500
ACUTE_PAUSE = timedelta(minutes=15)
KINDS = (Organisation.Kind.MUNICIPALITY, Organisation.Kind.PARTNER)


class Rung(IntEnum):
    """How far a step has climbed. The number is the `level` of the step."""

    NONE = 0
    OWNER = 1
    DEPUTY = 2
    MANAGER = 3
    CHOSEN = 4


ROLES: Mapping[Rung, tuple[Role, ...]] = {
    Rung.DEPUTY: (Role.DEPUTY, Role.FOCAL_POINT),
    Rung.MANAGER: (Role.MANAGER,),
}


@dataclass(frozen=True)
class Escalation:
    """What climbed now, as (step, rung), and whom that reached: accounts, or an organisation's mailbox."""

    climbed: tuple[tuple[UUID, Rung], ...] = ()
    reached: frozenset[UUID] = frozenset()


def rung_at(due: datetime, moment: datetime, *, acute: bool) -> Rung:
    """Return how far a step of this date must have climbed by now.

    Args:
        due: until when it stood. For the owner this was counted in own working days already.
        moment: now.
        acute: then a rung lasts fifteen minutes; else one working day of the office.
    """
    if moment <= due:
        return Rung.NONE
    if acute:
        pauses = (moment - due) // ACUTE_PAUSE
    else:
        local_due, local_now = timezone.localtime(due), timezone.localtime(moment)
        pauses = working_days_between(local_due.date(), local_now.date())
        # A day counts when it is over: whoever comes in at nine is not late at five past.
        if pauses and local_now.time() < END_OF_DAY:
            pauses -= 1
    return Rung(min(Rung.OWNER + pauses, Rung.CHOSEN))


def escalate(actor: Actor, moment: datetime | None = None) -> Escalation:
    """Let every step of the actor's organisation climb as far as it must.

    Returns:
        What climbed and whom that reached; nothing when it runs again at once. The mail is queued with it.
    """
    now = moment or timezone.now()
    overdue = without_answered(
        NextStep.objects.filter(
            organisation_id=_organisation(actor), done__isnull=True, due__lt=now, level__lt=Rung.CHOSEN
        )
    ).order_by("due")
    climbed: list[tuple[UUID, Rung]] = []
    reached: set[UUID] = set()
    for step in overdue[:BATCH]:
        rung = rung_at(step.due, now, acute=step.urgent)
        if rung > step.level and _climb(step, rung):
            _note(actor, step, rung)
            climbed.append((step.id, rung))
            reached.update(_reached(actor, step, rung))
    if reached:
        after_commit(tell, *sorted(reached))
    return Escalation(tuple(climbed), frozenset(reached))


def _organisation(actor: Actor) -> UUID:
    assert actor.organisation_id is not None  # noqa: S101  (jobs act for one organisation)
    return actor.organisation_id


def _climb(step: NextStep, rung: Rung) -> bool:
    # Compare and set: whoever finishes the step, or another worker, may be first.
    return bool(NextStep.objects.filter(pk=step.pk, level=step.level, done__isnull=True).update(level=rung))


def _note(actor: Actor, step: NextStep, rung: Rung) -> None:
    record(
        actor=actor,
        action="step.escalated",
        subject=(step.subject_kind, step.subject_id),
        activity="opvolging",
        purpose=rung.name.lower(),
    )


def _reached(actor: Actor, step: NextStep, rung: Rung) -> set[UUID]:
    if rung is Rung.OWNER and step.owner_id:
        return {step.owner_id}
    if rung is Rung.CHOSEN:
        # The municipality chooses by filling in a mailbox for it. Empty means: nobody else hears of it.
        return {_organisation(actor)}
    roles = [Role(step.owner_role)] if rung is Rung.OWNER else ROLES[rung]
    return {each.account_id for each in colleagues(_organisation(actor), roles=roles)}


@app.task(name="followup.tell", queue="mail", retry=5)
def tell(ids: list[str]) -> None:
    """Mail each of these that something waits: one mail, however many steps reached them.

    Args:
        ids: of accounts, or of organisations for their mailbox.
    """
    for address in mailboxes([UUID(each) for each in ids]):
        send_neutral(address)


def send_neutral(address: str, path: str = "/werk/") -> None:
    """Send a mail that says that something waits, with one link, and nothing else.

    Args:
        address: whereto.
        path: where the link leads; the desk when left out.
    """
    with override("nl"):
        text = _("Er staat iets voor u klaar.") + f"\n\n{settings.SLUITEND_ADDRESS.rstrip('/')}{path}\n"
        send_mail(_("Er staat iets voor u klaar"), text, None, [address])


def escalate_all() -> int:
    """Do so for every organisation, each in a transaction of its own, and return how many steps climbed."""
    climbed = sum(len(escalate(actor).climbed) for actor in each_organisation(kinds=KINDS))
    ESCALATED.inc(climbed)
    return climbed
