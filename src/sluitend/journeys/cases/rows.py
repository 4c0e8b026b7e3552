"""Fetching, opening and writing the rows of a case: what actions and queries share."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.journey import TRANSFER_TAKEN
from sluitend.journeys.cases.models import Case, SubjectToken, TimelineEvent, Track
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Resource, require, require_role
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.followup.actions import save_revised
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.manifest import Permission
from sluitend.kernel.prepared import Given, Prepared
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope
from sluitend.kernel.sealing.receipts import human_code

ACTIVITY = "casus"
"""Id of the processing activity in the register."""

CODE_TRIES = 20


def new_code() -> str:
    """Return a code that this organisation does not use yet. It is random and tells no order."""
    for _try in range(CODE_TRIES):
        code = human_code("C")
        if not Case.objects.filter(code=code).exists():
            return code
    raise Conflict


def find_case(code: str, actor: Actor, action: Permission, *, revision: int | None = None) -> Case:
    """Return the case with this code if this person may do this to it.

    Args:
        code: as in the address.
        action: what they want to do.
        revision: what they saw when they began; something else now means that somebody was first.

    Raises:
        Absent: there is none for this organisation. Absent and forbidden look alike.
        Conflict: the case was changed in the meantime.
    """
    require_role(actor, action)
    found = _with_code().models(Case, organisation=actor.own_organisation, code=code)
    if not found:
        raise Absent
    case = found[0]
    require(actor, action, Resource("case", case.organisation_id, id=case.id))
    if revision is not None and case.revision != revision:
        raise Conflict
    return case


@cache
def _with_code() -> Prepared:
    return Prepared(Case.objects.filter(organisation_id=Given("organisation"), code=Given("code")))


def rows_of[M: Model](case: Case, kind: type[M], *order: str) -> list[M]:
    """Return what stands under a case, of one kind.

    Args:
        case: whose.
        kind: of model, with a column `case`.
        order: as `order_by` takes it.
    """
    return _under_case(kind, order, last=False).models(kind, case=case.id)


def last_of[M: Model](case: Case, kind: type[M]) -> M | None:
    """Return what was written last under a case, of one kind."""
    return next(iter(_under_case(kind, ("-at",), last=True).models(kind, case=case.id)), None)


@cache
def _under_case(kind: type[Model], order: tuple[str, ...], *, last: bool) -> Prepared:
    rows = kind._default_manager.filter(case_id=Given("case")).order_by(*order)  # noqa: SLF001 - documented
    return Prepared(rows[:1] if last else rows)


def find_open_case(code: str, actor: Actor, action: Permission, *, revision: int | None = None) -> Case:
    """Return the case as `find_case` does, and refuse to change one that is closed."""
    case = find_case(code, actor, action, revision=revision)
    if case.state == Case.State.CLOSED:
        raise DomainError(_("Deze casus is gesloten. Heropen de casus eerst."))
    require_ours(case)
    return case


def find_track(case: Case, kind: str, *, revision: int | None = None) -> Track:
    """Return a track of a case, or not found when it was never opened."""
    track = Track.objects.filter(case=case, kind=kind).first()
    if track is None:
        raise Absent
    if revision is not None and track.revision != revision:
        raise Conflict
    return track


def is_taken(case: Case) -> bool:
    """Return whether another municipality took this case over while it still has to be closed here.

    The step that the other one wrote in the transaction of its acceptance says so: there is no moment
    between the two.
    """
    return (
        case.transfer is not None
        and NextStep.objects.filter(
            organisation_id=case.organisation_id,
            subject_id=case.transfer,
            what=TRANSFER_TAKEN,
            done__isnull=True,
        ).exists()
    )


def is_gone(case: Case) -> bool:
    """Return whether another municipality has this case now, closed here or not yet."""
    return case.transfer is not None and (case.state == Case.State.CLOSED or is_taken(case))


def require_ours(case: Case) -> None:
    """Refuse to work on a case that another municipality owns by now."""
    if is_taken(case):
        raise DomainError(_("Een andere gemeente nam deze casus over. U kunt de casus alleen nog sluiten."))


def open_case(case: Case, actor: Actor, purpose: str) -> OpenEnvelope:
    """Open the envelope of a case; who calls this writes the ledger line."""
    return open_envelope(case.envelope_id, actor=actor, purpose=purpose)


def pack_of(case: Case) -> Pack:
    """Return the handbook by which this case is judged: that of the release at its start."""
    return release(case.release_number).pack


def to(case: Case, state: str) -> None:
    """Move a case to another state, if that step is allowed."""
    if state not in Case.TRANSITIONS[case.state]:
        raise Conflict
    case.state = state


def save_sealed(
    row: Case | Track, envelope: OpenEnvelope, *, fields: list[str], sealed: Mapping[str, Any] | None = None
) -> None:
    """Write plain fields and sealed values of a row under a next revision, unless somebody was first.

    Sealed values are bound to the revision, so all of them are sealed anew.
    """
    envelope.advance(row)
    for name, value in (sealed or {}).items():
        envelope.seal(row, name, value)
    columns = ["name", "wish", "facts"] if isinstance(row, Case) else ["summary"]
    row.revision -= 1
    save_revised(row, fields=[*fields, *columns])


def write_event(
    case: Case,
    envelope: OpenEnvelope,
    *,
    actor: Actor,
    what: TimelineEvent.What,
    text: str = "",
    track: str = "",
    corrects: UUID | None = None,
) -> None:
    """Add a line to the timeline of a case."""
    event = TimelineEvent(
        organisation_id=case.organisation_id,
        case=case,
        what=what,
        track=track,
        corrects=corrects,
        at=timezone.now(),
        by_id=actor.account_id,
    )
    envelope.seal(event, "content", {"text": text} if text else None)
    event.save(force_insert=True)


def note(
    case: Case, *, actor: Actor, action: str, purpose: str = "", subject: tuple[str, UUID] | None = None
) -> None:
    """Write the ledger line of something that was done to a case."""
    record(
        actor=actor,
        action=action,
        subject=subject or ("case", case.id),
        activity=ACTIVITY,
        purpose=purpose,
        revision=case.revision,
    )


def write_tokens(case: Case, subject_id: UUID, tokens: list[tuple[str, UUID]]) -> None:
    """Keep the tokens under which a subject is found again."""
    SubjectToken.objects.bulk_create(
        SubjectToken(
            organisation_id=case.organisation_id, case=case, subject_id=subject_id, kind=kind, token=token
        )
        for kind, token in tokens
    )
