"""An action or a warning stands where it is true, and no message asks for what it may not say."""

from collections.abc import Iterator
from random import Random

import pytest
from tests.kernel.handbook.facts import mixed
from tests.kernel.handbook.test_plans_of_the_region import Promise, has, soonest, warned
from tests.tiers import SEED, either

from sluitend.kernel.handbook.checks_of_plans import values_of
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Facts, Plan, Planned, facts_with, plan
from sluitend.kernel.handbook.plans import PartyKind

DAYS = tuple(Urgency).index(Urgency.DAYS)


def locks(each: Planned) -> set[str]:
    return {lock.id for lock in each.locks}


def what_is_asked_may_be_said(facts: Facts, made: Plan) -> bool:
    """Whoever is told to say that somebody is a victim may say so in that same message.

    Of a child AVIM hears it already, and the prosecutor is asked without it where somebody asked for silence.
    """
    asks = {each.id for each in made.actions if warned(each, "possible_victim") and each.action.verb.sends}
    asks |= {"victim_flag", "victim_flag_om"} & set(made.by_id)
    if has(facts, "minor", "yes", "perhaps"):
        asks -= {"victim_flag_om"}
    return all("possible_victim" in made.by_id[name].may for name in asks)


def nobody_is_asked_to_come_and_told_to_stay_away(_: Facts, made: Plan) -> bool:
    fire = (each for each in made.actions if each.id in ("fire_check", "nursery_fire"))
    return not any(warned(each, "not_warn") for each in fire)


def doubt_only_where_there_is_doubt(facts: Facts, made: Plan) -> bool:
    told = made.by_id.get("child_vt")
    return told is None or warned(told, "as_child") == has(facts, "minor", "perhaps")


def no_day_where_no_day_may_be_told(_: Facts, made: Plan) -> bool:
    return not any(warned(each, "only_seen") and warned(each, "accident_report") for each in made.actions)


def images_today(facts: Facts, made: Plan) -> bool:
    return not has(facts, "images", "yes") or soonest(made.by_id["images_down"]) < DAYS


def a_lawyer_when_the_police_are_asked(facts: Facts, made: Plan) -> bool:
    """Where the police are asked today about somebody who was forced into crime, so is a lawyer."""
    crime = has(facts, "form", "criminele_uitbuiting") or has(facts, "in_name", "yes")
    near = has(facts, "danger", "now", "soon") and has(facts, "forced", "perhaps")
    if not crime or not (near or has(facts, "forced", "yes")) or has(facts, "minor", "yes"):
        return True
    return soonest(made.by_id["suspect_lawyer"]) < DAYS


REPORTS_OF_A_PLACE = {
    *("work_inspect", "work_police", "sex_police", "crime_police", "ask_investigation", "chain_inspect"),
    *("ask_inspectorate", "transfer_region", "transfer_outside"),
}


def a_report_says_its_place(facts: Facts, made: Plan) -> bool:
    """What reports a place that may not be told waits for who finds out, or says that the place stays."""
    taken = has(facts, "missing", "yes", "told") or has(facts, "child_held", "yes")
    if not has(facts, "place", "known") or has(facts, "danger", "now") or taken:
        return True
    mute = (
        each
        for each in made.actions
        if each.id in REPORTS_OF_A_PLACE and not {"place", "company"} & set(each.may)
    )
    # Of who may be a child AVIM hears the place by phone; all others do not hear it.
    by_phone = "place_by_phone" if has(facts, "minor", "perhaps") else "place_stays"
    return all(
        "one_person" in locks(each)
        or warned(each, by_phone if each.party.kind is PartyKind.POLICE else "place_stays")
        for each in mute
    )


def what_waits_for_one_person_is_asked(_: Facts, made: Plan) -> bool:
    waits = any("one_person" in locks(each) for each in made.actions)
    return not waits or "ask_one_person" in made.by_id


def advice_while_the_place_waits(facts: Facts, made: Plan) -> bool:
    """Where coercion was seen or may be, nothing is slower than a question to AVIM without names."""
    waits = any("one_person" in locks(each) for each in made.actions)
    child = has(facts, "minor", "yes", "perhaps")
    return not waits or child or not has(facts, "forced", "yes", "perhaps") or "police_advice" in made.by_id


def said_of_a_home_only_where_true(facts: Facts, made: Plan) -> bool:
    """Who was never asked wants nothing yet, and a home with several people is not one person."""
    untrue = has(facts, "may_know", "unsafe") or has(facts, "one_person", "no")
    several = has(facts, "one_person", "no")
    return not any(
        (untrue and warned(each, "home_is_person")) or (several and warned(each, "home_unasked"))
        for each in made.actions
    )


FAMILY = {"huishouden", "huwelijksuitbuiting", "draagmoederschap_adoptie"}
"""Forms that stand for a family, where no company, no contract and no other workers are."""


def family_home(facts: Facts) -> bool:
    return facts["place_kind"] == {"home"} and facts["form"] <= FAMILY


def nothing_of_a_company_in_a_family_home(facts: Facts, made: Plan) -> bool:
    if not family_home(facts):
        return True
    business = {"funding_stop", "others_info"}
    if not has(facts, "chain", "yes"):
        business |= {"others_fairwork"}
    if not has(facts, "represents", "money"):
        business |= {"provider_check"}
    if not has(facts, "housing", "dangerous"):
        business |= {"others_beds"}
    return not business & set(made.by_id)


def no_inspection_at_a_family_that_is_not_told(facts: Facts, made: Plan) -> bool:
    silence = has(facts, "may_know", "nobody", "care", "unsafe") and not has(facts, "minor", "yes")
    family = has(facts, "place_kind", "home") and facts["form"] <= FAMILY
    if not family or not silence or has(facts, "danger", "now") or has(facts, "one_person", "no"):
        return True
    return "work_inspect" not in made.by_id


def a_shelter_is_no_sex_business(facts: Facts, made: Plan) -> bool:
    place = {"sex_police", "sex_joint", "others_sex"}
    return facts["place_kind"] != {"institution"} or not place & set(made.by_id)


def no_others_where_one_person_is(facts: Facts, made: Plan) -> bool:
    """But for somebody else who is known by the report."""
    others = {"others_care", "others_fairwork", "others_sex"}
    if has(facts, "not_spoken", "yes"):
        return True
    return not has(facts, "one_person", "yes") or not others & set(made.by_id)


def nothing_on_letting_where_nobody_lets(facts: Facts, made: Plan) -> bool:
    elsewhere = facts["place_kind"] <= {"institution", "street", "online"}
    let = {"landlord_pass"} | (set() if has(facts, "chain", "yes") else {"landlord_order"})
    return not elsewhere or not let & set(made.by_id)


def no_word_on_sex_at_clients_of_another_trade(facts: Facts, made: Plan) -> bool:
    """Who cleans or cares at addresses is no escort, and whoever is a client there may be asked."""
    if has(facts, "form", "seksuele_uitbuiting"):
        return True
    return "escort_propose" not in made.by_id and not any(
        warned(each, "clients_not_asked") for each in made.actions
    )


def drivers_only_where_people_sleep_in_a_cab(facts: Facts, made: Plan) -> bool:
    return has(facts, "place_kind", "cab") or "drivers_ask" not in made.by_id


SIGNS = (("organised", "no"), ("chain", "no"), ("registrations", "no"), ("housing", "unknown"))
"""What says that a home is more than the home of one person, and what it says where nobody saw that."""


def no_joint_inspection_of_a_home_of_ones_own(facts: Facts, made: Plan) -> bool:
    seen = has(facts, "one_person", "no") or any(not has(facts, name, no) for name, no in SIGNS)
    if facts["place_kind"] != {"home"} or seen:
        return True
    return not {"work_joint", "sex_joint"} & set(made.by_id)


def no_permit_or_guests_without_a_reason(facts: Facts, made: Plan) -> bool:
    """Of a business of which nobody saw coercion no permit is withdrawn and no guest is looked at."""
    seen = has(facts, "forced", "yes", "perhaps") or has(facts, "minor", "yes", "perhaps")
    return seen or not {"permit_propose", "bibob_propose", "night_register"} & set(made.by_id)


def no_ceremony_for_a_child(facts: Facts, made: Plan) -> bool:
    child = has(facts, "minor", "yes") and not has(facts, "adults", "yes", "both")
    return not child or "marriage_desk" not in made.by_id


def the_home_here_is_reported_here(facts: Facts, made: Plan) -> bool:
    """Work elsewhere, beds here: what happens in the home here is told to AVIM by us."""
    here = has(facts, "sleeps", "here") and has(facts, "territory", "in_region", "outside_region")
    if not here or not has(facts, "forced", "yes", "perhaps") or has(facts, "embassy", "yes"):
        return True
    if has(facts, "concrete", "no"):
        return True
    return "exploiter_police" in made.by_id


NOBODY_IS_SPOKEN_TO = {"call_112", "police_advice", "suspect_lawyer", "registry_wait", "others_children"}
SPEAKS = {
    "ask_wish",
    "ask_name",
    "care_refer",
    "keep_open",
    "child_vt",
    "child_tonight",
    "support_refer",
    "others_info",
}


def safe_contact_where_somebody_is_spoken_to(facts: Facts, made: Plan) -> bool:
    """It stands with whoever speaks to the person, and not with a question without a name."""
    if not has(facts, "contact", "unsafe"):
        return True
    said = {each.id for each in made.actions if warned(each, "contact")}
    return SPEAKS & set(made.by_id) <= said and not NOBODY_IS_SPOKEN_TO & said


FITS: dict[str, Promise] = {
    "what is asked to be said is not withheld from that message": what_is_asked_may_be_said,
    "the fire service is not told to stay away": nobody_is_asked_to_come_and_told_to_stay_away,
    "a word on doubt only where the age is in doubt": doubt_only_where_there_is_doubt,
    "nobody is asked for a day that may not be told": no_day_where_no_day_may_be_told,
    "a report of a place can say the place, waits, or says that it stays": a_report_says_its_place,
    "what waits for that has somebody who finds it out": what_waits_for_one_person_is_asked,
    "while a place waits AVIM can be asked without names": advice_while_the_place_waits,
    "a home is said to be one person only where that may be": said_of_a_home_only_where_true,
    "a family home: nothing of a company": nothing_of_a_company_in_a_family_home,
    "a family home of who said nothing: no inspection": no_inspection_at_a_family_that_is_not_told,
    "a shelter is no sex business": a_shelter_is_no_sex_business,
    "a place of one person: no others are looked for there": no_others_where_one_person_is,
    "care, street and internet: nothing on letting": nothing_on_letting_where_nobody_lets,
    "clients who are no clients of sex: nothing of escort": no_word_on_sex_at_clients_of_another_trade,
    "drivers are asked about only where somebody sleeps in a cab": drivers_only_where_people_sleep_in_a_cab,
    "a home of one person: no joint inspection": no_joint_inspection_of_a_home_of_ones_own,
    "no force and no child seen: no permit and no register": no_permit_or_guests_without_a_reason,
    "a child: no ceremony at the desk": no_ceremony_for_a_child,
    "work elsewhere, beds here: AVIM hears of the home from us": the_home_here_is_reported_here,
    "safe contact: said where somebody is spoken to": safe_contact_where_somebody_is_spoken_to,
    "images: help to take them down today": images_today,
    "forced into crime: a lawyer is asked when the police are": a_lawyer_when_the_police_are_asked,
}
"""What holds of every plan of this region, so that nothing in it is untrue where it stands."""


MATTERS = (
    *(
        "form",
        "place_kind",
        "wish",
        "forced",
        "minor",
        "danger",
        "may_know",
        "one_person",
        "sleeps",
        "territory",
    ),
    *("carer", "in_name", "suspect", "chain", "housing", "accident", "contact"),
)
SILENT = ("nobody", "care", "unsafe")


def cases(pack: Pack, number: int) -> Iterator[Facts]:
    """Yield facts of cases at a known place, often a home and often of who asked for silence."""
    chance = Random(SEED)  # noqa: S311
    for number_of_case in range(number):
        said = chance.sample(MATTERS, 10)
        given = [(name, chance.choice(values_of(pack.plan_facts[name], pack))) for name in said]
        if number_of_case % 3 == 0:
            given = [*(each for each in given if each[0] != "place_kind"), ("place_kind", "home")]
        given += [("may_know", chance.choice(SILENT))] if number_of_case % 2 == 0 else []
        yield facts_with(pack, [("place", "known"), ("people", "yes"), *given])


def many(pack: Pack) -> Iterator[Facts]:
    """Yield facts of many cases."""
    yield from cases(pack, either(500, 20_000))
    yield from mixed(pack, either(100, 10_000), seed=SEED)


@pytest.fixture(scope="module")
def plans(pack: Pack) -> list[tuple[Facts, Plan]]:
    """Many cases with their plans."""
    return [(facts, plan(facts, pack)) for facts in many(pack)]


@pytest.mark.parametrize("words", FITS)
def test_what_stands_in_a_plan_fits(plans: list[tuple[Facts, Plan]], words: str) -> None:
    broken = [facts for facts, made in plans if not FITS[words](facts, made)]
    assert broken[:1] == []
