"""Above the plan stand at most three questions that nobody answered, each answered by one press."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.journeys.cases.matters import FOCAL, taken_in
from tests.journeys.cases.test_plan import SLEEPERS, fact, page, say

pytestmark = pytest.mark.django_db

type ClientFor = Callable[[str], Client]


def test_at_most_three_are_asked_and_none_that_is_known_or_has_a_page_of_its_own() -> None:
    asked = page(taken_in(saw=SLEEPERS)).ask_first
    assert 0 < len(asked) <= 3
    for each in asked:
        assert each.unknown
        assert not each.asked_elsewhere


def test_one_press_answers_and_another_question_takes_its_place(client_for: ClientFor) -> None:
    code, client = taken_in(saw=SLEEPERS), client_for(FOCAL)
    first = page(code).ask_first[0]
    body = client.get(f"/werk/casussen/{code}/plan/").content.decode()
    section = body[body.index('id="eerst-vragen"') : body.index('id="feiten"')]
    assert all(f'value="{each.id}"' in section for each in first.answers)
    revision = re.search(r'name="revision" value="(\d+)"', section)
    assert revision is not None
    sent = {"fact": first.id, "values": first.answers[-1].id, "revision": revision[1]}
    assert client.post(f"/werk/casussen/{code}/plan/feit/", sent).status_code == 302
    assert fact(code, first.id).values == {first.answers[-1].id}
    assert first.id not in {each.id for each in page(code).ask_first}


def test_who_says_that_nothing_is_known_is_not_asked_again(client_for: ClientFor) -> None:
    code, client = taken_in(saw=SLEEPERS), client_for(FOCAL)
    first = page(code).ask_first[0]
    nothing = first.fact.values[0].id
    body = client.get(f"/werk/casussen/{code}/plan/").content.decode()
    section = body[body.index(f'id="eerst-{first.id}"') :]
    assert f'<button name="values" value="{nothing}">' in section[: section.index("</form>")]
    say(code, first.id, nothing)
    assert first.id not in {each.id for each in page(code).ask_first}


def test_many_answers_stand_in_a_fold_so_that_the_plan_stays_in_sight(client_for: ClientFor) -> None:
    code, client = taken_in(saw=SLEEPERS), client_for(FOCAL)
    folded: dict[bool, set[bool]] = {True: set(), False: set()}
    while asked := page(code).ask_first:
        body = client.get(f"/werk/casussen/{code}/plan/").content.decode()
        for each in asked:
            folded[len(each.answers) > 6].add(f'<summary id="eerst-{each.id}">' in body)
        say(code, asked[0].id, asked[0].answers[0].id)
    assert folded == {True: {True}, False: {False}}
