"""What a reporter or a department is about to do is asked to wait, and nobody hears why."""

import pytest
from tests.kernel.handbook.facts import mixed
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.planning import facts_with, plan
from sluitend.kernel.handbook.reading import propose

WAITS = {
    "end_home": "wait_home",
    "papers_back": "wait_papers",
    "pay_out": "wait_pay",
    "letter": "wait_letter",
    "close": "wait_close",
    "let_go": "wait_leaving",
    "end_registration": "registry_wait",
    "stop_help": "wait_help",
}
"""What is about to happen, and the action that asks to wait."""

TELLS_NOTHING = {"question", "dates"}


def test_each_thing_that_may_happen_has_an_action_that_asks_to_wait() -> None:
    values = {each.id for each in den_haag().plan_facts["about_to"].values}
    assert values - {"unknown", "nothing"} == set(WAITS)


def test_whatever_else_is_known_it_is_asked_now_or_today_waits_for_no_lock_and_tells_nothing() -> None:
    pack = den_haag()
    for facts in mixed(pack, either(300, 5000), seed=SEED):
        made = plan(facts, pack)
        soon = {Urgency.NOW} if "today" in facts["moment"] else {Urgency.NOW, Urgency.TODAY}
        for value in facts["about_to"] & set(WAITS):
            asked = made.by_id[WAITS[value]]
            assert asked.urgency in soon
            assert not asked.locks
            assert set(asked.may) <= TELLS_NOTHING


def test_what_goes_on_for_the_person_goes_on() -> None:
    pack = den_haag()
    made = plan(facts_with(pack, [("about_to", "pay_out"), ("about_to", "stop_help")]), pack)
    for name in ("wait_pay", "wait_help"):
        assert "must_go_on" in {each.id for each in made.by_id[name].warnings}


def test_a_paper_goes_to_its_owner_alone() -> None:
    pack = den_haag()
    made = plan(facts_with(pack, [("about_to", "papers_back"), ("moment", "today")]), pack)
    assert made.actions[0].id == "wait_papers"
    assert "only_owner" in {each.id for each in made.actions[0].warnings}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Wij willen vrijdag de huur opzeggen.", "end_home"),
        ("De balie moet de paspoorten morgen teruggeven.", "papers_back"),
        ("Wij gaan het leefgeld donderdag uitbetalen.", "pay_out"),
        ("Onze afdeling wil deze week een brief sturen.", "letter"),
        ("De burgemeester wil het pand gaan sluiten.", "close"),
        ("Wij moeten haar vanavond laten gaan.", "let_go"),
        ("Burgerzaken wil de inschrijving intrekken.", "end_registration"),
        ("De gemeente gaat de begeleiding stopzetten.", "stop_help"),
    ],
)
def test_it_is_heard_in_plain_words(words: str, value: str) -> None:
    heard = propose([words], (), den_haag())
    assert value in heard["about_to"].values


@pytest.mark.parametrize(
    "words",
    [
        "Hij kreeg vorig jaar een brief van de gemeente.",
        "De huisbaas verhoogt elk jaar de huur.",
        "Wij gaan geen brief sturen.",
        "Zij wil stoppen met dit werk.",
        "Haar paspoort ligt bij de baas.",
    ],
)
def test_what_is_past_or_of_somebody_else_is_not_heard(words: str) -> None:
    assert "about_to" not in propose([words], (), den_haag())
