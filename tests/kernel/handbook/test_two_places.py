"""Where people sleep and where they work are two places: each keeps its own reports."""

from collections.abc import Iterator

from tests.kernel.handbook.facts import mixed
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.planning import Facts, Plan, Planned, facts_with, plan
from sluitend.kernel.handbook.plans import PartyKind, PlanVerb

SEEN = [("place", "known"), ("forced", "yes"), ("people", "yes"), ("minor", "no")]


def made(*given: tuple[str, str]) -> set[str]:
    """Return the actions of a plan."""
    return set(plan(facts_with(den_haag(), [*SEEN, *given]), den_haag()).by_id)


def has(facts: Facts, fact: str, *values: str) -> bool:
    return not facts[fact].isdisjoint(values)


def test_a_home_with_work_elsewhere_is_told_to_the_labour_authority_for_the_work() -> None:
    home = [("form", "arbeidsuitbuiting"), ("place_kind", "shared"), ("territory", "here")]
    assert "second_inspect" in made(*home, ("second_kind", "work"))
    assert "second_inspect" not in made(*home, ("second_kind", "none"))


def test_who_is_forced_where_they_sleep_here_is_told_to_the_police_though_the_work_is_elsewhere() -> None:
    club = [("form", "seksuele_uitbuiting"), ("territory", "in_region"), ("sleeps", "here")]
    asked = made(*club, ("second_kind", "sleep"))
    assert {"second_police", "transfer_region"} <= asked
    assert "sex_police" not in asked


def test_a_second_place_waits_for_the_same_questions_as_the_first() -> None:
    pack = den_haag()
    for facts in mixed(pack, either(300, 5000), seed=SEED):
        for name in {"second_inspect", "second_police"} & set(plan(facts, pack).by_id):
            locks = {each.id for each in plan(facts, pack).by_id[name].locks}
            open_papers = has(facts, "papers", "open") and not has(facts, "people", "no")
            assert "papers" in locks or not open_papers
            assert "holder" in locks or not has(facts, "hold", "asked", "active")


def test_at_an_embassy_nothing_is_told_of_a_second_place() -> None:
    work = [("form", "huishouden"), ("second_kind", "work"), ("embassy", "yes")]
    assert "second_inspect" not in made(*work)


def said(planned: Planned, words: str) -> bool:
    """Tell whether a warning stands at an action."""
    return words in {each.id for each in planned.warnings}


def is_of_the_beds(planned: Planned) -> bool:
    """Tell whether a department is asked about where people sleep."""
    return planned.action.sleeping and planned.action.is_given


NOT_OF_A_PLACE = {"night_register", "home_ban_propose", "entry_prepare"}
"""One question about one night, whoever threatens in a home, and how to enter one."""


def silent_about_its_place(facts: Facts, made: Plan) -> Iterator[str]:
    """Yield what does not say of which of two places it is, or speaks of two where there is one."""
    apart = has(facts, "sleeps", "here", "in_region", "outside_region")
    two = apart or has(facts, "second_kind", "work", "sleep")
    for each in made.actions:
        work = each.action.verb is PlanVerb.PROPOSE and "place" in each.action.lines
        inspectorate = each.party.kind is PartyKind.INSPECTORATE and each.id != "second_inspect"
        if is_of_the_beds(each):
            right = said(each, "at_the_beds") == two
        elif inspectorate:
            right = said(each, "at_the_work") == two
        elif work and each.id not in NOT_OF_A_PLACE:
            right = said(each, "at_the_work") == (apart or has(facts, "second_kind", "sleep"))
        elif each.action.party == "heit":
            right = two == said(each, "both_places")
        else:
            continue
        if not right:
            yield each.id


def test_each_action_says_of_which_of_two_places_it_is() -> None:
    pack = den_haag()
    silent: dict[str, Facts] = {}
    for facts in mixed(pack, either(500, 10_000), seed=SEED):
        for name in silent_about_its_place(facts, plan(facts, pack)):
            silent.setdefault(name, facts)
    assert silent == {}


def test_two_municipalities_agree_who_leads() -> None:
    pack = den_haag()
    for facts in mixed(pack, either(500, 10_000), seed=SEED):
        other = has(facts, "territory", "here") and has(facts, "sleeps", "in_region", "outside_region")
        if other and has(facts, "forced", "yes", "perhaps") and not has(facts, "concrete", "no"):
            assert {"agree_lead", "second_place"} <= set(plan(facts, pack).by_id)


def test_a_second_place_is_a_case_of_its_own() -> None:
    pack = den_haag()
    known = [*SEEN, ("form", "arbeidsuitbuiting"), ("place_kind", "catering"), ("territory", "here")]
    two = plan(facts_with(pack, [*known, ("second_kind", "work"), ("may_know", "care")]), pack)
    asked = two.by_id["second_place"]
    assert said(asked, "case_a_place")
    assert said(asked, "second_not_person")
    assert "second_place" not in plan(facts_with(pack, [*known, ("second_kind", "none")]), pack).by_id
