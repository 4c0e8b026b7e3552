"""A year of invented work, made by the same actions that people use: so every promise holds for it too."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from django.db import connection
from django.utils import timezone

from sluitend.demo import stories, stories_leiden, westland
from sluitend.demo.clock import Calendar, moment, steady_codes
from sluitend.demo.contacts import holds_and_checks
from sluitend.demo.den_haag import DEN_HAAG_CLOSED
from sluitend.demo.exchanging import exchanges
from sluitend.demo.matter import Matter
from sluitend.demo.people import share_the_work
from sluitend.demo.region import DEN_HAAG, LEIDEN, PEOPLE, WESTLAND
from sluitend.demo.routine import ELSEWHERE
from sluitend.demo.routine import LEIDEN as LEIDEN_ORDINARY
from sluitend.demo.routine import WESTLAND as WESTLAND_ORDINARY
from sluitend.demo.today import DEN_HAAG_OPEN
from sluitend.demo.world import World
from sluitend.kernel.organisations.models import Account, Organisation, Role

SEED = 273
"""Of the draws: times of day, codes and receipts are the same at each loading on the same day."""

TELEPHONES = {WESTLAND: "0174 00 00 00", DEN_HAAG: "070 000 00 00", LEIDEN: "071 000 00 00"}
STORIES = {
    WESTLAND: (
        westland.two_cases_one_company,
        stories.greenhouse,
        westland.question_of_reporter,
        westland.police_silent,
        westland.returned,
        westland.held,
        westland.help_in_monster,
        westland.child,
        westland.acute,
        westland.mark,
    ),
    DEN_HAAG: (stories.afraid_to_open, stories.waiting_cook),
    LEIDEN: (stories_leiden.annexe, stories_leiden.laundry),
}
ORDINARY = {
    WESTLAND: WESTLAND_ORDINARY,
    DEN_HAAG: (*DEN_HAAG_CLOSED, *DEN_HAAG_OPEN),
    LEIDEN: LEIDEN_ORDINARY,
}
EXPIRY_ROUNDS = 12
DAYS_BETWEEN_ROUNDS = 28


def load_year() -> None:
    """Make the year that ends today. Run it once, in a database with organisations, people and keys."""
    for code, telephone in TELEPHONES.items():
        Organisation.objects.filter(code=code).update(telephone=telephone)
    draw = Random(SEED)  # noqa: S311 - times of day and codes of invented work, no keys
    with steady_codes(draw) as codes, _not_waiting_for_the_disk():
        world = World(Calendar(timezone.now()), draw, codes)
        for code in (WESTLAND, DEN_HAAG, LEIDEN):
            _play(world, code)
        _play_elsewhere(world)
        share_the_work(world)
        exchanges(world)
        holds_and_checks(world.town(WESTLAND))
    _remember_visits(world.calendar)


@contextmanager
def _not_waiting_for_the_disk() -> Iterator[None]:
    """Let small transactions reach the disk together; the last ones, of the ledger, wait for all of them."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET synchronous_commit")


def _play(world: World, code: str) -> None:
    town = world.town(code)
    for ordinary in ORDINARY[code]:
        ordinary.play(town)
    for story in STORIES[code]:
        story(town)
    for number in reversed(range(EXPIRY_ROUNDS)):
        town.expire(world.calendar.back(1 + number * DAYS_BETWEEN_ROUNDS))


def _play_elsewhere(world: World) -> None:
    """A report that waits in six other municipalities, so that the region has something to see."""
    for code, told in ELSEWHERE.items():
        Matter(world.town(code), world.calendar.ago(1)).file(told)


def _remember_visits(calendar: Calendar) -> None:
    """Say when the people of the desk were here, so that "while you were away" has something to tell."""
    for person in PEOPLE:
        if person.role in (Role.FOCAL_POINT, Role.DEPUTY):
            seen = moment(calendar.ago(2, person.work_days), "16:30")
            Account.objects.filter(email=person.email).update(seen=seen)
