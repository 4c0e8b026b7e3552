"""Where people sleep and where they work are two places: each keeps its own reports."""

from tests.kernel.handbook.facts import mixed
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.planning import Facts, facts_with, plan

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
