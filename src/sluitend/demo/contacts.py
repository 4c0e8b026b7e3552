"""What is planned in Westland, and who asked to wait: a hold that runs and one whose day has passed."""

from datetime import date, timedelta

from sluitend.demo.clock import moment
from sluitend.demo.stories import GROWER
from sluitend.demo.world import Town
from sluitend.journeys.contacts import actions
from sluitend.journeys.contacts.actions import Ask, Plan
from sluitend.journeys.contacts.places import Place
from sluitend.kernel.access.acting import Actor

GREENHOUSE = Place(address="Tuinderspad 12A, De Lier", company=GROWER, kvk="90004127", plate="VB-000-X")
INSPECTOR, POLICE, LABOUR = (
    "toezicht@westland.example",
    "avim@politie.example",
    "nla@arbeidsinspectie.example",
)


def holds_and_checks(town: Town) -> None:
    """Two holds, and three contacts of the inspector: one is released, one waits, one waits on the police."""
    calendar, people = town.calendar, town.world.people
    before = calendar.back(16)
    _ask(
        town,
        people[LABOUR],
        before,
        Ask(
            place=Place(address="Rietkraag 88, Honselersdijk"),
            until=before + timedelta(days=14),
            ground="joint_action",
            contact="Teamleider onderzoek",
            telephone="0800 00 00 00",
        ),
    )
    _ask(
        town,
        people[POLICE],
        calendar.ago(3),
        Ask(
            place=GREENHOUSE,
            until=calendar.today + timedelta(days=11),
            ground="investigation",
            contact="Recherche, team Westland",
            telephone="0343 00 00 00",
        ),
    )
    _mornings(town)
    _plans(town, people[INSPECTOR])


def _plans(town: Town, inspector: Actor) -> None:
    calendar = town.calendar
    agency = Place(address="Havenkade 3, Maasdijk", company="Uitzendbureau Havenkade")
    shed = Place(address="Parallelweg 4, Naaldwijk")
    early, late = calendar.ago(2), calendar.ago(1)
    _plan(
        town, inspector, early, Plan("branch", calendar.ahead(2), agency, "Vertellen wat de gemeente doet.")
    )
    released = _plan(town, inspector, early, Plan("check", calendar.ahead(4), shed, "Brandveiligheid."))
    desk = town.desk(late)
    town.world.do(moment(late, "15:10"), desk, actions.release, actor=desk, code=released)
    _plan(
        town,
        inspector,
        late,
        Plan("check", calendar.ahead(6), GREENHOUSE, "Huisvesting van arbeidskrachten."),
    )


def _ask(town: Town, asker: Actor, day: date, wanted: Ask) -> None:
    """Let a partner ask by its own account; it is read that day."""
    when = moment(day, "11:20")
    code = town.world.do(
        when, asker, actions.ask, actor=asker, municipality_id=town.organisation.id, wanted=wanted
    )
    desk = town.desk(day)
    town.world.do(when + timedelta(minutes=40), desk, actions.read_hold, actor=desk, code=code)


def _mornings(town: Town) -> None:
    """Let the day of a hold pass, as the system does each morning."""
    day = town.calendar.ago(1)
    town.world.do(moment(day, "05:10"), town.system, actions.pass_holds, actor=town.system, today=day)


def _plan(town: Town, planner: Actor, day: date, plan: Plan) -> str:
    return town.world.do(moment(day, "13:30"), planner, actions.plan_contact, actor=planner, plan=plan)
