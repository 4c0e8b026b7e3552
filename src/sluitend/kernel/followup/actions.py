"""Planning and finishing next steps. Journeys call these at the end of each action."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, barred
from sluitend.kernel.followup.assigning import ROLE, Owner, deputies_there, move, on_duty, owner_of
from sluitend.kernel.followup.deadlines import OFFICE_DAYS
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.manifest import StepKind, SubjectKind, steps
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.prepared import insert

type Due = datetime | Callable[[tuple[int, ...]], datetime]
"""A moment, or what gives it for somebody's working days."""
_within: ContextVar[bool] = ContextVar("within_one_unit", default=False)


def plan(
    *,
    row: Any,
    subject_kind: SubjectKind,
    what: StepKind,
    due: Due,
    actor: Actor,
    owner_role: Role | None = None,
    owner_id: UUID | None = None,
    urgent: bool = False,
    minor: bool = False,
    because: str = "",
    waits_on_other: bool = False,
    step_field: str = "current_step",
    organisation_id: UUID | None = None,
) -> NextStep:
    """Give `row` a new next step; what was open for it in the actor's organisation is done.

    What stands beside it stays, such as a second pair of eyes that was asked: nobody else's work ends that.

    Args:
        row: a `Followed` row, saved or about to be saved by the caller; `row.<step_field>` is set, not
            written.
        what: what is to be done.
        due: until when. A function is asked with the owner's working days, or with those of the office for
            what is acute or about a child: that waits for nobody's days.
        actor: who plans it; its organisation writes the step.
        owner_role, owner_id: who must do it; when both are left out, whoever has the matter, else the focal
            point.
        because: of what is `urgent` or `minor` since something was learnt: one of `Because`.
        waits_on_other: the owner can only wait and remind.
        organisation_id: whose step it is, when that is not the row's own organisation (a partner's first
            step).

    Returns:
        The new step.
    """
    owner = _owner(row, owner_role, owner_id, actor)
    if (urgent or minor) and not owner_id:
        owner = on_duty(owner, actor)
    step = _made(row, subject_kind, what, owner, due=due, actor=actor, urgent=urgent, minor=minor)
    step.organisation_id = organisation_id or row.organisation_id
    step.because, step.waits_on_other = because, waits_on_other
    if actor.kind != "intake":
        _open_steps(row.id, actor).exclude(what__in=_beside()).update(
            done=timezone.now(), done_by=actor.account_id
        )
    try:
        insert([step])
    except IntegrityError as error:
        if owner.account_id:  # who has it left at this moment
            raise Conflict from error
        raise
    setattr(row, step_field, step)
    return step


@cache
def _beside() -> list[str]:
    return [text for text, step in steps().items() if step.beside]


def add_beside(
    *,
    row: Any,
    subject_kind: SubjectKind,
    what: StepKind,
    due: Due,
    actor: Actor,
    urgent: bool = False,
    minor: bool = False,
) -> None:
    """Write a step of the own organisation beside what is open, for whoever has the matter; see `plan`."""
    owner = _owner(row, None, None, actor)
    if urgent or minor:
        owner = on_duty(owner, actor)
    insert([_made(row, subject_kind, what, owner, due=due, actor=actor, urgent=urgent, minor=minor)])


def keep_beside(
    *,
    row: Any,
    subject_kind: SubjectKind,
    what: StepKind,
    moments: Iterable[datetime],
    actor: Actor,
    owner_role: Role,
    minor: bool = False,
) -> None:
    """Let one step of a kind stand beside the next one for each of these moments; any other of it is done."""
    wanted, over = Counter(moments), []
    for step in _open_steps(row.id, actor).filter(what=what):
        if wanted[step.due]:
            wanted[step.due] -= 1
        else:
            over.append(step.pk)
    if over:
        _open_steps(row.id, actor).filter(pk__in=over).update(done=timezone.now(), done_by=actor.account_id)
    owner = Owner(role=owner_role)
    for due in wanted.elements():
        insert([_made(row, subject_kind, what, owner, due=due, actor=actor, urgent=False, minor=minor)])


def _made(
    row: Any,
    subject_kind: SubjectKind,
    what: StepKind,
    owner: Owner,
    *,
    due: Due,
    actor: Actor,
    urgent: bool,
    minor: bool,
) -> NextStep:
    return NextStep(
        organisation_id=row.organisation_id,
        writer_id=actor.organisation_id or row.organisation_id,
        subject_kind=subject_kind,
        subject_id=row.id,
        code=getattr(row, "code", ""),
        what=what,
        **owner.fields(),
        due=due(OFFICE_DAYS if urgent or minor else owner.work_days) if callable(due) else due,
        urgent=urgent,
        minor=minor,
        created_day=timezone.localdate(),
    )


def _owner(row: Any, role: Role | None, account_id: UUID | None, actor: Actor) -> Owner:
    if role or account_id:
        return Owner(account_id, role=role or "")
    # What is filed now was given to nobody yet, and the public intake reads nothing.
    return Owner(role=Role.FOCAL_POINT) if actor.kind == "intake" else owner_of(row, actor)


def add_for_other(
    *,
    row: Any,
    subject_kind: SubjectKind,
    what: StepKind,
    due: datetime,
    actor: Actor,
    organisation_id: UUID,
    owner_role: Role | None = None,
    owner_id: UUID | None = None,
    urgent: bool = False,
    minor: bool = False,
    because: str = "",
    work_of: UUID | None = None,
) -> NextStep:
    """Write a step beside what is open: for another organisation that sees the row too, or for a colleague.

    Nothing that is open there is touched.

    Returns:
        The step; only `organisation_id` can read or finish it.
    """
    step = NextStep(
        organisation_id=organisation_id,
        writer_id=actor.organisation_id or organisation_id,  # who comes without an account has none
        subject_kind=subject_kind,
        subject_id=row.id,
        code=getattr(row, "code", ""),
        what=what,
        owner_role=owner_role or "",
        owner_id=owner_id,
        due=due,
        urgent=urgent,
        minor=minor,
        because=because,
        work_of=work_of,
        created_day=timezone.localdate(),
    )
    step.save(force_insert=True)
    return step


def ask_second_eyes(
    *,
    row: Any,
    subject_kind: SubjectKind,
    due: datetime,
    actor: Actor,
    urgent: bool,
    minor: bool,
    work_of: UUID | None,
    or_of: Iterable[UUID] = (),
    anew: bool = True,
) -> None:
    """Ask the deputy to look along. Where that was asked and not done yet, its clock begins anew.

    Where the deputy asks, or where there is none today, it is for whoever does cases: nobody looks along at
    what is their own.

    Args:
        row: what to look at.
        work_of: whose work it is, for whom the step waits for a colleague.
        or_of: other subjects of the same matter: who looks along there, looks at this.
        anew: else what was asked keeps its clock.
    """
    about = [row.id, *or_of]
    asked = NextStep.objects.filter(
        organisation_id=actor.own_organisation,
        subject_id__in=about,
        what=SECOND_EYES,
        done__isnull=True,
    )
    if not anew and asked.exists():
        look_along_at_own(about, actor, work_of)
        return
    with connection.cursor() as cursor:
        # Whoever only has SQL moves no date of any other step.
        cursor.execute("SELECT followup_eyes_anew(%s, %s, %s, %s)", [about, due, urgent, minor])
        if cursor.fetchone()[0]:
            look_along_at_own(about, actor, work_of)
            return
    add_for_other(
        row=row,
        subject_kind=subject_kind,
        what=SECOND_EYES,
        due=due,
        actor=actor,
        organisation_id=actor.own_organisation,
        owner_role=_second_person(actor),
        urgent=urgent,
        minor=minor,
        work_of=work_of,
    )


def look_along_at_own(subject_ids: Collection[UUID], actor: Actor, work_of: UUID | None) -> None:
    """Let what is to be looked along at be the work of whoever worked on it last.

    Others are asked too when it is the deputy who worked on what the deputy was to look along at.
    """
    asked = NextStep.objects.filter(
        organisation_id=actor.own_organisation,
        subject_id__in=subject_ids,
        what=SECOND_EYES,
        done__isnull=True,
    )
    if Role.DEPUTY in actor.roles:
        move(asked, ROLE, work_of=work_of)
    else:
        asked.update(work_of=work_of)


def look_along(*, subject_id: UUID, actor: Actor) -> int:
    """Say that this person looked along at what was asked of a second pair of eyes.

    Returns:
        How many steps are done with that.

    Raises:
        DomainError: it is their own work.
    """
    asked = _open_steps(subject_id, actor).filter(what=SECOND_EYES)
    own = asked.filter(work_of=actor.own_account)
    number = asked.exclude(pk__in=own).update(done=timezone.now(), done_by=actor.own_account)
    if not number and own.exists():
        raise barred(_("Een tweede paar ogen is van iemand anders."))
    return number


def _second_person(actor: Actor) -> Role:
    # The public intake reads nobody; nothing comes in by it where no deputy works.
    if actor.kind == "intake" or (Role.DEPUTY not in actor.roles and deputies_there(actor.own_organisation)):
        return Role.DEPUTY
    return Role.FOCAL_POINT


def finish_open(*, subject_id: UUID, actor: Actor, what: StepKind | None = None) -> int:
    """Mark every open step of this subject (of one kind, when given) in the actor's organisation as done.

    Returns how many there were.
    """
    steps = _open_steps(subject_id, actor)
    if what:
        steps = steps.filter(what=what)
    return steps.update(done=timezone.now(), done_by=actor.account_id)


def finish_one(*, step_id: UUID, actor: Actor) -> None:
    """Mark one open step of the actor's organisation as done, and leave what else is open of its subject."""
    NextStep.objects.filter(organisation_id=actor.own_organisation, pk=step_id, done__isnull=True).update(
        done=timezone.now(), done_by=actor.account_id
    )


def _open_steps(subject_id: UUID, actor: Actor) -> QuerySet[NextStep]:
    return NextStep.objects.filter(
        organisation_id=actor.own_organisation, subject_id=subject_id, done__isnull=True
    )


def finish(
    *,
    row: Any,
    actor: Actor,
    closed_field: str = "closed",
    step_field: str = "current_step",
    still_looked_at: bool = False,
) -> None:
    """Close `row`: its open steps are done and it needs none any more. The caller saves the row.

    Args:
        still_looked_at: it goes on as part of something else, so whoever was asked to look along still is.
    """
    steps = _open_steps(row.id, actor)
    if still_looked_at:
        steps = steps.exclude(what=SECOND_EYES)
    steps.update(done=timezone.now(), done_by=actor.account_id)
    setattr(row, step_field, None)
    setattr(row, closed_field, timezone.now())


def settle() -> None:
    """End an action: let the database check now that every open subject has an open step.

    Within `one_unit` that waits for its end: what is done around it is not saved yet.

    Raises:
        Conflict: somebody else finished or closed it in the meantime.
    """
    if _within.get():
        return
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise Conflict from error


@contextmanager
def one_unit() -> Iterator[None]:
    """Let all that is done within settle together at the end: a verb may do a verb of another journey.

    Raises:
        Conflict: as `settle` does.
    """
    token = _within.set(True)
    try:
        yield
    finally:
        _within.reset(token)
    settle()
