"""A newer release of the handbook: the old plan stays, what differs is told, and one press takes it over."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from tests.journeys.cases.matters import DEPUTY, ELSEWHERE, FOCAL, row, somebody, taken_in, weighed
from tests.journeys.cases.test_plan import SLEEPERS, acts, decide_everything, do, next_of, page, say

from sluitend.journeys.cases import actions
from sluitend.journeys.cases.models import TimelineEvent
from sluitend.kernel.access.errors import Absent, Conflict
from sluitend.kernel.handbook.actions import publish_pack
from sluitend.kernel.handbook.loading import pack_of
from sluitend.kernel.handbook.queries import current_release, release

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_memory() -> Iterator[None]:
    release.cache_clear()
    yield
    release.cache_clear()


def publish(change: Callable[[dict[str, Any]], None]) -> int:
    """Publish the handbook with a change, and return the number of that release."""
    content = json.loads(current_release().pack.canonical_json())
    content["plan_samples"] = []
    change(content)
    return publish_pack(pack_of(content), actor_name="beheer").number


def entry(content: dict[str, Any], collection: str, name: str) -> dict[str, Any]:
    """Return one entry of a pack."""
    return next(each for each in content[collection] if each["id"] == name)


def without_owners_question(content: dict[str, Any]) -> None:
    """Let nothing ask for the wish of who was found at work."""
    content["plan_rules"].append(
        {
            "id": "wish_known",
            "rank": "general",
            "because": {"nl": "Iemand wil hulp.", "en": "Somebody wants help."},
            "when": [{"all": [{"fact": "wish", "values": ["yes"]}]}],
            "adds": [{"action": "ask_wish", "urgency": "days"}],
            "confirmed": False,
            "review_by": "2027-05-25",
            "source": ["eigen"],
        }
    )
    for rule in content["plan_rules"]:
        if rule["id"] != "wish_known":
            rule["adds"] = [each for each in rule.get("adds", ()) if each["action"] != "ask_wish"]
    # A rule that is left with nothing to do is refused.
    does = ("adds", "lifts", "hastens", "warns", "withholds")
    content["plan_rules"] = [rule for rule in content["plan_rules"] if any(map(rule.get, does))]


def less_may_go(content: dict[str, Any]) -> None:
    """Let nothing of the sort of place go along with help any more."""
    for share in content["plan_shares"]:
        share["may"] = share.get("may", [])[:1]


def take_over(code: str, number: int, who: str = FOCAL, **more: Any) -> None:
    """Judge a case by a newer release."""
    with somebody(who) as actor:
        actions.take_over_release(actor=actor, code=code, number=number, **more)


def test_a_case_by_the_newest_release_says_nothing_of_another() -> None:
    assert page(taken_in(saw=SLEEPERS)).newer is None


def test_a_newer_release_changes_nothing_until_somebody_takes_it_over() -> None:
    code = taken_in(saw=SLEEPERS)
    before = acts(code)
    number = publish(without_owners_question)
    assert set(acts(code)) == set(before)
    newer = page(code).newer
    assert newer is not None
    assert newer.number == number
    assert newer.change.gone == (before["ask_wish"].planned.action.says.nl,)
    assert not newer.change.new


def test_one_press_takes_it_over_and_the_timeline_says_what_changed() -> None:
    code = taken_in(saw=SLEEPERS)
    number = publish(without_owners_question)
    take_over(code, number)
    assert "ask_wish" not in acts(code)
    assert page(code).newer is None
    assert row(code).release_number == number
    with somebody():
        assert TimelineEvent.objects.filter(case__code=code, what=TimelineEvent.What.PLAN).count() == 1


def test_a_release_by_which_less_may_go_along_says_so_first() -> None:
    code = taken_in(saw=SLEEPERS)
    publish(less_may_go)
    newer = page(code).newer
    assert newer is not None
    assert newer.change.careful
    assert newer.told[0][1] == newer.change.careful


def test_what_was_decided_stays_also_where_the_new_plan_does_not_ask_it() -> None:
    code = weighed(saw=SLEEPERS)
    do(actions.finish_action, code, "ask_wish")
    take_over(code, publish(without_owners_question))
    assert [(each.state, each.runs) for each in page(code).past] == [("done", False)]


def test_what_the_newer_release_has_no_word_for_is_told_and_asks_again() -> None:
    code = taken_in(saw=SLEEPERS)
    say(code, "housing", "bad")

    def another_word(content: dict[str, Any]) -> None:
        for value in entry(content, "plan_facts", "housing")["values"]:
            value["id"] = OTHER.get(value["id"], value["id"])
        content |= renamed({name: each for name, each in content.items() if name.startswith("plan_")})

    number = publish(another_word)
    newer = page(code).newer
    assert newer is not None
    assert len(newer.lost) == 1
    take_over(code, number)
    strip = {each.id: each for each in (*page(code).facts, *page(code).more)}
    assert strip["housing"].unknown


OTHER = {"bad": "poor"}


def renamed(of: Any) -> Any:
    """Return part of a pack with another id for the value "bad" of the fact "housing"."""
    if isinstance(of, list):
        return [renamed(each) for each in of]
    if not isinstance(of, dict):
        return of
    found = {key: renamed(each) for key, each in of.items()}
    if "housing" in (of.get("fact"), of.get("id")):
        for key, each in found.items():
            if isinstance(each, str):
                found[key] = OTHER.get(each, each)
            elif isinstance(each, list):
                found[key] = [OTHER.get(one, one) if isinstance(one, str) else one for one in each]
    return found


def test_of_two_who_take_it_over_the_second_reads_who_was_first() -> None:
    code = taken_in(saw=SLEEPERS)
    seen = page(code).head.revision
    number = publish(without_owners_question)
    take_over(code, number, revision=seen)
    with pytest.raises(Conflict):
        take_over(code, number, DEPUTY, revision=seen)


def test_only_the_newest_release_is_taken_over() -> None:
    code = taken_in(saw=SLEEPERS)
    first = publish(without_owners_question)
    publish(less_may_go)
    with pytest.raises(Conflict):
        take_over(code, first)


def test_another_municipality_takes_nothing_over() -> None:
    code = taken_in(saw=SLEEPERS)
    number = publish(without_owners_question)
    with pytest.raises(Absent):
        take_over(code, number, ELSEWHERE)


def test_a_case_of_a_handbook_without_a_plan_gets_one_by_one_press(
    client_for: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_plan(content: dict[str, Any]) -> None:
        for name in list(content):
            if name.startswith("plan_"):
                content[name] = []
        for each in content["inquiries"]:
            each.pop("hears", None)
        for part in content["parts"]:
            part.pop("gates", None)
        for step in content["residents"]["first_steps"]:
            step.pop("party", None)

    whole = json.loads(current_release().pack.canonical_json())
    publish(no_plan)
    code = taken_in(saw=SLEEPERS)
    number = publish_pack(pack_of(whole), actor_name="beheer").number
    client = client_for(FOCAL)
    shown = client.get(f"/werk/casussen/{code}/plan/").text
    assert "zonder plan" in shown
    sent = {"number": number, "revision": page(code).head.revision}
    answer = client.post(f"/werk/casussen/{code}/plan/uitgave/", sent)
    assert answer.status_code == 302
    assert acts(code)
    assert "zonder plan" not in client.get(f"/werk/casussen/{code}/plan/").text


def test_a_number_that_is_none_is_refused_in_words(client_for: Callable[[str], Client]) -> None:
    code, client = taken_in(saw=SLEEPERS), client_for(FOCAL)
    for number in ("", "abc", "-1", "99999999999999999999", "7"):
        answer = client.post(f"/werk/casussen/{code}/plan/uitgave/", {"number": number})
        assert answer.status_code in (409, 422)
    assert row(code).release_number == current_release().number


def test_a_case_that_waits_goes_on_by_what_the_newer_release_asks() -> None:
    code = weighed(saw=SLEEPERS)
    old = publish(without_owners_question)
    take_over(code, old)
    decide_everything(code)
    assert next_of(code)[0] == "follow_case"

    def asks_again(content: dict[str, Any]) -> None:
        rule = next(
            each for each in content["plan_rules"] if each.get("rank") == "general" and each.get("adds")
        )
        rule["adds"].append({"action": "ask_wish", "urgency": "days"})
        rule.pop("when", None)

    take_over(code, publish(asks_again))
    assert next_of(code)[0] == "work_plan"
    assert acts(code)["ask_wish"].open


def test_what_was_asked_of_a_source_that_is_gone_is_still_read_and_taken_over(
    client_for: Callable[[str], Client],
) -> None:
    code = taken_in(saw=SLEEPERS)
    with somebody() as actor:
        asked = actions.look_up(
            actor=actor, code=code, source="kadaster", question="owner", need="right_place", result="hit"
        )

    def without_source(content: dict[str, Any]) -> None:
        content["sources"] = [each for each in content["sources"] if each["id"] != "kadaster"]

    take_over(code, publish(without_source))
    with somebody() as actor:
        actions.copy_from_hit(actor=actor, code=code, look_up_id=asked, text="Eigenaar is een bv.")
    client = client_for(FOCAL)
    for page_of in ("", "plan/", "verrijken/", "beeld/", "maatregelen/", "afsluiten/", "weging/"):
        assert client.get(f"/werk/casussen/{code}/{page_of}").status_code in (200, 302), page_of
    assert "Eigenaar is een bv." in client.get(f"/werk/casussen/{code}/verrijken/").text


def test_a_release_by_which_somebody_else_is_asked_says_so() -> None:
    code = taken_in(saw=SLEEPERS)
    asked = acts(code)["others_fairwork"].planned

    def others_are_asked(content: dict[str, Any]) -> None:
        entry(content, "plan_parties", asked.action.party)["partner"] = "juridisch_loket"

    publish(others_are_asked)
    newer = page(code).newer
    assert newer is not None
    assert newer.change.otherwise == (asked.action.says.nl,)
    assert newer.told
