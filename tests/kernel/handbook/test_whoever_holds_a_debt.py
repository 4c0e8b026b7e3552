"""Who holds a debt, who reported and whose data it is: nothing in a plan tells whoever profits."""

from collections.abc import Iterator

from tests.kernel.handbook.facts import first_broken, mixed
from tests.kernel.handbook.test_plans_of_the_region import Promise, has, residents_open, soonest, warned
from tests.packs import den_haag
from tests.tiers import SEED, either

from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Facts, Plan, Planned, plan

DAYS = tuple(Urgency).index(Urgency.DAYS)


def there(made: Plan, *names: str) -> list[Planned]:
    """Return those of these actions that a plan has."""
    return [made.by_id[name] for name in names if name in made.by_id]


def grown_and_forced(facts: Facts) -> bool:
    return has(facts, "forced", "yes", "perhaps") and not has(facts, "minor", "yes")


def only_ordinary_creditors(_: Facts, made: Plan) -> bool:
    return all(warned(each, "debts") for each in there(made, "debts_help"))


def a_lawyer_is_told_of_whoever_may_know(facts: Facts, made: Plan) -> bool:
    """That police, reflection and staying are choices and no promises stands in every plan of a grown-up."""
    somebody = has(facts, "people", "yes", "unknown") or has(facts, "wish", "yes", "no")
    if not grown_and_forced(facts) or has(facts, "minor", "perhaps") or not somebody:
        return True
    told = there(
        made, "ask_name", "ask_each", "care_refer", "care_agree", "care_advice", "keep_open", "danger_care"
    )
    return any(warned(each, "own_choice") for each in told)


def nothing_is_promised_beside_a_fear(facts: Facts, made: Plan) -> bool:
    if not has(facts, "residence_question", "yes"):
        return True
    speaks = there(made, "care_refer", "care_advice", "ask_wish", "ask_name", "keep_open", "danger_care")
    lawyer = made.by_id["residence_advice"]
    return all(warned(each, "no_promise") for each in (*speaks, lawyer)) and warned(lawyer, "reflection")


OF_WHO_PROFITS = {"vehicle", "phone", "online_account"}


def it_is_said_whose_data_it_is(facts: Facts, made: Plan) -> bool:
    """What is withheld to protect somebody stays withheld; to send it is a decision of a person."""
    told = made.by_id.get("exploiter_police")
    if told is None:
        return True
    if has(facts, "minor", "yes"):
        return warned(told, "whose_data") == has(facts, "forced", "yes", "perhaps")
    held = not OF_WHO_PROFITS & set(told.may)
    said = warned(told, "whose_data") or not has(facts, "forced", "yes", "perhaps")
    return said and warned(told, "whose_data_stays") == held


def who_writes_is_answered_the_same_way(facts: Facts, made: Plan) -> bool:
    """Nothing says not to write where the person can only write."""
    if not has(facts, "reporter", "self"):
        return "answer_safely" not in made.by_id
    answer = made.by_id["answer_safely"]
    return "meet_safely" not in made.by_id and soonest(answer) < DAYS and warned(answer, "short_words")


def a_bank_is_not_betrayed(facts: Facts, made: Plan) -> bool:
    if not has(facts, "reporter", "bank"):
        return "gatekeeper_agree" not in made.by_id
    speaks = there(
        made, "gatekeeper_agree", "ask_wish", "ask_contact", "ask_name", "care_refer", "care_advice"
    )
    quiet = (*speaks, *there(made, "police_advice", "exploiter_police", "services_facts", "card_block"))
    return soonest(made.by_id["gatekeeper_agree"]) < DAYS and all(
        warned(each, "gatekeeper_quiet") for each in quiet
    )


def police_data_stay_out(facts: Facts, made: Plan) -> bool:
    told = there(made, "ask_force", "exploiter_record", "place_lookup")
    return all(warned(each, "boa_data") == has(facts, "reporter", "boa") for each in told)


def who_profits_waits_for_the_people_there(facts: Facts, made: Plan) -> bool:
    """Nothing of a place goes to the police before somebody asked what happens to the people there."""
    told = made.by_id.get("exploiter_police")
    if told is None or not residents_open(facts) or not has(facts, "place", "known", "found_only"):
        return True
    return "residents" in {each.id for each in told.locks}


def images_of_a_child_go_nowhere(facts: Facts, made: Plan) -> bool:
    if not (has(facts, "images", "yes") and has(facts, "minor", "yes", "perhaps")):
        return True
    told = (each for each in made.actions if each.action.verb.value in SENT)
    return all("attachments" not in each.may for each in told if each.party.kind.value in LOOKS_INTO_IT)


SENT = {"refer", "ask", "bring_in", "consult"}
LOOKS_INTO_IT = {"police", "inspectorate"}
PROMISES: dict[str, Promise] = {
    "debts: only ordinary creditors": only_ordinary_creditors,
    "a lawyer and reflection, whoever may know": a_lawyer_is_told_of_whoever_may_know,
    "a fear of being sent away: nothing is promised": nothing_is_promised_beside_a_fear,
    "AVIM hears whose data it is": it_is_said_whose_data_it_is,
    "who profits goes to AVIM after the question about people": who_profits_waits_for_the_people_there,
    "images of a child: they go nowhere": images_of_a_child_go_nowhere,
    "who writes is answered the same way": who_writes_is_answered_the_same_way,
    "a bank that reports: nobody hears so": a_bank_is_not_betrayed,
    "an enforcement officer: no data of the police": police_data_stay_out,
}
"""What every plan of this region keeps of debts, of data of others, and of who reported."""


def plans(pack: Pack) -> Iterator[tuple[Facts, Plan]]:
    """Yield many mixes of facts with their plans."""
    for facts in mixed(pack, either(1500, 20_000), seed=SEED):
        yield facts, plan(facts, pack)


def test_what_is_told_of_debts_data_and_reporters() -> None:
    assert first_broken(PROMISES, plans(den_haag())) == {}


def test_whoever_holds_the_debt_of_the_journey_is_never_asked() -> None:
    said = den_haag().plan_warnings["debts"].text.nl
    assert "alleen gewone schuldeisers" in said
    assert "reis" in said
    assert "hoort niets" in said
