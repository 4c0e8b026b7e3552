"""Finding a case by its code, without opening it."""

from dataclasses import dataclass

from sluitend.journeys.cases.models import Case
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Action, decide


@dataclass(frozen=True)
class CodeFound:
    """A case of the actor's organisation with the code that was sought."""

    code: str
    closed: bool


def by_code(actor: Actor, code: str) -> list[CodeFound]:
    """Return the case with this code; nothing for who does not work with cases."""
    if not decide(actor, Action.CASE_LIST):
        return []
    rows = Case.objects.filter(organisation_id=actor.own_organisation, code=code)
    return [CodeFound(row.code, row.closed is not None) for row in rows]
