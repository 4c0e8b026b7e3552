"""The rows of a case, found and opened: what actions and queries share."""

from collections.abc import Mapping
from functools import cache
from uuid import UUID

from django.db.models import Model
from django.utils.dateparse import parse_datetime

from sluitend.journeys.cases.journey import CASE_READ, TRANSFER_TAKEN
from sluitend.journeys.cases.models import AgainstWish, Case, SubjectToken
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require, require_role
from sluitend.kernel.access.errors import Absent, Conflict
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.manifest import Permission
from sluitend.kernel.prepared import Given, Prepared
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope


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
    require(actor, action, case.resource())
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


def acts_against(case: Case, wish: Mapping[str, str] | None) -> bool:
    """Return whether somebody decided to act against what the person wants now, and not only before that.

    Args:
        wish: as it is sealed with the case.
    """
    decided, since = last_of(case, AgainstWish), parse_datetime((wish or {}).get("since", ""))
    return decided is not None and (since is None or decided.at >= since)


def open_case(case: Case, actor: Actor, purpose: str) -> OpenEnvelope:
    """Open the envelope of a case; who calls this writes the ledger line."""
    return open_envelope(case.envelope_id, actor=actor, purpose=purpose)


def tokens_of(case_id: UUID, actor: Actor) -> set[UUID]:
    """Return the tokens of every subject of a case."""
    require_role(actor, CASE_READ)
    rows = SubjectToken.objects.filter(organisation_id=actor.own_organisation, case_id=case_id)
    return set(rows.values_list("token", flat=True))
