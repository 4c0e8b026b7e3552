"""Cases as who releases a contact must know them: which, and whether something may happen at the place."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sluitend.journeys.cases.journey import CASE_READ, CASE_WORK
from sluitend.journeys.cases.models import Case, ResidentsQuestion, SubjectToken
from sluitend.journeys.cases.rows import find_case
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role


@dataclass(frozen=True)
class CaseAt:
    """An open case, and whether somebody said what happens to the residents after a check."""

    id: UUID
    code: str
    place_may_go: bool


def case_at(code: str, actor: Actor) -> CaseAt:
    """Return one case, open or closed.

    Raises:
        Http404: there is none. Absent and forbidden look alike.
    """
    row = find_case(code, actor, CASE_WORK)
    return _views([row])[0]


def cases_with(actor: Actor, tokens: Iterable[UUID], *, case_ids: Iterable[UUID | None] = ()) -> list[CaseAt]:
    """Return the open cases about one of these values, and those that are named. Nothing is opened.

    Args:
        actor: a focal point or deputy.
        tokens: of addresses, companies and plates, of this organisation.
        case_ids: of cases that belong to it anyhow.
    """
    require_role(actor, CASE_READ)
    found = SubjectToken.objects.filter(organisation_id=actor.own_organisation, token__in=list(tokens))
    wanted = {*found.values_list("case_id", flat=True), *(each for each in case_ids if each)}
    rows = Case.objects.filter(
        organisation_id=actor.own_organisation, pk__in=wanted, closed__isnull=True
    ).order_by("opened")
    return _views(list(rows))


def tokens_of(case_id: UUID, actor: Actor) -> set[UUID]:
    """Return the tokens of every subject of a case."""
    require_role(actor, CASE_READ)
    rows = SubjectToken.objects.filter(organisation_id=actor.own_organisation, case_id=case_id)
    return set(rows.values_list("token", flat=True))


def _views(rows: list[Case]) -> list[CaseAt]:
    answers = ResidentsQuestion.objects.filter(case_id__in=[row.id for row in rows]).order_by("at")
    last = dict(answers.values_list("case_id", "lets_place_go"))
    return [CaseAt(row.id, row.code, last.get(row.id, False)) for row in rows]
