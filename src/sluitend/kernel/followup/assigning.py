"""Who has a matter inside the municipality: given to a person or a team, taken, given back, spread by hand.

A matter is a case with its tracks and referrals, or a report. What is given stays given: each following step
of its subjects goes to the same owner, until somebody gives it to another. Of two people who take the same
one, one gets it and the other reads that somebody was first.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError, Refused
from sluitend.kernel.followup.deadlines import OFFICE_DAYS, is_working_day
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import Assignment, NextStep
from sluitend.kernel.followup.turns import whoever_acts
from sluitend.kernel.manifest import kind_named
from sluitend.kernel.organisations import teams
from sluitend.kernel.organisations.absence import is_away
from sluitend.kernel.organisations.models import Account, Role
from sluitend.kernel.organisations.queries import colleagues


@dataclass(frozen=True)
class Owner:
    """Whose a step is: exactly one of a person, a team or a role."""

    account_id: UUID | None = None
    team_id: UUID | None = None
    role: str = ""
    work_days: tuple[int, ...] = OFFICE_DAYS

    def fields(self) -> dict[str, Any]:
        """Return the columns of a step that say so."""
        return {"owner_id": self.account_id, "team_id": self.team_id, "owner_role": self.role}


PERSON, TEAM = "person", "team"
ROLE = Owner(role=Role.FOCAL_POINT)
"""Whoever is focal point or deputy."""


def work_days_of(actor: Actor) -> tuple[int, ...]:
    """Return the ISO weekdays on which this person works; office days for the system."""
    if actor.work_days is not None:
        return actor.work_days
    return _days(actor.account_id) if actor.account_id else OFFICE_DAYS


def _days(account_id: UUID) -> tuple[int, ...]:
    return tuple(Account.objects.values_list("work_days", flat=True).get(pk=account_id))


def owner_of(row: Any, actor: Actor) -> Owner:
    """Return to whom the next step of a row goes: who has its matter, else everybody with the role.

    What became part of a case after that was given (a track that opens) is noted as given too.

    Args:
        row: a `Followed` row; one with a `case_id` belongs to that case.
        actor: who plans the step.
    """
    of = [row.id, case_id] if (case_id := getattr(row, "case_id", None)) else [row.id]
    given = _given(of, actor)
    if not given:
        return Owner(role=Role.FOCAL_POINT, work_days=work_days_of(actor))
    first = next(iter(given))
    if row.id not in {each.subject_id for each in given}:
        _give([row.id], first, actor)
    return _owner(first, actor)


def on_duty(owner: Owner, actor: Actor) -> Owner:
    """Return the owner of what cannot wait: who has it, when that one works today; else the role."""
    if owner.account_id is None or owner.account_id == actor.account_id:
        return owner
    works = is_working_day(timezone.localdate(), owner.work_days)
    away = is_away(owner.account_id, organisation_id=actor.own_organisation)
    return owner if works and not away else ROLE


def _given(subject_ids: Collection[UUID], actor: Actor) -> list[Assignment]:
    # Locked, so that somebody who takes the matter at this moment is waited for and gets this step too.
    rows = Assignment.objects.filter(
        organisation_id=actor.own_organisation, subject_id__in=list(subject_ids)
    ).select_for_update(no_key=True)
    return list(rows.order_by("id"))


def _owner(given: Assignment, actor: Actor) -> Owner:
    if given.account_id is None:
        return Owner(team_id=given.team_id)
    own = given.account_id == actor.account_id
    return Owner(
        account_id=given.account_id, work_days=work_days_of(actor) if own else _days(given.account_id)
    )


def _give(subject_ids: Iterable[UUID], like: Assignment, actor: Actor) -> None:
    Assignment.objects.bulk_create(
        [
            Assignment(
                organisation_id=actor.own_organisation,
                matter_id=like.matter_id,
                subject_id=subject_id,
                account_id=like.account_id,
                team_id=like.team_id,
            )
            for subject_id in subject_ids
        ],
        ignore_conflicts=True,
    )


def inherit(subject_id: UUID, *, parent_id: UUID, actor: Actor, matter_id: UUID | None = None) -> None:
    """Let a new subject go to whoever has another one: a referral of a case, a case made of a report.

    Args:
        matter_id: when the new subject begins a matter of its own.
    """
    for given in _given([parent_id], actor):
        given.matter_id = matter_id or given.matter_id
        _give([subject_id], given, actor)


def assign(
    *,
    matter_id: UUID,
    subject_ids: Sequence[UUID],
    actor: Actor,
    account_id: UUID | None = None,
    team_id: UUID | None = None,
    seen: str | None = None,
) -> None:
    """Give a matter to a person, to a team, or back to everybody with the role. The caller has asked whether
    that may.

    Args:
        matter_id: the case or report.
        seen: who had it on the page of whoever gives it, as `holder` says it; None when nobody looked.
        subject_ids: all that belongs to it, itself included.
        account_id, team_id: whose it becomes; neither means the role. A person who got it from a team gives
            it back to that team.

    Raises:
        Conflict: somebody else gave it away since, or at this very moment.
    """
    held = _given(subject_ids, actor)
    if seen not in (None, holder(next((each for each in held if each.subject_id == matter_id), None))):
        raise Conflict
    known = {each.subject_id for each in held}
    if account_id is None and team_id is None:
        Assignment.objects.filter(pk__in=[each.pk for each in held]).delete()
        move(_open_of(subject_ids, actor), ROLE)
        _require_held_by("", subject_ids, actor)
        return
    from_team = team_id if account_id is None else next((each.team_id for each in held if each.team_id), None)
    Assignment.objects.filter(pk__in=[each.pk for each in held]).update(
        matter_id=matter_id, account_id=account_id, team_id=from_team, back=""
    )
    like = Assignment(matter_id=matter_id, account_id=account_id, team_id=from_team)
    _give([each for each in subject_ids if each not in known], like, actor)
    move(_open_of(subject_ids, actor), Owner(account_id, None if account_id else team_id))
    _require_held_by(holder(like), subject_ids, actor)


def _require_held_by(who: str, subject_ids: Collection[UUID], actor: Actor) -> None:
    # What nobody had yet has no row that the second of two could wait for.
    if any(holder(each) != who for each in standing(subject_ids, actor).values()):
        raise Conflict


def holder(given: Assignment | None) -> str:
    """Return who has a matter, as a form says it: `person:` or `team:` and an id; empty for the role."""
    if given is None:
        return ""
    return f"{PERSON}:{given.account_id}" if given.account_id else f"{TEAM}:{given.team_id}"


def check_may_have(actor: Actor, *, account_id: UUID | None, team_id: UUID | None) -> None:
    """Refuse to give a matter to who may not have it or is away unreplaced, or to a team that is not used.

    Raises:
        DomainError: they may not have it.
    """
    own = actor.own_organisation
    if account_id and not teams.may_have(account_id, organisation_id=own):
        raise DomainError(_("Deze collega kan dit niet hebben. Kies iemand anders."), "to")
    if account_id in teams.unreplaced(own, timezone.localdate()):
        raise DomainError(_("Deze collega is weg en niemand neemt waar. Kies iemand anders."), "to")
    if team_id and not teams.teams(own, ids=[team_id]):
        raise DomainError(_("Dit team is er niet meer. Kies iets anders."), "to")


def standing(subject_ids: Iterable[UUID], actor: Actor) -> dict[UUID, Assignment]:
    """Return how each of these subjects that was given to somebody stands."""
    rows = Assignment.objects.filter(organisation_id=actor.own_organisation, subject_id__in=list(subject_ids))
    return {row.subject_id: row for row in rows}


def _open_of(subject_ids: Collection[UUID], actor: Actor) -> QuerySet[NextStep]:
    # A second pair of eyes was asked of somebody else than who does the work.
    return NextStep.objects.filter(
        organisation_id=actor.own_organisation, subject_id__in=list(subject_ids), done__isnull=True
    ).exclude(what=SECOND_EYES)


def move(steps: QuerySet[NextStep], owner: Owner, **changes: UUID | None) -> int:
    """Let these steps be somebody else's. Returns how many there were.

    Args:
        steps: which.
        owner: whose they are from now on.
        changes: other columns that change with it.

    Raises:
        Conflict: that person left in the meantime.
    """
    try:
        with transaction.atomic():
            return steps.update(**owner.fields(), moved_by=whoever_acts(), **changes)
    except IntegrityError as error:
        raise Conflict from error


def deputies_there(organisation_id: UUID, *, without: UUID | None = None) -> set[UUID]:
    """Return the deputies who are there today.

    Args:
        organisation_id: of what.
        without: somebody who is about to leave.
    """
    deputies = colleagues(organisation_id, roles=[Role.DEPUTY])
    return {each.account_id for each in deputies if each.away_until is None} - {without}


def take(step_id: UUID, *, actor: Actor) -> UUID:
    """Take a matter from the queue of one of the actor's teams, by one of its steps.

    Returns:
        The matter.

    Raises:
        Conflict: somebody else was first, or it is done.
    """
    return spread([step_id], account_id=actor.own_account, actor=actor)[0]


def spread(step_ids: Sequence[UUID], *, account_id: UUID, actor: Actor) -> list[UUID]:
    """Give matters that wait in the queue of one of the actor's teams to one person: all of them or none.

    Returns:
        The matters.

    Raises:
        Conflict: one of them is no longer in the queue.
    """
    steps = NextStep.objects.filter(
        organisation_id=actor.own_organisation, pk__in=step_ids, done__isnull=True, team_id__in=actor.teams
    )
    waiting = dict(steps.values_list("pk", "subject_id"))
    if set(waiting) != set(step_ids) or not step_ids:
        raise Conflict
    return _to_person(_matters(set(waiting.values()), actor), account_id, actor)


def _matters(subject_ids: Collection[UUID], actor: Actor) -> list[UUID]:
    rows = Assignment.objects.filter(organisation_id=actor.own_organisation, subject_id__in=list(subject_ids))
    return sorted(set(rows.values_list("matter_id", flat=True)))


def _to_person(matter_ids: list[UUID], account_id: UUID, actor: Actor) -> list[UUID]:
    for (
        matter_id
    ) in matter_ids:  # in one order everywhere: two who spread the same ones do not wait in a ring
        rows = Assignment.objects.filter(organisation_id=actor.own_organisation, matter_id=matter_id)
        # Compare and set: the second of two reads that the first was before them.
        if not rows.filter(account__isnull=True).update(account_id=account_id, back=""):
            raise Conflict
        move(_open_of(_subjects(matter_id, actor), actor), Owner(account_id))
    return matter_ids


def _subjects(matter_id: UUID, actor: Actor) -> list[UUID]:
    rows = Assignment.objects.filter(organisation_id=actor.own_organisation, matter_id=matter_id)
    return list(rows.values_list("subject_id", flat=True))


def give_back(step_id: UUID, *, reason: str, actor: Actor) -> UUID:
    """Give a matter that somebody has back to where it came from: the team, or everybody with the role.

    Args:
        step_id: one of its open steps, owned by the actor.
        reason: one of `Assignment.Back`.

    Returns:
        The matter.

    Raises:
        Refused: it can be nobody's to give back.
        Conflict: a colleague has it, or the step is done.
    """
    step = NextStep.objects.filter(organisation_id=actor.own_organisation, pk=step_id).first()
    if step is None or kind_named(step.subject_kind).own or reason not in Assignment.Back.values:
        raise Refused
    if step.done is not None or step.owner_id != actor.own_account:
        raise Conflict
    given = next(iter(_given([step.subject_id], actor)), None)
    if given is None:
        raise Refused
    matter_id = given.matter_id
    subjects = _subjects(matter_id, actor)
    own = Assignment.objects.filter(
        organisation_id=actor.own_organisation, matter_id=matter_id, account_id=actor.own_account
    )
    moved = own.update(account_id=None, back=reason) if given.team_id else own.delete()[0]
    if not moved:
        raise Conflict
    move(_open_of(subjects, actor), Owner(team_id=given.team_id) if given.team_id else ROLE)
    return matter_id
