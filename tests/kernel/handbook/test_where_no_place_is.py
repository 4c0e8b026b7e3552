"""Where no place is known, or it is a home, a street or the internet: what can be done there."""

import pytest
from tests.kernel.handbook.facts import mixed
from tests.kernel.handbook.test_plans_of_the_region import Promise, has, soonest, warned
from tests.tiers import SEED, either

from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Facts, Plan, facts_with, plan

SEX, WORK, CRIME = "seksuele_uitbuiting", "arbeidsuitbuiting", "criminele_uitbuiting"
AT_WORK = {"company", "catering", "licensed", "unlicensed", "yard"}


def there_or_taken_out(made: Plan, action: str) -> bool:
    """Tell whether a plan asks for it, or says why it does not."""
    return action in made.by_id or action in {each.action.id for each in made.lifted}


def whoever_fetches_can_be_kept_away(facts: Facts, made: Plan) -> bool:
    asked = has(facts, "fetched", "yes", "against") and has(facts, "forced", "yes")
    return (
        not asked
        or not has(facts, "place", "unknown", "none")
        or there_or_taken_out(made, "area_ban_propose")
    )


def a_branch_hears_it_where_no_company_is(facts: Facts, made: Plan) -> bool:
    nowhere = has(facts, "place", "unknown", "none") or has(facts, "place_kind", "street", "online")
    asked = nowhere and has(facts, "form", SEX, WORK) and has(facts, "forced", "yes", "perhaps")
    told = made.by_id.get("branch_inform")
    if not asked or told is None:
        return (told is None) or asked
    return warned(told, "reporter_safe") and not told.may


def an_own_home_is_not_sublet(facts: Facts, made: Plan) -> bool:
    own = facts["place_kind"] == {"home"} and (
        has(facts, "one_person", "yes") or has(facts, "in_name", "yes")
    )
    return not own or "lease_ask" not in made.by_id


def nobody_is_sent_from_home_unasked(facts: Facts, made: Plan) -> bool:
    return "home_ban_propose" not in made.by_id or has(facts, "wish", "yes")


def a_bed_beside_what_is_done_to_who_lets(facts: Facts, made: Plan) -> bool:
    home = has(facts, "place_kind", "home", "shared") and has(facts, "people", "yes")
    return not home or "landlord_order" not in made.by_id or there_or_taken_out(made, "others_beds")


def the_fire_service_is_asked_today(facts: Facts, made: Plan) -> bool:
    asked = made.by_id.get("fire_plan")
    at_work = has(facts, "sleeps", "same") and not AT_WORK.isdisjoint(facts["place_kind"])
    if asked is None or not at_work or not has(facts, "people", "yes"):
        return True
    return soonest(asked) <= tuple(Urgency).index(Urgency.TODAY)


def a_builder_has_no_doors_to_close(facts: Facts, made: Plan) -> bool:
    builder = facts["place_kind"] in ({"clients"}, {"company", "clients"}) and has(facts, "form", WORK)
    return not builder or not {"close_propose", "exploitation_propose"} & set(made.by_id)


HOLDS: dict[str, Promise] = {
    "somebody is fetched from nobody knows where: an area ban is looked at": whoever_fetches_can_be_kept_away,
    "no company in view: a branch hears it, and nothing of the case": a_branch_hears_it_where_no_company_is,
    "their own home: not as if somebody sublets it": an_own_home_is_not_sublet,
    "a home ban: after the person wants help": nobody_is_sent_from_home_unasked,
    "who lets is ordered: beds beside it": a_bed_beside_what_is_done_to_who_lets,
    "asleep where others work: the fire service is asked today": the_fire_service_is_asked_today,
    "work with clients: nothing to close": a_builder_has_no_doors_to_close,
}


@pytest.fixture(scope="module")
def plans(pack: Pack) -> list[tuple[Facts, Plan]]:
    """Many cases with their plans."""
    return [(facts, plan(facts, pack)) for facts in mixed(pack, either(1500, 20_000), seed=SEED)]


@pytest.mark.parametrize("words", HOLDS)
def test_what_stands_where_hardly_a_measure_fits(plans: list[tuple[Facts, Plan]], words: str) -> None:
    assert [facts for facts, made in plans if not HOLDS[words](facts, made)][:1] == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([("form", SEX), ("fetched", "yes")], {"area_ban_propose", "branch_inform"}),
        ([("form", WORK)], {"branch_inform"}),
        (
            [("form", SEX), ("place", "known"), ("place_kind", "online"), ("minor", "yes")],
            {"school_inform", "advert_down"},
        ),
        (
            [
                *(("form", CRIME), ("place", "known"), ("place_kind", "home"), ("sleeps", "same")),
                *(("danger", "soon"), ("wish", "yes"), ("in_name", "yes"), ("may_know", "all")),
            ],
            {"home_ban_propose", "home_keep", "names_undo", "card_block", "debts_help"},
        ),
    ],
)
def test_a_case_has_what_fits_there(pack: Pack, facts: list[tuple[str, str]], expected: set[str]) -> None:
    known = [("territory", "here"), ("forced", "yes"), ("people", "yes")]
    assert expected <= set(plan(facts_with(pack, [*known, *facts]), pack).by_id)
