"""On which facts an action rests: the plan without them tells, whatever is known."""

from random import Random

from tests.kernel.handbook.facts import mixed
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.planning import facts_with, plan, start_facts
from sluitend.kernel.handbook.resting import rests_on


def test_an_action_rests_on_some_facts_exactly_where_the_plan_without_them_has_none_of_its_rules() -> None:
    pack, chance, found = den_haag(), Random(SEED), set()  # noqa: S311
    start = start_facts(pack)
    for facts in mixed(pack, either(60, 600), seed=SEED):
        read = {name for name in facts if facts[name] != start[name] and chance.random() < 1 / 4}
        hold = {rule.id for rule in plan({**facts, **{name: start[name] for name in read}}, pack).rules}
        for each in plan(facts, pack).actions:
            rests = rests_on(each, facts, read)
            assert bool(rests) == hold.isdisjoint(rule.id for rule in each.because), (each.id, facts)
            assert read.issuperset(rests)
            found.add(bool(rests))
    assert found == {True, False}


def test_a_condition_that_holds_without_a_fact_as_well_does_not_rest_on_it() -> None:
    pack = den_haag()
    facts = facts_with(pack, [("wish", "yes"), ("forced", "yes"), ("minor", "no")])
    act = plan(facts, pack).by_id["care_refer"]
    assert any(one.fact == "minor" for rule in act.because for when in rule.when for one in when.all)
    assert rests_on(act, facts, {"wish", "minor"}) == ("wish",)
    assert rests_on(act, facts, {"minor"}) == ()


def test_what_a_person_added_rests_on_nothing() -> None:
    pack = den_haag()
    facts = facts_with(pack, [("wish", "yes")])
    act = plan(facts, pack, by_hand={"penalty_propose"}).by_id["penalty_propose"]
    assert not act.because
    assert rests_on(act, facts, {"wish"}) == ()
