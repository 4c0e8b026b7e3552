"""More people than one: somebody goes and looks, help is ready first, and what is said fits the place."""

from collections.abc import Callable

import pytest
from tests.kernel.handbook.facts import first_broken, mixed
from tests.kernel.handbook.test_plans_of_the_region import Promise, has, warned
from tests.kernel.handbook.test_who_is_betrayed import locks
from tests.tiers import SEED, either

from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Facts, Plan, facts_with, plan
from sluitend.kernel.handbook.plans import PartyKind

AT_WORK = {"company", "catering", "yard", "licensed", "unlicensed"}
GOES_THERE = {"house_look", "housing_inspect", "housing_with_case", "environment_check", "landlord_order"} | {
    *("letting_propose", "brp_check", "house_return"),
}
ASKED = {"asked_first", "investigation", "ask_investigation"}
OF_WHO_PROFITS = {"vehicle", "phone", "online_account"}
FROM_OUTSIDE = {"fire_plan"}
BEDS = {"bed_bridge", "care_agree", "others_beds"}
BEYOND = {
    *(PartyKind.POLICE, PartyKind.INSPECTORATE, PartyKind.INSPECTION, PartyKind.PROSECUTION),
    *(PartyKind.PARTNERSHIP, PartyKind.MUNICIPALITY),
}
CHILD_OR_DANGER = {"child_police", "danger_police", "threat_police"}


def _somebody_looks(_: Facts, made: Plan) -> bool:
    """Who goes and looks takes the place of who only prepares."""
    return not {"house_look", "housing_with_case"} <= set(made.by_id) or bool(
        {"nobody_looked"} & {rule.id for rule in made.by_id["house_look"].because}
    )


def _an_inquiry_is_asked_before_anybody_goes(facts: Facts, made: Plan) -> bool:
    if "ask_investigation" not in made.by_id or not has(facts, "hold", "unknown"):
        return True
    if has(facts, "danger", "now") or not has(facts, "place", "known"):
        return True
    return all(ASKED & locks(each) for each in made.actions if each.id in GOES_THERE)


def _fire_waits_for_no_papers(_: Facts, made: Plan) -> bool:
    return not any({"papers", *ASKED} & locks(each) for each in made.actions if each.id in FROM_OUTSIDE)


def _a_group_is_named_as_a_group(facts: Facts, made: Plan) -> bool:
    several = has(facts, "one_person", "no")
    told = [each for each in made.actions if each.action.aloud_several]
    return all((each.action.aloud == each.action.aloud_several) == several for each in told)


def _whose_number_only_where_one_may_go(_: Facts, made: Plan) -> bool:
    told = [each for each in made.actions if warned(each, "only_theirs")]
    return all(OF_WHO_PROFITS & set(each.share.may) for each in told)


def _no_order_on_a_permit_that_nobody_needs(facts: Facts, made: Plan) -> bool:
    return facts["place_kind"] != {"company"} or "penalty_propose" not in made.by_id


def _hidden_where_it_can_be(facts: Facts, made: Plan) -> bool:
    rooms = facts["place_kind"] == {"hotel"} and facts["form"] == {"seksuele_uitbuiting"}
    asked = [made.by_id[name] for name in ("ask_danger", "police_advice") if name in made.by_id]
    return not rooms or not any(warned(each, "hidden_now") for each in asked)


def _no_address_of_a_shelter(_: Facts, made: Plan) -> bool:
    return all(warned(each, "shelter_address") for each in made.actions if each.id in BEDS)


def _what_betrays_who_is_anonymous_stays_out(facts: Facts, made: Plan) -> bool:
    if not has(facts, "reporter", "anonymous"):
        return True
    takes = (each for each in made.actions if "attachments" in each.share.may and each.party.kind in BEYOND)
    return all(warned(each, "anonymous_betrays") for each in takes if each.id not in CHILD_OR_DANGER)


def _sex_life_stays_out(facts: Facts, made: Plan) -> bool:
    told = ("child_police", "child_vt", "sex_police", "exploiter_police", "sex_joint", "police_advice")
    sexual = has(facts, "form", "seksuele_uitbuiting")
    return all(warned(made.by_id[name], "sex_life") == sexual for name in told if name in made.by_id)


def _work_goes_with_the_place(_: Facts, made: Plan) -> bool:
    return all(warned(each, "work_goes_too") for each in made.actions if each.id == "close_propose")


PROMISES: dict[str, Promise] = {
    "who goes and looks takes the place of who prepares": _somebody_looks,
    "whether an inquiry runs is asked before anybody goes": _an_inquiry_is_asked_before_anybody_goes,
    "safety in a fire waits for no question about papers": _fire_waits_for_no_papers,
    "a group is spoken of as a group": _a_group_is_named_as_a_group,
    "whose number it is, where one may go along": _whose_number_only_where_one_may_go,
    "no order on a permit that a company does not need": _no_order_on_a_permit_that_nobody_needs,
    "a room is no cold store": _hidden_where_it_can_be,
    "no address of a shelter in the file": _no_address_of_a_shelter,
    "an anonymous reporter is not betrayed": _what_betrays_who_is_anonymous_stays_out,
    "sex life stays out": _sex_life_stays_out,
    "closing takes work too": _work_goes_with_the_place,
}


def test_what_every_plan_keeps(pack: Pack) -> None:
    cases = mixed(pack, either(1500, 20_000), seed=SEED)
    assert first_broken(PROMISES, ((facts, plan(facts, pack)) for facts in cases)) == {}


def _look(pack: Pack, *given: tuple[str, str]) -> Plan:
    told = [("form", "arbeidsuitbuiting"), ("people", "yes"), ("place", "known"), ("housing", "bad")]
    return plan(facts_with(pack, [*told, ("territory", "here"), *given]), pack)


@pytest.mark.parametrize(
    "given",
    [
        *([("place_kind", kind), ("registrations", "yes")] for kind in sorted({*AT_WORK, "home", "shared"})),
        *([("place_kind", kind), ("sleeps", "same")] for kind in sorted(AT_WORK)),
    ],
)
def test_where_people_sleep_badly_somebody_looks_and_help_is_ready(
    pack: Pack, given: list[tuple[str, str]]
) -> None:
    made = _look(pack, *given)
    assert {"house_look", "ask_investigation", "others_care", "others_beds"} <= set(made.by_id)
    assert "housing_with_case" not in made.by_id
    assert {"papers", "residents", "asked_first"} <= locks(made.by_id["house_look"])
    today = ("sleeps", "same") in given
    assert (made.by_id["house_look"].urgency.value == "today") == today


@pytest.mark.parametrize("open_by", [("hold", "none"), ("danger", "now")])
def test_the_question_about_an_inquiry_opens_the_look(pack: Pack, open_by: tuple[str, str]) -> None:
    made = _look(pack, ("place_kind", "company"), ("registrations", "yes"), open_by)
    assert "asked_first" not in locks(made.by_id["house_look"])


@pytest.mark.parametrize(
    "given",
    [
        [("place_kind", "company")],
        [("place_kind", "company"), ("registrations", "yes"), ("sleeps", "in_region")],
        [("place_kind", "company"), ("registrations", "yes"), ("forced", "perhaps")],
        [("place_kind", "company"), ("registrations", "yes"), ("people", "no")],
        [("place_kind", "vehicle"), ("sleeps", "same")],
    ],
)
def test_where_there_is_more_to_ask_first_nobody_goes_and_looks(
    pack: Pack, given: list[tuple[str, str]]
) -> None:
    assert "house_look" not in _look(pack, *given).by_id


def test_a_sex_business_rests_on_its_own_article(pack: Pack) -> None:
    named: Callable[[str], str] = lambda task: str(getattr(pack.plan_tasks[task].article, "nl", ""))  # noqa: E731
    for name in ("sex_unlicensed", "permit_propose", "escort_propose", "sex_joint", "sex_online"):
        assert "151a" in named(pack.plan_actions[name].task)
    assert "149" in named(pack.plan_actions["exploitation_propose"].task)
