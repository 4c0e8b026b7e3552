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

from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.followup.deadlines import END_OF_DAY, working_days_between
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Account, Organisation, Role
from sluitend.kernel.organisations.queries import addresses, organisation

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
    """What climbed now, as (step, rung), and who must hear that something waits."""

    climbed: tuple[tuple[UUID, Rung], ...] = ()
    addresses: frozenset[str] = frozenset()


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
        What climbed and who must hear of it; nothing when it runs again at once. The caller mails after the commit.
    """
    now = moment or timezone.now()
    overdue = NextStep.objects.filter(
        organisation_id=actor.organisation_id, done__isnull=True, due__lt=now, level__lt=Rung.CHOSEN
    ).order_by("due")
    climbed: list[tuple[UUID, Rung]] = []
    people: set[str] = set()
    for step in overdue[:BATCH]:
        rung = rung_at(step.due, now, acute=step.urgent)
        if rung > step.level and _climb(step, rung):
            _note(actor, step, rung)
            climbed.append((step.id, rung))
            people.update(_addresses(actor, step, rung))
    return Escalation(tuple(climbed), frozenset(people))


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


def _addresses(actor: Actor, step: NextStep, rung: Rung) -> list[str]:
    assert actor.organisation_id is not None  # noqa: S101  (jobs act for one organisation)
    if rung is Rung.OWNER:
        if step.owner_id:
            return list(
                Account.objects.filter(pk=step.owner_id, is_active=True).values_list("email", flat=True)
            )
        return addresses(actor.organisation_id, roles=[Role(step.owner_role)])
    if rung is Rung.CHOSEN:
        # The municipality chooses by filling in a mailbox for it. Empty means: nobody outside hears of it.
        own = organisation(actor.organisation_id)
        return [own.mail] if own and own.mail else []
    return addresses(actor.organisation_id, roles=ROLES[rung])


def send_neutral(address: str) -> None:
    """Send a mail that says that something waits, with the address of the desk, and nothing else."""
    with override("nl"):
        text = _("Er staat iets voor u klaar.") + f"\n\n{settings.SLUITEND_ADDRESS}/werk/\n"
        send_mail(_("Er staat iets voor u klaar"), text, None, [address], fail_silently=True)


def escalate_all() -> int:
    """Do so for every organisation, each in a transaction of its own, and return how many steps climbed."""
    total = 0
    for organisation_id in list(Organisation.objects.filter(kind__in=KINDS).values_list("id", flat=True)):
        with acting(system_actor(organisation_id)) as actor:
            result = escalate(actor)
        for address in sorted(result.addresses):
            send_neutral(address)
        total += len(result.climbed)
    return total
