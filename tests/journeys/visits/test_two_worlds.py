"""Worlds that differ only in what is open at a place are one to whoever plans, until a person releases."""

import re
from collections.abc import Callable, Collection
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import samples, tiers
from tests.journeys.visits.situations import Town, days

from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.visits import actions
from sluitend.journeys.visits.actions import Plan
from sluitend.journeys.visits.places import Place
from sluitend.kernel.organisations.models import Organisation

type Clients = Callable[[str], Client]
BARN = Place(address="tuinderspad 12A, De Lier")
LIST = "/werk/toezicht/"


def _case(town: Town) -> str:
    report, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    return samples.take_in(report, town.focal_point)


def _referred(town: Town) -> str:
    case = _case(town)
    samples.weigh(case, town.focal_point)
    samples.compose(case, town.focal_point)
    return samples.refer(case, town.focal_point, channel="phone")


def _taken_up(town: Town) -> None:
    answered = {"code": _referred(town), "answer": "opgepakt", "on": timezone.localdate()}
    town.do(town.focal_point, referrals.note_answer, **answered)


def _asked(town: Town) -> None:
    town.ask(BARN)
    town.catch_up()


def _beside(town: Town) -> None:
    town.do(town.focal_point, actions.plan_visit, plan=Plan("letter", days(3), BARN))


IN_HAND: dict[str, Callable[[Town], object]] = {
    "referred": _referred,
    "taken_up": _taken_up,
    "elsewhere": lambda town: samples.hand_over(samples.ready_to_hand_over(), town.focal_point),
    "beside": _beside,
}
WAITS: dict[str, Callable[[Town], object]] = {
    "asked": _asked,
    "noted": lambda town: town.note_wait_request(BARN),
}
"""These come last: after them nothing about the place goes to anybody."""
OPEN: dict[str, Callable[[Town], object]] = {**IN_HAND, "case": _case, **WAITS}


def seen(client: Client, path: str) -> tuple[int, str, list[str]]:
    """Return status, words and statements of a page, without what differs each time it is asked."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(path)
    words = re.sub(r'(name="(?:csrfmiddlewaretoken|draft_page)" value)="[^"]+"', "", page.text)
    values = r"'[^']*'|\"s\d+_x\d+\"|\b\d+\b"
    return (
        page.status_code,
        re.sub(r"G-\w+", "G", words),
        [re.sub(values, "?", each["sql"]) for each in asked],
    )


def world(town: Town, planner: Client, opens: Collection[str], *, then: Callable[[str], Any]) -> list[Any]:
    """Return all that the planner sees of a world in which these things are open; it is gone afterwards."""
    with transaction.atomic():
        before = town.plan(BARN)
        for each in sorted(opens, key=lambda name: (name in WAITS, name)):
            OPEN[each](town)
        form = {**BARN.as_json(), "kind": "check", "day": days(9).isoformat(), "aim": ""}
        planned = planner.post(f"{LIST}nieuw/", form)
        lines = {"rows": BARN.address, "kind": "check", "day": days(15).isoformat()}
        listed = planner.post(f"{LIST}lijst/", lines)
        then(before)
        pages = [LIST, f"{LIST}{before}/", "/werk/"]
        answers = [(each.status_code, each["Location"]) for each in (planned, listed)]
        found = [*answers, *(seen(planner, path) for path in pages)]
        transaction.set_rollback(True)
    return found


@settings(
    max_examples=tiers.either(4, 30), suppress_health_check=list(HealthCheck), deadline=None
)  # each makes cases
@given(opens=st.sets(st.sampled_from(sorted(OPEN)), min_size=1, max_size=3))
def test_what_is_open_is_not_seen_before_somebody_releases(
    town: Town, client_for: Clients, opens: set[str]
) -> None:
    planner = client_for("toezicht@westland.example")
    nothing = world(town, planner, (), then=lambda _code: None)
    assert world(town, planner, opens, then=lambda _code: None) == nothing


@settings(max_examples=tiers.either(3, 20), suppress_health_check=list(HealthCheck), deadline=None)
@given(opens=st.sets(st.sampled_from(sorted(IN_HAND)), min_size=1, max_size=3))
def test_what_is_released_after_agreeing_reads_as_if_nobody_had_been_there(
    town: Town, client_for: Clients, opens: set[str]
) -> None:
    planner = client_for("toezicht@westland.example")

    def released(code: str) -> None:
        town.release(code, agreed=True)

    assert world(town, planner, opens, then=released) == world(town, planner, (), then=released)
