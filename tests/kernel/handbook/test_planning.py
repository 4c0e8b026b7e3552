"""The plan of a case is a pure function: what a rule may do to it, and what no rule may."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.packs import den_haag

from sluitend.kernel.handbook.entries import Entries, Text
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Facts, Plan, alone, facts_with, near, plan, start_facts
from sluitend.kernel.handbook.plans import (
    Adds,
    Aim,
    FactIs,
    Gate,
    Hastens,
    PartyKind,
    PlanVerb,
    Rank,
    Rule,
    Warns,
    When,
    Withholds,
)

WORDS = Text({"nl": "Omdat het zo is.", "en": "Because it is so."})
URGENCIES = list(Urgency)
ACTION = "place_lookup"
"""An action that every plan of the region has for a matter of which nothing is known."""


def rule(name: str, rank: Rank = Rank.GENERAL, **does: Any) -> Rule:
    """Return a rule that always holds."""
    return Rule(id=name, source=("eigen",), confirmed=False, rank=rank, because=WORDS, **does)


def only(*rules: Rule) -> Pack:
    """Return the region's pack with these rules and no others."""
    return den_haag().model_copy(update={"plan_rules": Entries[Rule](rules)})


def made(*rules: Rule, done: frozenset[str] = frozenset(), **facts: str) -> Plan:
    """Return the plan that these rules make."""
    pack = only(*rules)
    return plan(facts_with(pack, facts.items()), pack, done)


def adds(action: str = ACTION, urgency: Urgency = Urgency.DAYS) -> tuple[Adds, ...]:
    """Return that a rule asks for an action."""
    return (Adds(action=action, urgency=urgency),)


def any_facts() -> st.SearchStrategy[Facts]:
    """Return facts with any value that the region knows."""
    pack = den_haag()
    values = {
        fact.id: st.sampled_from(
            [each.id for each in fact.values] + list(pack.forms.ids if fact.of_forms else ())
        )
        for fact in pack.plan_facts
    }
    return st.fixed_dictionaries(values).map(lambda chosen: facts_with(pack, chosen.items()))


def test_two_rules_that_ask_for_one_action_make_one_action_with_both_reasons_and_the_faster_of_two() -> None:
    found = made(rule("a", adds=adds()), rule("b", adds=adds(urgency=Urgency.TODAY))).actions
    assert [(each.id, each.urgency) for each in found] == [(ACTION, Urgency.TODAY)]
    assert [each.id for each in found[0].because] == ["a", "b"]


@pytest.mark.parametrize("adding", list(Rank))
@pytest.mark.parametrize("lifting", list(Rank))
def test_only_a_stronger_rule_takes_an_action_away(adding: Rank, lifting: Rank) -> None:
    lifts = rule("lifts", lifting, lifts=(Aim(actions=(ACTION,)),))
    for rules in ((rule("adds", adding, adds=adds()), lifts), (lifts, rule("adds", adding, adds=adds()))):
        found = made(*rules)
        stronger = list(Rank).index(lifting) > list(Rank).index(adding)
        assert [each.action.id for each in found.lifted] == ([ACTION] if stronger else [])
        assert list(found.by_id) == ([] if stronger else [ACTION])


def test_one_weak_rule_beside_a_strong_one_keeps_the_action() -> None:
    found = made(
        rule("weak", adds=adds()),
        rule("strong", Rank.GUARD, adds=adds()),
        rule("lifts", Rank.SITUATION, lifts=(Aim(actions=(ACTION,)),)),
    )
    assert list(found.by_id) == [ACTION]


def test_nothing_slows_an_action() -> None:
    slow = Hastens(actions=(ACTION,), urgency=Urgency.DAYS)
    fast = Hastens(actions=(ACTION,), urgency=Urgency.NOW)
    urgent = rule("urgent", adds=adds(urgency=Urgency.TODAY))
    assert made(urgent, rule("slow", Rank.GUARD, hastens=(slow,))).actions[0].urgency is Urgency.TODAY
    assert made(urgent, rule("fast", hastens=(fast,))).actions[0].urgency is Urgency.NOW


def test_warnings_add_up_and_stand_once() -> None:
    pack = den_haag()
    own = pack.plan_actions[ACTION].warnings
    more = (own[0], "wish")
    found = made(rule("adds", adds=adds()), rule("warns", warns=(Warns(actions=(ACTION,), warnings=more),)))
    assert [each.id for each in found.actions[0].warnings] == [*own, "wish"]


def test_what_is_withheld_leaves_the_ceiling_with_its_own_reason() -> None:
    less = Withholds(actions=("care_refer",), parts=("person_name", "person_name"), reason=WORDS)
    found = made(rule("adds", adds=adds("care_refer")), rule("less", Rank.GUARD, withholds=(less,))).actions[
        0
    ]
    assert "person_name" not in found.may
    assert "contact_method" in found.may
    assert next(each.reason for each in found.withheld if each.part == "person_name") == WORDS


@pytest.mark.parametrize(
    ("aim", "meant"),
    [
        (Aim(), False),
        (Aim(actions=(ACTION,)), True),
        (Aim(lines=("place",)), True),
        (Aim(lines=("people",)), False),
        (Aim(lines=("place",), verbs=(PlanVerb.REFER,)), False),
        (Aim(lines=("place",), verbs=(PlanVerb.DO,), kinds=(PartyKind.SELF,)), True),
        (Aim(lines=("place",), but_not=(ACTION,)), False),
        (Aim(actions=(ACTION,), but_not=(ACTION,)), True),
    ],
)
def test_an_aim_means_what_it_names_or_what_fits_all_its_other_words(aim: Aim, meant: bool) -> None:
    found = made(rule("adds", adds=adds()), rule("lifts", Rank.GUARD, lifts=(aim,)))
    assert bool(found.lifted) == meant


def test_a_rule_holds_where_one_of_its_conditions_holds_whole() -> None:
    forced, child = FactIs(fact="forced", values=("yes",)), FactIs(fact="minor", values=("yes", "perhaps"))
    either = rule("either", adds=adds(), when=(When(all=(forced, child)), When(all=(child,))))
    assert not made(either, forced="yes").actions
    assert made(either, minor="perhaps").actions
    both = rule("both", adds=adds(), when=(When(all=(forced, child)),))
    assert not made(both, minor="yes").actions
    assert made(both, minor="yes", forced="yes").actions


def test_a_rule_that_misses_one_fact_is_said_with_that_fact() -> None:
    forced, child = FactIs(fact="forced", values=("yes",)), FactIs(fact="minor", values=("yes",))
    pack = only(rule("both", adds=adds(), when=(When(all=(forced, child)),)), rule("always", adds=adds()))
    assert [(each.rule.id, each.missed) for each in near(facts_with(pack, [("minor", "yes")]), pack)] == [
        ("both", forced)
    ]
    assert near(start_facts(pack), pack) == []


def test_an_action_waits_for_help_until_it_was_asked() -> None:
    rules = (rule("help", adds=adds("care_advice")), rule("police", adds=adds("crime_police")))
    ready: dict[str, Any] = {"papers": "settled", "residents": "settled", "hold": "none", "people": "yes"}
    assert [each.id for each in made(*rules, **ready).by_id["crime_police"].locks] == ["help"]
    asked = made(*rules, done=frozenset({"care_advice"}), **ready)
    assert asked.by_id["crime_police"].locks == ()
    # Where nobody can be asked, nothing waits for it.
    assert made(rules[1], **ready).by_id["crime_police"].locks == ()


def by_hand(*rules: Rule, chosen: str = "penalty_propose") -> Plan:
    """Return the plan that these rules make with an action that a person added."""
    pack = only(*rules)
    return plan(facts_with(pack, ()), pack, frozenset(), {chosen})


def test_what_a_person_added_is_in_the_plan_with_its_own_locks_and_for_no_rule() -> None:
    found = by_hand().by_id["penalty_propose"]
    assert (found.because, found.urgency) == ((), Urgency.DAYS)
    assert {each.id for each in found.locks} >= {"papers", "residents"}
    assert by_hand(chosen="no_such_action").actions == ()


@pytest.mark.parametrize(("rank", "stays"), [(Rank.FORM, True), (Rank.SITUATION, True), (Rank.GUARD, False)])
def test_only_a_guard_takes_out_what_a_person_added(rank: Rank, stays: bool) -> None:
    found = by_hand(rule("lifts", rank, lifts=(Aim(actions=("penalty_propose",)),)))
    assert ("penalty_propose" in found.by_id) is stays
    assert bool(found.lifted) is not stays


def test_an_action_that_is_no_longer_asked_for_still_has_its_ceiling() -> None:
    less = Withholds(actions=("care_refer",), parts=("person_name",), reason=WORDS)
    pack = only(rule("less", Rank.GUARD, withholds=(less,)))
    found = alone(start_facts(pack), pack, "care_refer")
    assert "person_name" not in found.may
    assert (found.because, found.urgency) == ((), Urgency.DAYS)


@given(any_facts(), st.randoms(use_true_random=False))
def test_where_a_rule_stands_in_its_file_says_nothing(facts: Facts, chance: Any) -> None:
    pack = den_haag()
    rules = list(pack.plan_rules)
    chance.shuffle(rules)
    mixed = only(*rules)

    def told(each: Plan) -> list[tuple[object, ...]]:
        return [
            (
                one.id,
                one.urgency,
                one.may,
                frozenset(warning.id for warning in one.warnings),
                frozenset(held.part for held in one.withheld),
                one.locks,
                frozenset(reason.id for reason in one.because),
            )
            for one in each.actions
        ]

    before, after = plan(facts, pack), plan(facts, mixed)
    assert told(before) == told(after)
    assert {each.action.id for each in before.lifted} == {each.action.id for each in after.lifted}


@given(any_facts(), st.data())
def test_one_rule_more_slows_nothing_and_gives_no_part_back(facts: Facts, data: st.DataObject) -> None:
    pack = den_haag()
    left_out = data.draw(st.sampled_from(pack.plan_rules.ids))
    fewer = only(*(each for each in pack.plan_rules if each.id != left_out))
    before, after = plan(facts, fewer).by_id, plan(facts, pack).by_id
    for name in before.keys() & after.keys():
        assert URGENCIES.index(after[name].urgency) <= URGENCIES.index(before[name].urgency)
        assert set(after[name].may) <= set(before[name].may)
        assert {each.id for each in before[name].warnings} <= {each.id for each in after[name].warnings}


@given(any_facts(), st.data())
def test_what_is_done_takes_no_action_away_and_locks_none(facts: Facts, data: st.DataObject) -> None:
    pack = den_haag()
    before = plan(facts, pack)
    done = data.draw(st.frozensets(st.sampled_from(sorted(before.by_id)))) if before.by_id else frozenset()
    after = plan(facts, pack, done)
    assert set(after.by_id) == set(before.by_id)
    for name, each in after.by_id.items():
        assert {lock.id for lock in each.locks} <= {lock.id for lock in before.by_id[name].locks}


def test_help_stands_before_what_somebody_finds_out_and_after_it_the_question_comes_first() -> None:
    pack = den_haag()
    given = {"form": "arbeidsuitbuiting", "wish": "no", "people": "yes", "forced": "perhaps"}
    facts = facts_with(pack, given.items())
    made = plan(facts, pack)
    assert [each.id for each in made.actions[:2]] == ["care_advice", "ask_danger"]
    assert made.by_id["care_advice"].urgency is Urgency.DAYS
    assert made.by_id["ask_danger"].urgency is Urgency.TODAY
    assert plan(facts, pack, frozenset({"care_advice"})).actions[0].id == "ask_danger"


def test_what_looks_at_one_kind_alone_leaves_a_second_what_it_asks_for() -> None:
    kinds = FactIs(fact="place_kind", values=("school", "counter"), only=True)
    takes = rule("takes", Rank.GUARD, when=(When(all=(kinds,)),), lifts=(Aim(actions=(ACTION,)),))
    pack = only(rule("asks", adds=adds()), takes)
    for said, stays in ((("school",), False), (("school", "counter"), False), (("school", "hotel"), True)):
        facts = facts_with(pack, (("place_kind", kind) for kind in said))
        assert (ACTION in plan(facts, pack).by_id) is stays


def test_a_gate_that_is_open_all_the_same_locks_nothing() -> None:
    danger = When(all=(FactIs(fact="danger", values=("now",)),))
    gate = Gate(id="help", source=("eigen",), text=WORDS, until_done=("care_advice",), open_when=(danger,))
    rules = (rule("asks", adds=(*adds("care_advice"), *adds("crime_police"))),)
    gates = (gate if each.id == gate.id else each for each in den_haag().plan_gates)
    pack = only(*rules).model_copy(update={"plan_gates": Entries[Gate](tuple(gates))})
    for said, locked in (("no", True), ("now", False)):
        there = plan(facts_with(pack, [("danger", said)]), pack).by_id["crime_police"]
        assert ("help" in {lock.id for lock in there.locks}) == locked
