"""A grown-up victim with a small child: her wish holds, Veilig Thuis comes first, and they stay together."""

import pytest
from tests.kernel.handbook.facts import first_broken, mixed
from tests.kernel.handbook.test_plans_of_the_region import Promise, has, warned
from tests.kernel.handbook.test_who_is_betrayed import locks, with_these
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.planning import Facts, Plan, facts_with, plan
from sluitend.kernel.handbook.plans import PartyKind, PlanVerb
from sluitend.kernel.handbook.reading import propose

SILENT = ("nobody", "care", "unsafe")
POINTS_OUT = {"person_name", "birth_date", "person_description", "contact_method", "place", "company"}
GO_ON_AT_A_PLACE = {"urgent_stop", "nursery_close", "nursery_police"}
OPENS = (("danger", "now"), ("danger", "soon"), ("child_held", "yes"), ("images", "yes"), ("moment", "today"))
NOT_OPEN = (("danger", "no"), ("missing", "no"), ("child_held", "no"), ("images", "no"), ("moment", "week"))
PARENT = (("minor", "yes"), ("adults", "yes"), ("people", "yes"))


def _parent(facts: Facts) -> bool:
    return has(facts, "minor", "yes") and has(facts, "adults", "yes")


def _taken(facts: Facts) -> bool:
    return has(facts, "missing", "yes", "told") or has(facts, "child_held", "yes")


def keeps_silent(facts: Facts) -> bool:
    """Tell whether a parent let only the helpers know, and the child itself is in no danger."""
    calm = not has(facts, "danger", "now") and not _taken(facts)
    return _parent(facts) and has(facts, "may_know", *SILENT) and calm


def _can_wait(facts: Facts) -> bool:
    hurry = has(facts, "danger", "soon") or has(facts, "images", "yes") or has(facts, "moment", "today")
    return keeps_silent(facts) and not hurry


def _veilig_thuis_first_without_names(facts: Facts, made: Plan) -> bool:
    if not _can_wait(facts):
        return "vt_nameless" not in made.by_id
    asked = made.by_id["vt_nameless"]
    waits = ("child_vt", "child_police", "child_tonight")
    named = set(asked.may) & (POINTS_OUT | {"phone", "vehicle"})
    return (
        asked.urgency is not Urgency.DAYS
        and not asked.locks
        and not named
        and all("vt_nameless" in locks(made.by_id[name]) for name in waits if name in made.by_id)
    )


def _nothing_that_points_her_out(facts: Facts, made: Plan) -> bool:
    if not keeps_silent(facts) or has(facts, "one_person", "no"):
        return True
    police = [each for each in made.actions if each.party.kind in (PartyKind.POLICE, PartyKind.INSPECTORATE)]
    own = [
        each
        for each in made.actions
        if each.party.kind is PartyKind.DEPARTMENT
        and each.action.verb in (PlanVerb.PROPOSE, PlanVerb.PASS_ON)
        and not set(each.action.lines) & {"people", "others"}
    ]
    told = [each for each in (*police, *own) if each.id not in GO_ON_AT_A_PLACE]
    return not any(POINTS_OUT & set(each.may) for each in told)


def _a_lawyer_before_avim(facts: Facts, made: Plan) -> bool:
    feared = _can_wait(facts) and has(facts, "residence_question", "yes")
    told = made.by_id.get("child_police")
    return told is None or ("stay_advice" in locks(told)) == feared


def _she_is_asked_again_before_the_police_hear_of_the_place(facts: Facts, made: Plan) -> bool:
    if not keeps_silent(facts) or has(facts, "danger", "soon") or has(facts, "one_person", "no"):
        return True
    told = [made.by_id[name] for name in ("exploiter_police", "ask_investigation") if name in made.by_id]
    return all("asked_again" in locks(each) for each in told)


def _advice_of_the_police_waits_for_nothing(facts: Facts, made: Plan) -> bool:
    if not _can_wait(facts) or not has(facts, "forced", "yes"):
        return True
    return not made.by_id["police_advice"].locks


def _together(facts: Facts, made: Plan) -> bool:
    if not (_parent(facts) and has(facts, "kin", "yes")):
        return True
    told = [made.by_id[name] for name in ("child_vt", "child_tonight") if name in made.by_id]
    return all(warned(each, "stay_together") and not warned(each, "home_decides") for each in told)


def _no_building_and_no_ban_where_she_lives(facts: Facts, made: Plan) -> bool:
    home = _parent(facts) and has(facts, "kin", "yes") and has(facts, "place_kind", "home")
    seen = not has(facts, "housing", "unknown") or not has(facts, "registrations", "no")
    return not home or seen or not {"environment_check", "area_ban_propose"} & set(made.by_id)


def _her_wish_is_asked_today(facts: Facts, made: Plan) -> bool:
    if not _can_wait(facts) or not has(facts, "wish", "unknown", "unclear"):
        return True
    return made.by_id["ask_wish"].urgency is not Urgency.DAYS


PROMISES: dict[str, Promise] = {
    "Veilig Thuis first, without names, and what names her waits": _veilig_thuis_first_without_names,
    "nothing that points her out to police, inspection or own departments": _nothing_that_points_her_out,
    "a question about staying: a lawyer before AVIM": _a_lawyer_before_avim,
    "the place waits until she is asked again": _she_is_asked_again_before_the_police_hear_of_the_place,
    "advice of the police without names waits for nothing": _advice_of_the_police_waits_for_nothing,
    "parent and child stay together": _together,
    "nothing about the building, and no ban where she lives": _no_building_and_no_ban_where_she_lives,
    "her wish is asked today": _her_wish_is_asked_today,
}


def test_a_parent_with_a_child() -> None:
    pack = den_haag()
    many = [*mixed(pack, either(200, 2000), seed=SEED)]
    beside = [facts_with(pack, PARENT, facts) for facts in mixed(pack, either(150, 1000), seed=SEED)]
    calm = [facts_with(pack, NOT_OPEN, facts) for facts in beside]
    silent = [facts_with(pack, (("may_know", word),), facts) for word in SILENT for facts in calm]
    made = ((facts, plan(facts, pack)) for facts in (*many, *beside, *calm, *silent))
    assert first_broken(PROMISES, made) == {}


def test_a_child_in_danger_itself_waits_for_nobody() -> None:
    for opens in OPENS:
        for facts, made in with_these(*PARENT, *NOT_OPEN, ("may_know", "care"), opens):
            for name in {"child_vt", "child_police"} & set(made.by_id):
                assert not made.by_id[name].locks, (name, opens, facts)


def test_a_child_that_is_exploited_itself_waits_for_no_adult() -> None:
    for adults in ("both", "no", "unknown"):
        for _facts, made in with_these(*PARENT, *NOT_OPEN, ("may_know", "care"), ("adults", adults)):
            assert "vt_nameless" not in made.by_id
            assert not made.by_id["child_vt"].locks
            assert not made.by_id["child_police"].locks


def test_once_veilig_thuis_gave_advice_a_person_decides() -> None:
    pack = den_haag()
    for facts, _made in with_these(*PARENT, *NOT_OPEN, ("may_know", "care"), ("residence_question", "no")):
        after = plan(facts, pack, done=frozenset({"vt_nameless"}))
        told = after.by_id["child_police"]
        assert not told.locks
        assert not {"person_name", "place", "contact_method"} & set(told.may)
        assert warned(told, "against_wish")


def test_a_threat_to_keep_a_child_is_no_child_that_is_held() -> None:
    for _facts, made in with_these(*PARENT, *NOT_OPEN, ("may_know", "care"), ("child_held", "threat")):
        assert "call_112" not in made.by_id or made.by_id["call_112"].urgency is not Urgency.NOW
        assert warned(made.by_id["vt_nameless"], "child_threat")
        assert "child_stay" not in made.by_id
    for _facts, made in with_these(*PARENT, *NOT_OPEN, ("child_held", "yes")):
        assert made.actions[0].id == "call_112"
        assert not any(warned(each, "child_threat") for each in made.actions)


@pytest.mark.parametrize(
    "told",
    [
        "Als zij klaagt zeggen ze dat zij op het vliegtuig gaat en het kind hier blijft.",
        "Hij dreigt haar de baby af te pakken als zij weggaat.",
        "Haar schoonmoeder dreigt dat zij het kind afpakken.",
        "Zij zeggen dat haar dochtertje hier blijft als zij teruggaat.",
        "Hij dreigde het kind van haar af te nemen.",
    ],
)
def test_a_threat_to_keep_a_child_is_heard(told: str) -> None:
    assert propose([told], [], den_haag())["child_held"].values == ("threat",)


@pytest.mark.parametrize(
    "told",
    [
        "Een jongen dreigt op school het kind de telefoon af te pakken.",
        "De oma zegt dat het kind hier blijft slapen.",
        "Zij zegt dat haar zoontje hier blijft tot de oppas komt.",
        "Hij dreigt zijn baan te verliezen en maakt zich zorgen om de baby.",
        "De moeder klaagt dat de baby slecht slaapt.",
        "De jeugdbescherming dreigt het kind af te nemen.",
    ],
)
def test_other_words_about_a_child_say_no_threat(told: str) -> None:
    assert "child_held" not in propose([told], [], den_haag())
