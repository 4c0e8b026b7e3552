"""Teams for tests, and saying whose an open step is."""

from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Account, Organisation, Team, TeamMember
from sluitend.surfaces.desk import team_actions
from tests import samples

AF, DEPUTY, MANAGER = "af@westland.example", "vervanger@westland.example", "manager@westland.example"


def make_team(name: str = "Team Kust", code: str = "GM1783", members: tuple[str, ...] = (AF, DEPUTY)) -> Team:
    """Make a team with these people."""
    team = Team.objects.create(organisation=Organisation.objects.get(code=code), name=name)
    for email in members:
        TeamMember.objects.create(team=team, account=Account.objects.get(email=email))
    return team


def give(code: str, to: str, by: str = AF) -> None:
    """Give a case or a report to somebody."""
    actor = samples.actor(by)
    with acting(actor):
        team_actions.assign(code, to=to, actor=actor)


def owners(who: Actor, **of: object) -> set[str]:
    """Say whose the open steps are: names of people and teams, or the role."""
    with acting(who):
        rows = NextStep.objects.filter(done__isnull=True, **of).exclude(what=SECOND_EYES)
        return {str(row.owner or row.team or row.owner_role) for row in rows.select_related("owner", "team")}


def open_step(who: Actor, code: str) -> NextStep:
    """Return the open step of what has this code."""
    with acting(who):
        return NextStep.objects.filter(code=code, done__isnull=True).order_by("created_day", "id")[0]


def a_case(who: Actor) -> str:
    """Make a case and return its code."""
    code, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    return samples.take_in(code, who)


def queued(number: int) -> tuple[Team, list[NextStep]]:
    """Put cases in the queue of a team."""
    team, who = make_team(), samples.actor(AF)
    codes = [a_case(who) for _each in range(number)]
    for code in codes:
        give(code, f"team:{team.pk}")
    return team, [open_step(who, code) for code in codes]
