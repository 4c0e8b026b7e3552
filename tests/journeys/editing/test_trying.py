"""A changed rule of the plan, tried on the sample cases before anybody offers it: which advice it changes."""

import html
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.journeys.editing.drafting import MEREL, change

from sluitend.journeys.editing import actions, queries
from sluitend.journeys.editing.actions import Edit
from sluitend.journeys.editing.queries.trying import tried
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.queries import current_release

RULES = "plan_rules"


def rule(name: str) -> dict[str, Any]:
    """Return a rule as it is published."""
    content: dict[str, Any] = plain(current_release().pack.plan_rules[name])
    return content


def save(who: Actor, name: str, content: dict[str, Any], part: str = RULES) -> None:
    """Change an entry in the draft."""
    actions.save(actor=who, edit=Edit(part, name, content, 0))


def asks(action: str) -> str:
    """Return a rule that adds an action."""
    rules = current_release().pack.plan_rules
    return next(each.id for each in rules if action in {adds.action for adds in each.adds})


def test_a_draft_without_a_rule_of_a_plan_changes_no_advice(merel: Actor) -> None:
    with acting(merel):
        assert queries.trial(merel) is None
        actions.start(actor=merel)
        change(merel)
        assert queries.trial(merel) is None


def test_the_same_handbook_gives_the_same_advice(region: object) -> None:
    pack = current_release().pack
    assert tried(pack, pack).changes == ()


@pytest.mark.parametrize("action", ["care_refer", "child_vt"])
def test_a_rule_that_asks_something_no_more_says_in_which_samples_it_is_missed(
    merel: Actor, action: str
) -> None:
    pack = current_release().pack
    names = [each.id for each in pack.plan_rules if action in {adds.action for adds in each.adds}]
    if not names:
        pytest.fail(f"no rule adds {action}")
    with acting(merel):
        actions.start(actor=merel)
        for name in names:
            content = rule(name)
            content["adds"] = [each for each in content["adds"] if each["action"] != action]
            save(merel, name, content)
        found = queries.trial(merel)
    assert found is not None
    assert found.number == len(pack.plan_samples)
    says = pack.plan_actions[action].says.nl
    missed = {each.id for each in found.changes if says in each.plan.gone}
    expected = {
        sample.id for sample in pack.plan_samples if action in {each.action for each in sample.expect.actions}
    }
    assert expected <= missed
    assert expected


def test_what_is_read_in_another_way_is_told(merel: Actor) -> None:
    pack = current_release().pack
    reading = next(iter(pack.plan_readings))
    with acting(merel):
        actions.start(actor=merel)
        actions.save(actor=merel, edit=Edit("plan_readings", reading.id, None, 0))
        found = queries.trial(merel)
    assert found is not None
    assert any(each.read for each in found.changes)


def test_a_rule_that_names_what_is_not_there_cannot_be_tried_and_says_so(
    merel: Actor, client_for: Callable[[str], Client]
) -> None:
    name = asks("care_refer")
    with acting(merel):
        actions.start(actor=merel)
        save(merel, name, rule(name) | {"review_by": "2027-12-01"})
        actions.save(actor=merel, edit=Edit("plan_actions", "care_refer", None, 0))
        found = queries.trial(merel)
    assert found is not None
    assert found.impossible
    page = client_for(MEREL).get("/werk/handboek/wijzigingen/").text
    assert "nog niet te proberen" in page


def test_the_second_person_reads_what_the_draft_changes(
    merel: Actor, client_for: Callable[[str], Client]
) -> None:
    name = asks("ask_wish")
    content = rule(name)
    content["adds"] = [each for each in content["adds"] if each["action"] != "ask_wish"]
    with acting(merel):
        actions.start(actor=merel)
        save(merel, name, content)
    page = client_for(MEREL).get("/werk/handboek/wijzigingen/").text
    assert "Welk advies dit verandert" in page
    assert "Niet meer nodig" in page


def test_what_a_sample_misses_is_said_with_the_names_of_what_it_is_about(
    merel: Actor, client_for: Callable[[str], Client]
) -> None:
    pack = current_release().pack
    wanted = next(
        one
        for each in pack.plan_samples
        for one in each.expect.actions
        if one.urgency is Urgency.DAYS and len(adding(one.action)) == 1
    )
    (name,) = adding(wanted.action)
    content = rule(name)
    for each in content["adds"]:
        if each["action"] == wanted.action:
            each["urgency"] = "now"
    with acting(merel):
        actions.start(actor=merel)
        save(merel, name, content)
    read = html.unescape(client_for(MEREL).get("/werk/handboek/wijzigingen/").text)
    says = pack.plan_actions[wanted.action].says.nl.rstrip(".")
    assert f"Actie “{says}” is “nu”, verwacht was “binnen dagen”." in read
    assert f"'{wanted.action}'" not in read


def adding(action: str) -> list[str]:
    """Return the rules that add an action."""
    rules = current_release().pack.plan_rules
    return [each.id for each in rules if action in {adds.action for adds in each.adds}]
