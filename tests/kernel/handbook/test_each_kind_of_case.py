"""What fits a ship, a hall, a school, a marriage and an organ stands there, and what does not stays out."""

from collections.abc import Iterator

import pytest
from tests.kernel.handbook.facts import first_broken, mixed
from tests.kernel.handbook.test_plans_of_the_region import Promise, has, warned
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Facts, Plan, Planned, facts_with, plan

OF_A_BUILDING = {
    *("exploitation_propose", "close_propose", "penalty_propose", "landlord_order", "landlord_pass"),
    *("letting_propose", "overnight_propose", "housing_with_case", "housing_inspect", "environment_check"),
    *("house_look", "house_return", "brp_check", "bibob_propose"),
}
"""What is about building, letting or closing a business."""


def there(made: Plan, *names: str) -> list[Planned]:
    return [made.by_id[name] for name in names if name in made.by_id]


def forced(facts: Facts) -> bool:
    return has(facts, "forced", "yes", "perhaps")


def at_home_here(facts: Facts) -> bool:
    return has(facts, "territory", "here") and has(facts, "place", "known")


def a_ship_is_no_building(facts: Facts, made: Plan) -> bool:
    aboard = has(facts, "place_kind", "ship")
    only = aboard and facts["place_kind"] <= {"ship", "company", "vehicle"}
    if only and OF_A_BUILDING & set(made.by_id):
        return False
    asked = made.by_id.get("ship_ask")
    if not aboard:
        return asked is None
    if not (at_home_here(facts) and forced(facts)):
        return True
    told = there(made, "police_advice", "ask_investigation", "work_police", "exploiter_police")
    said = all(warned(each, "ship_sails") for each in told)
    return asked is not None and "place" not in asked.may and said


def a_hall_is_no_home(facts: Facts, made: Plan) -> bool:
    hall = facts["form"] == {"onbekend"} and facts["place_kind"] == {"company"}
    return not hall or "landlord_order" not in made.by_id


def work_that_nobody_named(facts: Facts, made: Plan) -> bool:
    """Whoever sleeps at a company may work there; the Labour Authority is asked, and waits as ever."""
    unnamed = has(facts, "form", "onbekend") and has(facts, "place_kind", "company", "catering", "yard")
    here = at_home_here(facts) and has(facts, "embassy", "no") and not has(facts, "concrete", "no")
    if not (unnamed and here and forced(facts) and has(facts, "sleeps", "same")):
        return True
    return has(facts, "people", "no") or "ask_inspectorate" in made.by_id


def the_first_days_after_sex_in_a_marriage(facts: Facts, made: Plan) -> bool:
    wife = has(facts, "form", "huwelijksuitbuiting") and has(facts, "married", "married", "unknown")
    if not (wife and forced(facts)):
        return True
    return all(warned(each, "seven_days") for each in there(made, "care_refer", "care_advice", "danger_care"))


def honour_is_for_the_police(facts: Facts, made: Plan) -> bool:
    family = has(facts, "form", "huwelijksuitbuiting")
    near = has(facts, "danger", "now", "soon") or has(facts, "threat_other", "yes")
    told = there(made, "police_advice", "child_police", "danger_police", "threat_police")
    return all(warned(each, "honour") == (family and near) for each in told)


def one_file_for_each_child(facts: Facts, made: Plan) -> bool:
    crime = has(facts, "form", "criminele_uitbuiting") and forced(facts)
    several = has(facts, "minor", "yes", "perhaps") and (crime or has(facts, "suspect", "yes", "held"))
    asked = all(warned(each, "each_child_apart") == several for each in there(made, "child_vt"))
    return asked and warned(made.by_id["exploiter_record"], "young_recruiter") == several


def no_check_at_a_school(facts: Facts, made: Plan) -> bool:
    only_children = has(facts, "minor", "yes") and has(facts, "adults", "no")
    return not (only_children and has(facts, "place_kind", "school")) or "others_care" not in made.by_id


def parents_stay_with_their_children(facts: Facts, made: Plan) -> bool:
    both = has(facts, "minor", "yes") and has(facts, "adults", "yes", "both")
    return all(warned(each, "parent_and_child") == both for each in there(made, "child_tonight"))


def a_yes_for_an_organ_is_no_yes(facts: Facts, made: Plan) -> bool:
    organ = has(facts, "form", "orgaanverwijdering")
    told = there(made, "organ_police", "ask_wish")
    once = facts["form"] != {"orgaanverwijdering"} or "see_doctor" not in made.by_id
    return once and all(warned(each, "organ_yes") == organ for each in told)


def the_doctor_who_reports_is_not_passed_by(facts: Facts, made: Plan) -> bool:
    told = there(made, "see_doctor", "organ_care")
    return all(warned(each, "doctor_there") == has(facts, "secrecy", "care") for each in told)


def nobody_goes_there_to_ask(facts: Facts, made: Plan) -> bool:
    unreached = has(facts, "wish", "unknown") and has(facts, "contact", "unknown")
    if not (unreached and forced(facts) and has(facts, "place", "known")) or has(facts, "minor", "yes"):
        return True
    return all(warned(each, "not_there") for each in there(made, "ask_wish"))


def who_is_of_age_decides(facts: Facts, made: Plan) -> bool:
    young = has(facts, "young_adult", "yes") and not has(facts, "minor", "yes", "perhaps")
    return all(warned(each, "adult_decides") == young for each in there(made, "care_advice", "ask_contact"))


def a_place_only_where_there_is_one(facts: Facts, made: Plan) -> bool:
    """Nobody is asked who knows the others at a place where there is none."""
    if not has(facts, "place", "none") or has(facts, "minor", "yes", "perhaps"):
        return True
    return "others_sex" not in made.by_id


PROMISES: dict[str, Promise] = {
    "a ship: the harbour master and the inspectorate, and no building": a_ship_is_no_building,
    "a hall that is let: no order to who lets": a_hall_is_no_home,
    "who sleeps at a company: the Labour Authority is asked": work_that_nobody_named,
    "sex in a marriage: the first seven days": the_first_days_after_sex_in_a_marriage,
    "honour: the police ask their experts": honour_is_for_the_police,
    "children in crime: a case for each": one_file_for_each_child,
    "a school: no bed after a check": no_check_at_a_school,
    "a parent with a child: together": parents_stay_with_their_children,
    "an organ: a yes is no yes": a_yes_for_an_organ_is_no_yes,
    "a doctor who reports: asked first": the_doctor_who_reports_is_not_passed_by,
    "nobody goes to the place to ask": nobody_goes_there_to_ask,
    "of age: decides alone": who_is_of_age_decides,
    "no place: nobody who knows the others there": a_place_only_where_there_is_one,
}
"""What every plan of this region has, or leaves out, by the kind of case it is."""


def plans(pack: Pack) -> Iterator[tuple[Facts, Plan]]:
    """Yield many mixes of facts with their plans."""
    for facts in mixed(pack, either(1500, 20_000), seed=SEED):
        yield facts, plan(facts, pack)


def test_each_kind_of_case_has_what_fits() -> None:
    assert first_broken(PROMISES, plans(den_haag())) == {}


HALL = [("place_kind", "company"), ("housing", "bad"), ("forced", "perhaps")]
SCHOOL = [("form", "criminele_uitbuiting"), ("place_kind", "school"), ("minor", "yes"), ("forced", "yes")]
ONLINE = [("form", "seksuele_uitbuiting"), ("place_kind", "online"), ("forced", "yes"), ("minor", "no")]


@pytest.mark.parametrize(
    ("known", "action", "there", "elsewhere"),
    [
        (HALL, "landlord_order", [("form", "arbeidsuitbuiting")], [("form", "onbekend")]),
        (HALL, "ask_inspectorate", [("sleeps", "same")], [("sleeps", "here")]),
        (SCHOOL, "others_care", [("adults", "yes")], [("adults", "no")]),
        (ONLINE, "others_sex", [("place", "known")], [("place", "none")]),
        (ONLINE, "sex_online", [("place", "none")], [("place", "known")]),
    ],
)
def test_what_mixes_of_facts_seldom_meet(
    known: list[tuple[str, str]], action: str, there: list[tuple[str, str]], elsewhere: list[tuple[str, str]]
) -> None:
    pack, here = den_haag(), [("place", "known"), ("territory", "here"), ("people", "yes")]
    assert action in plan(facts_with(pack, [*here, *known, *there]), pack).by_id
    assert action not in plan(facts_with(pack, [*here, *known, *elsewhere]), pack).by_id


def test_a_grown_up_who_was_forced_is_not_punished_either() -> None:
    lawyer = den_haag().plan_actions["suspect_lawyer"]
    assert lawyer.instrument == "non_punishment"
    assert lawyer.holders == ("other",)


def test_what_looks_alike_is_told_apart() -> None:
    facts = den_haag().plan_facts
    said = {name: facts[name].values[1].label.nl for name in ("in_name", "kept", "supported")}
    assert "gebruikt de naam" in said["in_name"]
    assert "heeft spullen" in said["kept"]
    assert "bankpas" in said["kept"]
    assert "opvang telt niet" in said["supported"]
