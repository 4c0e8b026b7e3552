"""Who profits is family, gives the care or has people do dangerous work: what is done and left out."""

from collections.abc import Iterator

import pytest
from tests.kernel.handbook.facts import first_broken, mixed
from tests.kernel.handbook.test_plans_of_the_region import Promise, has, warned
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Facts, Plan, Planned, plan
from sluitend.kernel.handbook.reading import propose

OF_A_BROTHEL = {
    "sex_unlicensed",
    "sex_joint",
    "housing_with_case",
    "entry_prepare",
    "lease_ask",
    "others_sex",
}


def there(made: Plan, *names: str) -> list[Planned]:
    return [made.by_id[name] for name in names if name in made.by_id]


def of_a_family(facts: Facts) -> bool:
    return has(facts, "kin", "yes") and has(facts, "minor", "yes", "perhaps")


def only_children(facts: Facts) -> bool:
    return has(facts, "minor", "yes") and has(facts, "adults", "unknown", "no")


def the_home_is_decided_by_others(facts: Facts, made: Plan) -> bool:
    # A grown-up victim who lives there with a child is not parted from it.
    decided = of_a_family(facts) and not (has(facts, "minor", "yes") and has(facts, "adults", "yes"))
    told = there(made, "child_vt", "child_tonight", "wait_leaving")
    return all(warned(each, "home_decides") == decided for each in told)


def brothers_and_sisters_are_told_of(facts: Facts, made: Plan) -> bool:
    told = there(made, "child_vt", "child_police")
    silent = has(facts, "adults", "yes") and has(facts, "may_know", "nobody", "care", "unsafe")
    named = of_a_family(facts) and not (has(facts, "minor", "yes") and silent)
    return all(warned(each, "brothers_sisters") == named for each in told)


def a_home_of_a_family_is_no_brothel(facts: Facts, made: Plan) -> bool:
    home = has(facts, "place_kind", "home") and facts["place_kind"] <= {"home", "online", "school", "unknown"}
    let = has(facts, "chain", "yes") or has(facts, "registrations", "yes", "paid")
    of_family = home and not let and has(facts, "kin", "yes") and only_children(facts)
    return not of_family or not OF_A_BROTHEL & set(made.by_id)


def a_court_for_the_child(facts: Facts, made: Plan) -> bool:
    if not (has(facts, "kin", "yes") and only_children(facts)):
        return True
    return "child_rvdk" in made.by_id and warned(made.by_id["child_rvdk"], "judge_through_vt")


def no_night_shelter_for_a_child(facts: Facts, made: Plan) -> bool:
    return not only_children(facts) or "bed_bridge" not in made.by_id


def a_report_needs_no_consent(facts: Facts, made: Plan) -> bool:
    return all(warned(each, "no_consent") for each in there(made, "child_vt"))


def a_secret_number_goes_to_one(facts: Facts, made: Plan) -> bool:
    wed = has(facts, "form", "huwelijksuitbuiting") and has(facts, "minor", "yes", "perhaps")
    if not (wed and has(facts, "contact", "unsafe")) or has(facts, "danger", "now"):
        return True
    told = there(made, "child_police", "child_nidos", "child_tonight")
    return all("contact_method" not in each.may for each in told)


def a_deed_is_laid_aside(facts: Facts, made: Plan) -> bool:
    wed = has(facts, "form", "huwelijksuitbuiting") and has(facts, "married", "married")
    asked = wed and has(facts, "minor", "yes", "perhaps")
    return ("deed_aside" in made.by_id) == asked


def who_lives_in_a_care_home(facts: Facts) -> bool:
    work = has(facts, "carer", "home") and has(facts, "form", "arbeidsuitbuiting", "huishouden")
    return has(facts, "place_kind", "institution") and (work or has(facts, "carer", "yes"))


def residents_are_cared_for(facts: Facts, made: Plan) -> bool:
    """The supervision hears of the care, and nothing of who works there or spoke."""
    asked = made.by_id.get("residents_care")
    if not who_lives_in_a_care_home(facts):
        return asked is None
    if asked is None:
        return has(facts, "forced", "no") or has(facts, "people", "no") or not has(facts, "territory", "here")
    told = {
        "facts",
        "indicators",
        "person_name",
        "person_description",
        "contact_method",
        "wish",
        "possible_victim",
    }
    return not asked.locks and not told & set(asked.may)


def a_care_home_is_not_asked(facts: Facts, made: Plan) -> bool:
    return not who_lives_in_a_care_home(facts) or "shelter_contact" not in made.by_id


def dangerous_work_is_looked_at(facts: Facts, made: Plan) -> bool:
    """Somebody says today how dangerous it is, without a lock, and hears only what is dangerous."""
    asked = made.by_id.get("hazard_check")
    if not has(facts, "hazard", "yes") or not has(facts, "place", "known") or has(facts, "people", "no"):
        return asked is None
    if asked is None:
        return not has(facts, "territory", "here", "unknown") or has(facts, "embassy", "yes")
    told = {"question", "place", "area", "dates", "number_of_people"}
    silent = has(facts, "may_know", "nobody", "care", "unsafe") and has(facts, "one_person", "unknown", "yes")
    waits = silent and has(facts, "danger", "unknown", "no") and not has(facts, "minor", "yes")
    return (
        asked.urgency is Urgency.TODAY
        and not asked.locks
        and set(asked.may) == told - ({"place"} if waits else set())
    )


PROMISES: dict[str, Promise] = {
    "a family: somebody else decides where the child goes": the_home_is_decided_by_others,
    "a family: brothers and sisters too": brothers_and_sisters_are_told_of,
    "a family: its home is no brothel": a_home_of_a_family_is_no_brothel,
    "a family: the Board and the court": a_court_for_the_child,
    "a child: no night shelter for adults": no_night_shelter_for_a_child,
    "a child: a report needs no consent": a_report_needs_no_consent,
    "a marriage: a secret number goes to one": a_secret_number_goes_to_one,
    "a marriage of a child: the deed is laid aside": a_deed_is_laid_aside,
    "a care home: its residents": residents_are_cared_for,
    "a care home: nobody asks there": a_care_home_is_not_asked,
    "dangerous work: somebody looks today": dangerous_work_is_looked_at,
}
"""What every plan has, or leaves out, where whoever profits is near."""


def plans(pack: Pack) -> Iterator[tuple[Facts, Plan]]:
    """Yield many mixes of facts with their plans."""
    for facts in mixed(pack, either(1500, 20_000), seed=SEED):
        yield facts, plan(facts, pack)


def test_who_profits_is_near() -> None:
    assert first_broken(PROMISES, plans(den_haag())) == {}


@pytest.mark.parametrize(
    "words",
    [
        "Haar moeder krijgt er geld voor.",
        "Hij moet van zijn oom bedelen bij de winkel.",
        "De vader van een jongen van 13 verkoopt foto's van hem.",
        "Zij moet al het geld afgeven aan haar stiefvader.",
        "De vriend van haar moeder ontvangt daar geld voor.",
        "Mannen betalen daarvoor via de telefoon van haar moeder.",
    ],
)
def test_family_that_profits_is_heard(words: str) -> None:
    assert propose([words], (), den_haag())["kin"].values == ("yes",)


@pytest.mark.parametrize(
    "words",
    [
        "Een kennis van haar moeder krijgt er geld voor.",
        "Haar moeder werkt in de thuiszorg en krijgt een uitkering.",
        "Zij stuurt elke maand geld naar haar ouders.",
        "Hij verkoopt foto's van zijn vader op een veiling.",
        "Zij moet van haar moeder op tijd thuis zijn.",
    ],
)
def test_family_that_does_not_profit_is_left_alone(words: str) -> None:
    assert "kin" not in propose([words], (), den_haag())


@pytest.mark.parametrize(
    "words",
    [
        "Zij moeten asbest slopen met blote handen.",
        "Zij scheppen asbest zonder masker.",
        "Vijf mannen haalden platen met asbest los, zonder masker.",
        "Hij staat zonder helm op het dak.",
        "In de kas spuiten ze gif terwijl de mensen er zonder bescherming werken.",
        "De beveiliging van de machine is eraf gehaald.",
        "Zij werken op een steiger zonder valbeveiliging.",
    ],
)
def test_dangerous_work_is_heard(words: str) -> None:
    assert propose([words], (), den_haag())["hazard"].values == ("yes",)


@pytest.mark.parametrize(
    "words",
    [
        "Het asbest is netjes gesloopt door een bedrijf met certificaat.",
        "Hij kwam zonder helm op zijn scooter langs.",
        "Op het dak van de school ligt asbest.",
        "Zij dragen allemaal een helm en handschoenen.",
        "De kweker gebruikt geen gif meer.",
        "Bij de poort doet de beveiliging moeilijk.",
    ],
)
def test_other_work_is_left_alone(words: str) -> None:
    assert "hazard" not in propose([words], (), den_haag())
