"""What a reporter or a department is about to do is asked to wait, and nobody hears why."""

import pytest
from tests.kernel.handbook.facts import mixed
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.planning import Facts, facts_with, plan
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


AWAY = {"in_region", "elsewhere", "abroad", "somewhere"}
THERE = {"in_region": "leave_town", "elsewhere": "leave_where", "abroad": "leave_where"}


def somebody_grown(facts: Facts) -> bool:
    """Return whether somebody may be grown-up."""
    return facts["minor"] != {"yes"} or bool(facts["adults"] & {"yes", "both"})


def test_before_somebody_leaves_they_can_be_reached_and_who_is_there_is_asked() -> None:
    pack = den_haag()
    for facts in mixed(pack, either(300, 5000), seed=SEED):
        made = plan(facts, pack)
        for value in facts["leaves"] & AWAY if somebody_grown(facts) else ():
            there = [THERE[value]] if value in THERE else []
            # Without a safe way nobody speaks with them: the departure is told to whoever helps.
            reach = "leave_tell" if "unsafe" in facts["contact"] else "leave_reach"
            for name in (reach, *there):
                assert made.by_id[name].urgency in (Urgency.NOW, Urgency.TODAY)
        if facts["leaves"].isdisjoint(AWAY) or not somebody_grown(facts):
            assert not {"leave_reach", "leave_tell"} & set(made.by_id)


def test_nobody_arranges_how_a_child_travels_or_says_that_it_may_go() -> None:
    pack = den_haag()
    for facts in mixed(pack, either(300, 5000), seed=SEED):
        made = plan(facts, pack)
        goes = (
            facts["leaves"] & AWAY or facts["fetched"] & {"yes", "against"} or "let_go" in facts["about_to"]
        )
        if not goes or somebody_grown(facts):
            continue
        assert {"leave_reach", "leave_where"}.isdisjoint(made.by_id)
        assert "free_to_go" not in {each.id for action in made.actions for each in action.warnings}
        if "wait_leaving" in made.by_id:
            assert "child_return" in {each.id for each in made.by_id["wait_leaving"].warnings}
        if "abroad" in facts["leaves"]:
            assert "child_stay" in made.by_id


def test_the_place_where_somebody_goes_hears_nothing_that_points_them_out() -> None:
    pack = den_haag()
    for facts in mixed(pack, either(300, 5000), seed=SEED):
        told = plan(facts, pack).by_id.get("leave_town")
        for part in told.may if told else ():
            assert not pack.parts[part].identifies_person


@pytest.mark.parametrize("fact", [("leaves", "abroad"), ("fetched", "yes"), ("fetched", "against")])
def test_a_child_that_leaves_or_is_fetched_is_told_now(fact: tuple[str, str]) -> None:
    pack = den_haag()
    made = plan(facts_with(pack, [("minor", "yes"), fact]), pack)
    assert {made.by_id[name].urgency for name in ("child_police", "child_vt")} == {Urgency.NOW}


def test_somebody_watches_the_door_of_a_shelter_and_locks_nobody_in() -> None:
    pack = den_haag()
    given = [("fetched", "yes"), ("place_kind", "institution"), ("moment", "today")]
    watched = plan(facts_with(pack, given), pack).by_id["watch_door"]
    assert watched.urgency is Urgency.NOW
    assert "free_to_go" in {each.id for each in watched.warnings}


@pytest.mark.parametrize(
    ("words", "fact", "value"),
    [
        ("Zaterdag moet zij met hem naar het buitenland.", "leaves", "abroad"),
        ("Zondag vertrekt de kermis met alle mensen.", "leaves", "somewhere"),
        ("Vanavond komt een man haar halen.", "fetched", "yes"),
    ],
)
def test_a_departure_is_heard_in_plain_words(words: str, fact: str, value: str) -> None:
    assert value in propose([words], (), den_haag())[fact].values


@pytest.mark.parametrize(
    "words",
    [
        "Zij kwam vorig jaar uit het buitenland.",
        "Hij haalt haar elke week de boodschappen.",
        "Morgen is de markt open.",
    ],
)
def test_what_is_no_departure_is_not_heard_as_one(words: str) -> None:
    assert not {"leaves", "fetched"} & set(propose([words], (), den_haag()))


def test_who_is_not_sure_of_residence_has_advice_as_soon_as_the_police_are_asked() -> None:
    pack = den_haag()
    given = [("residence_question", "yes"), ("forced", "yes"), ("form", "huishouden"), ("place_kind", "home")]
    assert plan(facts_with(pack, given), pack).by_id["residence_advice"].urgency is Urgency.TODAY


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("Zij vroeg of ik haar naar de ambassade kon brengen.", "embassy"),
        ("Ik meld dit, maar mijn naam mag er niet in.", "access"),
        ("Zij kan niet goed lezen en heeft een telefoon.", "contact"),
    ],
)
def test_words_of_somebody_who_looks_for_help_take_nobody_away(words: str, fact: str) -> None:
    """Read as staff of an embassy, the first kept the police away from a woman who was beaten."""
    assert fact not in propose([words], (), den_haag())


def test_whoever_hears_what_a_reporter_gave_hears_that_nobody_may_guess_who() -> None:
    pack = den_haag()
    for action in pack.plan_actions:
        if action.share == "case_police":
            assert "reporter_safe" in action.warnings
