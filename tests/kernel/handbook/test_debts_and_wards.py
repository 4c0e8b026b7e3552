"""What a debt to whoever profits, a bed in hospital and an accident change in every plan."""

from collections.abc import Iterator

from tests.kernel.handbook.facts import first_broken, mixed
from tests.kernel.handbook.test_plans_of_the_region import Promise, has, soonest, warned
from tests.kernel.handbook.test_whoever_holds_a_debt import DAYS, there
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.planning import Facts, Plan, facts_with, plan
from sluitend.kernel.handbook.reading import propose

SPEAKS = ("ask_wish", "ask_name", "care_refer", "care_advice", "care_agree", "child_vt", "vt_nameless")
HEARS_IT = ("police_advice", "exploiter_police", "child_police", "sex_police", "crime_police", "work_police")


def a_debt_is_not_owed_because_somebody_says_so(facts: Facts, made: Plan) -> bool:
    owed = has(facts, "debt", "yes")
    speaks, police = there(made, *SPEAKS), there(made, *HEARS_IT)
    said = all(warned(each, "debt_not_owed") == owed for each in speaks)
    return said and all(warned(each, "debt_threat") == owed for each in police)


def nobody_takes_a_bag_away(facts: Facts, made: Plan) -> bool:
    bag = has(facts, "debt", "yes") and has(facts, "form", "criminele_uitbuiting")
    return all(warned(each, "debt_more") == bag for each in there(made, "exploiter_record", "child_police"))


def a_hospital_is_no_shelter(facts: Facts, made: Plan) -> bool:
    """Without another kind of place nothing of a shelter is said to whoever lies in hospital."""
    if facts["place_kind"] != {"hospital"}:
        return has(facts, "place_kind", "hospital") or not there(made, "ward_contact", "ward_door")
    if there(made, "shelter_contact", "watch_door", "organ_care", "exploitation_propose", "close_propose"):
        return False
    forced = has(facts, "forced", "yes", "perhaps")
    return not forced or soonest(made.by_id["ward_contact"]) < DAYS


def nobody_is_discharged_too_soon(facts: Facts, made: Plan) -> bool:
    told = there(made, "ward_contact", "ward_door")
    if has(facts, "forced", "yes", "perhaps") and has(facts, "place_kind", "hospital"):
        told += there(made, "wait_leaving", "bed_tonight")
    fetched = has(facts, "place_kind", "hospital") and has(facts, "fetched", "yes", "against")
    return all(warned(each, "ward_leave") for each in told) and (not fetched or "ward_door" in made.by_id)


def an_accident_of_one_points_at_one(facts: Facts, made: Plan) -> bool:
    silent = has(facts, "may_know", "unknown", "nobody", "care", "unreachable", "unsafe")
    if not (has(facts, "accident", "yes") and silent) or has(facts, "danger", "now"):
        return True
    return all(warned(each, "accident_one") for each in there(made, "work_inspect", "exploiter_police"))


def the_other_town_hears_no_story(_: Facts, made: Plan) -> bool:
    leads = made.by_id.get("agree_lead")
    if leads is None:
        return True
    return not {"facts", "dates", "wish"} & set(leads.may) and warned(leads, "place_not_story")


def a_hospital_bed_is_not_theirs(facts: Facts, made: Plan) -> bool:
    bed = made.by_id.get("bed_tonight")
    return (
        bed is None
        or not (has(facts, "place_kind", "hospital") and len(facts["place_kind"]) == 1)
        or (not warned(bed, "bed_of_profit"))
    )


def a_victim_who_is_a_suspect_is_told_of_by_the_lawyer(facts: Facts, made: Plan) -> bool:
    """No action of the same plan says to tell the police and not to tell them."""
    silent = has(facts, "suspect", "yes", "held") and has(facts, "may_know", "nobody", "care", "unsafe")
    card = made.by_id.get("card_block")
    return card is None or not silent or (warned(card, "card_lawyer") and not warned(card, "possible_victim"))


def a_van_is_no_house(facts: Facts, made: Plan) -> bool:
    return facts["place_kind"] > {"vehicle", "street"} or not (
        facts["place_kind"] <= {"vehicle", "cab", "street"} and "urgent_stop" in made.by_id
    )


def an_ill_child_is_told_of(facts: Facts, made: Plan) -> bool:
    ill = has(facts, "minor", "yes") and has(facts, "doctor", "yes")
    return all(warned(each, "child_ill") == ill for each in there(made, "child_vt", "vt_nameless"))


def a_fine_for_begging_can_fall_today(_: Facts, made: Plan) -> bool:
    return all(soonest(each) < DAYS for each in there(made, "begging_street"))


def other_places_of_one_owner_are_today(facts: Facts, made: Plan) -> bool:
    hurry = has(facts, "danger", "now", "soon") and has(facts, "people", "yes", "unknown")
    told = there(made, "place_others") if hurry and has(facts, "organised", "places") else []
    silent = has(facts, "may_know", "nobody", "care", "unsafe") and not has(facts, "danger", "now")
    said = "others_unsaid" if silent else "people_in_others"
    return all(soonest(each) < DAYS and warned(each, said) for each in told)


PROMISES: dict[str, Promise] = {
    "a debt: not owed because somebody says so": a_debt_is_not_owed_because_somebody_says_so,
    "a lost bag: none is taken away": nobody_takes_a_bag_away,
    "a hospital: no shelter": a_hospital_is_no_shelter,
    "a hospital: nobody is discharged too soon": nobody_is_discharged_too_soon,
    "an accident of one: not told before they agree": an_accident_of_one_points_at_one,
    "two towns: the place and not the story": the_other_town_hears_no_story,
    "a bed in hospital: not of whoever profits": a_hospital_bed_is_not_theirs,
    "a suspect who is silent: the lawyer tells": a_victim_who_is_a_suspect_is_told_of_by_the_lawyer,
    "a van: no rules on housing": a_van_is_no_house,
    "an ill child: told of": an_ill_child_is_told_of,
    "begging: today": a_fine_for_begging_can_fall_today,
    "places of one owner: today where there is danger": other_places_of_one_owner_are_today,
}
"""What every plan of this region keeps of debts, wards and what points somebody out."""


def plans(pack: Pack) -> Iterator[tuple[Facts, Plan]]:
    """Yield many mixes of facts with their plans."""
    for facts in mixed(pack, either(1500, 20_000), seed=SEED + 3):
        yield facts, plan(facts, pack)


def test_what_is_told_of_debts_wards_and_accidents() -> None:
    assert first_broken(PROMISES, plans(den_haag())) == {}


def test_every_form_says_what_a_debt_is() -> None:
    pack = den_haag()
    known = [("debt", "yes"), ("forced", "yes"), ("people", "yes"), ("place", "known"), ("territory", "here")]
    for form in pack.forms.ids:
        for minor in ("yes", "no"):
            made = plan(facts_with(pack, [("form", form), ("minor", minor), *known]), pack)
            warnings = {one.id for each in made.actions for one in each.warnings}
            assert {"debt_not_owed", "debt_threat"} <= warnings, (form, minor)


def test_a_plan_of_a_hospital_names_no_asylum_shelter() -> None:
    pack = den_haag()
    given = [("place_kind", "hospital"), ("place", "found_only"), ("fetched", "yes"), ("wish", "unclear")]
    for form in pack.forms.ids:
        made = plan(facts_with(pack, [("form", form), ("forced", "yes"), ("minor", "no"), *given]), pack)
        for each in made.actions:
            said = plain(" ".join((each.action.says.nl, *(one.text.nl for one in each.warnings))))
            assert "asielopvang" not in said, (form, each.id)


def test_the_lines_for_112_ask_for_an_ambulance() -> None:
    lines = den_haag().plan_actions["call_112"].aloud
    assert len(lines) == 3
    assert "ambulance" in lines[1].nl
    assert "opgesloten" in lines[1].nl


DEBTS = (
    "Zij moet de reis nog afbetalen.",
    "Hij heeft een schuld bij zijn baas.",
    "Zij zei dat zij nog negenduizend moet.",
    "Hij was een tas kwijt en moet dat nu inlopen.",
    "Hij stond een nier af om van een lening af te zijn.",
    "Zij werkt bij hem haar schuld af.",
    "Het visum moet zij terugverdienen.",
)
NO_DEBTS = (
    "Hij moet zijn studieschuld aflossen.",
    "Zij heeft een lening bij de bank.",
    "De hypotheek is afbetaald.",
    "Wij helpen met een huurschuld.",
    "De baas gaat de reiskosten vergoeden.",
    "Hij is zijn tas kwijt.",
    "Zij moet nog een formulier halen.",
    "De deurwaarder komt voor een schuld.",
    "Het is mijn schuld niet.",
)
WARDS = (
    "Er ligt een man in het ziekenhuis.",
    "Ik ben verpleegkundige op de nierafdeling.",
    "Zij is opgenomen in een ziekenhuis.",
    "Hij lag op de intensive care.",
    "Op onze spoedeisende hulp ligt een meisje.",
)
NO_WARDS = (
    "Zij zit op een kleedje bij het ziekenhuis.",
    "Hij mag niet naar het ziekenhuis.",
    "Hij werkt in het ziekenhuis als schoonmaker.",
    "De bushalte is tegenover het ziekenhuis.",
    "Ik werk op de afdeling Inkomen.",
    "Hij gaat langs het ziekenhuis.",
)


def test_a_debt_to_whoever_profits_is_read_and_an_ordinary_one_is_not() -> None:
    pack = den_haag()
    assert [each for each in DEBTS if "debt" not in propose([each], [], pack)] == []
    assert [each for each in NO_DEBTS if "debt" in propose([each], [], pack)] == []


def test_a_bed_in_hospital_is_read_and_a_visit_is_not() -> None:
    pack = den_haag()
    kinds = [propose([each], [], pack).get("place_kind") for each in (*WARDS, *NO_WARDS)]
    heard = [each is not None and "hospital" in each.values for each in kinds]
    assert heard == [True] * len(WARDS) + [False] * len(NO_WARDS)
