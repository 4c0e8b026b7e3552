"""Every plan of this region keeps what it promises, whatever the facts; and no rule is there for nothing."""

from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any

from tests.kernel.handbook.changing import changed, without
from tests.kernel.handbook.facts import combined, mixed
from tests.tiers import SEED, either

from sluitend.kernel.handbook.checks_of_actions import ENFORCING
from sluitend.kernel.handbook.checks_of_samples import sample_findings
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.planning import Facts, Plan, Planned, plan
from sluitend.kernel.handbook.plans import PartyKind, PlanVerb, Rule
from sluitend.kernel.handbook.promises_of_plans import broken

ADULT_ONLY = {"ask_wish", "keep_open", "care_refer", "marriage_vt"}
REPORTS_OF_FORCE = {"work_police", "sex_police", "crime_police", "exploiter_police"}
CHECKS = {"work_inspect", "work_joint", "exploiter_police"}
CLOSING = {"close_business", "close_opium", "urgent_action", "housing_bylaw"}
# Somebody may be locked in there, or it reaches no place where people live and work.
BEFORE_THE_RESIDENTS = {"nursery_police", "embassy_police", "exploiter_police"}
MEASURES = {PlanVerb.PROPOSE, PlanVerb.PASS_ON}

type Promise = Callable[[Facts, Plan], bool]


def has(facts: Facts, fact: str, *values: str) -> bool:
    """Tell whether a fact has one of these values."""
    return not facts[fact].isdisjoint(values)


def is_child(facts: Facts) -> bool:
    return has(facts, "minor", "yes", "perhaps")


def warned(each: Planned, warning: str) -> bool:
    return warning in {one.id for one in each.warnings}


def of_kind(made: Plan, *kinds: PartyKind) -> list[Planned]:
    return [each for each in made.actions if each.party.kind in kinds]


def danger(facts: Facts, made: Plan) -> bool:
    first = made.actions[0].id == "call_112" and not made.actions[0].locks
    return not has(facts, "danger", "now") or (first and {"danger_police", "danger_care"} <= set(made.by_id))


def veilig_thuis(facts: Facts, made: Plan) -> bool:
    told = made.by_id.get("child_vt")
    return not is_child(facts) or (
        told is not None and told.urgency is not Urgency.DAYS and warned(told, "no_parents")
    )


def care_and_police(facts: Facts, made: Plan) -> bool:
    asked = [{"child_police", "danger_police"}, {"child_care", "danger_care"}]
    return not is_child(facts) or all(each & set(made.by_id) for each in asked)


def nidos(facts: Facts, made: Plan) -> bool:
    alone = is_child(facts) and has(facts, "child_alone", "yes", "perhaps")
    return not alone or "child_nidos" in made.by_id


def no_adult(facts: Facts, made: Plan) -> bool:
    return not is_child(facts) or not ADULT_ONLY & set(made.by_id)


def force_that_was_seen(facts: Facts, made: Plan) -> bool:
    return not has(facts, "forced", "no") or not REPORTS_OF_FORCE & set(made.by_id)


def suspicion(facts: Facts, made: Plan) -> bool:
    mere = has(facts, "concrete", "no") and has(facts, "danger", "no", "unknown")
    if not mere or is_child(facts) or has(facts, "wish", "yes"):
        return True
    leaving = {PlanVerb.REFER, PlanVerb.CONSULT, PlanVerb.BRING_IN, PlanVerb.PROPOSE}
    return not any(
        each.action.verb in leaving and set(each.action.lines) <= {"place", "exploiter"}
        for each in made.actions
    )


def embassy(facts: Facts, made: Plan) -> bool:
    measures = any(each.action.verb in MEASURES for each in made.actions)
    return not has(facts, "embassy", "yes") or not (measures or CHECKS & set(made.by_id))


def possible_victim(facts: Facts, made: Plan) -> bool:
    suspect = has(facts, "suspect", "yes") and not is_child(facts)
    return not suspect or any(warned(each, "possible_victim") for each in of_kind(made, PartyKind.POLICE))


def no_fine(facts: Facts, made: Plan) -> bool:
    suspect = has(facts, "suspect", "yes") and not is_child(facts)
    proposals = (each for each in made.actions if each.action.verb is PlanVerb.PROPOSE)
    return not suspect or all(warned(each, "no_fine") for each in proposals)


def a_bed(facts: Facts, made: Plan) -> bool:
    return not has(facts, "tonight", "nowhere") or any(
        each.action.by == "16:00" and each.urgency is not Urgency.DAYS for each in made.actions
    )


def consulted(facts: Facts, made: Plan) -> bool:
    return not has(facts, "hold", "asked", "active") or "consult_holder" in made.by_id


def residents_open(facts: Facts) -> bool:
    return has(facts, "residents", "open") and not has(facts, "people", "no")


def no_closing(facts: Facts, made: Plan) -> bool:
    closing = (each for each in made.actions if each.action.instrument in CLOSING)
    return not residents_open(facts) or all(each.locks for each in closing)


def no_check(facts: Facts, made: Plan) -> bool:
    checks = (
        each
        for each in of_kind(made, *ENFORCING)
        if each.action.verb is PlanVerb.REFER
        and not {"people", "others"} & set(each.action.lines)
        and each.id not in BEFORE_THE_RESIDENTS
    )
    return not residents_open(facts) or all(each.locks for each in checks)


def no_more_to_the_police(_: Facts, made: Plan) -> bool:
    care = [each for each in of_kind(made, PartyKind.CARE) if each.action.verb is PlanVerb.REFER]
    named = any("person_name" in each.may for each in of_kind(made, PartyKind.POLICE))
    return not (care and named) or any("person_name" in each.may for each in care)


PROMISES: dict[str, Promise] = {
    "danger now: 112 first, police and care beside it": danger,
    "a child: Veilig Thuis today, and nobody calls the parents": veilig_thuis,
    "a child: police and care coordination": care_and_police,
    "a child alone from outside the EU: Nidos": nidos,
    "a child is no adult": no_adult,
    "no force seen: no report of force": force_that_was_seen,
    "a mere suspicion: nothing leaves about the place": suspicion,
    "an embassy: no check and no measure": embassy,
    "a suspect: somebody says that this may be a victim": possible_victim,
    "a suspect: no measure without a word on fines": no_fine,
    "no bed tonight: a step before 16.00": a_bed,
    "somebody asked to wait: they are consulted": consulted,
    "nothing is closed while people have nowhere to go": no_closing,
    "no check while nobody knows what happens to the people": no_check,
    "the police get no name that care may not have": no_more_to_the_police,
}
"""What the plans of this region promise beyond what those of every region do."""


def broken_by(many: Iterable[Facts], pack: Pack) -> dict[str, dict[str, Any]]:
    """Return each promise that is broken, with the first facts that break it."""
    found: dict[str, dict[str, Any]] = {}
    for facts in many:
        made = plan(facts, pack)
        words = [english for _, english in broken(facts, made, pack)]
        words += [words for words, kept in PROMISES.items() if not kept(facts, made)]
        for each in words:
            found.setdefault(each, {name: sorted(values) for name, values in facts.items()})
    return found


def test_every_combination_of_what_matters_most_keeps_every_promise(pack: Pack) -> None:
    assert broken_by(combined(pack, either(1500, None), seed=SEED), pack) == {}


def test_every_mix_of_facts_keeps_every_promise(pack: Pack) -> None:
    assert broken_by(mixed(pack, either(1000, 10_000), seed=SEED), pack) == {}


EFFECTS = ("adds", "lifts", "hastens", "warns", "withholds")

SPARE = {
    "force_seen.hastens.0.work_police": "the one rule that adds it says today already",
    "home_sex_work.lifts.0.sex_joint": "what adds it has seen force, and this rule has not",
    "minor.warns.1": "the action says so itself",
    "minor_crime.warns.2.crime_police": "the action says so itself",
    "suspect_victim.warns.1.crime_police": "the action says so itself",
    "name_not_asked.withholds.2": "no action that asks the prosecution names anybody",
    "name_care_only.withholds.1": "no action that asks the prosecution names anybody",
}
"""What no case can miss as the other rules are now: a second lock on the same door."""


def with_something_out(rule: Rule) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Yield what is left of a rule without it, without an effect, or without one action of an effect."""
    yield rule.id, None
    for effect in EFFECTS:
        pieces: list[dict[str, Any]] = plain(getattr(rule, effect))
        for number, piece in enumerate(pieces):
            rest = pieces[:number] + pieces[number + 1 :]
            yield f"{rule.id}.{effect}.{number}", {effect: rest}
            named = piece.get("actions", [])
            for name in named if len(named) > 1 else ():
                others = {**piece, "actions": [one for one in named if one != name]}
                yield f"{rule.id}.{effect}.{number}.{name}", {effect: [*rest, others]}


def unnoticed(pack: Pack, number: int | None) -> list[str]:
    """Return what can be taken out of the rules while every sample still has its plan."""
    ways = [(rule.id, way) for rule in pack.plan_rules for way in with_something_out(rule)]
    some = ways if number is None else Random(SEED).sample(ways, number)  # noqa: S311
    return [
        name
        for rule_id, (name, fields) in some
        if not any(
            sample_findings(
                without(pack, "plan_rules", rule_id)
                if fields is None
                else changed(pack, "plan_rules", rule_id, **fields)
            )
        )
    ]


def test_whatever_is_taken_out_of_the_rules_is_noticed_by_a_sample(pack: Pack) -> None:
    found = set(unnoticed(pack, either(20, None)))
    assert found <= set(SPARE)
    assert either(set(SPARE), found) == set(SPARE), "by now a sample notices"
