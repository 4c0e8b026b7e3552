"""Who each action is for: a child, an adult, somebody whose age is not known, one of several people."""

from collections.abc import Iterator

from tests.kernel.handbook.facts import first_broken, mixed
from tests.kernel.handbook.test_plans_of_the_region import Promise, has, soonest, warned
from tests.kernel.handbook.test_who_else_is_protected import DAYS
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.planning import Facts, Plan, plan

FOR_ADULTS = {"care_refer", "support_refer", "support_ask"}
OF_THE_CHILD = {"child_vt", "child_care", "child_tonight", "child_after"}
OF_THE_ADULT = {
    *("care_refer", "support_refer", "adults_care", "ask_wish", "ask_name"),
    *("reach_pass", "support_ask"),
}
OF_EACH = {"care_refer", "care_advice", "ask_wish", "ask_name", "keep_open", "child_vt"}
POINTS_OUT = {"person_name", "birth_date", "contact_method", "place"}
NOT_WHERE_NOBODY_IS = ("yes", "perhaps")


def said(made: Plan, names: set[str], warning: str, holds: bool) -> bool:
    """Tell whether exactly these actions of a plan say it, where it holds."""
    there = {each.id for each in made.actions if warned(each, warning)}
    return there == (names & set(made.by_id) if holds else set())


def help_for_adults_waits_for_an_age(facts: Facts, made: Plan) -> bool:
    perhaps = has(facts, "minor", "perhaps")
    there = [made.by_id[name] for name in FOR_ADULTS & set(made.by_id)]
    waits = all(warned(each, "until_age_known") == perhaps for each in there)
    return waits and said(made, {"child_care"}, "both_ages", perhaps)


def the_youth_team_hears_nobody_whose_age_is_not_known(facts: Facts, made: Plan) -> bool:
    unasked = has(facts, "may_know", "unknown", "nobody", "unreachable", "unsafe")
    if not has(facts, "minor", "perhaps") or not unasked or has(facts, "danger", "now"):
        return True
    return "child_tonight" not in made.by_id or not POINTS_OUT & set(made.by_id["child_tonight"].may)


def a_child_and_an_adult_each_have_their_own(facts: Facts, made: Plan) -> bool:
    both = has(facts, "minor", *NOT_WHERE_NOBODY_IS) and has(facts, "adults", "yes", "both")
    # Where a parent lets only the helpers know, Veilig Thuis gives advice without names first.
    waits = {"child_vt"} if "vt_nameless" in made.by_id else set()
    child = said(made, OF_THE_CHILD - waits, "for_the_child", both)
    return child and said(made, OF_THE_ADULT, "for_the_adult", both)


def a_fact_of_one_decides_for_nobody_else(facts: Facts, made: Plan) -> bool:
    more = has(facts, "people", "yes") and has(facts, "one_person", "no")
    known = has(facts, "wish", "yes", "no", "unclear") or has(facts, "minor", *NOT_WHERE_NOBODY_IS)
    return said(made, OF_EACH, "each_person", more and known)


def a_child_without_a_home_tonight(facts: Facts, made: Plan) -> bool:
    """The youth team and Veilig Thuis hear of a crisis place, and the Board is asked today."""
    child = has(facts, "minor", *NOT_WHERE_NOBODY_IS)
    nowhere = has(facts, "minor", "yes") and has(facts, "tonight", "nowhere")
    asked = not nowhere or soonest(made.by_id["child_rvdk"]) < DAYS
    return asked and said(made, {"child_tonight", "child_vt"}, "crisis_place", child)


def money_that_another_gets(facts: Facts, made: Plan) -> bool:
    """Work and income looks into it without stopping anything, of an adult."""
    if not has(facts, "minor", "no", "unknown"):
        return True
    handed = has(facts, "form", "criminele_uitbuiting", "gedwongen_dienstverlening") and has(
        facts, "kept", "yes"
    )
    theirs = handed or has(facts, "in_name", "yes")
    if not theirs:
        return "benefit_keep" not in made.by_id or has(facts, "represents", "money", "court")
    return warned(made.by_id["benefit_keep"], "benefit_in_name")


def nobody_is_judged_for_sex_work(facts: Facts, made: Plan) -> bool:
    unsure = has(facts, "forced", "unknown", "perhaps") and not has(facts, "minor", "yes")
    holds = has(facts, "form", "seksuele_uitbuiting") and unsure
    names = {
        "care_advice",
        "child_care",
        "police_advice",
        "sex_police",
        "hotel_talk",
        "ask_wish",
        "ask_force",
    }
    return said(made, names, "sex_work_no_judgement", holds)


FOR_WHOM: dict[str, Promise] = {
    "an age in doubt: help for adults says so": help_for_adults_waits_for_an_age,
    "an age in doubt: the youth team hears nobody": the_youth_team_hears_nobody_whose_age_is_not_known,
    "a child and an adult: each their own": a_child_and_an_adult_each_have_their_own,
    "more people: a fact is of one": a_fact_of_one_decides_for_nobody_else,
    "a child that cannot go home: a crisis place and the Board": a_child_without_a_home_tonight,
    "a benefit that another gets: nothing is stopped": money_that_another_gets,
    "sex work is no coercion yet": nobody_is_judged_for_sex_work,
}


def plans() -> Iterator[tuple[Facts, Plan]]:
    pack = den_haag()
    for facts in mixed(pack, either(1500, 20_000), seed=SEED):
        yield facts, plan(facts, pack)


def test_each_action_says_for_whom_it_is() -> None:
    assert first_broken(FOR_WHOM, plans()) == {}
