"""What an expert would add to a plan stands in it: who holds what, who decides, who leads, who stays."""

from collections.abc import Iterator

import pytest
from tests.kernel.handbook.facts import first_broken, mixed
from tests.kernel.handbook.test_a_parent_with_a_child import keeps_silent
from tests.kernel.handbook.test_plans_of_the_region import (
    Promise,
    about_a_place,
    has,
    silent,
    soonest,
    warned,
)
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Facts, Plan, Planned, facts_with, plan
from sluitend.kernel.handbook.plans import PartyKind
from sluitend.kernel.handbook.reading import propose

DAYS = tuple(Urgency).index(Urgency.DAYS)
NOT_A_DEPARTMENT = (
    PartyKind.POLICE,
    PartyKind.INSPECTORATE,
    PartyKind.PROSECUTION,
    PartyKind.PARTNERSHIP,
    PartyKind.MUNICIPALITY,
)


def what_is_held_is_named_or_somebody_looks_first(facts: Facts, made: Plan) -> bool:
    """The civil registry hears which address waits, or shows each change first where it may not hear it."""
    if has(facts, "registrations", "no") or has(facts, "people", "no") or has(facts, "forced", "no"):
        return True
    may_be_named = has(facts, "may_know", "unknown", "all", "unreachable") or has(facts, "one_person", "no")
    if may_be_named:
        return "place" in made.by_id["registry_hold"].may
    return warned(made.by_id["registry_wait"], "hold_without_address")


def who_takes_over_care_hears_where(facts: Facts, made: Plan) -> bool:
    """Only once the person agrees, or in danger where nobody asked for silence."""
    agreed = has(facts, "wish", "yes") and has(facts, "may_know", "care", "all")
    agreed |= has(facts, "danger", "now") and not has(facts, "may_know", "nobody", "unsafe")
    taking = [made.by_id[name] for name in ("stay_care", "care_elsewhere") if name in made.by_id]
    said = "take_over_now" if agreed else "take_over_later"
    return all(("place" in each.may) == agreed and warned(each, said) for each in taking)


def who_leaves_is_not_named_to_who_cares_for_whoever_stays(_: Facts, made: Plan) -> bool:
    stays = made.by_id.get("stay_care")
    return stays is None or not {"person_name", "contact_method", "facts", "wish"} & set(stays.may)


def whoever_has_a_secret_decides(facts: Facts, made: Plan) -> bool:
    """Before anything goes further the reporter is asked, and nobody else decides for them."""
    if not has(facts, "secrecy", "care", "sworn"):
        return "ask_secrecy" not in made.by_id
    asked = made.by_id["ask_secrecy"]
    further = [
        each for each in made.actions if each.party.kind in NOT_A_DEPARTMENT and each.action.verb.sends
    ]
    quiet = not any("attachments" in each.may for each in further)
    told = all(warned(each, "secrecy_onward") for each in further)
    return soonest(asked) < DAYS and not asked.locks and warned(asked, "secrecy_own") and told and quiet


def who_must_go_is_helped_to_stay(facts: Facts, made: Plan) -> bool:
    grown = not has(facts, "minor", "yes") or has(facts, "adults", "yes", "both")
    if not has(facts, "fetched", "against") or not grown:
        return "stay_here" not in made.by_id
    helped = made.by_id["stay_here"]
    return soonest(helped) < DAYS and not helped.locks and warned(helped, "taken_against")


def two_towns_agree_who_leads(facts: Facts, made: Plan) -> bool:
    here = has(facts, "territory", "here", "unknown")
    apart = (here and has(facts, "sleeps", "in_region", "outside_region")) or (
        not here and has(facts, "sleeps", "here")
    )
    if not apart or not has(facts, "forced", "yes", "perhaps") or has(facts, "concrete", "no"):
        return "agree_lead" not in made.by_id
    return soonest(made.by_id["agree_lead"]) < DAYS


def nothing_on_letting_at_a_cab_or_a_client(facts: Facts, made: Plan) -> bool:
    moves = facts["place_kind"] <= {"yard", "cab", "clients"} and has(facts, "sleeps", "unknown", "same")
    letting = {"landlord_order", "landlord_pass", "lease_ask", "housing_with_case", "housing_inspect"}
    return not moves or not letting & set(made.by_id)


def no_supervision_of_care_that_nobody_gives(facts: Facts, made: Plan) -> bool:
    """A boss or an agent who only gives a bed is no provider of care, unless the work itself is care."""
    works = has(facts, "form", "arbeidsuitbuiting", "huishouden")
    care_home = works and has(facts, "place_kind", "institution")
    if care_home or has(facts, "form", "gedwongen_dienstverlening") or not has(facts, "carer", "home"):
        return True
    care = {"provider_check", "care_payer", "dependent_vt"}
    if not has(facts, "place_kind", "clients"):
        care |= {"funding_stop"}  # where somebody works for clients, the municipality may be one
    return not care & set(made.by_id)


def only_theirs_where_many_are_silent(facts: Facts, made: Plan) -> bool:
    if not silent(facts) or has(facts, "minor", "yes") or has(facts, "in_name", "yes"):
        return True
    told = made.by_id.get("exploiter_police")
    several = has(facts, "one_person", "no")
    return told is None or warned(told, "only_theirs") == several


def several_may_be_there(facts: Facts) -> bool:
    return has(facts, "people", "yes") and not has(facts, "one_person", "yes")


def said_where_it_stands(facts: Facts, made: Plan) -> bool:
    """Each word of caution stands beside each action that it is for, where it holds, and nowhere else."""
    forced = has(facts, "forced", "yes", "perhaps")
    child = has(facts, "minor", "yes", "perhaps")
    work = has(facts, "form", "arbeidsuitbuiting", "huishouden")
    signs = (forced and (work or has(facts, "form", "gedwongen_dienstverlening"))) or has(
        facts, "in_name", "yes"
    )
    hurt = has(facts, "doctor", "yes") or has(facts, "accident", "yes")
    grown = not has(facts, "minor", "yes")
    goes = has(facts, "wish", "yes") and has(facts, "tonight", "unknown", "has_bed")
    unasked = has(facts, "reporter_risk", "unknown") or has(facts, "secrecy", "unknown")
    unasked &= has(facts, "reporter", "unknown", "named", "there", "apart")
    never_alone = has(facts, "contact", "unsafe") or has(facts, "may_know", "unsafe")
    holds = {
        "keep_evidence": (forced, {"exploiter_record"}),
        "injury_record": (forced and hurt, {"see_doctor"}),
        "sign_nothing": (signs, {"fairwork_person", "debts_help"}),
        "own_choice": (forced and grown, {"ask_name", "care_refer"}),
        "leaving_moment": (goes and forced and grown, {"care_refer", "danger_care"}),
        "each_apart": (forced and several_may_be_there(facts), {"others_quiet", "others_fairwork"}),
        "child_honest": (child, {"child_vt"}),
        "child_words": (child, {"child_tonight"}),
        "child_work": (child and work, {"work_inspect"}),
        "ask_about_reporter": (unasked, {"ask_force", "ask_contact"}),
        "find_moment": (never_alone and grown, {"ask_wish", "ask_contact", "ask_name"}),
    }
    return all(
        warned(made.by_id[name], word) == bool(said)
        for word, (said, actions) in holds.items()
        for name in actions & set(made.by_id)
    )


def a_bed_where_the_bed_is_of_who_profits(facts: Facts, made: Plan) -> bool:
    forced = has(facts, "forced", "yes", "perhaps")
    theirs = has(facts, "carer", "home") or (has(facts, "sleeps", "same") and forced)
    leaves = has(facts, "wish", "yes") and has(facts, "tonight", "unknown") and not has(facts, "minor", "yes")
    return not (theirs and leaves) or soonest(made.by_id["bed_tonight"]) < DAYS


def a_reporter_in_danger_is_looked_after(facts: Facts, made: Plan) -> bool:
    """AVIM hears all of a child and of danger now; a plan is for who lives or works near whoever profits."""
    apart = bool(facts["reporter"] & {"boa", "anonymous", "bank", "coordination"})
    if apart or not has(facts, "reporter_risk", "known"):
        return has(facts, "reporter", "there") == ("reporter_plan" in made.by_id)
    planned = made.by_id["reporter_plan"]
    further = [
        each for each in made.actions if each.party.kind in NOT_A_DEPARTMENT and each.action.verb.sends
    ]
    told = all(warned(each, _of_the_reporter(each, facts)) for each in further)
    return soonest(planned) < DAYS and not planned.locks and told


def _of_the_reporter(each: Planned, facts: Facts) -> str:
    """Return what an action says of who reported: of one child AVIM hears the same along every way."""
    child = has(facts, "minor", "yes", "perhaps") and not keeps_silent(facts)
    hears = each.id == "danger_police" or (each.party.kind is PartyKind.POLICE and child)
    return "reporter_at_risk" if hears else "only_reporter_knew"


def what_is_in_their_name_can_be_undone(facts: Facts, made: Plan) -> bool:
    used = has(facts, "in_name", "yes") and not has(facts, "minor", "yes")
    return used == ("names_undo" in made.by_id)


def nobody_takes_down_what_the_police_need(facts: Facts, made: Plan) -> bool:
    asked = made.by_id.get("advert_down")
    locks = {lock.id for lock in asked.locks} if asked else set()
    return asked is None or {"exploiter_police", "child_police"} & set(made.by_id) <= locks


def somebody_at_school_sees_the_child(facts: Facts, made: Plan) -> bool:
    there = has(facts, "place_kind", "school") and has(facts, "minor", "yes", "perhaps")
    return there == ("school_contact" in made.by_id)


def who_works_there_confronts_nobody(facts: Facts, made: Plan) -> bool:
    """Nothing is cancelled, nobody followed or put out, and the person is not asked at the desk."""
    if not has(facts, "reporter", "there"):
        return not any(warned(each, "works_there") for each in made.actions)
    planned = made.by_id["reporter_plan"]
    asked = [made.by_id[name] for name in ("ask_wish", "ask_contact", "ask_name") if name in made.by_id]
    near = has(facts, "forced", "yes", "perhaps")
    told = all(warned(each, "not_by_reporter") for each in asked) or not near
    return soonest(planned) < DAYS and not planned.locks and warned(planned, "works_there") and told


ASKS_THE_REPORTER = {"ask_danger", "ask_age", "ask_force", "ask_contact"}


def who_cannot_say_it_is_not_asked_alone(facts: Facts, made: Plan) -> bool:
    """Of an anonymous reporter, or one who spoke to nobody, it says where else to ask; and nowhere else."""
    words = {"ask_elsewhere": "anonymous", "reporter_apart": "apart"}
    asked = [made.by_id[name] for name in ASKS_THE_REPORTER & set(made.by_id)]
    told = all(
        warned(each, word) == has(facts, "reporter", value) for word, value in words.items() for each in asked
    )
    looked = made.by_id.get("place_lookup")
    unverified = looked is not None and warned(looked, "anonymous_tips")
    return told and (looked is None or unverified == has(facts, "reporter", "anonymous"))


def a_safe_moment_is_prepared(facts: Facts, made: Plan) -> bool:
    if not has(facts, "returns", "yes"):
        return "meet_safely" not in made.by_id
    if has(facts, "reporter", "self"):
        return "meet_safely" not in made.by_id and "answer_safely" in made.by_id
    met = made.by_id["meet_safely"]
    return soonest(met) < DAYS and not met.locks and warned(met, "no_messages")


def a_bed_of_who_profits_is_no_safe_bed(facts: Facts, made: Plan) -> bool:
    theirs = has(facts, "forced", "yes", "perhaps") or has(facts, "carer", "home")
    leaves = has(facts, "wish", "yes", "unclear") and not has(facts, "minor", "yes")
    if not has(facts, "tonight", "has_bed") or not theirs or not leaves:
        return True
    if with_support(facts):
        return "bed_tonight" not in made.by_id
    if facts["place_kind"] == {"hospital"}:
        return "bed_tonight" in made.by_id
    return warned(made.by_id["bed_tonight"], "bed_of_profit")


def with_support(facts: Facts) -> bool:
    """Tell whether the bed belongs to support that does not profit, and nothing happens to it."""
    supported = has(facts, "supported", "yes") and has(facts, "carer", "no")
    happens = has(facts, "danger", "now", "soon") or has(facts, "fetched", "yes", "against")
    return (
        supported and not happens and not has(facts, "about_to", "end_home", "let_go", "stop_help", "close")
    )


def who_has_nowhere_has_somebody_to_bridge_the_night(facts: Facts, made: Plan) -> bool:
    """Somebody of the municipality is ready: for a child youth care, and no night shelter for adults."""
    if has(facts, "minor", "yes") and has(facts, "adults", "unknown", "no"):
        return warned(made.by_id["child_tonight"], "crisis_place")
    return not has(facts, "tonight", "nowhere") or soonest(made.by_id["bed_bridge"]) < DAYS


WHO_TALKED = {
    "reporter": ("anonymous", "there"),
    "contact": ("unsafe",),
    "one_person": ("yes",),
    "may_know": ("nobody", "care", "unsafe"),
    "kept": ("yes",),
    "forced": ("yes", "perhaps"),
    "reporter_risk": ("known",),
    "wish": ("yes", "no"),
}
"""What makes telling people at the place tell whoever profits that somebody talked."""


def nobody_is_betrayed_by_telling_the_others(facts: Facts, made: Plan) -> bool:
    """Whoever is there hears of help only where that shows nobody who talked; elsewhere others are asked."""
    betrays = any(has(facts, name, *values) for name, values in WHO_TALKED.items())
    if not betrays:
        return True
    return "others_info" not in made.by_id and "others_quiet" in made.by_id


def who_keeps_silent_is_asked_again_first(facts: Facts, made: Plan) -> bool:
    """One question without names; the rest of police and inspection waits until they were asked again."""
    many = has(facts, "one_person", "no") or has(facts, "danger", "soon", "now")
    if not silent(facts) or has(facts, "minor", "yes") or many:
        return True
    waits = [each for each in about_a_place(made) if each.action.verb.sends]
    advice = not has(facts, "forced", "yes", "perhaps") or not has(facts, "minor", "no", "unknown")
    asked = advice or "police_advice" in made.by_id
    return asked and all("asked_again" in {lock.id for lock in each.locks} for each in waits)


OWN_VISITS = {
    *("exploitation_propose", "permit_propose", "environment_check"),
    *("housing_with_case", "housing_inspect"),
}


def no_visit_where_few_people_are(facts: Facts, made: Plan) -> bool:
    """No department of our own goes to a place of one or two people before that was discussed."""
    agreed = has(facts, "may_know", "all", "unreachable") or has(facts, "minor", "yes")
    if not has(facts, "one_person", "yes") or agreed or has(facts, "danger", "now"):
        return True
    visits = [each for each in made.actions if each.id in OWN_VISITS]
    return all("few_there" in {lock.id for lock in each.locks} for each in visits)


POLICE_REPORTS = {"work_police", "sex_police", "crime_police", "ask_investigation", "exploiter_police"}


def danger_does_not_wait_for_who_cannot_be_asked(facts: Facts, made: Plan) -> bool:
    """Who cannot be reached safely cannot discuss anything: in danger AVIM does not wait for it."""
    unsafe = has(facts, "contact", "unsafe") and has(facts, "may_know", "unknown")
    if not unsafe or not has(facts, "wish", "yes", "no") or has(facts, "minor", "yes"):
        return True
    told = [made.by_id[name] for name in POLICE_REPORTS & set(made.by_id)]
    waits = {lock.id for each in told for lock in each.locks}
    calm = has(facts, "danger", "unknown", "no")
    return not told or ("discussed" not in waits and ("discussed_unsafe" in waits) == calm)


def no_headline_gives_what_is_withheld(_: Facts, made: Plan) -> bool:
    words = {"vehicle": "kenteken", "phone": "telefoon", "company": "het bedrijf"}
    told = [made.by_id[name] for name in ("exploiter_police", "work_inspect") if name in made.by_id]
    given = ((each, part) for each in told for part in words if part not in each.may)
    return not any(words[part] in each.action.says.root["nl"] for each, part in given)


ADDS: dict[str, Promise] = {
    "who works there: confronts nobody, and asks nothing there": who_works_there_confronts_nobody,
    "an anonymous reporter, or one who spoke to nobody: where else": who_cannot_say_it_is_not_asked_alone,
    "a safe moment: who is there is agreed today": a_safe_moment_is_prepared,
    "a bed of who profits: another is asked": a_bed_of_who_profits_is_no_safe_bed,
    "nowhere to sleep: who bridges the night": who_has_nowhere_has_somebody_to_bridge_the_night,
    "others at the place: nobody is betrayed by telling them": nobody_is_betrayed_by_telling_the_others,
    "silence: AVIM without names, and the rest waits": who_keeps_silent_is_asked_again_first,
    "one or two people: no visit of our own unasked": no_visit_where_few_people_are,
    "danger and no safe way to ask: AVIM does not wait": danger_does_not_wait_for_who_cannot_be_asked,
    "a headline does not tell to give what stays": no_headline_gives_what_is_withheld,
    "each word of caution: where it holds, and nowhere else": said_where_it_stands,
    "the bed is of who profits: a bed is asked for tonight": a_bed_where_the_bed_is_of_who_profits,
    "whoever profits knows the reporter: a plan with them today": a_reporter_in_danger_is_looked_after,
    "something in a grown-up's name: how to get rid of it": what_is_in_their_name_can_be_undone,
    "an advert: down after the police have it": nobody_takes_down_what_the_police_need,
    "a child at a school: somebody there watches": somebody_at_school_sees_the_child,
    "a registration that waits: which one, or who looks first": what_is_held_is_named_or_somebody_looks_first,
    "care that is taken over: where, once the person agrees": who_takes_over_care_hears_where,
    "care for who stays: nothing of who leaves": who_leaves_is_not_named_to_who_cares_for_whoever_stays,
    "a professional secrecy: the reporter decides": whoever_has_a_secret_decides,
    "who must go and does not want to: how to stay, today": who_must_go_is_helped_to_stay,
    "two municipalities: who leads is agreed today": two_towns_agree_who_leads,
    "cabs and clients: nothing on letting": nothing_on_letting_at_a_cab_or_a_client,
    "a boss who gives a bed: no supervision of care": no_supervision_of_care_that_nobody_gives,
    "many people and silence: what is of whoever profits": only_theirs_where_many_are_silent,
}
"""What every plan of this region has where an expert would ask for it."""


def plans(pack: Pack) -> Iterator[tuple[Facts, Plan]]:
    """Yield many mixes of facts with their plans."""
    for facts in mixed(pack, either(1500, 20_000), seed=SEED):
        yield facts, plan(facts, pack)


def test_what_an_expert_adds_stands_in_every_plan() -> None:
    assert first_broken(ADDS, plans(den_haag())) == {}


def test_a_number_plate_goes_with_the_place_where_there_are_more_people() -> None:
    pack = den_haag()
    known = [("form", "arbeidsuitbuiting"), ("place", "known"), ("forced", "yes"), ("may_know", "unsafe")]
    one, many = (plan(facts_with(pack, [*known, ("one_person", word)]), pack) for word in ("yes", "no"))
    assert {"place", "vehicle", "phone"} <= set(many.by_id["exploiter_police"].may)
    assert not {"place", "vehicle", "phone"} & set(one.by_id["exploiter_police"].may)


@pytest.mark.parametrize(
    ("words", "fact", "value"),
    [
        ("Ik ben verpleegkundige en hoorde dit tijdens de wondzorg.", "secrecy", "care"),
        ("Dit valt onder mijn beroepsgeheim.", "secrecy", "care"),
        ("Ik ben haar advocaat.", "secrecy", "sworn"),
        ("Zij moet zaterdag weg en wil dat niet.", "fetched", "against"),
        ("De mannen slapen in caravans op het terrein van de kweker.", "place_kind", "yard"),
        ("Hij rijdt haar elke avond langs adressen.", "place_kind", "clients"),
        ("De jongen woont bij zijn baas.", "carer", "home"),
        ("Ze kennen mij en weten waar ik woon.", "reporter_risk", "known"),
    ],
)
def test_it_is_heard_in_plain_words(words: str, fact: str, value: str) -> None:
    assert value in propose([words], (), den_haag())[fact].values


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("De huisarts zei dat hij rust moet houden.", "secrecy"),
        ("Ik heb een advocaat gebeld.", "secrecy"),
        ("Zij wil weg en mag niet mee.", "fetched"),
        ("De bezorger rijdt langs de winkel.", "place_kind"),
        ("Zij woont bij haar zus.", "carer"),
        ("Ik weet waar hij woont.", "reporter_risk"),
    ],
)
def test_what_says_something_else_is_not_heard(words: str, fact: str) -> None:
    assert fact not in propose([words], (), den_haag())
