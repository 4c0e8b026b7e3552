"""Which matter a verb or a page is about: found on the side that its rule names, decided and locked."""

from django.db.models import QuerySet

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require, require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.flow.models import Matter, TwoSided
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.manifest import Permission, Side, StepKind

AT_ONCE = 500
"""How many rows a job ends in one transaction."""


def find[Row: Matter](
    model: type[Row], code: str, actor: Actor, action: Permission, *, to_change: bool = False
) -> Row:
    """Return the row of this code on the side that the rule of `action` names.

    Args:
        to_change: take the row first, so that of two people at once the second waits and then is told.

    Raises:
        Absent: there is none, or it is somebody else's.
        Refused: the role may not do this.
    """
    require_role(actor, action)
    mine = "recipient_id" if action.rule.side is Side.OTHER else "organisation_id"
    rows = model._default_manager.filter(**{mine: actor.own_organisation, "code": code})  # noqa: SLF001 - Django documents it
    row = (rows.select_for_update(of=("self",)) if to_change else rows).first()
    if row is None:
        raise Absent
    require(actor, action, row.resource())
    return row


def sends(model: type[TwoSided], code: str, actor: Actor) -> bool:
    """Return whether the matter of this code was sent by the actor's organisation."""
    own = model._default_manager.filter(organisation_id=actor.own_organisation, code=code)  # noqa: SLF001 - Django documents it
    return own.exists()


def passed[Row: TwoSided](rows: QuerySet[Row], actor: Actor) -> QuerySet[Row]:
    """Return those of these rows that a job ends now for the sending organisation, each locked.

    What somebody holds is left for the next round.

    Give each its own `with on(...)`: a generator of open verbs would leave the last unsaved after a `break`.
    """
    own = rows.filter(organisation_id=actor.own_organisation).select_for_update(
        of=("self",), skip_locked=True
    )
    return own.order_by("expires")[:AT_ONCE]


def has_open(row: Matter, actor: Actor, *steps: StepKind) -> bool:
    """Return whether one of these steps is open for the actor's organisation."""
    return NextStep.objects.filter(
        organisation_id=actor.own_organisation, subject_id=row.id, done__isnull=True, what__in=steps
    ).exists()


def open_whats(row: Matter, actor: Actor) -> frozenset[str]:
    """Return which steps are open for the actor's organisation: for who asks after several."""
    steps = NextStep.objects.filter(
        organisation_id=actor.own_organisation, subject_id=row.id, done__isnull=True
    )
    return frozenset(steps.values_list("what", flat=True))


def open_steps(row: Matter, actor: Actor) -> QuerySet[NextStep]:
    """Return the steps that are open for the actor's organisation: what is urgent first, then by day."""
    steps = NextStep.objects.filter(
        organisation_id=actor.own_organisation, subject_id=row.id, done__isnull=True
    )
    return steps.order_by("-urgent", "due", "id")
