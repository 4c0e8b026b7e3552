"""What to ask first is what changes most of what is for today, and never what is known."""

from tests.kernel.handbook.facts import mixed
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.asked_first import LIKELY, asked_first
from sluitend.kernel.handbook.checks_of_plans import values_of
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.planning import Facts, Plan, facts_with, plan, start_facts, urgencies

PACK = den_haag()
EVERY = PACK.plan_facts.ids
START = start_facts(PACK)


def unknown(given: list[tuple[str, str]]) -> list[str]:
    """Return the facts of which nothing was said."""
    said = {name for name, _ in given}
    return [name for name in EVERY if name not in said]


def soon(made: Plan) -> set[tuple[str, Urgency]]:
    return {(each.id, each.urgency) for each in made.actions if each.urgency is not Urgency.DAYS}


def today(given: list[tuple[str, str]]) -> set[tuple[str, Urgency]]:
    return soon(plan(facts_with(PACK, given), PACK))


def plainly(facts: Facts, among: list[str], by_hand: tuple[str, ...]) -> tuple[str, ...]:
    """Return what to ask first, with a whole plan for each value of each fact."""

    def asked(rule: str) -> set[str]:
        it = PACK.plan_rules[rule]
        aimed = {name for aim in (*it.hastens, *it.lifts) for name in (*aim.actions, *aim.kinds)}
        return aimed | {each.action for each in it.adds if each.urgency is not Urgency.DAYS}

    def changed(name: str) -> tuple[int, int]:
        said, changed = set[str](), set[tuple[str, Urgency]]()
        for value in values_of(PACK.plan_facts[name], PACK):
            if value not in facts[name]:
                made = plan({**facts, name: frozenset({value})}, PACK, by_hand=by_hand)
                turned = {rule.id for rule in now.rules} ^ {rule.id for rule in made.rules}
                said |= {each for rule in turned for each in asked(rule)}
                changed |= soon(now) ^ soon(made)
        return len(said), len({action for action, _ in changed})

    now = plan(facts, PACK, by_hand=by_hand)
    changes = {name: changed(name) for name in EVERY if name in among}
    likely = sorted(changes, key=lambda name: -changes[name][0])[:LIKELY]
    heaviest = sorted(likely, key=lambda name: -changes[name][1])
    return tuple(name for name in heaviest if changes[name][1])[:3]


def test_of_a_case_of_which_nothing_is_known_danger_and_a_child_are_asked_first() -> None:
    asked = asked_first(START, PACK, EVERY)
    assert len(asked) == 3
    assert {"danger", "minor"} <= set(asked)


def test_what_somebody_is_about_to_do_is_asked_once_the_rest_is_known() -> None:
    given = [("danger", "no"), ("minor", "no"), ("wish", "yes"), ("may_know", "care"), ("forced", "yes")]
    asked = asked_first(facts_with(PACK, given), PACK, ("about_to", "accident", "young_adult"))
    assert "about_to" in asked


def test_each_that_is_asked_changes_what_is_for_today_and_was_not_known() -> None:
    given = [("danger", "soon"), ("form", "huishouden"), ("place", "known"), ("wish", "yes")]
    asked = asked_first(facts_with(PACK, given), PACK, unknown(given))
    assert asked
    assert not {name for name, _ in given} & set(asked)
    for name in asked:
        values = [each.id for each in PACK.plan_facts[name].values[1:]]
        assert any(today([*given, (name, value)]) != today(given) for value in values)


def test_what_changes_nothing_is_not_asked() -> None:
    assert asked_first(START, PACK, ("subregion",)) == ()
    assert asked_first(START, PACK, ()) == ()


def test_the_order_in_which_facts_are_offered_says_nothing() -> None:
    for facts in mixed(PACK, either(10, 100), seed=SEED):
        open_ones = [name for name in EVERY if facts[name] == START[name]]
        assert asked_first(facts, PACK, open_ones) == asked_first(facts, PACK, open_ones[::-1])


def test_it_is_what_a_whole_plan_for_each_value_says() -> None:
    by_hand = PACK.plan_actions.ids[::20]
    for given in ([], [("danger", "soon")], [("wish", "yes"), ("minor", "no"), ("place", "known")]):
        facts, among = facts_with(PACK, given), unknown(given)
        assert asked_first(facts, PACK, among, by_hand=by_hand) == plainly(facts, among, by_hand)
    for facts in mixed(PACK, either(5, 100), seed=SEED):
        among = [name for name in EVERY if facts[name] == START[name]]
        assert asked_first(facts, PACK, among, by_hand=by_hand) == plainly(facts, among, by_hand)


def test_it_takes_what_weighs_most_when_fewer_are_asked() -> None:
    assert asked_first(START, PACK, EVERY, number=1) == asked_first(START, PACK, EVERY)[:1]


def test_how_soon_each_action_is_done_is_what_the_plan_says() -> None:
    by_hand = PACK.plan_actions.ids[::7]
    for facts in mixed(PACK, either(50, 500), seed=SEED):
        made = plan(facts, PACK, by_hand=by_hand)
        assert urgencies(facts, PACK, by_hand) == {each.id: each.urgency for each in made.actions}


def test_what_somebody_added_for_today_lets_nothing_be_asked_that_changes_nothing() -> None:
    facts = facts_with(PACK, [("wish", "yes"), ("leaves", "abroad")])
    assert "fairwork_person" not in urgencies(facts, PACK)
    assert urgencies(facts, PACK, ["fairwork_person"])["fairwork_person"] is Urgency.TODAY
    assert asked_first(facts, PACK, ("chain", "access"), by_hand=["fairwork_person"]) == ()
