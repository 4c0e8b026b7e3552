"""What two outsiders still missed in the published cases: kept in every plan, whatever is known."""

import pytest
from tests.kernel.handbook.facts import first_broken, mixed
from tests.kernel.handbook.test_a_parent_with_a_child import keeps_silent
from tests.kernel.handbook.test_plans_of_the_region import Promise, has, soonest, warned
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.ages import ages_in
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Facts, Plan, Planned, plan
from sluitend.kernel.handbook.plans import PlanVerb
from sluitend.kernel.handbook.reading import propose

GONE = ("in_region", "elsewhere", "abroad", "somewhere")
SILENT = ("nobody", "care", "unsafe")
TODAY = tuple(Urgency).index(Urgency.TODAY)
ACT_AT_ONCE = {"urgent_stop", "nursery_close"}
"""Where there is danger of fire, or a nursery of cannabis, an own department does not wait for a talk."""


def _locks(each: Planned) -> set[str]:
    return {lock.id for lock in each.locks}


def _own_departments_at_the_place_wait(facts: Facts, made: Plan) -> bool:
    spoken = has(facts, "wish", "yes", "no") and has(facts, "may_know", "unknown")
    if not spoken or has(facts, "minor", "yes") or has(facts, "danger", "now"):
        return True
    acts = (
        each
        for each in made.actions
        if each.action.verb in (PlanVerb.PROPOSE, PlanVerb.PASS_ON)
        and "place" in each.action.lines
        and each.party.kind.value == "department"
        and each.id not in ACT_AT_ONCE
    )
    return all({"discussed", "discussed_apart"} & _locks(each) for each in acts)


def _urgent_action_only_where_it_is_dangerous(facts: Facts, made: Plan) -> bool:
    stop = made.by_id.get("urgent_stop")
    return stop is None or (has(facts, "housing", "dangerous") and soonest(stop) <= TODAY)


def _a_departure_without_a_safe_way(facts: Facts, made: Plan) -> bool:
    if not has(facts, "contact", "unsafe"):
        return "leave_tell" not in made.by_id
    told = made.by_id.get("leave_tell")
    said = told is None or warned(told, "nobody_is_sent")
    needs = has(facts, "leaves", *GONE) and not has(facts, "minor", "yes")
    return "leave_reach" not in made.by_id and said and (told is not None or not needs)


def _avim_hears_all_of_a_child_and_of_danger(facts: Facts, made: Plan) -> bool:
    told = [made.by_id[name] for name in ("child_police", "danger_police") if name in made.by_id]
    risk = has(facts, "reporter_risk", "known")
    if keeps_silent(facts):
        return all(warned(each, "only_reporter_knew") == risk for each in told)
    return all(
        not warned(each, "only_reporter_knew") and warned(each, "reporter_at_risk") == risk for each in told
    )


def _no_report_of_a_place_that_avim_hears_of_already(facts: Facts, made: Plan) -> bool:
    silent = has(facts, "minor", "perhaps") and has(facts, "may_know", *SILENT)
    if not silent or has(facts, "one_person", "no") or has(facts, "danger", "now"):
        return True
    asked = made.by_id.get("ask_investigation")
    return "sex_police" not in made.by_id and (asked is None or "place" in asked.may)


def _a_plan_only_for_who_is_near(facts: Facts, made: Plan) -> bool:
    apart = has(facts, "reporter", "boa", "anonymous", "bank") and not has(facts, "reporter", "there")
    return not apart or "reporter_plan" not in made.by_id


def _rights_of_eu_citizens_once(_: Facts, made: Plan) -> bool:
    return sum(warned(each, "eu_rights") for each in made.actions) <= 1


def _nobody_of_a_group_is_asked_by_who_spoke_to_none(facts: Facts, made: Plan) -> bool:
    group = (
        has(facts, "reporter", "apart") and has(facts, "one_person", "no") and has(facts, "wish", "unknown")
    )
    return not group or "ask_name" not in made.by_id or has(facts, "minor", "yes")


def _own_oov_hears_the_company(facts: Facts, made: Plan) -> bool:
    asked = made.by_id.get("riec_ask")
    if asked is None:
        return True
    silent = has(facts, "may_know", *SILENT) and not has(facts, "one_person", "no")
    told = {"company", "place"} <= set(asked.may)
    return "person_name" not in asked.may and told == (not silent or has(facts, "danger", "now"))


def _care_coordination_is_not_referred_to_itself(facts: Facts, made: Plan) -> bool:
    if not has(facts, "reporter", "coordination"):
        return "care_agree" not in made.by_id
    return has(facts, "minor", "yes") or not {"care_refer", "care_advice"} & set(made.by_id)


def _a_return_is_not_announced(_: Facts, made: Plan) -> bool:
    back = [made.by_id[name] for name in ("house_return", "entry_prepare") if name in made.by_id]
    return all(warned(each, "return_silent") and warned(each, "resident_forced") for each in back)


def _nothing_of_an_address_to_who_is_only_asked(_: Facts, made: Plan) -> bool:
    asked = [made.by_id[name] for name in ("work_joint", "inspectorate_ask") if name in made.by_id]
    return all(not {"place", "company", "person_name"} & set(each.may) for each in asked)


def _homes_at_a_company_are_no_business(facts: Facts, made: Plan) -> bool:
    homes = facts["place_kind"] <= {"company", "yard", "home", "shared"} and has(
        facts, "place_kind", "company", "yard"
    )
    if not homes or not has(facts, "registrations", "yes", "paid"):
        return True
    return not {"close_propose", "exploitation_propose"} & set(made.by_id)


PROMISES: dict[str, Promise] = {
    "own departments wait until it was discussed what is told": _own_departments_at_the_place_wait,
    "urgent action today and where it is dangerous, or not at all": _urgent_action_only_where_it_is_dangerous,
    "no talk before a departure without a safe way": _a_departure_without_a_safe_way,
    "AVIM hears all of a child and of danger": _avim_hears_all_of_a_child_and_of_danger,
    "no report of a place that AVIM hears of already": _no_report_of_a_place_that_avim_hears_of_already,
    "a plan for the reporter only where the reporter is near": _a_plan_only_for_who_is_near,
    "rights of EU citizens once": _rights_of_eu_citizens_once,
    "nobody of a group is asked by who spoke to none": _nobody_of_a_group_is_asked_by_who_spoke_to_none,
    "public order hears the company and nobody's name": _own_oov_hears_the_company,
    "care coordination is not referred to itself": _care_coordination_is_not_referred_to_itself,
    "a return is not announced": _a_return_is_not_announced,
    "who is only asked hears no address": _nothing_of_an_address_to_who_is_only_asked,
    "homes at a company are no business with a public": _homes_at_a_company_are_no_business,
}


def test_the_promises_hold_whatever_is_known(pack: Pack) -> None:
    cases = mixed(pack, either(1000, 10_000), seed=SEED)
    assert first_broken(PROMISES, ((facts, plan(facts, pack)) for facts in cases)) == {}


def test_a_warrant_is_given_by_the_mayor_or_by_the_body_that_acts(pack: Pack) -> None:
    words = pack.plan_warnings["warrant_terms"].text.nl
    assert "Alleen de burgemeester" not in words
    assert "Bij bestuursdwang geeft het orgaan dat handelt haar zelf." in words


def test_the_body_that_tells_the_inspectorate_is_the_mayor(pack: Pack) -> None:
    told = [each for each in pack.plan_actions if each.party == "arbeidsinspectie" and each.verb.sends]
    assert told
    assert all({*(each.holders or pack.plan_tasks[each.task].holders)} == {"mayor"} for each in told)


NOTHING = (
    ("Niemand wordt gedwongen, voor zover ik weet.", "forced"),
    ("Of er iemand gedwongen wordt, weet ik niet.", "forced"),
    ("Ik weet niet of iemand gedwongen wordt.", "forced"),
    ("Of iemand gedwongen wordt, weten wij niet.", "forced"),
    ("Of zij daar gedwongen worden is onduidelijk.", "forced"),
    ("Ik heb niet gezien dat iemand gedwongen wordt.", "forced"),
    ("Of er iemand opgesloten zit, weet ik niet.", "forced"),
    ("Ik zeg niet wie ik ben.", "reporter_risk"),
    ("Ik wil niet zeggen wie ik ben.", "reporter_risk"),
    ("Ik vertel niet wie ik ben.", "reporter_risk"),
    ("Ik zeg liever niet wie ik ben.", "reporter_risk"),
    ("Wij zeggen niet wie wij zijn.", "reporter_risk"),
    ("De vrijwilliger heeft geen loon gekregen.", "pay"),
    ("Hij heeft zijn loon gekregen.", "pay"),
    ("Een andere man betaalt de kamer.", "not_spoken"),
    ("Een andere keer sliep hij in de keuken.", "not_spoken"),
    ("Een andere collega werkt op maandag.", "not_spoken"),
    ("Een andere vrouw woont ernaast.", "not_spoken"),
    ("De andere man moet lachen.", "not_spoken"),
)

SAID = (
    ("Hij wordt gedwongen om te werken.", "forced", "yes"),
    ("Niemand weet dat hij gedwongen wordt.", "forced", "yes"),
    ("Niemand helpt haar, zij wordt gedwongen tot seks.", "forced", "yes"),
    ("Ik weet niet hoe hij heet, maar hij wordt gedwongen.", "forced", "yes"),
    ("Ik weet zeker dat zij gedwongen wordt.", "forced", "yes"),
    ("Zeg niet wie ik ben.", "reporter_risk", "known"),
    ("Vertel niet wie ik ben.", "reporter_risk", "known"),
    ("Ik vraag u: zeg niet wie ik ben.", "reporter_risk", "known"),
    ("Zeg niet dat ik het was.", "reporter_risk", "known"),
    ("Ik zeg niet wie ik ben, want hij weet waar ik woon.", "reporter_risk", "known"),
    ("Hij heeft geen loon gekregen.", "pay", "serious"),
    ("Zij heeft geen salaris gekregen.", "pay", "serious"),
    ("Geen werk, geen loon.", "pay", "serious"),
    ("Hij heeft te laat loon gekregen.", "pay", "underpaid"),
    ("Wij hebben geen loon gehad.", "pay", "serious"),
    ("Hij vertelt over een andere kok.", "not_spoken", "yes"),
    ("Een andere kok slaapt in de keuken.", "not_spoken", "yes"),
    ("Een tweede vrouw moet bedelen.", "not_spoken", "yes"),
    ("Een andere kok vertelde ons dat hij in de keuken sliep.", "not_spoken", "yes"),
    ("Een andere man moest zich verstoppen.", "not_spoken", "yes"),
    ("Ik schat haar op 17 of 18.", "minor", "perhaps"),
    ("Een jongen van zeventien of achttien.", "minor", "perhaps"),
    ("Ik schat haar op 16 of 17.", "minor", "yes"),
    ("Twee meisjes van 17 of 18.", "minor", "yes"),
)


@pytest.mark.parametrize(("words", "fact"), NOTHING)
def test_what_says_no_such_thing(words: str, fact: str) -> None:
    assert fact not in propose([words], [], den_haag())


@pytest.mark.parametrize(("words", "fact", "value"), SAID)
def test_what_is_said(words: str, fact: str, value: str) -> None:
    assert propose([words], [], den_haag())[fact].values == (value,)


def test_of_two_ages_between_which_somebody_doubts_the_grown_one_counts() -> None:
    assert list(ages_in("ik schat haar op 17 of 18")) == [18]
    assert list(ages_in("ik schat haar op 16 of 17")) == [16]
