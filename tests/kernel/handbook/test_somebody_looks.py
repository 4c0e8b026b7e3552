"""Where people sleep and nobody looked, somebody does; and each measure stands where it can be used."""

from collections.abc import Iterator

import pytest
from tests.kernel.handbook.facts import mixed
from tests.kernel.handbook.test_plans_of_the_region import Promise, has, soonest, warned
from tests.tiers import SEED, either

from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Facts, Plan, Planned, facts_with, plan

DAYS = tuple(Urgency).index(Urgency.DAYS)
HERE = [("place", "known"), ("territory", "here"), ("people", "yes"), ("sleeps", "same"), ("embassy", "no")]
"""Most of a case that the municipality itself can do something about."""

WORK, SEX, CRIME = "arbeidsuitbuiting", "seksuele_uitbuiting", "criminele_uitbuiting"


def locks(each: Planned) -> set[str]:
    return {lock.id for lock in each.locks}


def forced(facts: Facts) -> bool:
    return has(facts, "forced", "yes", "perhaps")


def somebody_goes_to_look(facts: Facts, made: Plan) -> bool:
    """Not before the questions, the beds and whoever investigates, and not where it is known already.

    Bad housing where nobody knows of coercion was seen from outside or in a register: there too.
    """
    look = made.by_id.get("house_look")
    if not has(facts, "housing", "unknown"):
        return look is None or (has(facts, "housing", "bad") and has(facts, "forced", "unknown"))
    if not has(facts, "registrations", "yes", "paid") or has(facts, "forced", "no") or family(facts):
        return True
    if look is None or not {"others_beds", "ask_investigation"} <= set(made.by_id):
        return False
    waits = {"others_beds"}
    if has(facts, "hold", "unknown") and not has(facts, "danger", "now"):
        waits.add("investigation" if has(facts, "forced", "yes", "perhaps") else "asked_first")
    if has(facts, "papers", "open"):
        waits.add("papers")
    if has(facts, "residents", "open"):
        waits.add("residents")
    told = all(warned(look, word) for word in ("home_entry", "own_power", "then_urgent"))
    return waits <= locks(look) and told and "person_name" not in look.may


def family(facts: Facts) -> bool:
    """Tell whether a family is asked about, where nobody but help goes."""
    at_home = has(facts, "place_kind", "home") and has(facts, "form", "huishouden", "huwelijksuitbuiting")
    return at_home or not has(facts, "form", "onbekend", WORK, SEX, CRIME, "bedelen") or elsewhere(facts)


def elsewhere(facts: Facts) -> bool:
    aboard = has(facts, "place_kind", "ship") and facts["place_kind"] <= {"ship", "company", "vehicle"}
    return aboard or not has(facts, "place_kind", "company", "home", "shared", "catering", "hotel", "yard")


def registrations_are_not_stopped(_: Facts, made: Plan) -> bool:
    """Whoever waits with an address still helps who comes, and a check comes after that."""
    waits = (made.by_id.get(name) for name in ("registry_hold", "registry_wait"))
    free = all(warned(each, "still_registers") for each in waits if each)
    check = made.by_id.get("brp_check")
    return free and (check is None or warned(check, "hold_first"))


def own_data_is_looked_at_first(facts: Facts, made: Plan) -> bool:
    known = has(facts, "registrations", "yes", "paid") or has(facts, "organised", "places", "reports")
    looked = made.by_id["place_lookup"]
    registered = has(facts, "registrations", "yes", "paid")
    hit = warned(looked, "hit_or_not")
    fits = hit or not registered
    home = has(facts, "place_kind", "home", "shared") and has(facts, "people", "yes", "unknown")
    return fits and (registered or home or not hit) and (not known or soonest(looked) < DAYS)


def an_agency_is_no_housing_association(facts: Facts, made: Plan) -> bool:
    lets = has(facts, "place_kind", "home", "shared") and has(facts, "chain", "yes")
    return not lets or "lease_ask" not in made.by_id


def who_lets_hears_of_separate_contracts(facts: Facts, made: Plan) -> bool:
    lets = has(facts, "place_kind", "home", "shared") and has(facts, "chain", "yes")
    if not lets or has(facts, "forced", "no") or not has(facts, "form", WORK) or family(facts):
        return True
    order = made.by_id.get("landlord_order")
    return (
        order is not None
        and warned(order, "wgv_apart")
        and "brp_check" in made.by_id
        and bool({"housing_with_case", "house_look"} & set(made.by_id))
    )


def a_shut_door_is_written_down_and_gone_back_to(facts: Facts, made: Plan) -> bool:
    if not has(facts, "access", "refused"):
        return not {"visit_record", "house_return"} & set(made.by_id)
    if family(facts):
        return True
    written, back = made.by_id["visit_record"], made.by_id["house_return"]
    careful = warned(back, "resident_decides") and warned(written, "facts_apart")
    return soonest(written) < DAYS and not written.locks and careful


def no_house(facts: Facts) -> bool:
    kinds = facts["place_kind"]
    around = {"unknown", "vehicle", "cab", "street", "online", "counter", "school", "clients"}
    return bool(kinds & {"vehicle", "cab", "street"}) and kinds <= around


def whoever_investigates_is_asked_on_the_day_of_the_fire_service(facts: Facts, made: Plan) -> bool:
    """Where fire service or inspectors will be seen; danger now waits for nothing."""
    if not has(facts, "housing", "dangerous") or not forced(facts) or has(facts, "danger", "now"):
        return True
    asked = soonest(made.by_id["ask_investigation"]) < DAYS if has(facts, "hold", "unknown") else True
    fire, stop = made.by_id["fire_check"], made.by_id.get("urgent_stop")
    # A van in the street is no house: nothing about housing is discussed there.
    house = stop is None or warned(stop, "fire_agree_day")
    told = warned(fire, "fire_agree_day") and house and (stop is not None or no_house(facts))
    return asked and told and not fire.locks


def closing_is_last(_: Facts, made: Plan) -> bool:
    close = made.by_id.get("close_propose")
    return close is None or (warned(close, "closing_last") and bool(close.action.evidence))


def a_kitchen_has_no_landlord(facts: Facts, made: Plan) -> bool:
    nobody_lets = has(facts, "carer", "no", "yes") and has(facts, "chain", "no")
    kitchen = facts["place_kind"] == {"catering"}
    return not kitchen or not nobody_lets or "landlord_order" not in made.by_id


def sex_without_a_permit_is_asked_after_the_police(facts: Facts, made: Plan) -> bool:
    asked = made.by_id.get("sex_unlicensed")
    there = has(facts, "place_kind", "home", "shared", "hotel", "unlicensed")
    if not there or not has(facts, "form", SEX) or not forced(facts):
        return asked is None
    home = has(facts, "place_kind", "home", "shared")
    return (
        asked is not None
        and {"mayor", "college"} <= set(asked.action.holders)
        and (warned(asked, "home_no_174a") == home)
    )


def a_child_is_safe_after_today(facts: Facts, made: Plan) -> bool:
    if not has(facts, "minor", "yes") or not forced(facts) or not has(facts, "form", WORK, SEX, CRIME):
        return True
    return "child_after" in made.by_id and "child_vt" in locks(made.by_id["child_after"])


def a_card_waits_for_the_police(facts: Facts, made: Plan) -> bool:
    handed_over = has(facts, "kept", "yes") or has(facts, "in_name", "yes")
    asked_about = handed_over and has(facts, "form", CRIME, "gedwongen_dienstverlening")
    card = made.by_id.get("card_block")
    if card is None or not asked_about:
        return card is None and not asked_about
    asked = {"child_police", "police_advice"} & set(made.by_id)
    return asked <= locks(card) and warned(card, "card_tells")


def bad_housing_is_passed_on_after_the_question(facts: Facts, made: Plan) -> bool:
    """Where papers were not asked about yet, no inspector hears of a place; and none walks into a home."""
    passed = [made.by_id[name] for name in ("housing_inspect", "landlord_pass") if name in made.by_id]
    asked = has(facts, "papers", "settled") or all("papers" in locks(each) for each in passed)
    enters = (made.by_id.get(name) for name in ("housing_inspect", "fire_plan"))
    return asked and all(warned(each, "home_entry") for each in enters if each)


def what_waits_is_told_to_the_registry(facts: Facts, made: Plan) -> bool:
    """An address check that comes later says that the register waits: so somebody tells it."""
    odd = has(facts, "registrations", "yes", "paid") and "brp_check" in made.by_id
    silent = has(facts, "may_know", "nobody", "care", "unsafe") and has(facts, "forced", "no")
    return not odd or silent or bool({"registry_hold", "registry_wait"} & set(made.by_id))


def a_company_that_lets_is_no_housing_association(facts: Facts, made: Plan) -> bool:
    own = has(facts, "place_kind", "company", "yard") and has(facts, "form", WORK)
    return not own or "lease_ask" not in made.by_id


HOLDS: dict[str, Promise] = {
    "nobody looked: somebody goes, after the questions and the beds": somebody_goes_to_look,
    "a registration waits: who comes is helped": registrations_are_not_stopped,
    "own data first": own_data_is_looked_at_first,
    "an agency lets: no housing association": an_agency_is_no_housing_association,
    "an agency lets: contracts apart, housing, registrations": who_lets_hears_of_separate_contracts,
    "bad housing: passed on after the question": bad_housing_is_passed_on_after_the_question,
    "an address check that waits: the registry hears it": what_waits_is_told_to_the_registry,
    "a company lets the home itself: no housing association": a_company_that_lets_is_no_housing_association,
    "a shut door: written down, and gone back to": a_shut_door_is_written_down_and_gone_back_to,
    "the fire service: AVIM is asked that day": whoever_investigates_is_asked_on_the_day_of_the_fire_service,
    "closing: with evidence, after police and prosecutor": closing_is_last,
    "a kitchen: nobody lets it": a_kitchen_has_no_landlord,
    "sex without a permit: by whoever decides": sex_without_a_permit_is_asked_after_the_police,
    "a child: a plan for after today": a_child_is_safe_after_today,
    "a bank card: after the police": a_card_waits_for_the_police,
}


def cases(pack: Pack) -> Iterator[Facts]:
    """Yield mixes of facts of cases at a known place here."""
    for facts in mixed(pack, either(1500, 20_000), seed=SEED):
        kept = {name: values for name, values in facts.items() if name not in dict(HERE)}
        yield facts_with(pack, [*HERE, ("concrete", "yes")], kept)


@pytest.fixture(scope="module")
def plans(pack: Pack) -> list[tuple[Facts, Plan]]:
    """Many cases with their plans."""
    return [(facts, plan(facts, pack)) for facts in cases(pack)]


@pytest.mark.parametrize("words", HOLDS)
def test_somebody_looks_and_each_measure_stands_where_it_can(
    plans: list[tuple[Facts, Plan]], words: str
) -> None:
    assert [facts for facts, made in plans if not HOLDS[words](facts, made)][:1] == []


@pytest.mark.parametrize(
    ("facts", "expected", "not_there"),
    [
        ([("registrations", "yes")], {"house_look", "ask_inspectorate"}, {"work_inspect", "work_joint"}),
        ([("registrations", "yes"), ("pay", "serious")], {"house_look", "work_inspect"}, set()),
        ([("sleeps", "same"), ("forced", "perhaps")], {"house_look", "others_beds"}, {"urgent_stop"}),
        (
            [("sleeps", "same"), ("forced", "perhaps"), ("housing", "bad")],
            {"entry_prepare", "fire_plan"},
            {"house_look", "close_propose", "urgent_stop"},
        ),
        (
            [("sleeps", "same"), ("forced", "yes"), ("housing", "bad"), ("place_kind", "yard")],
            {"close_propose", "entry_prepare"},
            {"urgent_stop"},
        ),
        (
            [
                *(("sleeps", "same"), ("forced", "perhaps"), ("housing", "bad")),
                *(("organised", "reports"), ("place_kind", "yard")),
            ],
            {"close_propose", "riec_ask"},
            set(),
        ),
    ],
)
def test_a_company_where_people_sleep(
    pack: Pack, facts: list[tuple[str, str]], expected: set[str], not_there: set[str]
) -> None:
    known = [("form", WORK), ("place", "known"), ("territory", "here")]
    kind = [] if "place_kind" in dict(facts) else [("place_kind", "company")]
    made = plan(facts_with(pack, [*known, *kind, *facts]), pack)
    assert expected <= set(made.by_id)
    assert not not_there & set(made.by_id)


@pytest.mark.parametrize("form", [CRIME, SEX])
def test_a_school_where_a_child_is_recruited_is_not_reported(pack: Pack, form: str) -> None:
    reports = {"crime_police", "sex_police", "sex_joint"}
    known = [("form", form), ("place", "known"), ("territory", "here"), ("forced", "yes"), ("minor", "yes")]
    school = plan(facts_with(pack, [*known, ("place_kind", "school")]), pack)
    assert "school_inform" in school.by_id
    assert not reports & set(school.by_id)
    both = plan(facts_with(pack, [*known, ("place_kind", "school"), ("place_kind", "home")]), pack)
    assert reports & set(both.by_id)
