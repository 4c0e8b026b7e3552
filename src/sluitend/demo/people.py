"""Who shares the work: a team in Den Haag, and somebody in Leiden who is away with a deputy from Den Haag."""

from datetime import timedelta
from uuid import UUID

from sluitend.demo.region import DEN_HAAG, LEIDEN
from sluitend.demo.world import World, organisation_id
from sluitend.journeys.administration.actions import absence as days_away
from sluitend.journeys.administration.actions import agreements, escalation, house_style, roles, teams
from sluitend.journeys.administration.house_words import NewStyle
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations import absence
from sluitend.kernel.organisations.models import Account
from sluitend.kernel.organisations.palette import Palette
from sluitend.kernel.organisations.queries import offers
from sluitend.surfaces.desk import team_actions

TEAM = "Team Signalen"
MEMBERS = ("af", "vervanger", "team.bos", "team.elmasri", "team.kramer", "team.ferreira")
AWAY_DAYS = 9
STYLE = NewStyle(
    name="Gemeente Westland",
    question="",
    about="",
    contact="",
    privacy="",
    site="https://westland.example/melden",
    palette=Palette("0e5c3a", "0a4529", "e5f1ea", "9bc5ae", "ffffff", "0e5c3a"),
)


def share_the_work(world: World) -> None:
    """Make the team with its queue, the agreement between two municipalities, and the absence."""
    _team(world)
    _stand_in(world)
    _house_style(world)


def _house_style(world: World) -> None:
    """Let one municipality have its own colours on the front door, which its manager looked at."""
    administrator, manager = (world.people[f"{name}@westland.example"] for name in ("beheer", "manager"))
    now = world.calendar.now
    style_id: UUID = world.do(now, administrator, house_style.offer_style, new=STYLE, actor=administrator)
    world.do(now, manager, house_style.publish_style, style_id=style_id, actor=manager)


def _team(world: World) -> None:
    administrator, focal = (world.people[f"{name}@denhaag.example"] for name in ("beheer", "af"))
    now = world.calendar.now
    team_id: UUID = world.do(now, administrator, teams.add_team, name=TEAM, actor=administrator)
    members = Account.objects.filter(email__in=[f"{each}@denhaag.example" for each in MEMBERS])
    world.do(
        now,
        administrator,
        teams.change_team,
        team_id=team_id,
        name=TEAM,
        account_ids=list(members.values_list("pk", flat=True)),
        actor=administrator,
    )
    for code in _open_codes(focal):
        world.do(now, focal, team_actions.assign, code=code, to=f"team:{team_id}", actor=focal)
    world.do(
        now,
        administrator,
        escalation.set_picket,
        name="Piket openbare orde",
        mail="piket@denhaag.example",
        telephone="070 000 00 01",
        actor=administrator,
    )


def _open_codes(focal: Actor) -> list[str]:
    with acting(focal):
        rows = NextStep.objects.filter(
            organisation_id=focal.own_organisation, done__isnull=True, owner__isnull=True
        ).exclude(what=SECOND_EYES)
        codes = rows.order_by("due", "id").values_list("code", flat=True)
        return list(dict.fromkeys(code for code in codes if code[:1] in "CM"))


def _stand_in(world: World) -> None:
    leiden, den_haag = (world.people[f"beheer@{town}.example"] for town in ("leiden", "denhaag"))
    away, deputy = world.people["af@leiden.example"], world.people["vervanger@denhaag.example"]
    now, today = world.calendar.now, world.calendar.today
    world.do(
        now,
        leiden,
        agreements.propose_pool,
        reference="Waarneming Leiden en Den Haag",
        since=today,
        until=today + timedelta(days=365),
        organisation_ids=[organisation_id(DEN_HAAG)],
        actor=leiden,
    )
    (pool,) = [each for each in absence.pools(organisation_id(LEIDEN)) if not each.covered]
    world.do(now, den_haag, agreements.agree_to_pool, pool_id=pool.id, actor=den_haag)
    world.do(
        now,
        away,
        days_away.enter_own,
        first=today,
        last=today + timedelta(days=AWAY_DAYS),
        deputy_id=deputy.own_account,
        actor=away,
    )
    (asked,) = offers(deputy.own_account)
    world.do(now, deputy, roles.accept, membership_id=asked.id, actor=deputy)
