"""Finding, moving and logging the rows of exchanges: what actions and queries share."""

from uuid import UUID

from django.http import Http404

from sluitend.journeys.exchanges.journey import REQUEST, TRANSFER
from sluitend.journeys.exchanges.models import Exchange, Transfer, TransferCase
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Resource, require, require_role
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.followup.turns import stamp
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.manifest import Permission, StepKind, SubjectKind

ACTIVITY = "uitwisselen"
"""Id of the processing activity in the register."""

FILES = "transfer"
"""What a file in the envelope of a transfer belongs to."""


def find_sent[Row: Exchange](
    model: type[Row], code: str, actor: Actor, action: Permission, *, to_change: bool = True
) -> Row:
    """Return what the actor's organisation sent under this code.

    Args:
        to_change: take the row first, so that of two people at once the second waits and then is told.

    Raises:
        Http404: there is none. Absent and forbidden look alike.
        Refused: the role may not do this.
    """
    require_role(actor, action)
    rows = model._default_manager.filter(organisation_id=actor.own_organisation, code=code)  # noqa: SLF001 - Django documents it
    row = (rows.select_for_update(of=("self",)) if to_change else rows).first()
    if row is None:
        raise Http404
    require(actor, action, resource(row))
    return row


def find_received[Row: Exchange](
    model: type[Row], code: str, actor: Actor, action: Permission, *, to_change: bool = True
) -> Row:
    """Return what was sent to the actor's organisation under this code.

    Raises:
        Http404: there is none. Absent and forbidden look alike.
        Refused: the role may not do this.
    """
    rows = model._default_manager.filter(recipient_id=actor.own_organisation, code=code)  # noqa: SLF001 - Django documents it
    row = (rows.select_for_update(of=("self",)) if to_change else rows).first()
    if row is None:
        raise Http404
    require(actor, action, resource(row))
    return row


def kind_of(row: Exchange) -> SubjectKind:
    """Return what next steps call this row."""
    return TRANSFER if isinstance(row, Transfer) else REQUEST


def resource(row: Exchange) -> Resource:
    """Return the row as `decide` sees it: with its two organisations."""
    return Resource(kind_of(row), row.organisation_id, row.recipient_id, id=row.id)


def pack_of(row: Exchange) -> Pack:
    """Return the handbook under which it was sent."""
    return release(row.release_number).pack


def recipient_of(row: Exchange) -> UUID:
    """Return the organisation on the other side.

    Raises:
        Conflict: it has no accounts.
    """
    if row.recipient_id is None:
        raise Conflict
    return row.recipient_id


def case_of(row: Transfer, actor: Actor) -> TransferCase:
    """Return the case of the actor's side of a transfer.

    Raises:
        Http404: that side has none.
    """
    found = TransferCase.objects.filter(organisation_id=actor.own_organisation, transfer_id=row.id).first()
    if found is None:
        raise Http404
    return found


def step_state(row: Exchange, to: str) -> None:
    """Move a row to another state; a transfer gets the owner that belongs to it.

    Raises:
        Conflict: that step is not allowed from where it is now, so somebody else was first.
    """
    if to not in row.STEPS[row.state]:
        raise Conflict
    row.state = to
    if isinstance(row, Transfer):
        row.owner = Transfer.OWNER_IN.get(to, Transfer.Owner.SENDER)


def save_turn(row: Exchange, *fields: str) -> None:
    """Write `fields` if nobody took a turn since the row was read.

    Steps go by column name: the step of the other side can be written, but never read.

    Raises:
        Conflict: somebody did.
    """
    values = {name: getattr(row, name) for name in fields}
    found = type(row)._default_manager.filter(pk=row.pk, turn=row.turn)  # noqa: SLF001 - Django documents it
    if not found.update(**values, **stamp()):
        raise Conflict
    row.turn += 1


def has_open(row: Exchange, actor: Actor, *kinds: StepKind) -> bool:
    """Return whether a step of one of these kinds is open for the actor's organisation."""
    return NextStep.objects.filter(
        organisation_id=actor.own_organisation, subject_id=row.id, done__isnull=True, what__in=kinds
    ).exists()


def note(row: Exchange, *, actor: Actor, action: str, purpose: str = "") -> None:
    """Write the ledger line of something that was done to, or read of, an exchange."""
    record(
        actor=actor,
        action=action,
        subject=(kind_of(row), row.id),
        activity=ACTIVITY,
        purpose=purpose,
        revision=row.turn,
    )
