"""What the pages about teams and assigning show."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.reports import queries as reports
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.followup import queries as followup
from sluitend.kernel.followup.assigning import PERSON, TEAM, holder, standing
from sluitend.kernel.followup.journey import STEP_ASSIGN, TEAM_QUEUE
from sluitend.kernel.followup.models import Assignment
from sluitend.kernel.followup.queries import StepView
from sluitend.kernel.organisations import teams
from sluitend.kernel.organisations.queries import Colleague, names
from sluitend.surfaces.desk.rows import Row, RowMaker, about_steps, one_a_case

type Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class QueueRow:
    """A matter in the queue, by its first step, and why the last one gave it back."""

    row: Row
    back: str


@dataclass(frozen=True)
class Member:
    """Somebody of a team, with how much they have by name."""

    name: str
    number: int


@dataclass(frozen=True)
class Queue:
    """One team: what waits, and who is in it."""

    id: UUID
    name: str
    rows: list[QueueRow]
    more: bool
    members: list[Member]


@dataclass(frozen=True)
class TeamPage:
    """The queues of somebody's teams, and what they have by name."""

    queues: list[Queue]
    mine: list[Row]
    colleagues: list[Colleague]


def team_page(actor: Actor) -> TeamPage:
    """Return the queues of the actor's teams. A fixed number of statements for each team."""
    require_role(actor, TEAM_QUEUE)
    people = teams.caseworkers(actor.own_organisation)
    members = teams.member_ids(actor.teams)
    numbers = followup.open_by_owner({each for ids in members.values() for each in ids}, actor)
    known = {each.account_id: each.name for each in people}
    queues = []
    for team in teams.teams(actor.own_organisation, ids=actor.teams):
        steps = followup.team_steps(actor, team.id, limit=followup.PAGE + 1)
        there = [
            Member(known[each], numbers.get(each, 0)) for each in members.get(team.id, []) if each in known
        ]
        there.sort(key=lambda member: member.name)
        queues.append(
            Queue(
                team.id, team.name, _queue(steps[: followup.PAGE], actor), len(steps) > followup.PAGE, there
            )
        )
    own = followup.given_steps(actor)
    return TeamPage(queues, _rows(own, actor), people)


def _rows(steps: list[StepView], actor: Actor) -> list[Row]:
    about = about_steps(actor, steps)
    rows = RowMaker(actor.work_days or (), about)
    (kept,) = one_a_case(rows.of(step) for step in steps)
    return kept


def _queue(steps: list[StepView], actor: Actor) -> list[QueueRow]:
    rows = _rows(steps, actor)
    given = standing([row.subject_id for row in rows], actor)
    return [QueueRow(row, _back(given.get(row.subject_id))) for row in rows]


def _back(given: Assignment | None) -> str:
    return str(Assignment.Back(given.back).label) if given and given.back else ""


@dataclass(frozen=True)
class Assigning:
    """To whom a matter can be given, and who has it now."""

    code: str
    choices: Choices
    chosen: str
    now: str


def assigning(code: str, actor: Actor) -> Assigning:
    """Return to whom a case or report can be given.

    Raises:
        Absent: no such thing here.
    """
    subject_id = _subject(code, actor)
    given = standing([subject_id], actor).get(subject_id)
    chosen = holder(given)
    choices = recipients(actor)
    return Assigning(code, choices, chosen, _now(given, chosen, dict(choices)))


def _subject(code: str, actor: Actor) -> UUID:
    if code.startswith("C"):
        return cases.open_case_id(code, actor, STEP_ASSIGN)
    return reports.open_report_id(code, actor, STEP_ASSIGN)


def recipients(actor: Actor) -> Choices:
    """Return whom and which team a matter can be given to, the role first."""
    own = actor.own_organisation
    return [
        ("", _("Iedereen die dit werk doet")),
        *((f"{TEAM}:{each.id}", each.name) for each in teams.teams(own) if each.number),
        *((f"{PERSON}:{each.account_id}", each.name) for each in teams.caseworkers(own)),
    ]


def _now(given: Assignment | None, chosen: str, choices: Mapping[str, str]) -> str:
    if given and given.account_id and chosen not in choices:
        return next(iter(names([given.account_id]).values()), "")
    return choices.get(chosen, "")
