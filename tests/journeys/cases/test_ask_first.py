"""Above the plan stand at most three questions that nobody answered, each answered by one press."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.journeys.cases.matters import DEPUTY, FOCAL, taken_in
from tests.journeys.cases.test_plan import SLEEPERS, fact, hidden_in, page, say, words_of
from tests.packs import den_haag

pytestmark = pytest.mark.django_db

type ClientFor = Callable[[str], Client]


def test_at_most_three_are_asked_and_none_that_is_known_or_has_a_page_of_its_own() -> None:
    asked = page(taken_in(saw=SLEEPERS)).ask_first
    assert 0 < len(asked) <= 3
    for each in asked:
        assert each.unknown
        assert not each.asked_elsewhere


def test_what_is_seldom_so_is_asked_after_everything_that_is_open() -> None:
    code, starts = taken_in(saw=SLEEPERS), [False]
    while not all(starts):
        asked = page(code).ask_first
        starts = [each.fact.values[0].id == "no" for each in asked]
        assert asked
        assert starts == sorted(starts)
        say(code, asked[0].id, asked[0].answers[-1].id)


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
    while not all(folded.values()):
        asked = page(code).ask_first
        assert asked
        body = client.get(f"/werk/casussen/{code}/plan/").content.decode()
        for each in asked:
            folded[len(each.answers) > 6].add(f'<summary id="eerst-{each.id}">' in body)
        say(code, asked[0].id, asked[0].answers[0].id)
    assert folded == {True: {True}, False: {False}}


def test_of_two_who_answer_what_was_asked_first_the_second_sees_both_and_chooses(
    client_for: ClientFor,
) -> None:
    code, deputy = taken_in(saw=SLEEPERS), client_for(DEPUTY)
    address, before = f"/werk/casussen/{code}/plan/feit/", page(code)
    first = before.ask_first[0]
    one, other = first.answers[0], first.answers[1]
    sent = {"fact": first.id, "revision": before.head.revision}
    assert client_for(FOCAL).post(address, {**sent, "values": one.id}).status_code == 302
    answer = deputy.post(address, {**sent, "values": other.id})
    assert fact(code, first.id).values == {one.id}
    text = words_of(answer.text)
    both = text[text.index("Uw tekst") : text.index("Wat blijft staan")]
    assert one.label.nl in both
    assert other.label.nl in both
    again = {name: each for name, each in hidden_in(answer.text, "feit/").items() if name != "next"}
    assert deputy.post(address, {**again, "keep_values": "mine"}).status_code == 302
    assert fact(code, first.id).values == {other.id}


def test_of_two_who_tick_kinds_of_a_new_place_nobody_says_that_it_is_not_known(client_for: ClientFor) -> None:
    code, deputy = taken_in(where="", company="", saw="Iemand belde."), client_for(DEPUTY)
    address, revision = f"/werk/casussen/{code}/plan/feit/", page(code).head.revision
    kinds = den_haag().plan_facts["place_kind"].values
    nothing = kinds[0]
    labels = {each.id: each.label.nl for each in kinds}
    sent = {"fact": "place_kind", "revision": revision}
    # What was not known is ticked, as the page has it, beside what somebody ticks.
    mine = {**sent, "values": [nothing.id, "catering"]}
    assert client_for(FOCAL).post(address, mine).status_code == 302
    answer = deputy.post(address, {**sent, "values": [nothing.id, "street", "hotel"]})
    text = words_of(answer.text)
    both = text[text.index("Uw tekst") : text.index("Wat blijft staan")]
    assert nothing.label.nl not in both
    assert all(labels[each] in both for each in ("catering", "street", "hotel"))
    assert fact(code, "place_kind").values == {"catering"}
    again = {"fact": "place_kind", "revision": page(code).head.revision, "keep_values": "mine"}
    assert deputy.post(address, {**again, "values": [nothing.id, "street", "hotel"]}).status_code == 302
    assert fact(code, "place_kind").values == {"street", "hotel"}
