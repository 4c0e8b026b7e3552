"""Who pays for help or gives it, and managers where it is there, hear that it ends and nobody decided.

Each organisation writes its own step, behind its own fence: the region has no way into the steps of others.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from sluitend.journeys.assurance.agreed import Wanted, elsewhere
from sluitend.journeys.assurance.journey import ASSURED, ASSURED_HEARD, DECIDE_THERE, STOPS_HERE
from sluitend.journeys.assurance.models import Assured, AssuredTerms
from sluitend.journeys.assurance.parties import is_here, is_party, role_there
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent, Conflict
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.followup.actions import add_for_other, finish_open, settle
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Organisation

THERE = (DECIDE_THERE, STOPS_HERE)


def tell_of_ends(actor: Actor, today: date | None = None) -> int:
    """Let the actor's organisation have a step for each help that ends and is its business; and no other.

    Who read it is not asked again about the same end; a step that holds no longer ends by itself.

    Returns:
        How many steps were written.
    """
    day = today or timezone.localdate()
    own = Organisation.objects.get(pk=actor.own_organisation)
    pack, made = current_release().pack, 0
    for row in Assured.objects.order_by("id"):
        last = row.terms.latest("number")
        wanted = None
        if row.closed is None:
            party, here = is_party(last, own, pack), is_here(row, own, pack)
            wanted = elsewhere(last.ends, bool(last.decision), day, party=party, here=here)
        if not _stands(row, last, wanted, actor):
            with fenced():
                made += _keep(row, last, wanted, own, actor)
    return made


def note_heard(*, code: str, actor: Actor) -> None:
    """Say that somebody here read that this help ends.

    Raises:
        Absent: nobody here was told so.
        Conflict: somebody here said so already, or it holds no longer.
    """
    require_role(actor, ASSURED_HEARD)
    row = Assured.objects.filter(code=code).first()
    if row is None or not _steps(row, actor).exists():
        raise Absent
    if not sum(finish_open(subject_id=row.id, actor=actor, what=each) for each in THERE):
        raise Conflict
    record(actor=actor, action=ASSURED_HEARD, subject=(ASSURED, row.id), activity=Assured.ACTIVITY)
    settle()


def _steps(row: Assured, actor: Actor) -> QuerySet[NextStep]:
    return NextStep.objects.filter(organisation_id=actor.own_organisation, subject_id=row.id, what__in=THERE)


def _stands(row: Assured, last: AssuredTerms, wanted: Wanted | None, actor: Actor) -> bool:
    """Tell whether the organisation has what it should: no step that holds no longer, and what is wanted."""
    steps = _steps(row, actor)
    over = steps.filter(done__isnull=True).exclude(what=wanted.what if wanted else "")
    return not over.exists() and (wanted is None or _was_told(row, last, wanted, actor))


def _was_told(row: Assured, last: AssuredTerms, wanted: Wanted, actor: Actor) -> bool:
    """Tell whether it waits there, or was read since something was noted last."""
    known = Q(done__isnull=True) | Q(created_day__gte=max(last.noted, wanted.day))
    return _steps(row, actor).filter(known, what=wanted.what).exists()


def _keep(row: Assured, last: AssuredTerms, wanted: Wanted | None, own: Organisation, actor: Actor) -> bool:
    for each in THERE:
        if wanted is None or wanted.what != each:
            finish_open(subject_id=row.id, actor=actor, what=each)
    if wanted is None or _was_told(row, last, wanted, actor):
        return False
    add_for_other(
        row=row,
        subject_kind=ASSURED,
        what=wanted.what,
        due=end_of(max(wanted.day, timezone.localdate())),
        actor=actor,
        organisation_id=own.id,
        owner_role=role_there(own),
    )
    settle()
    return True
