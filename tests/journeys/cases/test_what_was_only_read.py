"""What was only read in a report carries its mark at each action that rests on it, until it is confirmed."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.journeys.cases.matters import FOCAL, taken_in
from tests.journeys.cases.test_plan import HELP, acts, do, fact, say
from tests.reading import as_read

from sluitend.journeys.cases import actions

pytestmark = pytest.mark.django_db

MARK = "Gelezen in de melding. Klopt dit?"


def marks(code: str) -> dict[str, list[str]]:
    """Return on which facts that were only read the actions of a case rest."""
    return {name: [each.id for each in act.read_from] for name, act in acts(code).items() if act.read_from}


def test_an_action_that_rests_on_words_says_on_which_until_somebody_confirms_them() -> None:
    code = taken_in(saw=HELP)
    assert marks(code)["care_refer"] == ["wish"]
    say(code, "wish", "yes")
    assert "wish" not in {name for names in marks(code).values() for name in names}
    assert "care_refer" in acts(code)


def test_what_no_words_are_needed_for_has_no_mark() -> None:
    code = taken_in(saw="Zij wonen in een rijtjeshuis.")
    assert fact(code, "place_kind").only_read
    assert "ask_wish" in acts(code)
    assert "ask_wish" not in marks(code)


def test_what_a_reporter_ticked_has_no_mark() -> None:
    code = taken_in(saw="Ik zag iets.", think="", signals=("ALG-06",))
    assert fact(code, "forced").from_report
    assert not fact(code, "forced").only_read


def test_what_a_person_added_rests_on_no_words() -> None:
    code = taken_in(saw=HELP)
    do(actions.add_measure, code, "penalty_propose", reason="agreed")
    assert acts(code)["penalty_propose"].added
    assert "penalty_propose" not in marks(code)


def test_the_page_shows_the_mark_with_the_way_to_the_fact_and_one_press_confirms_it(
    client_for: Callable[[str], Client],
) -> None:
    code = taken_in(saw=HELP)
    client = client_for(FOCAL)
    address = f"/werk/casussen/{code}/plan/"
    before = client.get(address)
    text = as_read(before.text)
    assert MARK in text
    assert 'href="#feit-wish"' in before.text
    assert "Ja, dit klopt" in text
    revision = before.context["page"].head.revision
    client.post(f"{address}feit/", {"revision": revision, "fact": "wish", "values": "yes"})
    after = client.get(address).text
    assert 'href="#feit-wish"' not in after
    assert not fact(code, "wish").from_report


def test_what_a_fact_comes_from_is_not_told_again_as_something_else() -> None:
    code = taken_in(minor="yes", saw="Een meisje van 15 is vaak hele nachten weg.", signals=("SEK-17",))
    found = fact(code, "minor")
    assert [each.ticked for each in found.sources] == [False, True]
    assert not found.before


def test_what_stands_first_says_so_too(client_for: Callable[[str], Client]) -> None:
    code = taken_in(saw="De voorman slaat haar nu.", think="")
    before = client_for(FOCAL).get(f"/werk/casussen/{code}/plan/")
    assert before.context["page"].next.read_from
    box = before.text[before.text.index('class="sl-next"') :]
    assert MARK in as_read(box[: box.index("</section>")])
