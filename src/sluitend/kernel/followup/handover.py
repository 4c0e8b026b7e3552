"""What somebody has by name goes to others: all of it in one act when they leave, and by itself when it was
forgotten."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import OperationalError, connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.access.holding import is_held
from sluitend.kernel.followup.assigning import ROLE, Owner, check_may_have, deputies_there, move
from sluitend.kernel.followup.deadlines import due_in
from sluitend.kernel.followup.journey import GIVEN_ROLE, STEP_ASSIGN, WORK_RETURNED
from sluitend.kernel.followup.models import Assignment, NextStep
from sluitend.kernel.followup.queries import ORDER, private_steps
from sluitend.kernel.ledger.actions import record_many
from sluitend.kernel.manifest import kind_named, step_named
from sluitend.kernel.organisations.absence import away_on
from sluitend.kernel.organisations.models import Membership, Role
from sluitend.kernel.organisations.queries import colleagues
from sluitend.kernel.organisations.teams import caseworkers, member_ids, teams, unreplaced


@dataclass(frozen=True)
class Held:
    """A step that somebody has by name: what and when, never what it is about."""

    id: UUID
    words: str
    kind: str
    code: str
    due: datetime


def held_by(account_id: UUID, actor: Actor) -> list[Held]:
    """Return every open step that somebody has by name in the actor's organisation."""
    rows = _held(account_id, actor).order_by(*ORDER)
    return [
        Held(
            row.id,
            str(step_named(row.what).label),
            str(kind_named(row.subject_kind).label),
            row.code,
            row.due,
        )
        for row in rows
    ]


def _held(account_id: UUID, actor: Actor) -> QuerySet[NextStep]:
    # A note of one's own is filed as it stands at the end of the day; nobody else finishes it.
    return NextStep.objects.filter(
        organisation_id=actor.own_organisation, owner_id=account_id, done__isnull=True
    ).exclude(what__in=private_steps())


def _given(account_id: UUID, actor: Actor) -> QuerySet[Assignment]:
    return Assignment.objects.filter(organisation_id=actor.own_organisation, account_id=account_id)


def number_given(account_id: UUID, actor: Actor) -> int:
    """Return how many matters were given to somebody."""
    return _given(account_id, actor).values("matter_id").distinct().count()


@contextmanager
def waiting_for_nobody() -> Iterator[None]:
    """Do what waits for nobody's work, and say so when somebody is at it.

    Whoever leaves has their roles locked, and every colleague who plans a step for them waits for that. Were
    what follows to wait for a colleague too, the two would stand in a ring.

    Raises:
        Conflict: somebody works on it at this moment.
    """
    try:
        yield
    except OperationalError as error:
        if is_held(error):
            raise Conflict from error
        raise


def hand_over(
    account_id: UUID, *, to: Mapping[UUID, UUID], rest: UUID | None, actor: Actor
) -> dict[UUID, UUID]:
    """Give every step that somebody has by name a new owner: all of them, or none.

    Args:
        account_id: who leaves. Their roles are locked first: nothing new is planned for them meanwhile.
            From then on this waits for nobody; call it within `waiting_for_nobody()`.
        to: of every step that was seen, who gets it.
        rest: who gets what was given to them and waits for a step of another.

    Returns:
        Of every matter that changed hands, who has it now.

    Raises:
        DomainError: a new owner may not have it.
        Conflict: the steps are no longer those that were seen.
    """
    list(
        Membership.objects.valid()
        .filter(account_id=account_id, organisation_id=actor.own_organisation)
        .select_for_update()
    )
    gets = {*to.values(), *([rest] if rest else [])}
    _keep_roles(gets, actor)
    steps = {row.id: row for row in _held(account_id, actor).select_for_update(no_key=True, nowait=True)}
    if set(steps) != set(to):
        raise Conflict
    for new in gets:
        check_may_have(actor, account_id=new, team_id=None)
    subjects = {step.subject_id: to[step.id] for step in steps.values()}
    for step in steps.values():
        move(_held(account_id, actor).filter(pk=step.pk), Owner(to[step.id]))
    new_owners: dict[UUID, UUID] = {}
    for given in _given(account_id, actor).select_for_update(no_key=True, nowait=True):
        new_owner = subjects.get(given.subject_id, rest)
        if new_owner is None:
            raise Conflict
        given.account_id = new_owner
        given.save(update_fields=["account"])
        new_owners[given.matter_id] = new_owner
    return new_owners


def _keep_roles(account_ids: Collection[UUID], actor: Actor) -> None:
    # The lock that each of their steps would take and wait for: two who leave may give to each other.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM organisations_membership WHERE organisation_id = %s AND account_id = ANY(%s)"
            " FOR SHARE NOWAIT",
            [actor.own_organisation, list(account_ids)],
        )


def reclaim(actor: Actor) -> dict[UUID, int]:
    """Give what is on the name of somebody who no longer does cases here to the team or to the role.

    What waits in a team in which nobody is there any more goes to the role too: only a member sees it.
    A role that ended by itself, as a stand-in's does, leaves nothing behind. Nor does whoever is away without
    a deputy who works here. Returns how many steps came back from whom.
    """
    own = actor.own_organisation
    working = {each.account_id for each in caseworkers(own)}
    here = {each.account_id for each in colleagues(own)}
    ever = set(Membership.objects.filter(organisation_id=own).values_list("account_id", flat=True))
    back = {each: let_go(each, actor) for each in sorted(here - working)}
    idle = (ever - here) | unreplaced(own, timezone.localdate())
    back |= {each: _give_back(each, actor) for each in sorted(idle)}
    release_deputies_steps(actor)
    release_queues(actor)
    return {each: number for each, number in back.items() if number}


def give_back(account_id: UUID, actor: Actor) -> int:
    """Give all that is on somebody's name, or waits for them alone, to the team or to the role.

    Returns:
        How many steps that were.
    """
    return _give_back(account_id, actor) + release_queues(actor, without=account_id)


def _give_back(account_id: UUID, actor: Actor) -> int:
    number = let_go(account_id, actor) + move(_held(account_id, actor), ROLE)
    return number + release_deputies_steps(actor, without=account_id)


def deserted(actor: Actor, *, without: UUID | None = None) -> dict[UUID, int]:
    """Return the teams in which nobody is there to take what waits in the queue, and how many steps do.

    Args:
        actor: of one organisation.
        without: somebody who is about to leave.
    """
    own = actor.own_organisation
    rows = NextStep.objects.filter(organisation_id=own, team__isnull=False, done__isnull=True)
    waiting: dict[UUID, int] = dict(rows.order_by().values_list("team_id").annotate(Count("id")))
    if not waiting:
        return {}
    gone = {*away_on(own, timezone.localdate()), without}
    there = {each.account_id for each in caseworkers(own)} - gone
    used, members = {each.id for each in teams(own, ids=waiting)}, member_ids(waiting)
    taken = {each for each in used if there.intersection(members.get(each, ()))}
    return {each: number for each, number in waiting.items() if each not in taken}


def release_queues(actor: Actor, *, without: UUID | None = None, nowait: bool = False) -> int:
    """Give what waits in such a team to the role, as are the next steps of it. Returns how many steps.

    Each matter has its line, as when somebody gives it away.

    Args:
        actor: of one organisation.
        without: somebody who is about to leave.
        nowait: fail where somebody is at work on it; see `waiting_for_nobody`.
    """
    left = list(deserted(actor, without=without))
    if not left:
        return 0
    own = actor.own_organisation
    given = Assignment.objects.filter(organisation_id=own, team_id__in=left, account=None)
    waiting = NextStep.objects.filter(organisation_id=own, team_id__in=left, done__isnull=True)
    # Before its steps, as whoever takes one does.
    matters = {each.matter_id for each in given.select_for_update(nowait=nowait).order_by("id")}
    list(waiting.select_for_update(no_key=True, nowait=nowait).order_by("id"))
    given.delete()
    number = move(waiting, ROLE)
    record_many(
        actor=actor,
        action=STEP_ASSIGN,
        subjects=[("matter", each) for each in sorted(matters)],
        activity="opvolging",
        purpose="released",
    )
    return number


def release_deputies_steps(actor: Actor, *, without: UUID | None = None) -> int:
    """Let whoever does cases see what waits for a deputy, where none is there today. Returns how much.

    Args:
        actor: of one organisation.
        without: somebody who is about to leave.
    """
    if deputies_there(actor.own_organisation, without=without):
        return 0
    waiting = NextStep.objects.filter(
        organisation_id=actor.own_organisation, owner=None, owner_role=Role.DEPUTY, done__isnull=True
    )
    return move(waiting, ROLE)


def say_returned(account_id: UUID, actor: Actor) -> set[UUID]:
    """Give whoever sees to the work a step that somebody's came back. Returns whom to mail.

    Where nobody does, as at most partners, the work itself lies in the queue of its role: a step that no one
    can see would be nobody's.
    """
    people = colleagues(actor.own_organisation, roles=(Role.MANAGER, Role.FOCAL_POINT))
    managers = {each.account_id for each in people if each.role is Role.MANAGER} - {account_id}
    told = managers or {each.account_id for each in people} - {account_id}
    known = NextStep.objects.filter(
        organisation_id=actor.own_organisation,
        subject_id=account_id,
        what=WORK_RETURNED,
        done__isnull=True,
    )
    if told and not known.exists():
        NextStep.objects.create(
            organisation_id=actor.own_organisation,
            writer_id=actor.own_organisation,
            subject_kind=GIVEN_ROLE,
            subject_id=account_id,
            what=WORK_RETURNED,
            owner_role=Role.MANAGER if managers else Role.FOCAL_POINT,
            due=due_in(days=1),
            created_day=timezone.localdate(),
        )
    return told


def returned(actor: Actor) -> list[UUID]:
    """Return from whom work came back, as far as this person has to look at it."""
    own = Q(owner_id__in=(actor.account_id, *actor.stands_in_for))
    rows = NextStep.objects.filter(
        own | Q(owner=None, owner_role__in=actor.roles),
        organisation_id=actor.own_organisation,
        what=WORK_RETURNED,
        done__isnull=True,
    )
    return list(rows.order_by("due").values_list("subject_id", flat=True))


def let_go(account_id: UUID, actor: Actor) -> int:
    """Give what was given to somebody back to the team or the role. Returns how many steps that were."""
    number = 0
    # Before its steps, as whoever plans one does.
    for given in _given(account_id, actor).select_for_update().order_by("id"):
        own = _held(account_id, actor).filter(subject_id=given.subject_id)
        number += move(own, Owner(team_id=given.team_id) if given.team_id is not None else ROLE)
    _given(account_id, actor).filter(team__isnull=True).delete()
    _given(account_id, actor).update(account=None)
    return number
