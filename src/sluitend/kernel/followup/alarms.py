"""What administrators hear: that something which should run by itself failed, or waits where nobody reads.

It says that and where, never what.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid5

from django.db.models import Q
from django.utils import timezone

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.models import Run
from sluitend.kernel.access.rounds import for_each_organisation
from sluitend.kernel.followup.deadlines import due_in, end_of
from sluitend.kernel.followup.journey import (
    CONFIRM_ROLE,
    GIVEN_ROLE,
    LOOK_AT_CLOCK,
    NOBODY_READS,
    OFFICE,
    ROLE_ENDS,
)
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.manifest import StepKind
from sluitend.kernel.organisations.models import PLATFORM_ID, Membership, Organisation, Role
from sluitend.kernel.organisations.reading import reading

ENDS_SOON = timedelta(days=14)
"""So long before a role ends by its own date somebody hears of it."""


def guardians() -> dict[UUID, UUID]:
    """Return of every organisation whose administrators look after it: its own, the region's, the platform's.

    Two statements.
    """
    with_one = _with(Role.ADMINISTRATOR)
    every = list(Organisation.objects.order_by("name").values_list("id", "kind"))
    region = next(
        (each for each, kind in every if kind == Organisation.Kind.REGION and each in with_one), None
    )
    return {each: each if each in with_one else region or PLATFORM_ID for each, _kind in every}


def _with(*roles: Role) -> set[UUID]:
    rows = Membership.objects.at_work().filter(role__in=roles)
    return set(rows.values_list("organisation_id", flat=True))


def say_nobody_reads(actor: Actor) -> set[UUID]:
    """Give the administrators who look after the actor's organisation a step; one a day, however much waits.

    Returns:
        Their accounts, to be mailed.
    """
    guardian = guardians()[actor.own_organisation]
    day = timezone.localdate().isoformat()
    step = _step(actor, guardian, actor.own_organisation, NOBODY_READS)
    # Whoever writes it for another organisation cannot see whether it is there already.
    step.id = uuid5(actor.own_organisation, f"{NOBODY_READS}:{day}")
    NextStep.objects.bulk_create([step], ignore_conflicts=True)
    told = Membership.objects.at_work().filter(organisation_id=guardian, role=Role.ADMINISTRATOR)
    return set(told.values_list("account_id", flat=True))


def nobody_reads(actor: Actor) -> list[UUID]:
    """Return where something waits and nobody reads, as the actor's organisation was told."""
    steps = NextStep.objects.filter(
        organisation_id=actor.own_organisation, what=NOBODY_READS, done__isnull=True
    )
    return list(steps.values_list("subject_id", flat=True).distinct())


def say_roles_end(actor: Actor) -> set[UUID]:
    """Give the administrators here a step for each role that ends soon and was not offered for longer.

    It is done by itself when the role was, or has ended. Where one ended that nobody confirmed, nobody has to
    look at it any more.

    Returns:
        Their accounts, to be mailed, when there is something new.
    """
    here = Membership.objects.filter(organisation_id=actor.own_organisation, agreement=None)
    soon = here.at_work().filter(until__lte=timezone.localdate() + ENDS_SOON, longer_on=None)
    until = {pk: end_of(last) for pk, last in soon.values_list("pk", "until") if last}
    steps = NextStep.objects.filter(organisation_id=actor.own_organisation, done__isnull=True)
    asked = {row.subject_id: row for row in steps.filter(what=ROLE_ENDS)}
    over = [row.pk for key, row in asked.items() if until.get(key) != row.due]
    ended = Membership.objects.filter(until__lt=timezone.localdate()).values("pk")
    gone = Q(pk__in=over) | Q(what=CONFIRM_ROLE, subject_id__in=ended)
    steps.filter(gone).update(done=timezone.now())
    told = Membership.objects.at_work().filter(
        organisation_id=actor.own_organisation, role=Role.ADMINISTRATOR
    )
    administrators = set(told.values_list("account_id", flat=True))
    new = [key for key, due in until.items() if key not in asked or asked[key].due != due]
    if not new or not administrators:
        return set()
    NextStep.objects.bulk_create(
        NextStep(
            organisation_id=actor.own_organisation,
            writer_id=actor.own_organisation,
            subject_kind=GIVEN_ROLE,
            subject_id=key,
            what=ROLE_ENDS,
            owner_role=Role.ADMINISTRATOR,
            due=until[key],
            created_day=timezone.localdate(),
        )
        for key in sorted(new)
    )
    return administrators


def look_after_all() -> None:
    """Let the administrators of every organisation hear what failed."""
    guarded = guardians()
    for_each_organisation("followup.alarms", lambda actor: look_after(actor, guarded))


def look_after(actor: Actor, guarded: Mapping[UUID, UUID]) -> None:
    """Give administrators a step for each organisation that they look after and where something fails.

    A step is done by itself when the next round is good, or somebody reads there again.
    """
    own = [each for each, guardian in guarded.items() if guardian == actor.own_organisation]
    failing = {run.organisation_id for run in Run.objects.filter(organisation_id__in=own) if run.failing}
    open_steps = NextStep.objects.filter(
        organisation_id=actor.own_organisation, subject_kind=OFFICE, done__isnull=True
    )
    asked = open_steps.filter(what=LOOK_AT_CLOCK)
    known = set(asked.values_list("subject_id", flat=True))
    NextStep.objects.bulk_create(
        _step(actor, actor.own_organisation, each, LOOK_AT_CLOCK) for each in sorted(failing - known)
    )
    over = Q(what=LOOK_AT_CLOCK) & ~Q(subject_id__in=failing)
    over |= Q(what=NOBODY_READS, subject_id__in=reading() | _with(Role.PARTNER))
    open_steps.filter(over).update(done=timezone.now())


def _step(actor: Actor, guardian: UUID, about: UUID, what: StepKind) -> NextStep:
    return NextStep(
        organisation_id=guardian,
        writer_id=actor.own_organisation,
        subject_kind=OFFICE,
        subject_id=about,
        what=what,
        owner_role=Role.ADMINISTRATOR,
        due=due_in(days=1),
        created_day=timezone.localdate(),
    )
