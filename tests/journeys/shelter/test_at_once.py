"""Two coordinators at one search, over two real connections: one wins, and no night has two rows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from django.db import connections
from django.utils import timezone
from tests import samples

from sluitend.journeys.shelter import actions
from sluitend.journeys.shelter.models import Search, SearchNight
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import Conflict

COORDINATOR = "zorg@shop.example"


def both(code: str, *verbs: tuple[str, dict[str, object]]) -> list[str]:
    """Let each verb be done at the same moment by somebody who saw the same search; return how each ended."""
    who, start = samples.actor(COORDINATOR), Barrier(len(verbs))
    with acting(who):
        seen = Search.objects.get(code=code).revision

    def press(verb: tuple[str, dict[str, object]]) -> str:
        name, fields = verb
        try:
            with acting(who):
                start.wait(timeout=30)
                getattr(actions, name)(code=code, actor=who, revision=seen, **fields)
        except Conflict:
            return "somebody was first"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(verbs)) as pool:
        return sorted(pool.map(press, verbs))


def test_a_night_that_two_fill_in_at_once_has_one_row_and_one_state(own_database: str) -> None:
    code = samples.begin_to_search()
    who = samples.actor(COORDINATOR)
    with acting(who):
        night = SearchNight.objects.get(search__code=code).night
    ended = both(
        code,
        ("set_night", {"night": night, "state": "bridged"}),
        ("set_night", {"night": night, "state": "nowhere"}),
    )
    assert ended == ["done", "somebody was first"]
    with acting(who):
        (row,) = SearchNight.objects.filter(search__code=code)
    assert row.plan in ("bridged", "nowhere")


def test_an_offer_that_two_answer_at_once_is_answered_once(own_database: str) -> None:
    code, who = samples.begin_to_search(), samples.actor(COORDINATOR)
    soon, today = timezone.now() + timedelta(hours=2), timezone.localdate()
    with acting(who):
        actions.offer(code=code, actor=who, kind="womens", answer_by=soon)
    ended = both(
        code,
        ("place", {"kind": "womens", "starts": today, "review": today + timedelta(days=5)}),
        ("declined", {}),
    )
    assert ended == ["done", "somebody was first"]
    with acting(who):
        row = Search.objects.select_related("current_step").get(code=code)
    assert row.state in ("placed", "declined")
    assert row.current_step is not None


def test_one_place_that_two_take_at_once_is_given_once(own_database: str) -> None:
    codes, who = [samples.begin_to_search(), samples.begin_to_search()], samples.actor(COORDINATOR)
    soon, start = timezone.now() + timedelta(hours=2), Barrier(2)
    with acting(who):  # before the morning it is still the night of the day before
        night = SearchNight.objects.filter(search__code=codes[0]).earliest("night").night
    for code in codes:
        with acting(who):
            actions.offer(code=code, actor=who, kind="womens", number="12", answer_by=soon)

    def take(code: str) -> str:
        try:
            with acting(who):
                start.wait(timeout=30)
                actions.place(
                    code=code, actor=who, kind="womens", starts=night, review=night + timedelta(days=5)
                )
        except Conflict:
            return "somebody was first"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, codes)) == ["done", "somebody was first"]
    with acting(who):
        rows = Search.objects.filter(code__in=codes).values_list("state", "current_step__what")
        assert sorted(rows) == [("open", "no_bed_tonight"), ("placed", "review_stay")]
