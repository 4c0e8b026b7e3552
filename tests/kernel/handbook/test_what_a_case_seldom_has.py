"""A safe way, a second town, a fixed hour and a child in crime: what stands there, and what does not."""

from collections.abc import Iterator

import pytest
from tests.kernel.handbook.facts import first_broken, mixed
from tests.kernel.handbook.test_plans_of_the_region import Promise, has, warned
from tests.kernel.handbook.test_who_profits_is_near import there
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Facts, Plan, plan
from sluitend.kernel.handbook.reading import propose


def a_safe_way_goes_to_shop(facts: Facts, made: Plan) -> bool:
    """With a name only where the person said that the helpers may know."""
    unclear = has(facts, "contact", "safe") and has(facts, "wish", "unclear")
    beside = has(facts, "minor", "yes") and has(facts, "adults", "yes", "both")
    grown = (beside or not has(facts, "minor", "yes", "perhaps")) and not has(facts, "people", "no")
    may = has(facts, "may_know", "unknown", "care", "all") and not has(facts, "danger", "now")
    asked = made.by_id.get("reach_pass")
    if not (unclear and grown and may):
        return asked is None
    told = set(asked.may) if asked else set()
    named = has(facts, "may_know", "care", "all") or "person_name" not in told
    return "contact_method" in told and named and not told & {"birth_date", "place"}


def another_town_hears_which_company(facts: Facts, made: Plan) -> bool:
    """The colleague there may know which company is meant, unless the person did not say so."""
    # Where the company is in the name of the person, it points to that person.
    silent = has(facts, "may_know", "nobody", "care", "unsafe") or has(facts, "in_name", "yes")
    for asked in there(made, "ask_other_towns"):
        if {"place", "facts", "wish", "person_name"} & set(asked.may):
            return False
        if not silent and "company" not in asked.may:
            return False
    return True


def own_measures_are_for_our_own_town(facts: Facts, made: Plan) -> bool:
    several = has(facts, "second_kind", "work", "sleep") or has(facts, "organised", "places")
    told = there(made, "exploitation_propose", "bibob_propose", "penalty_propose")
    return all(warned(each, "own_town_only") == several for each in told)


def a_second_place_is_for_today(facts: Facts, made: Plan) -> bool:
    return all(each.urgency.value == "today" for each in there(made, "second_place"))


def a_child_in_crime_has_a_lawyer(facts: Facts, made: Plan) -> bool:
    forced = has(facts, "forced", "yes", "perhaps") and has(facts, "minor", "yes")
    if not (forced and has(facts, "form", "criminele_uitbuiting")):
        return True
    lawyer = made.by_id.get("suspect_lawyer")
    return lawyer is not None and warned(lawyer, "lawyer_at_hearing")


def nobody_comes_at_their_hour(facts: Facts, made: Plan) -> bool:
    told = there(made, "ask_wish", "ask_contact", "care_advice", "care_refer", "child_vt")
    police = there(made, "police_advice", "child_police", "danger_police")
    fixed = has(facts, "comes", "yes")
    said = all(warned(each, "not_at_their_hour") == fixed for each in told)
    return said and all(warned(each, "their_hour") == fixed for each in police)


def somebody_beside_who_needs_calm_words(facts: Facts, made: Plan) -> bool:
    told = there(made, "plain_talk")
    return has(facts, "minor", "yes") or all(warned(each, "client_support") for each in told)


def who_pays_for_a_child(facts: Facts, made: Plan) -> bool:
    sold = has(facts, "form", "seksuele_uitbuiting") and has(facts, "minor", "yes", "perhaps")
    told = there(made, "child_police", "danger_police", "sex_police")
    return all(warned(each, "customers") == sold for each in told)


PROMISES: dict[str, Promise] = {
    "a safe way: to SHOP": a_safe_way_goes_to_shop,
    "another town: which company": another_town_hears_which_company,
    "two places: our own town": own_measures_are_for_our_own_town,
    "a second place: today": a_second_place_is_for_today,
    "a child in crime: a lawyer": a_child_in_crime_has_a_lawyer,
    "a fixed hour: nobody comes then": nobody_comes_at_their_hour,
    "calm words: somebody beside": somebody_beside_who_needs_calm_words,
    "a child that is sold: who paid": who_pays_for_a_child,
}
"""What every plan of this region has, or leaves out, where such a thing is known."""


def plans(pack: Pack) -> Iterator[tuple[Facts, Plan]]:
    """Yield many mixes of facts with their plans."""
    for facts in mixed(pack, either(1500, 20_000), seed=SEED):
        yield facts, plan(facts, pack)


def test_what_a_case_seldom_has() -> None:
    assert first_broken(PROMISES, plans(den_haag())) == {}


@pytest.mark.parametrize(
    "words",
    [
        "Elke vrijdag komt een man het geld halen.",
        "Iedere donderdag staat hij bij het hek op haar te wachten.",
        "Hij komt elke week de opbrengst ophalen.",
        "Elke zondag wacht hij hem op bij de poort.",
        "Een man komt iedere maandag bij hen afrekenen.",
    ],
)
def test_a_fixed_hour_of_who_profits_is_heard(words: str) -> None:
    assert propose([words], (), den_haag())["comes"].values == ("yes",)


@pytest.mark.parametrize(
    "words",
    [
        "Zij komt elke dinsdag naar de bibliotheek.",
        "Elke zaterdag haalt hij zijn kinderen op bij hun moeder.",
        "Iedere vrijdag komt de markt naar het plein.",
        "De postbode komt elke ochtend langs.",
        "Hij haalt elke maand zelf zijn geld op bij de bank.",
    ],
)
def test_another_fixed_hour_is_left_alone(words: str) -> None:
    assert "comes" not in propose([words], (), den_haag())
