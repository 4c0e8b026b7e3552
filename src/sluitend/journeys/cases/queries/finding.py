"""Finding a case by its code or by a value that it holds, without opening it."""

from dataclasses import dataclass
from uuid import UUID

from sluitend.journeys.cases.journey import CASE_LIST
from sluitend.journeys.cases.models import Case, SubjectToken
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may, require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.listing import code_in
from sluitend.kernel.manifest import Permission
from sluitend.kernel.sealing.tokens import VALUES, tokens_of_any


@dataclass(frozen=True)
class CodeFound:
    """A case of the actor's organisation with the code that was sought."""

    code: str
    closed: bool


def by_code(actor: Actor, code: str) -> list[CodeFound]:
    """Return the case with this code; nothing for who does not work with cases."""
    if not may(actor, CASE_LIST):
        return []
    rows = Case.objects.filter(organisation_id=actor.own_organisation, code=code)
    return [CodeFound(row.code, row.closed is not None) for row in rows]


def sought(words: str, actor: Actor) -> list[UUID]:
    """Return the ids of the cases with this code, or with this value however it was written."""
    require_role(actor, CASE_LIST)
    own = actor.own_organisation
    by_code = Case.objects.filter(organisation_id=own, code=code_in(words)).values_list("id", flat=True)
    held = SubjectToken.objects.filter(organisation_id=own, token__in=tokens_of_any(own, VALUES, words))
    return list(by_code.union(held.values_list("case_id", flat=True)))


def open_case_id(code: str, actor: Actor, action: Permission) -> UUID:
    """Return the id of an open case with this code, for a page that shows nothing of it.

    Raises:
        Absent: there is none, or this person may not do this to it.
    """
    require_role(actor, action)
    rows = Case.objects.filter(organisation_id=actor.own_organisation, code=code, closed__isnull=True)
    found = rows.values_list("id", flat=True).first()
    if found is None:
        raise Absent
    return found


def code_of_case(case_id: UUID, actor: Actor) -> str:
    """Return the code of a case of the actor's organisation.

    Raises:
        Absent: there is none.
    """
    require_role(actor, CASE_LIST)
    rows = Case.objects.filter(organisation_id=actor.own_organisation, pk=case_id)
    found = rows.values_list("code", flat=True).first()
    if found is None:
        raise Absent
    return found
