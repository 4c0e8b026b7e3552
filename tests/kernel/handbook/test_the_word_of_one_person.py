"""What only one person told, or nobody saw yet: own departments wait for them, and the municipality looks."""

from tests.kernel.handbook.facts import first_broken, mixed
from tests.tiers import SEED, either

from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Facts, Plan, facts_with, plan

OWN = {"exploitation_propose", "housing_with_case", "environment_check", "fire_plan", "house_look"} | {
    *("landlord_order", "letting_propose", "close_propose", "penalty_propose"),
}
LOOKS = {"ask_investigation", "house_look", "brp_check", "environment_check", "fire_plan"}
AMONG_THE_WORK = {"company", "catering", "unlicensed"}


def _spoken(facts: Facts) -> bool:
    return (
        bool(facts["wish"] & {"yes", "no"})
        and facts["may_know"] == {"unknown"}
        and facts["minor"] != {"yes"}
        and facts["danger"] != {"now"}
    )


def _own_departments_wait(facts: Facts, made: Plan) -> bool:
    locks = {"discussed", "discussed_apart"}
    return not _spoken(facts) or all(
        locks & {lock.id for lock in each.locks} for each in made.actions if each.id in OWN
    )


def _nobody_rents_among_the_work(facts: Facts, made: Plan) -> bool:
    asleep = facts["place_kind"] <= AMONG_THE_WORK and facts["sleeps"] == {"same"}
    rented = facts["registrations"] != {"no"} or facts["chain"] != {"no"}
    return not asleep or rented or "landlord_order" not in made.by_id


def _hidden_is_asked(facts: Facts, made: Plan) -> bool:
    asked = made.by_id.get("ask_danger")
    there = facts["place_kind"] & {"company", "catering", "hotel", "unlicensed"} and facts["forced"] & {
        *("yes", "perhaps"),
    }
    if asked is None or not there or facts["people"] == {"no"}:
        return True
    return bool({"hidden_now", "hidden_room"} & {each.id for each in asked.warnings})


def _the_hotel_hears_nothing(facts: Facts, made: Plan) -> bool:
    talk = made.by_id.get("hotel_talk")
    return talk is None or "hotel_hears_nothing" in {each.id for each in talk.warnings}


def _origin_is_not_written(facts: Facts, made: Plan) -> bool:
    asks = [made.by_id[name] for name in ("exploiter_record", "ask_wish", "ask_name") if name in made.by_id]
    return all("no_origin" in {each.id for each in one.warnings} for one in asks)


PROMISES = {
    "own departments wait for what one person lets be told": _own_departments_wait,
    "no order on rent where people sleep among the work": _nobody_rents_among_the_work,
    "who may be hidden now is asked": _hidden_is_asked,
    "a hotel hears nothing about a person": _the_hotel_hears_nothing,
    "no origin is written": _origin_is_not_written,
}


def test_the_promises_hold_whatever_is_known(pack: Pack) -> None:
    cases = mixed(pack, either(1000, 10_000), seed=SEED)
    assert first_broken(PROMISES, ((facts, plan(facts, pack)) for facts in cases)) == {}


def test_a_mere_suspicion_of_registrations_keeps_what_the_municipality_looks_up_itself(pack: Pack) -> None:
    for facts in mixed(pack, either(1000, 10_000), seed=SEED):
        calm = {"danger": "no", "minor": "no", "wish": "unknown", "concrete": "unknown"} | {
            "registrations": "yes",
            "embassy": "no",
        }
        unsure = facts_with(pack, calm.items(), facts)
        before = plan(unsure, pack)
        after = plan(facts_with(pack, [("concrete", "no")], unsure), pack)
        assert LOOKS & set(before.by_id) <= set(after.by_id)
        told = {each.id for each in after.actions if each.action.verb.value == "refer"}
        assert not told & {"crime_police", "exploiter_police", "work_inspect", "sex_police"}
