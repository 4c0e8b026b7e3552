"""A case over its life: whatever comes in, somebody has it, and what presses is seen first."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
import pytest
from django.db import connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from sluitend.demo import embedded
from tests import database, tiers
from tests.compositions import care_oracle, oracle
from tests.compositions.care_world import CareWorld
from tests.compositions.world import World

PRESSES = [
    name
    for name, press in vars(World).items()
    if not name.startswith("_") and name not in {"press", "monday", "desks", "off_plan"} and callable(press)
]
STARTS = (
    "report_danger take_in give add_danger",
    "report take_in weigh route refer_to_police accept asks_to_wait",
    "report",
    "report_danger take_in",
    "report take_in weigh",
    "report take_in weigh open_person route refer",
    "report_child take_in weigh route refer accept",
    "report take_in weigh route refer_to_police accept picked_up",
    "report take_in weigh hand_over take_over",
    "report take_in weigh open_person ask_help accept",
    "report_twice take_in_elsewhere",
    "agree report take_in give neighbour_stands_in",
    "report take_in weigh ask_by_plan tick_off",
)
"""The way to something that much can be tried on."""
Play = list[tuple[str, int]]
KEPT: dict[str, Play] = {
    "words are read of a case whose owner went away": [
        ("report_danger", 0),
        ("take_in", 0),
        ("give", 0),
        ("add_danger", 0),
        ("report", 3),
        ("close_report", 3),
        ("go_away", 1),
        ("add_words", 1),
        ("read_words", 1),
    ],
    "danger reported to a case that was weighed": [
        ("report", 0),
        ("take_in", 0),
        ("weigh", 0),
        ("open_person", 0),
        ("report_danger", 0),
        ("add_to_case", 0),
        ("an_hour", 0),
    ],
    "a fact corrected while a partner has it": [
        ("report", 0),
        ("take_in", 0),
        ("weigh", 0),
        ("route", 0),
        ("refer", 0),
        ("accept", 0),
        ("set_danger", 0),
        ("a_day", 0),
    ],
    "danger ticked by the receipt of a report that is in a case": [
        ("report", 0),
        ("take_in", 0),
        ("weigh", 0),
        ("open_person", 0),
        ("route", 0),
        ("refer", 0),
        ("add_danger", 0),
        ("an_hour", 0),
        ("read_words", 0),
        ("an_hour", 0),
    ],
    "danger ticked before there is a case": [
        ("report", 0),
        ("add_danger", 0),
        ("an_hour", 0),
        ("take_in", 0),
    ],
    "no place tonight, while the place is looked into": [
        *[
            (name, 0)
            for name in ["report", "take_in", "weigh", "open_person", "route", "refer", "ask_help", "accept"]
        ],
        ("has_no_place", 0),
        ("an_hour", 0),
    ],
    "danger told where a case came from": [
        *[(name, 0) for name in ["report", "take_in", "weigh", "hand_over", "take_over", "add_danger"]],
        ("an_hour", 0),
        ("finish_transfer", 0),
        ("add_danger", 0),
        ("a_day", 0),
    ],
    "danger told while another municipality decides": [
        *[(name, 0) for name in ["report", "take_in", "weigh", "hand_over", "add_danger", "take_over"]],
        ("an_hour", 0),
    ],
    "a word to wait, and another answer after it": [
        *[(name, 0) for name in ["report", "take_in", "weigh", "route", "refer_to_police", "accept"]],
        ("asks_to_wait", 0),
        ("picked_up", 0),
        ("asks_to_wait", 0),
        ("a_week", 0),
    ],
    "an account closed with a case by name": [
        *[(name, 0) for name in ["report_danger", "take_in", "weigh"]],
        ("give", 0),
        ("close_account", 0),
        ("a_day", 0),
        ("open_account", 0),
    ],
    "the only deputy goes who was to look along": [
        *[(name, 0) for name in ["report_danger", "take_in"]],
        ("close_account", 1),
        ("a_day", 0),
    ],
    "danger heard where no deputy is left": [
        *[(name, 0) for name in ["report", "take_in"]],
        ("close_account", 1),
        ("set_child", 0),
    ],
    "a report in a case closed while a colleague was to look along": [
        *[(name, 0) for name in ["report", "take_in", "weigh", "add_danger", "read_words", "close_report"]],
        ("an_hour", 0),
    ],
    "the last track of what hurries is closed": [
        *[(name, 0) for name in ["report_child", "take_in", "weigh", "route", "refer", "accept", "recall"]],
        ("a_week", 0),
        ("close_place", 0),
    ],
    "the reporter of danger is asked something first": [
        *[(name, 0) for name in ["report_danger", "ask_reporter", "an_hour", "add_words", "ask_reporter"]],
        ("a_day", 0),
    ],
    "danger told again after somebody looked along": [
        *[(name, 0) for name in ["report", "take_in", "weigh", "add_danger", "change_hands", "look_along"]],
        ("add_danger", 0),
        ("an_hour", 0),
    ],
    "a letter that the plan asks no more, again and again": [
        *[
            (name, 0)
            for name in ["report", "take_in", "weigh", "route", "refer", "press_embassy", "let_stand"]
        ],
        *[("press_embassy", pick) for pick in (1, 0)],
        *[(name, 0) for name in ["accept", "partner_asks", "answer_partner", "a_day", "let_stand"]],
        *[("press_embassy", pick) for pick in (1, 0)],
        ("recall", 0),
        ("press_embassy", 1),
        ("a_week", 0),
    ],
    "a letter about a place where the police ask to wait": [
        *[(name, 0) for name in ["report", "take_in", "weigh", "route", "refer", "refer_to_police"]],
        *[(name, 1) for name in ["accept", "asks_to_wait"]],
        *[(name, 0) for name in ["accept", "an_hour", "let_stand", "partner_is_done"]],
        *[("a_week", 0)] * 4,
    ],
    "danger that nobody looks at": [
        ("report_danger", 0),
        *[("an_hour", 0)] * 3,
        ("a_day", 0),
        ("take_in", 0),
    ],
    "a case that nobody goes on with": [("report", 0), ("take_in", 0), *[("a_week", 0)] * 5],
    "an answer that nobody reads": [
        *[(name, 0) for name in ["report", "take_in", "weigh", "route", "refer", "accept", "partner_asks"]],
        *[("a_week", 0)] * 4,
    ],
    "danger where others stand in": [
        ("report_twice", 1),
        ("an_hour", 0),
        ("a_day", 0),
        ("take_in_elsewhere", 0),
        ("an_hour", 0),
        ("weigh_elsewhere", 0),
        ("a_week", 0),
        ("a_week", 0),
    ],
    "danger pressed while a partner of the plan has it": [
        *[(name, 0) for name in ["report", "take_in", "weigh", "ask_by_plan", "tick_off", "press_danger"]],
        ("an_hour", 0),
        ("leave_out", 0),
        ("accept", 0),
        ("a_day", 0),
    ],
    "decided by the plan before it was weighed, and a route chosen then": [
        (name, 0) for name in ["report", "take_in", "tick_off", "weigh", "refer_to_police"]
    ],
    "what waits where others stand in": [("report_twice", 0), *[("a_day", 0)] * 3, *[("a_week", 0)] * 3],
    "away, with a neighbour in their place who says nothing": [
        *[(name, 0) for name in ["agree", "report", "take_in", "give", "neighbour_stands_in"]],
        ("a_day", 0),
        ("a_week", 0),
        ("a_week", 0),
    ],
    "away, with a neighbour in their place": [
        *[(name, 0) for name in ["agree", "report", "take_in", "give"]],
        ("neighbour_stands_in", 1),
        ("a_day", 0),
        ("come_back", 0),
    ],
    "away, with a deputy whose account is closed": [
        *[(name, 0) for name in ["report", "take_in", "give"]],
        ("go_away", 1),
        ("close_account", 1),
        ("a_day", 0),
    ],
    "away without a deputy, with a case by name": [
        ("report", 0),
        ("take_in", 0),
        ("give", 0),
        ("go_away", 0),
        ("a_day", 0),
        ("come_back", 0),
    ],
}
"""Plays that once ended badly, and those that a person thought of first."""


@dataclass(frozen=True)
class Stage:
    """Where plays are played: each begins in a region in which nothing has happened yet."""

    server: embedded.Server
    version: str
    name: str

    @contextmanager
    def fresh(self) -> Iterator[psycopg.Connection]:
        """Put the database back as it was before any play, and give a superuser's connection to it."""
        connections.close_all()
        database.clone(self.server, self.version, self.name)
        with psycopg.connect(self.server.url("sl_admin", self.name), autocommit=True) as admin:
            yield admin


@pytest.fixture
def stage(server: embedded.Server, schema_version: str, own_database: str) -> Stage:
    """The test's own database, to begin anew."""
    return Stage(server, schema_version, own_database)


def unseen(world: World) -> Iterator[tuple[str, str]]:
    """Give what presses and does not stand first on the page of somebody."""
    if not world.pressing:
        return
    desks = [desk for _who, desk in world.desks()]
    for code, what in world.pressing.items():
        tops = [[row.code for row in desk.first if row.acute] for desk in desks]
        if not any(code in top for top in tops):
            yield code, what


def unheard(world: World, admin: psycopg.Connection) -> Iterator[tuple[str, str]]:
    """Give what waits too long and who ought to did not hear so, at the moment that the clock ran."""
    if world.now == world.ticked:
        clocked = [each.id for each in world.clocked]
        yield from oracle.unheard(
            admin, ticked=world.now, clocked=clocked, heard=world.heard, climbed=world.climbed
        )


def play(presses: Play, stage: Stage) -> list[str]:
    """Play, judge after each press, and return what was done."""
    done = []
    with stage.fresh() as admin:
        world = CareWorld()
        for name, pick in presses:
            if world.press(name, pick):
                done.append(name)
            wrong = [
                *oracle.amiss(admin, world.now),
                *oracle.unopened(admin, world.opened, world.now),
                *oracle.unwatched(admin, world.unwatched),
                *oracle.unbound(admin, world.waits),
                *oracle.unlike(admin, world.twins),
                *unheard(world, admin),
                *unseen(world),
                *world.off_plan(),
                *care_oracle.amiss(world, admin),
            ]
            assert wrong == [], f"after {name}, having done {done}"
    return done


@pytest.mark.parametrize("name", KEPT)
def test_what_once_ended_badly_ends_well(stage: Stage, name: str) -> None:
    done = play(KEPT[name], stage)
    assert len(done) == len(KEPT[name])


@pytest.mark.parametrize("part", range(tiers.either(1, 8)))
def test_no_play_loses_a_matter_or_hides_what_presses(stage: Stage, part: int) -> None:
    start = st.sampled_from(STARTS).map(lambda names: [(name, 0) for name in names.split()])
    press = st.tuples(st.sampled_from(PRESSES), st.integers(0, 3))
    number, length = tiers.either(10, 25), tiers.either(12, 30)
    done: list[str] = []

    @seed(1_000 * part + tiers.SEED)
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(start, st.lists(press, min_size=length // 2, max_size=length))
    def walk(begin: Play, presses: Play) -> None:
        done.extend(play(begin + presses, stage))

    walk()
    assert len(set(done)) > len(PRESSES) // 2
