"""A year of invented work, made by the same actions that people use: so every promise holds for it too."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from django.db import connection
from django.utils import timezone

from sluitend.demo.between import Between
from sluitend.demo.care import Care
from sluitend.demo.clock import Calendar, moment, steady_codes
from sluitend.demo.helped import Helped, settle
from sluitend.demo.often import Often
from sluitend.demo.people import share_the_work
from sluitend.demo.region import DEN_HAAG, EVERYBODY, LEIDEN, NOT_CONNECTED, REGION, WESTLAND
from sluitend.demo.stories import TownYear, read
from sluitend.demo.world import World
from sluitend.kernel.organisations.models import Account, Organisation, Role

SEED = 273
"""Of the draws: times of day, codes and receipts are the same at each loading on the same day."""

TELEPHONES = {WESTLAND: "0174 00 00 00", DEN_HAAG: "070 000 00 00", LEIDEN: "071 000 00 00"} | {
    code: f"0172 00 00 0{number}" for number, code in enumerate(NOT_CONNECTED)
}
"""Whoever wants to report where nobody reads is told to ring."""
TOWNS = ("westland.yaml", "den_haag.yaml", "leiden.yaml")
EXPIRY_ROUNDS = 12
DAYS_BETWEEN_ROUNDS = 28


def load_year() -> None:
    """Make the year that ends today. Run it once, in a database with organisations, people and keys."""
    for code, telephone in TELEPHONES.items():
        Organisation.objects.filter(code=code).update(telephone=telephone)
    draw = Random(SEED)  # noqa: S311 - times of day and codes of invented work, no keys
    with steady_codes(draw) as codes, _not_waiting_for_the_disk():
        world = World(Calendar(timezone.now()), draw, codes)
        years = [*(read(name, TownYear) for name in TOWNS), *read("elsewhere.yaml", list[TownYear])]
        for year in years:
            _play(world, year)
        share_the_work(world)
        read("between.yaml", Between).play(world)
        for year in years:
            year.play_street(world.town(year.municipality))
        read("often.yaml", Often).play(world)
        read("helped.yaml", Helped).play(world)
        read("care.yaml", Care).play(world)
        settle(world, REGION)
    _remember_visits(world.calendar)


@contextmanager
def _not_waiting_for_the_disk() -> Iterator[None]:
    """Let small transactions reach the disk together; the last ones, of the ledger, wait for all of them."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET synchronous_commit")


def _play(world: World, year: TownYear) -> None:
    town = world.town(year.municipality)
    year.play(town)
    for number in reversed(range(EXPIRY_ROUNDS if town.refers else 0)):
        town.expire(world.calendar.back(1 + number * DAYS_BETWEEN_ROUNDS))


def _remember_visits(calendar: Calendar) -> None:
    """Say when the people of the desk were here, so that "while you were away" has something to tell."""
    for person in EVERYBODY:
        if person.role in (Role.FOCAL_POINT, Role.DEPUTY):
            seen = moment(calendar.ago(2, person.work_days), "16:30")
            Account.objects.filter(email=person.email).update(seen=seen)
