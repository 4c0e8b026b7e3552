"""Finding, moving and logging the rows of visits and wait requests: what actions and queries share."""

from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from sluitend.journeys.referrals import queries as referrals
from sluitend.journeys.visits import terms
from sluitend.journeys.visits.journey import PLANNED, WAIT_REQUEST, WAIT_REQUEST_ASKED
from sluitend.journeys.visits.models import (
    Consultation,
    Visit,
    VisitToken,
    WaitRequest,
    WaitRequestQuestion,
    WaitRequestToken,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Resource, require, require_role
from sluitend.kernel.access.errors import Absent, Conflict
from sluitend.kernel.followup.actions import finish
from sluitend.kernel.followup.turns import stamp
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.manifest import FOCAL, Permission
from sluitend.kernel.sealing.receipts import human_code

ACTIVITY = "contacten"
"""Id of the processing activity in the register."""

CODE_TRIES = 20
CLOSED = ("current_step", "closed", "retention_until")


def lock(organisation_id: UUID) -> None:
    """Let one at a time release, hold or consult in a municipality, until the transaction ends.

    Taken before any row, and again by the database itself: who comes second sees what the first one did.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('visits'), hashtext(%s))", [str(organisation_id)]
        )


def new_code(letter: str, taken: QuerySet[Visit] | QuerySet[WaitRequest]) -> str:
    """Return a random code that is not taken among what the actor sees."""
    for number in range(CODE_TRIES):
        code = human_code(letter, symbols=4 if number < CODE_TRIES // 2 else 5)
        if not taken.filter(code=code).exists():
            return code
    raise Conflict


def find_visit(code: str, actor: Actor, action: Permission) -> Visit:
    """Return a visit of the actor's organisation; who plans sees only their own, a focal point all.

    Raises:
        Absent: there is none. Absent and forbidden look alike.
        Refused: the role may not do this.
    """
    require_role(actor, action)
    rows = Visit.objects.filter(organisation_id=actor.own_organisation, code=code, content__isnull=False)
    if not actor.roles & FOCAL:
        rows = rows.filter(planner_id=actor.own_account)
    row = rows.first()
    if row is None:
        raise Absent
    require(actor, action, Resource("planned", row.organisation_id, id=row.id))
    return row


def find_wait_request(code: str, actor: Actor, action: Permission) -> WaitRequest:
    """Return a wait request that binds the actor's organisation.

    Raises:
        Absent: there is none. Absent and forbidden look alike.
        Refused: the role may not do this.
    """
    require_role(actor, action)
    row = WaitRequest.objects.filter(
        organisation_id=actor.own_organisation, code=code, content__isnull=False
    ).first()
    if row is None:
        raise Absent
    require(actor, action, Resource("wait_request", row.organisation_id, row.asker_id, row.id))
    return row


def find_asked(code: str, actor: Actor) -> WaitRequest:
    """Return a wait request that the actor's organisation asked for.

    Raises:
        Absent: there is none. Absent and forbidden look alike.
        Refused: the role may not do this.
    """
    row = WaitRequest.objects.filter(asker_id=actor.organisation_id, code=code, content__isnull=False).first()
    if row is None:
        raise Absent
    require(actor, WAIT_REQUEST_ASKED, Resource("wait_request", row.organisation_id, row.asker_id, row.id))
    return row


def to(row: Visit | WaitRequest, state: str) -> None:
    """Move a row to another state.

    Raises:
        Conflict: that step is not allowed from where it is now, so somebody else was first.
    """
    if state not in row.TRANSITIONS[row.state]:
        raise Conflict
    row.state = state


def save_turn(row: Visit | WaitRequest, *fields: str) -> None:
    """Write `fields` if nobody took a turn since the row was read.

    Raises:
        Conflict: somebody did.
    """
    values = {name: getattr(row, name) for name in fields}
    changed = type(row).objects.filter(pk=row.pk, turn=row.turn).update(**values, **stamp())
    if not changed:
        raise Conflict
    row.turn += 1


def close(row: Visit | WaitRequest, actor: Actor) -> None:
    """End a visit or a wait request: no step any more, and a day until which it is kept.

    The caller saves `CLOSED`.
    """
    finish(row=row, actor=actor)
    row.retention_until = terms.kept_until(
        terms.KEEP_VISIT if isinstance(row, Visit) else terms.KEEP_WAIT_REQUEST
    )


def note(
    row: Visit | WaitRequest,
    *,
    actor: Actor,
    action: str,
    purpose: str = "",
    organisation_id: UUID | None = None,
) -> None:
    """Write the ledger line of something that was done to, or read of, a visit or a wait request."""
    record(
        actor=actor,
        action=action,
        subject=(PLANNED if isinstance(row, Visit) else WAIT_REQUEST, row.id),
        activity=ACTIVITY,
        purpose=purpose,
        organisation_id=organisation_id,
        revision=row.turn,
    )


def binding_wait_requests(visit: Visit) -> list[WaitRequest]:
    """Return every wait request that binds and is about a place of this visit, the first one asked first."""
    found = VisitToken.objects.filter(visit=visit).values("token")
    held = WaitRequestToken.objects.filter(organisation_id=visit.organisation_id, token__in=found)
    return list(
        WaitRequest.objects.filter(
            organisation_id=visit.organisation_id,
            state__in=WaitRequest.BINDING,
            pk__in=held.values("wait_request_id"),
        ).order_by("asked_at", "id")
    )


def bound_visits(wait_request: WaitRequest, *states: str) -> list[Visit]:
    """Return the visits in these states that a wait request is about, the first day first."""
    found = WaitRequestToken.objects.filter(wait_request=wait_request).values("token")
    there = VisitToken.objects.filter(organisation_id=wait_request.organisation_id, token__in=found)
    return list(
        Visit.objects.filter(
            organisation_id=wait_request.organisation_id, state__in=states, pk__in=there.values("visit_id")
        ).order_by("day", "id")
    )


def last_consultation(wait_request: WaitRequest, visit: Visit | None) -> Consultation | None:
    """Return the consultation that counts: the last one of this wait request about this visit."""
    return Consultation.objects.filter(wait_request=wait_request, visit=visit).order_by("-turn").first()


def allows(consultation: Consultation | None, wait_request: WaitRequest) -> bool:
    """Return whether what came out lets the visit go ahead. The database says the same: `visits_forbids`.

    The asker said so; or it cannot wait, and the asker was rung first; or nobody answered after the day until
    which was asked to wait.
    """
    if consultation is None:
        return False
    after = consultation.asked_on > wait_request.until
    return (
        consultation.outcome == Consultation.Outcome.GO_AHEAD
        or bool(consultation.cannot_wait)
        or (consultation.outcome == Consultation.Outcome.NO_ANSWER and after)
    )


def forbids(wait_request: WaitRequest, visit: Visit) -> bool:
    """Return whether this wait request keeps this visit from going ahead now."""
    return not allows(last_consultation(wait_request, visit), wait_request)


def held(visit: Visit) -> bool:
    """Return whether any wait request keeps this visit from going ahead now."""
    return any(forbids(wait_request, visit) for wait_request in binding_wait_requests(visit))


def all_heard(organisation_id: UUID) -> bool:
    """Return whether all binding wait requests, and answers about one, were held against what is planned.

    One that was not stops all.
    """
    unread = Q(indexed__isnull=True, state__in=WaitRequest.BINDING)
    unheard = Q(Exists(new_answers(organisation_id).filter(wait_request_id=OuterRef("pk"))))
    found = WaitRequest.objects.filter(unread | unheard, organisation_id=organisation_id).exists()
    return not (found or referrals.waits_unheard(organisation_id))


def new_answers(organisation_id: UUID) -> QuerySet[WaitRequestQuestion]:
    """Return the answers of askers that are no consultation yet, the first one first."""
    return WaitRequestQuestion.objects.filter(
        organisation_id=organisation_id, answered_at__isnull=False, worked_in__isnull=True
    ).order_by("answered_at", "id")


def open_question(wait_request: WaitRequest, visit: Visit | None) -> WaitRequestQuestion | None:
    """Return what the asker was asked about this visit, or its own request, and did not answer yet."""
    return WaitRequestQuestion.objects.filter(
        wait_request=wait_request, visit=visit, recipient_closed__isnull=True
    ).first()


def next_consultation(wait_request: WaitRequest) -> int:
    """Return the number of the next consultation about a wait request."""
    last = (
        Consultation.objects.filter(wait_request=wait_request)
        .order_by("-turn")
        .values_list("turn", flat=True)
        .first()
    )
    return (last or 0) + 1


def shown(visit: Visit, *, heard: bool) -> tuple[str, str]:
    """Return the state of a visit and its words, as a page may show it.

    Args:
        heard: whether every wait request and answer was held against what is planned; while one is not,
        nothing is.
    """
    state = Visit.State(visit.state)
    if state is Visit.State.RELEASED and not heard:
        state = Visit.State.PLANNED
    return state.value, str(state.label)


def passed(wait_request: WaitRequest) -> bool:
    """Return whether the day until which was asked to wait lies behind us."""
    return wait_request.until < timezone.localdate()
