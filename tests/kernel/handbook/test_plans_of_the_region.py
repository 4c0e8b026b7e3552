"""Every plan of this region keeps what it promises, whatever the facts; and no rule is there for nothing."""

from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any

from tests.kernel.handbook.changing import changed, without
from tests.kernel.handbook.facts import combined, mixed
from tests.tiers import SEED, either

from sluitend.kernel.handbook.checks_of_actions import ENFORCING, REACHES_POLICE
from sluitend.kernel.handbook.checks_of_samples import sample_findings
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.planning import Facts, Plan, Planned, plan
from sluitend.kernel.handbook.plans import PartyKind, PlanVerb, Rule
from sluitend.kernel.handbook.promises_of_plans import broken

ADULT_ONLY = {"keep_open", "marriage_vt"}
CERTAINLY_ADULT = {"ask_wish", "care_refer", "support_refer", "debts_help", *ADULT_ONLY}
REPORTS_OF_FORCE = {"work_police", "sex_police", "crime_police", "exploiter_police"}
CHECKS = {"work_inspect", "work_joint", "exploiter_police"}
CLOSING = {"close_business", "close_opium", "urgent_action", "housing_bylaw"}
# Somebody may be locked in there, or it reaches no place where people live and work.
LOCKED_IN = {"nursery_police"}
BEFORE_THE_RESIDENTS = {"nursery_police", "embassy_police", "exploiter_police"}
MEASURES = {PlanVerb.PROPOSE, PlanVerb.PASS_ON}
BEYOND_HELP = (
    PartyKind.INSPECTORATE,
    PartyKind.INSPECTION,
    PartyKind.PROSECUTION,
    PartyKind.PARTNERSHIP,
    PartyKind.MUNICIPALITY,
)
SAYS_WHO_SPOKE = {"wish", "possible_victim", "language", "plan", "plan_reasons"}
"""What names nobody, and says that somebody spoke and what they want."""

type Promise = Callable[[Facts, Plan], bool]


def has(facts: Facts, fact: str, *values: str) -> bool:
    """Tell whether a fact has one of these values."""
    return not facts[fact].isdisjoint(values)


def is_child(facts: Facts) -> bool:
    return has(facts, "minor", "yes", "perhaps")


def warned(each: Planned, warning: str) -> bool:
    return warning in {one.id for one in each.warnings}


def of_kind(made: Plan, *kinds: PartyKind) -> list[Planned]:
    return [each for each in made.actions if each.party.kind in kinds]


def danger(facts: Facts, made: Plan) -> bool:
    first = made.actions[0].id == "call_112" and not made.actions[0].locks
    return not has(facts, "danger", "now") or (first and {"danger_police", "danger_care"} <= set(made.by_id))


def emergency_number(facts: Facts, made: Plan) -> bool:
    said = "call_112" in made.by_id or any(warned(each, "danger_call") for each in made.actions)
    return not has(facts, "danger", "now", "soon") or said


def child_in_danger(facts: Facts, made: Plan) -> bool:
    """An hour may have been named: police and Veilig Thuis are called now, and no lock holds that up."""
    if not is_child(facts) or not has(facts, "danger", "soon"):
        return True
    called = [made.by_id.get(name) for name in ("child_police", "child_vt")]
    return all(each and each.urgency is Urgency.NOW and not each.locks for each in called)


OF_ONE_CHILD = {
    *("seksuele_uitbuiting", "criminele_uitbuiting", "huwelijksuitbuiting", "draagmoederschap_adoptie"),
    "orgaanverwijdering",
}
"""Forms in which the grown-up beside a child is mostly whoever profits: somebody says that it is not so."""


def adults_beside_a_child(facts: Facts, made: Plan) -> bool:
    several = is_child(facts) and has(facts, "people", "yes") and has(facts, "wish", "unknown", "unclear")
    alone = has(facts, "form", *OF_ONE_CHILD) or has(facts, "one_person", "yes")
    said = has(facts, "adults", "yes", "both") or (has(facts, "adults", "unknown") and not alone)
    if not several or has(facts, "danger", "now") or not said:
        return True
    return "adults_care" in made.by_id


def help_for_the_adult_with_a_child(facts: Facts, made: Plan) -> bool:
    """The track of a child takes no referral and no bed from a grown-up who wants help."""
    wants = has(facts, "minor", "yes") and has(facts, "adults", "yes", "both") and has(facts, "wish", "yes")
    if not wants or has(facts, "danger", "now"):
        return True
    return {"care_refer", "bed_tonight"} <= set(made.by_id)


def name_of_the_adult_with_a_child(facts: Facts, made: Plan) -> bool:
    asked = has(facts, "may_know", "care", "all") or has(facts, "danger", "now")
    theirs = [each for each in made.actions if each.id in ("care_refer", "support_refer")]
    return asked or not has(facts, "minor", "yes") or not any("person_name" in each.may for each in theirs)


def no_police_for_the_adult_with_a_child(facts: Facts, made: Plan) -> bool:
    """What names a child or its place names the adult who wanted no police. Veilig Thuis hears it."""
    wants_none = has(facts, "adults", "yes") and has(facts, "may_know", "nobody", "care", "unsafe")
    if not has(facts, "minor", "yes") or not wants_none or has(facts, "danger", "now"):
        return True
    if has(facts, "missing", "yes", "told") or has(facts, "child_held", "yes"):
        return True
    told = made.by_id["child_police"]
    kept = not {"person_name", "contact_method", "place"} & set(told.may)
    said_so = has(facts, "may_know", "nobody", "care")
    warned_all = all(warned(each, "against_wish") for each in (told, *about_a_place(made)) if said_so)
    return kept and warned_all and "person_name" in made.by_id["child_vt"].may


def a_doctor_before_the_police(facts: Facts, made: Plan) -> bool:
    ill = has(facts, "doctor", "yes") and has(facts, "danger", "now") and not has(facts, "forced", "yes")
    if not ill or not has(facts, "may_know", "nobody", "care", "unsafe") or is_child(facts):
        return True
    return not {"person_name", "phone"} & set(made.by_id["danger_police"].may)


def asked_for_silence(facts: Facts) -> bool:
    """Tell whether somebody who is not certainly a child wants no police, and nothing is happening now."""
    wants = has(facts, "may_know", "nobody", "care", "unsafe")
    return wants and not has(facts, "danger", "now") and not has(facts, "minor", "yes")


def silent(facts: Facts) -> bool:
    """Tell whether a grown-up, or who may be one, did not say that others than the helpers may know."""
    if not has(facts, "may_know", "nobody", "care", "unsafe"):
        return False
    return not has(facts, "minor", "yes") or has(facts, "adults", "yes")


def police_look_for_somebody(facts: Facts) -> bool:
    """Tell whether the police have to find or free somebody, and cannot without what points out."""
    child = has(facts, "minor", "yes") and (
        has(facts, "missing", "yes", "told") or has(facts, "child_held", "yes")
    )
    return child or has(facts, "danger", "now")


def beyond_help(facts: Facts, made: Plan) -> list[Planned]:
    """Return what reaches others than the helpers; who must be found is helped by the police."""
    others = of_kind(made, *BEYOND_HELP)
    if not police_look_for_somebody(facts):
        others += of_kind(made, PartyKind.POLICE)
    return [each for each in others if each.id != "child_police"]


def nothing_that_points_out(facts: Facts, made: Plan) -> bool:
    if not silent(facts):
        return True
    parts = {part.id for part in made.actions[0].pack.parts if part.identifies_person} - {"place"}
    if has(facts, "one_person", "no"):
        parts -= OF_WHO_PROFITS
    return not any((parts | SAYS_WHO_SPOKE) & set(each.may) for each in beyond_help(facts, made))


OF_WHO_PROFITS = {"vehicle", "phone", "online_account"}
"""What goes with a place: where one person is it points that one out, where many are whoever profits."""


def no_place_of_one(facts: Facts, made: Plan) -> bool:
    """A place that may point to one person is told to nobody unasked, but for a nursery.

    Of who may be a child AVIM hears it anyhow, and can be asked about an inquiry there.
    """
    if not silent(facts) or has(facts, "one_person", "no"):
        return True
    told = [each for each in beyond_help(facts, made) if each.id not in LOCKED_IN]
    known = {"ask_investigation"} if has(facts, "minor", "perhaps") else set()
    return not any({"place", "company"} & set(each.may) for each in told if each.id not in known)


def one_person_is_asked(facts: Facts, made: Plan) -> bool:
    unknown = has(facts, "one_person", "unknown") and has(facts, "place", "known")
    waits = unknown and silent(facts) and not has(facts, "minor", "yes")
    return waits == ("ask_one_person" in made.by_id)


def no_child_named_elsewhere(facts: Facts, made: Plan) -> bool:
    names = {"person_name", "birth_date", "person_description", "contact_method", "attachments", "plan"}
    told = of_kind(made, PartyKind.MUNICIPALITY)
    return not is_child(facts) or not any(names & set(each.may) for each in told)


def no_name_beyond_help(facts: Facts, made: Plan) -> bool:
    """In danger too: another municipality or a partnership makes nobody safe with a name."""
    if has(facts, "may_know", "all") or has(facts, "minor", "yes"):
        return True
    told = of_kind(made, PartyKind.MUNICIPALITY, PartyKind.PARTNERSHIP, PartyKind.PROSECUTION)
    return not any("person_name" in each.may for each in told)


def warned_beyond_help(facts: Facts, made: Plan) -> bool:
    """Whoever hears of a case against a wish is told of with a warning: in danger too, and elsewhere too."""
    if not silent(facts) or has(facts, "may_know", "unsafe"):
        return True
    told = of_kind(made, *BEYOND_HELP)
    elsewhere = of_kind(made, PartyKind.MUNICIPALITY)
    return all(warned(each, "against_wish") for each in told) and all(
        warned(each, "nobody_approaches") for each in elsewhere
    )


def registry_waits_for_help(facts: Facts, made: Plan) -> bool:
    """A correction or a letter betrays who was at the desk: the register waits for help."""
    wrong = has(facts, "registrations", "yes") and not has(facts, "people", "no")
    if not wrong or has(facts, "forced", "no"):
        return True
    checked = made.by_id.get("brp_check")
    asked = {"registry_wait", "registry_hold"} & set(made.by_id)
    return bool(asked) and (checked is None or bool(checked.locks))


def nobody_talks_to_the_employer(facts: Facts, made: Plan) -> bool:
    """Who cleans in a hotel works for it: its management is not trained or asked."""
    works = has(facts, "place_kind", "hotel") and has(facts, "form", "arbeidsuitbuiting", "huishouden")
    return not works or not {"hotel_talk", "night_register"} & set(made.by_id)


def nobody_in_the_beds_of_others(_: Facts, made: Plan) -> bool:
    beds = made.by_id.get("others_beds")
    return beds is None or not {"contact_method", "wish"} & set(beds.may)


def help_with_images(facts: Facts, made: Plan) -> bool:
    return not has(facts, "images", "yes") or "images_down" in made.by_id


def no_reason_to_who_stays_behind(_: Facts, made: Plan) -> bool:
    cares = made.by_id.get("stay_care")
    return cares is None or not {"facts", "wish", "danger"} & set(cares.may)


def only_what_was_seen(facts: Facts, made: Plan) -> bool:
    """Whoever hears of the place of somebody silent is told only what anybody could see, departments too."""
    if not silent(facts):
        return True
    measures = [each for each in made.actions if each.action.verb in MEASURES]
    # Whoever profits saw the team at the door: only what a resident said stays out there.
    door = has(facts, "access", "refused") and has(facts, "reporter", "boa")
    told = all(warned(each, "only_seen") for each in beyond_help(facts, made))
    return told and all(warned(each, "only_seen") or (door and warned(each, "own_door")) for each in measures)


def no_home_of_who_wants_no_police(facts: Facts, made: Plan) -> bool:
    """A home with somebody who works there is the name of that person, until a person says there are more."""
    home = has(facts, "place_kind", "home") and has(facts, "forced", "yes", "perhaps")
    if not home or not asked_for_silence(facts) or has(facts, "one_person", "no"):
        return True
    measures = [each for each in made.actions if each.action.verb in MEASURES and each.id != "urgent_stop"]
    told = [*about_a_place(made), *of_kind(made, PartyKind.MUNICIPALITY), *measures]
    return not any("place" in each.may for each in told)


def nothing_in_their_own_name(facts: Facts, made: Plan) -> bool:
    asked = has(facts, "may_know", "all") or has(facts, "danger", "now") or has(facts, "minor", "yes")
    if not has(facts, "in_name", "yes") or asked:
        return True
    told = [*about_a_place(made), *of_kind(made, PartyKind.MUNICIPALITY)]
    return not any(({"company"} | OF_WHO_PROFITS) & set(each.may) for each in told)


def no_name_by_way_of_a_child(facts: Facts, made: Plan) -> bool:
    beside = has(facts, "minor", "yes") and has(facts, "adults", "yes")
    unasked = has(facts, "may_know", "unknown", "unreachable", "unsafe") and not has(facts, "danger", "now")
    taken = has(facts, "missing", "yes", "told") or has(facts, "child_held", "yes")
    if not beside or not unasked or taken:
        return True
    told = made.by_id["child_police"]
    return not {"person_name", "contact_method"} & set(told.may) and not told.locks


def help_for_who_else_is_threatened(facts: Facts, made: Plan) -> bool:
    helped = made.by_id.get("threat_safe")
    if not has(facts, "threat_other", "yes"):
        return helped is None
    return helped is not None and helped.urgency is not Urgency.DAYS and not helped.locks


def at_its_own_place(facts: Facts, made: Plan) -> bool:
    """A measure on housing is of where people sleep, every other one of where they work."""
    if has(facts, "sleeps", "unknown", "same"):
        return True
    bed_here, work_here = (
        has(facts, "sleeps", "here"),
        not has(facts, "territory", "in_region", "outside_region"),
    )
    measures = [each for each in made.actions if each.action.verb in MEASURES]
    return all(bed_here if each.action.sleeping else work_here for each in measures)


def told_where_they_sleep(facts: Facts, made: Plan) -> bool:
    elsewhere = has(facts, "sleeps", "in_region", "outside_region") and not has(facts, "people", "no")
    return not elsewhere or "second_place" in made.by_id


def nothing_on_beds_at_work(facts: Facts, made: Plan) -> bool:
    """Who sleeps badly somewhere else gives no reason to close or check where they work."""
    elsewhere = has(facts, "sleeps", "here", "in_region", "outside_region")
    return not elsewhere or not {"environment_check", "penalty_propose"} & set(made.by_id)


def papers_before_a_second_place(facts: Facts, made: Plan) -> bool:
    told = made.by_id.get("second_place")
    asked = has(facts, "papers", "settled") or has(facts, "people", "no")
    return told is None or asked or any(lock.id == "papers" for lock in told.locks)


def age_before_a_place(facts: Facts, made: Plan) -> bool:
    """A doubt about an age is asked before the police hear of the place."""
    doubt = has(facts, "minor", "perhaps") and has(facts, "age", "open")
    if not doubt or has(facts, "danger", "now", "soon") or has(facts, "child_held", "yes"):
        return True
    police = [each for each in of_kind(made, PartyKind.POLICE) if each.id not in LOCKED_IN]
    waits = all(each.locks or "place" not in each.may for each in police)
    return waits and "ask_age" in made.by_id


def help_with_debts(facts: Facts, made: Plan) -> bool:
    used = has(facts, "in_name", "yes") and not has(facts, "minor", "yes")
    return not used or "debts_help" in made.by_id


def a_lawyer(facts: Facts, made: Plan) -> bool:
    return not has(facts, "suspect", "yes", "held") or "suspect_lawyer" in made.by_id


def a_child_that_is_missed(facts: Facts, made: Plan) -> bool:
    missed = is_child(facts) and has(facts, "missing", "yes")
    return not missed or made.actions[0].id == "call_112"


def before_a_journey(facts: Facts, made: Plan) -> bool:
    leaves = has(facts, "form", "huwelijksuitbuiting") and has(facts, "married", "abroad")
    return not leaves or ("travel_plan" in made.by_id and "marriage_desk" not in made.by_id)


def no_ceremony_for_who_is_married(facts: Facts, made: Plan) -> bool:
    return not has(facts, "married", "married") or "marriage_desk" not in made.by_id


def nobody_at_the_door_of_in_laws(facts: Facts, made: Plan) -> bool:
    at_home = has(facts, "form", "huwelijksuitbuiting") and has(facts, "place_kind", "home")
    return not at_home or not {"work_inspect", "housing_with_case", "landlord_order"} & set(made.by_id)


def fire_with_police(facts: Facts, made: Plan) -> bool:
    fire = [each for each in made.actions if each.id in ("fire_check", "nursery_fire")]
    nursery = has(facts, "place_kind", "drugs") and has(facts, "place", "known", "unknown")
    return not nursery or all(warned(each, "fire_with_police") for each in fire)


def veilig_thuis(facts: Facts, made: Plan) -> bool:
    told = made.by_id.get("child_vt")
    return not is_child(facts) or (
        told is not None and told.urgency is not Urgency.DAYS and warned(told, "no_parents")
    )


def soonest(each: Planned) -> int:
    return tuple(Urgency).index(each.urgency)


def a_child_that_is_held(facts: Facts, made: Plan) -> bool:
    """Who has the child notices nothing, and police and Veilig Thuis hear it now, whatever else was said."""
    if not has(facts, "child_held", "yes"):
        return True
    told = {"child_vt"} if is_child(facts) else {"others_children"}
    told |= {"call_112", "danger_police" if has(facts, "danger", "now") else "police_advice"}
    if is_child(facts) and not has(facts, "danger", "now"):
        told = told - {"police_advice"} | {"child_police"}
    now = all(name in made.by_id and made.by_id[name].urgency is Urgency.NOW for name in told)
    measures = [each for each in made.actions if each.action.verb in MEASURES]
    return (
        now
        and all(warned(made.by_id[name], "held_quiet") for name in told)
        and all(warned(each, "held_quiet") for each in measures)
    )


def veilig_thuis_with_the_police(facts: Facts, made: Plan) -> bool:
    """Of a child the police never hear before Veilig Thuis does."""
    if not is_child(facts):
        return True
    told = soonest(made.by_id["child_vt"])
    return all(told <= soonest(each) for each in of_kind(made, PartyKind.POLICE))


def help_around_who_cares(facts: Facts, made: Plan) -> bool:
    """Who depends on whoever profits gets another place, and nobody goes to the carer first."""
    if not has(facts, "carer", "yes"):
        return True
    helped = has(facts, "minor", "yes") or {"dependent_vt", "care_elsewhere"} <= set(made.by_id)
    supervised = made.by_id.get("provider_check")
    waits = supervised is None or not residents_open(facts) or bool(supervised.locks)
    return helped and waits and (supervised is None or warned(supervised, "care_stays"))


def nothing_through_who_represents(facts: Facts, made: Plan) -> bool:
    if not has(facts, "represents", "money", "court"):
        return True
    asked = not has(facts, "represents", "court") or "represent_court" in made.by_id
    told = ("benefit_keep", "represent_court", "care_refer", "child_vt", "ask_wish", "ask_contact")
    there = [made.by_id[name] for name in told if name in made.by_id]
    return asked and "benefit_keep" in made.by_id and all(warned(each, "not_through") for each in there)


def care_and_police(facts: Facts, made: Plan) -> bool:
    asked = [{"child_police", "danger_police"}, {"child_care", "danger_care"}]
    return not is_child(facts) or all(each & set(made.by_id) for each in asked)


def nidos(facts: Facts, made: Plan) -> bool:
    alone = is_child(facts) and has(facts, "child_alone", "yes", "perhaps")
    return not alone or "child_nidos" in made.by_id


def no_adult(facts: Facts, made: Plan) -> bool:
    only_children = has(facts, "minor", "yes") and not has(facts, "adults", "yes", "both")
    certain = not only_children or not CERTAINLY_ADULT & set(made.by_id)
    return certain and (not is_child(facts) or not ADULT_ONLY & set(made.by_id))


def spoken_to(facts: Facts) -> bool:
    """Tell whether somebody said what they want, and was not asked what may be told."""
    asked = has(facts, "wish", "yes", "no") and has(facts, "may_know", "unknown")
    return asked and not has(facts, "danger", "now") and not has(facts, "minor", "yes")


def about_a_place(made: Plan) -> list[Planned]:
    """Return what tells police, inspection or a partnership of a place or of who profits."""
    return [
        each
        for each in of_kind(made, *REACHES_POLICE)
        if "people" not in each.action.lines and each.id not in LOCKED_IN
    ]


def discussed(facts: Facts, made: Plan) -> bool:
    moved = [each for each in made.actions if each.action.verb is PlanVerb.TRANSFER]
    return not spoken_to(facts) or all(each.locks for each in [*about_a_place(made), *moved])


def a_way_out(facts: Facts, made: Plan) -> bool:
    waits = any(lock.id.startswith("discussed") for each in made.actions for lock in each.locks)
    return not waits or "ask_name" in made.by_id


def told_to_go_against(facts: Facts, made: Plan) -> bool:
    if has(facts, "danger", "now") or has(facts, "minor", "yes"):
        return True
    # Who named nobody or only the helpers has answered, however unclear the wish for help is.
    words = {"nobody": "against_wish", "care": "against_wish", "unsafe": "without_word"}
    if has(facts, "wish", "yes", "no"):
        words |= {"unreachable": "without_word"}
    word = words.get(next(iter(facts["may_know"])))
    return word is None or all(warned(each, word) for each in about_a_place(made))


def police_can_be_asked(facts: Facts, made: Plan) -> bool:
    """Help was asked for by then: where coercion was seen, something for today reaches the police."""
    if not has(facts, "forced", "yes") or has(facts, "people", "no") or has(facts, "hold", "asked", "active"):
        return True
    if has(facts, "concrete", "no"):
        return True  # of a mere suspicion nothing leaves, and that is another promise
    return any(not each.locks or each.locks[0].id == "help" for each in of_kind(made, PartyKind.POLICE))


def no_name_of_who_may_be_grown_up(facts: Facts, made: Plan) -> bool:
    if not has(facts, "minor", "perhaps") or has(facts, "danger", "now") or has(facts, "may_know", "all"):
        return True
    return not any("person_name" in each.may for each in of_kind(made, PartyKind.POLICE))


def help_above_police(facts: Facts, made: Plan) -> bool:
    if has(facts, "danger", "now") or has(facts, "people", "no"):
        return True
    shown = [each for each in made.actions if not each.locks]
    care = [at for at, each in enumerate(shown) if each.party.kind is PartyKind.CARE]
    police = [at for at, each in enumerate(shown) if each.id == "police_advice"]
    return not (care and police) or care[0] < police[0]


def register_after_police(_: Facts, made: Plan) -> bool:
    looked = made.by_id.get("night_register")
    told = {"sex_police", "child_police"} & set(made.by_id)
    return looked is None or told <= {lock.id for lock in looked.locks}


def a_child_that_was_caught(facts: Facts, made: Plan) -> bool:
    return not (is_child(facts) and has(facts, "suspect", "yes", "held")) or "victim_flag_om" in made.by_id


def force_that_was_seen(facts: Facts, made: Plan) -> bool:
    return not has(facts, "forced", "no") or not REPORTS_OF_FORCE & set(made.by_id)


OWN_LOOKS = frozenset({"house_look", "house_return", "brp_check", "environment_check", "ask_investigation"})
"""How the municipality looks at registrations by a task of its own, and what it asks before it goes there."""


def suspicion(facts: Facts, made: Plan) -> bool:
    mere = has(facts, "concrete", "no") and has(facts, "danger", "no", "unknown")
    if not mere or is_child(facts) or has(facts, "wish", "yes"):
        return True
    leaving = {PlanVerb.REFER, PlanVerb.CONSULT, PlanVerb.BRING_IN, PlanVerb.PROPOSE}
    return not any(
        each.action.verb in leaving and set(each.action.lines) <= {"place", "exploiter"}
        for each in made.actions
        if each.id not in OWN_LOOKS or has(facts, "registrations", "no")
    )


def embassy(facts: Facts, made: Plan) -> bool:
    measures = any(each.action.verb in MEASURES for each in made.actions)
    return not has(facts, "embassy", "yes") or not (measures or CHECKS & set(made.by_id))


def possible_victim(facts: Facts, made: Plan) -> bool:
    """Who did not say that the police may know leaves that word to a lawyer, but for danger now."""
    if not has(facts, "suspect", "yes", "held") or is_child(facts):
        return True
    if silent(facts) and not has(facts, "danger", "now"):
        return warned(made.by_id["suspect_lawyer"], "lawyer_tells")
    return any(warned(each, "possible_victim") for each in of_kind(made, PartyKind.POLICE))


def no_fine(facts: Facts, made: Plan) -> bool:
    suspect = has(facts, "suspect", "yes", "held") and not is_child(facts)
    proposals = (each for each in made.actions if each.action.verb is PlanVerb.PROPOSE)
    return not suspect or all(warned(each, "no_fine") for each in proposals)


def a_bed(facts: Facts, made: Plan) -> bool:
    return not has(facts, "tonight", "nowhere") or any(
        each.action.by == "16:00" and each.urgency is not Urgency.DAYS for each in made.actions
    )


def consulted(facts: Facts, made: Plan) -> bool:
    return not has(facts, "hold", "asked", "active") or "consult_holder" in made.by_id


def residents_open(facts: Facts) -> bool:
    return has(facts, "residents", "open") and not has(facts, "people", "no")


def no_closing(facts: Facts, made: Plan) -> bool:
    closing = (each for each in made.actions if each.action.instrument in CLOSING)
    return not residents_open(facts) or all(each.locks for each in closing)


def no_check(facts: Facts, made: Plan) -> bool:
    checks = (
        each
        for each in of_kind(made, *ENFORCING)
        if each.action.verb is PlanVerb.REFER
        and not {"people", "others"} & set(each.action.lines)
        and each.id not in BEFORE_THE_RESIDENTS
    )
    return not residents_open(facts) or all(each.locks for each in checks)


def no_more_to_the_police(_: Facts, made: Plan) -> bool:
    care = [each for each in of_kind(made, PartyKind.CARE) if each.action.verb is PlanVerb.REFER]
    named = any("person_name" in each.may for each in of_kind(made, PartyKind.POLICE))
    return not (care and named) or any("person_name" in each.may for each in care)


PROMISES: dict[str, Promise] = {
    "danger now: 112 first, police and care beside it": danger,
    "danger now or soon: 112 is named": emergency_number,
    "a child and danger soon: police and Veilig Thuis now": child_in_danger,
    "adults beside a child: SHOP is asked for them too": adults_beside_a_child,
    "an adult with a child who wants help: a referral and a bed": help_for_the_adult_with_a_child,
    "an adult with a child: no name unasked": name_of_the_adult_with_a_child,
    "an adult with a child who wants no police: no name and no place": no_police_for_the_adult_with_a_child,
    "ill, no force seen, and nobody may know: no name to the police": a_doctor_before_the_police,
    "a home of who wants no police: its place goes to none": no_home_of_who_wants_no_police,
    "nobody may know, or only the helpers: nothing that points out goes further": nothing_that_points_out,
    "nobody may know: no place or company of one person goes further": no_place_of_one,
    "nobody may know: whether a place points to one person is asked": one_person_is_asked,
    "nobody may know: whoever else hears of it, a warning stands there": warned_beyond_help,
    "nobody may know: only what anybody could see is told, to departments too": only_what_was_seen,
    "a registration that is not right waits for help": registry_waits_for_help,
    "work in a hotel: nobody talks to the employer": nobody_talks_to_the_employer,
    "images: help to take them down, whatever the form": help_with_images,
    "who cares for somebody who stays behind hears no reason": no_reason_to_who_stays_behind,
    "beds for the others: nothing of who spoke": nobody_in_the_beds_of_others,
    "a child is named in no other municipality": no_child_named_elsewhere,
    "no name goes further than help and police unasked, in danger too": no_name_beyond_help,
    "something in their own name: no phone or account unasked": nothing_in_their_own_name,
    "a child whose parent was not asked: no name to the police": no_name_by_way_of_a_child,
    "somebody else is threatened: SHOP is asked today": help_for_who_else_is_threatened,
    "people who sleep elsewhere: each measure is of its own place": at_its_own_place,
    "people who sleep elsewhere: that municipality is told": told_where_they_sleep,
    "people who sleep elsewhere: nothing on beds where they work": nothing_on_beds_at_work,
    "a second place waits for the question about papers": papers_before_a_second_place,
    "a doubt about an age: asked before the police hear of the place": age_before_a_place,
    "something in a grown-up's name: help with debts, whatever the form": help_with_debts,
    "a suspect: a lawyer": a_lawyer,
    "a child that is missed: 112 first, at night too": a_child_that_is_missed,
    "a marriage abroad: a plan before the journey, and no desk": before_a_journey,
    "who is married: no ceremony": no_ceremony_for_who_is_married,
    "a home of in-laws: nobody at the door": nobody_at_the_door_of_in_laws,
    "a drug house: the fire service does not go alone": fire_with_police,
    "a child: Veilig Thuis today, and nobody calls the parents": veilig_thuis,
    "a child that is held: police and Veilig Thuis now, and nobody warns who has it": a_child_that_is_held,
    "a child: Veilig Thuis is never later than the police": veilig_thuis_with_the_police,
    "who profits also cares: help around them, and no supervision first": help_around_who_cares,
    "who profits also represents: nothing goes through them": nothing_through_who_represents,
    "a child: police and care coordination": care_and_police,
    "a child alone from outside the EU: Nidos": nidos,
    "a child is no adult": no_adult,
    "no force seen: no report of force": force_that_was_seen,
    "a mere suspicion: nothing leaves about the place": suspicion,
    "an embassy: no check and no measure": embassy,
    "a suspect: somebody says that this may be a victim": possible_victim,
    "a suspect: no measure without a word on fines": no_fine,
    "no bed tonight: a step before 16.00": a_bed,
    "somebody asked to wait: they are consulted": consulted,
    "nothing is closed while people have nowhere to go": no_closing,
    "no check while nobody knows what happens to the people": no_check,
    "the police get no name that care may not have": no_more_to_the_police,
    "who said what they want is asked before anything is told of the place": discussed,
    "what waits for that question has somebody who asks it": a_way_out,
    "against the wish or without a word: it says so": told_to_go_against,
    "help stands above asking the police": help_above_police,
    "coercion was seen: the police can be asked": police_can_be_asked,
    "perhaps grown-up: no name to the police unasked": no_name_of_who_may_be_grown_up,
    "nobody looks at a register before the police know": register_after_police,
    "a child that was caught: the prosecutor is asked": a_child_that_was_caught,
}
"""What the plans of this region promise beyond what those of every region do."""


def broken_by(many: Iterable[Facts], pack: Pack) -> dict[str, dict[str, Any]]:
    """Return each promise that is broken, with the first facts that break it."""
    found: dict[str, dict[str, Any]] = {}
    for facts in many:
        made = plan(facts, pack)
        words = [english for _, english in broken(facts, made, pack)]
        words += [words for words, kept in PROMISES.items() if not kept(facts, made)]
        for each in words:
            found.setdefault(each, {name: sorted(values) for name, values in facts.items()})
    return found


def test_every_combination_of_what_matters_most_keeps_every_promise(pack: Pack) -> None:
    assert broken_by(combined(pack, either(1500, None), seed=SEED), pack) == {}


def test_every_mix_of_facts_keeps_every_promise(pack: Pack) -> None:
    assert broken_by(mixed(pack, either(1000, 10_000), seed=SEED), pack) == {}


def leaks(facts: Facts, pack: Pack) -> set[str]:
    """Return what leaves when it is not safe to ask somebody, and not when they said nobody may know."""
    unsafe, nobody = (plan({**facts, "may_know": frozenset({word})}, pack) for word in ("unsafe", "nobody"))
    found = set[str]()
    for each in unsafe.actions:
        other = nobody.by_id.get(each.id)
        more = set(each.may) - set(other.may if other else ())
        fewer = {lock.id for lock in other.locks} - {lock.id for lock in each.locks} if other else set()
        found |= {f"{each.id}: {part}" for part in more} | {f"{each.id} without {lock}" for lock in fewer}
    return found


def test_who_cannot_be_asked_safely_is_protected_as_much_as_who_said_that_nobody_may_know(pack: Pack) -> None:
    many = [*combined(pack, either(500, None), seed=SEED), *mixed(pack, either(500, 10_000), seed=SEED)]
    leaking = {leak: facts for facts in many for leak in leaks(facts, pack)}
    assert leaking == {}


COVERED_FOR_A_CHILD = {"care_advice", "marriage_vt", "mother_vt"}
"""Veilig Thuis and SHOP are asked the same by `child_vt` and `child_care`."""


def help_in(made: Plan) -> set[str]:
    """Return the actions that ask somebody to help a person."""
    return {
        each.id for each in of_kind(made, PartyKind.CARE, PartyKind.HELP) if "people" in each.action.lines
    }


def test_who_is_perhaps_a_child_loses_no_help_that_a_grown_up_would_get(pack: Pack) -> None:
    lost: dict[str, Facts] = {}
    for facts in combined(pack, either(1500, None), seed=SEED):
        grown = plan({**facts, "minor": frozenset({"unknown"})}, pack)
        perhaps = plan({**facts, "minor": frozenset({"perhaps"})}, pack)
        for name in help_in(grown) - help_in(perhaps) - COVERED_FOR_A_CHILD:
            lost.setdefault(name, facts)
    assert lost == {}


def test_whatever_tells_police_or_a_partnership_of_a_case_has_a_ground_for_criminal_data(pack: Pack) -> None:
    tasks = {
        action.task
        for action in pack.plan_actions
        if pack.plan_parties[action.party].kind in REACHES_POLICE and action.verb.sends
    }
    without_ground = {each for each in tasks if "avg_9_10" not in pack.plan_tasks[each].bases}
    assert without_ground == OF_ONE_BODY


OF_ONE_BODY = {"care_safety", "sex_permits"}
"""The Care and Safety House rests on its own part of the Wgs; HEIT is asked without an address."""


EFFECTS = ("adds", "lifts", "hastens", "warns", "withholds")

SPARE = {
    "force_seen.hastens.0.work_police": "the one rule that adds it says today already",
    "home_sex_work.lifts.0.sex_joint": "what adds it has seen force, and this rule has not",
    "minor.warns.0": "the action says so itself",
}
"""What no case can miss as the other rules are now: a second lock on the same door."""


def with_something_out(rule: Rule) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Yield what is left of a rule without it, without an effect, or without one action of an effect."""
    yield rule.id, None
    for effect in EFFECTS:
        pieces: list[dict[str, Any]] = plain(getattr(rule, effect))
        for number, piece in enumerate(pieces):
            rest = pieces[:number] + pieces[number + 1 :]
            yield f"{rule.id}.{effect}.{number}", {effect: rest}
            named = piece.get("actions", [])
            for name in named if len(named) > 1 else ():
                others = {**piece, "actions": [one for one in named if one != name]}
                yield f"{rule.id}.{effect}.{number}.{name}", {effect: [*rest, others]}


def unnoticed(pack: Pack, number: int | None) -> list[str]:
    """Return what can be taken out of the rules while every sample still has its plan."""
    ways = [(rule.id, way) for rule in pack.plan_rules for way in with_something_out(rule)]
    some = ways if number is None else Random(SEED).sample(ways, number)  # noqa: S311
    return [
        name
        for rule_id, (name, fields) in some
        if not any(
            sample_findings(
                without(pack, "plan_rules", rule_id)
                if fields is None
                else changed(pack, "plan_rules", rule_id, **fields)
            )
        )
    ]


def test_whatever_is_taken_out_of_the_rules_is_noticed_by_a_sample(pack: Pack) -> None:
    found = set(unnoticed(pack, either(20, None)))
    assert found <= set(SPARE)
    assert either(set(SPARE), found) == set(SPARE), "by now a sample notices"
