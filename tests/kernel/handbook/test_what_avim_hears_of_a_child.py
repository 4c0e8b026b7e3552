"""What AVIM hears of a possible child is said in one way, and 112 stands first only where it is now."""

from tests.kernel.handbook.facts import first_broken, mixed
from tests.kernel.handbook.test_a_parent_with_a_child import keeps_silent
from tests.kernel.handbook.test_plans_of_the_region import Promise, has, warned
from tests.kernel.handbook.test_who_is_betrayed import with_these
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.planning import Facts, Plan, plan
from sluitend.kernel.handbook.plans import PartyKind

BY_PHONE = "door de telefoon"
OWN_WAY = {"danger_police", "threat_police"}


def _child(facts: Facts) -> bool:
    return has(facts, "minor", "yes", "perhaps")


def _one_sentence_of_who_reported(facts: Facts, made: Plan) -> bool:
    told = [each for each in made.actions if each.party.kind is PartyKind.POLICE and each.action.verb.sends]
    if not _child(facts) or keeps_silent(facts) or not has(facts, "reporter_risk", "known"):
        return not any(warned(each, "reporter_at_risk") for each in told if each.id not in OWN_WAY)
    return all(warned(each, "reporter_at_risk") and not warned(each, "only_reporter_knew") for each in told)


def _the_place_is_heard_by_phone_everywhere(facts: Facts, made: Plan) -> bool:
    """On paper it stays out: the reason says so, and no page says that AVIM does not hear it at all."""
    if not has(facts, "minor", "perhaps"):
        return not any(warned(each, "place_by_phone") for each in made.actions)
    police = [each for each in made.actions if each.party.kind is PartyKind.POLICE]
    told = made.by_id.get("child_police")
    held = [each.reason.nl for each in told.withheld if each.part == "place"] if told else []
    return not any(warned(each, "place_stays") for each in police) and all(
        BY_PHONE in each.lower() for each in held
    )


def _papers_hold_no_child_up(facts: Facts, made: Plan) -> bool:
    told = made.by_id.get("child_police")
    if told is None:
        return True
    open_ = has(facts, "papers", "open") and has(facts, "place", "known") and not has(facts, "people", "no")
    said = warned(told, "papers_in_the_call") or warned(told, "papers_same_call")
    return said == open_ and "papers" not in {lock.id for lock in told.locks}


def _nobody_hands_a_child_over_alone(facts: Facts, made: Plan) -> bool:
    near = has(facts, "moment", "today", "week") or has(facts, "about_to", "let_go")
    asked = _child(facts) and has(facts, "reporter", "named", "there") and near
    told = [made.by_id[name] for name in ("child_vt", "vt_nameless", "reporter_plan") if name in made.by_id]
    return all(warned(each, "hand_over_decided") == asked for each in told)


def _nobody_searches_a_child(facts: Facts, made: Plan) -> bool:
    crime = has(facts, "form", "criminele_uitbuiting") and has(facts, "forced", "yes", "perhaps")
    if not _child(facts) or not crime:
        return True
    told = made.by_id["child_vt"]
    return warned(told, "no_search") and warned(told, "lost_is_debt")


def _112_first_only_where_it_is_now(facts: Facts, made: Plan) -> bool:
    now = has(facts, "danger", "now") or has(facts, "child_held", "yes")
    now |= _child(facts) and has(facts, "missing", "yes")
    return now == ("call_112" in made.by_id)


PROMISES: dict[str, Promise] = {
    "of one child AVIM hears the same along every way": _one_sentence_of_who_reported,
    "the place of a possible child: by phone today, not on paper": _the_place_is_heard_by_phone_everywhere,
    "papers hold no child up, and are asked about in the same call": _papers_hold_no_child_up,
    "whoever reported does not decide alone about handing over": _nobody_hands_a_child_over_alone,
    "a child in crime: nobody searches, and a loss is called a debt": _nobody_searches_a_child,
    "112 stands in the plan where it is now": _112_first_only_where_it_is_now,
}


def test_what_avim_hears_of_a_child() -> None:
    pack = den_haag()
    made = ((facts, plan(facts, pack)) for facts in mixed(pack, either(800, 10_000), seed=SEED))
    assert first_broken(PROMISES, made) == {}


def test_danger_that_comes_says_when_to_call() -> None:
    """Danger soon without an hour that is now: no 112 first, and each plan says when it is called."""
    calm = (
        ("danger", "soon"),
        ("child_held", "no"),
        ("missing", "no"),
        ("moment", "today"),
        ("people", "yes"),
    )
    for _facts, made in with_these(*calm, ("threat_other", "yes")):
        assert "call_112" not in made.by_id
        assert warned(made.by_id["threat_police"], "call_when_it_comes")
