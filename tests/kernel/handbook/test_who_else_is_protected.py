"""Whoever is in danger beside the one who told it is protected, and only what protects them opens."""

from collections.abc import Iterator

from tests.kernel.handbook.facts import first_broken, mixed
from tests.kernel.handbook.test_plans_of_the_region import Promise, has, silent, soonest, warned
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Facts, Plan, plan

DAYS = tuple(Urgency).index(Urgency.DAYS)
ONLY_THE_THREAT = {"question", "dates", "danger", "place", "area", "number_of_people", "minors_present"}
"""What says who is threatened, where and when, and nothing of who told it."""


def somebody_else_is_protected(facts: Facts, made: Plan) -> bool:
    """AVIM hears now where the one is who is threatened, and SHOP what is possible for them."""
    threatened = has(facts, "threat_other", "yes")
    near = has(facts, "danger", "now", "soon") or has(facts, "moment", "today")
    if not (threatened and near):
        return "threat_police" not in made.by_id
    told, helped = made.by_id["threat_police"], made.by_id["threat_safe"]
    now = told.urgency is helped.urgency is Urgency.NOW
    said = warned(told, "threat_where") and warned(helped, "threat_bed")
    return now and said and not told.locks and "question" in told.may


def an_hour_that_was_named_is_for_112(facts: Facts, made: Plan) -> bool:
    """In danger now 112 stands first; before an hour that comes it is said when to call it."""
    told = made.by_id.get("threat_police")
    later = has(facts, "moment", "today") and not has(facts, "danger", "now")
    if told and warned(told, "call_when_it_comes") != later:
        return False
    if not (has(facts, "threat_other", "yes") and has(facts, "danger", "now")):
        return True
    return made.actions[0].id == "call_112" and warned(made.actions[0], "threat_where")


def nothing_of_who_told_it(facts: Facts, made: Plan) -> bool:
    """Of who asked for silence not the place either, and what opens says that it goes against a wish."""
    told = made.by_id.get("threat_police")
    if told is None:
        return True
    unasked = not has(facts, "may_know", "all") and not has(facts, "minor", "yes")
    if unasked and not warned(told, "threat_vital"):
        return False
    may_point = silent(facts) and not has(facts, "one_person", "no") and not has(facts, "danger", "now")
    taken = has(facts, "missing", "yes", "told") or has(facts, "child_held", "yes")
    hidden = may_point and not (has(facts, "minor", "yes") and taken)
    return set(told.may) <= ONLY_THE_THREAT and not (hidden and "place" in told.may)


def whoever_is_held_is_known_as_a_victim(facts: Facts, made: Plan) -> bool:
    """The lawyer is called now, and what goes without a name says how it is tied to who is held."""
    if not has(facts, "suspect", "held"):
        return not any(warned(each, "held_tie") or warned(each, "held_lawyer") for each in made.actions)
    lawyer = made.by_id["suspect_lawyer"]
    called = lawyer.urgency is Urgency.NOW and warned(lawyer, "held_lawyer")
    told = [made.by_id[name] for name in ("victim_flag", "child_police") if name in made.by_id]
    unasked = has(facts, "may_know", "unknown", "unreachable") and not has(facts, "minor", "yes")
    return called and all(warned(each, "held_tie") == unasked for each in told)


def somebody_waits_for_who_is_let_go(facts: Facts, made: Plan) -> bool:
    if not has(facts, "suspect", "held"):
        return "released_wait" not in made.by_id
    waits = made.by_id["released_wait"]
    now = waits.urgency is Urgency.NOW or not has(facts, "moment", "today")
    return soonest(waits) < DAYS and now and not waits.locks and warned(waits, "released_door")


def whoever_depends_is_not_left_to_who_profits(facts: Facts, made: Plan) -> bool:
    """Veilig Thuis gives advice today, by the carer who profits or by the partner, and not by both."""
    grown = not has(facts, "minor", "yes")
    depends = has(facts, "supported", "yes") or has(facts, "represents", "money", "court")
    if not (depends and grown) or has(facts, "forced", "no") or has(facts, "carer", "yes"):
        return "partner_vt" not in made.by_id
    asked = made.by_id["partner_vt"]
    return soonest(asked) < DAYS and not asked.locks and warned(asked, "meldcode")


def the_care_itself_does_something(facts: Facts, made: Plan) -> bool:
    """The care that does not profit is asked what it can do; where it profits nobody asks it."""
    forced = has(facts, "forced", "yes", "perhaps")
    other = has(facts, "supported", "yes") and not has(facts, "carer", "yes")
    if not (other and forced):
        return "support_team" not in made.by_id
    team = made.by_id["support_team"]
    return soonest(team) < DAYS and warned(team, "shelter_may_profit") and warned(team, "outside_expert")


def somebody_beside_before_the_wish(facts: Facts, made: Plan) -> bool:
    """Where the Salvation Army works it can be asked before somebody wants help, and points nobody out."""
    asked = made.by_id.get("support_ask")
    early = has(facts, "forced", "yes", "perhaps") and not has(facts, "wish", "yes")
    only_children = has(facts, "minor", "yes") and not has(facts, "adults", "yes", "both")
    if only_children or not early:
        return asked is None
    works = has(facts, "subregion", "hollands_midden") or has(facts, "sleep_subregion", "hollands_midden")
    asleep = has(facts, "sleep_subregion", "haaglanden")
    return asked is not None if works and not asleep else asked is None


def a_care_budget_is_not_of_work_and_income(facts: Facts, made: Plan) -> bool:
    """Whatever stops or checks money says who pays a care budget, and that care goes on."""
    depends = has(facts, "represents", "money", "court") or has(facts, "carer", "yes")
    depends |= has(facts, "supported", "yes")
    told = ("benefit_keep", "wait_pay", "care_payer", "provider_check")
    there = [made.by_id[name] for name in told if name in made.by_id]
    stays = [made.by_id[name] for name in ("care_payer", "provider_check") if name in made.by_id]
    said = all(warned(each, "budget_paid") == depends for each in there)
    return said and all(warned(each, "care_stays") for each in stays)


SPEAKS_WITH_FAMILY_OR_SCHOOL = {
    *("child_vt", "child_tonight", "school_plan", "school_contact", "others_school", "family_quiet"),
}


def the_reason_of_blackmail_stays(facts: Facts, made: Plan) -> bool:
    there = [made.by_id[name] for name in SPEAKS_WITH_FAMILY_OR_SCHOOL & set(made.by_id)]
    return all(warned(each, "why_stays_here") == has(facts, "images", "yes") for each in there)


def a_named_day_is_prepared(facts: Facts, made: Plan) -> bool:
    """What helps happens before the day, and says what to do on it."""
    named = has(facts, "moment", "today", "week")
    said = ("care_advice", "care_refer", "police_advice", "child_vt", "child_police", "danger_care")
    there = [made.by_id[name] for name in (*said, "images_down") if name in made.by_id]
    asked = [made.by_id[name] for name in ("care_advice", "ask_wish", "ask_contact") if name in made.by_id]
    before = not named or all(soonest(each) < DAYS for each in asked)
    return before and all(warned(each, "named_day") == named for each in there)


PROTECTED: dict[str, Promise] = {
    "somebody else is threatened: AVIM hears now where, and SHOP": somebody_else_is_protected,
    "somebody else is threatened today: 112 first": an_hour_that_was_named_is_for_112,
    "somebody else is threatened: nothing of who told it": nothing_of_who_told_it,
    "the police hold somebody: tied to them by lawyer or decision": whoever_is_held_is_known_as_a_victim,
    "the police hold somebody: who waits when they are let go": somebody_waits_for_who_is_let_go,
    "depends on who profits: Veilig Thuis today": whoever_depends_is_not_left_to_who_profits,
    "supported: what the care itself can do": the_care_itself_does_something,
    "forced: somebody beside them before the wish": somebody_beside_before_the_wish,
    "blackmail: the reason goes to no parents and no school": the_reason_of_blackmail_stays,
    "a day that was named: help before it, and what to do on it": a_named_day_is_prepared,
    "a care budget: who pays it, and care goes on": a_care_budget_is_not_of_work_and_income,
}
"""What every plan of this region has for whoever is in danger beside the one who told it, or is held."""


def plans(pack: Pack) -> Iterator[tuple[Facts, Plan]]:
    """Yield many mixes of facts with their plans."""
    for facts in mixed(pack, either(1500, 20_000), seed=SEED):
        yield facts, plan(facts, pack)


def test_whoever_is_in_danger_too_is_protected_in_every_plan() -> None:
    assert first_broken(PROTECTED, plans(den_haag())) == {}
