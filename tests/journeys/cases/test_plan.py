"""The plan of a case: facts from the report, one press to correct one, actions that are done or not done."""

import html
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.cases.matters import DEPUTY, ELSEWHERE, FOCAL, row, somebody, taken_in, weigh, weighed
from tests.journeys.referrals.situations import Ready
from tests.packs import den_haag
from tests.reading import as_read

from sluitend.demo.clock import at
from sluitend.demo.matter import ENDED
from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.drafts import NewObservation
from sluitend.journeys.cases.models import Case, Observation, TimelineEvent, Track
from sluitend.journeys.cases.queries.plan_facts import KnownFact
from sluitend.journeys.cases.queries.plan_views import ActionView, PlanPage
from sluitend.journeys.exchanges import actions as exchanges
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals.actions.telling import tell_cases
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.queries import sent as sent_referral
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account

pytestmark = pytest.mark.django_db

type ClientFor = Callable[[str], Client]

HELP = "Zij wil hulp. De voorman slaat haar."
SLEEPERS = "Achter de kas slapen zes mannen."
MUCH = {
    **dict.fromkeys(("suspect", "plain_words", "residence_question", "many_problems"), "yes"),
    **dict.fromkeys(("forced", "chain", "organised", "registrations"), "yes"),
    "tonight": "nowhere",
    "bed_answer": "no_bed",
    "housing": "dangerous",
    "pay": "underpaid",
}


def page(code: str, who: str = FOCAL) -> PlanPage:
    """Return the plan as somebody sees it."""
    with somebody(who) as actor:
        return queries.plan_page(code, actor)


def fact(code: str, name: str) -> KnownFact:
    """Return one fact of a case."""
    found = page(code)
    return next(each for each in (*found.facts, *found.more) if each.id == name)


def acts(code: str) -> dict[str, ActionView]:
    """Return the actions of a case by id."""
    return {
        each.planned.id: each
        for line in page(code).lines
        for each in (*line.decided, *line.ready, *line.waiting)
    }


def say(code: str, name: str, *values: str, who: str = FOCAL, **more: Any) -> actions.PlanChange:
    """Say what a fact is."""
    with somebody(who) as actor:
        return actions.set_fact(actor=actor, code=code, fact=name, values=values, **more)


def hear(code: str, text: str) -> None:
    """Let a new observation come in."""
    with somebody() as actor:
        new = NewObservation(Observation.Kind.FACT, text)
        actions.add_observation(actor=actor, code=code, new=new)


def do(what: Any, code: str, action: str, **more: Any) -> Any:
    """Do something with an action."""
    with somebody() as actor:
        return what(actor=actor, code=code, action=action, **more)


def start(code: str, *chosen: str) -> None:
    """Begin to compose these actions, in one decision."""
    with somebody() as actor:
        actions.start_actions(actor=actor, code=code, actions=chosen)


def ready(code: str) -> Ready:
    """Return a case with the people who send something about it."""
    return Ready(
        code,
        samples.actor(FOCAL),
        samples.actor("nla@arbeidsinspectie.example"),
        samples.actor("zorg@shop.example"),
    )


# Facts


def test_a_fact_says_the_sentence_it_came_from() -> None:
    found = fact(taken_in(saw=HELP), "wish")
    assert found.values == {"yes"}
    assert [each.text for each in found.sources] == ["Zij wil hulp."]
    assert found.from_report


def test_every_fact_that_is_known_says_where_it_comes_from() -> None:
    code = taken_in(saw=SLEEPERS, acute=True, address="Tuinderspad 12 a, De Lier")
    known = {each.id: each for each in (*page(code).facts, *page(code).more) if not each.unknown}
    assert {"danger", "people", "place", "territory", "reporter"} <= set(known)
    assert [each.id for each in known.values() if not (each.sources or each.against or each.said_at)] == []
    assert [each.text for each in known["territory"].sources] == ["Tuinderspad 12 a, De Lier"]
    assert [each.text for each in known["danger"].sources] == ["De casus staat op acuut."]


def test_what_nobody_said_asks_for_something_and_decides_nothing() -> None:
    code = taken_in(saw=SLEEPERS)
    assert fact(code, "wish").unknown
    assert "ask_wish" in acts(code)


def test_one_press_corrects_a_fact_and_the_plan_with_it() -> None:
    code = taken_in(saw=SLEEPERS)
    assert "care_refer" not in acts(code)
    change = say(code, "wish", "yes")
    assert fact(code, "wish").values == {"yes"}
    assert "care_refer" in acts(code)
    assert change.new
    assert change.gone
    with somebody():
        told = TimelineEvent.objects.filter(case__code=code, what=TimelineEvent.What.FACTS)
        assert told.count() == 1


def test_what_comes_in_later_and_asks_for_protection_goes_before_what_was_said() -> None:
    code = taken_in(saw=SLEEPERS)
    say(code, "forced", "no")
    assert fact(code, "forced").values == {"no"}
    hear(code, "Een buurvrouw zag dat hij werd geslagen.")
    found = fact(code, "forced")
    assert found.values == {"yes"}
    assert [each.text for each in found.against] == ["Een buurvrouw zag dat hij werd geslagen."]


def test_what_comes_in_later_and_says_less_is_shown_and_changes_nothing() -> None:
    code = taken_in(saw=SLEEPERS)
    say(code, "people", "yes")
    hear(code, "De kas staat leeg.")
    found = fact(code, "people")
    assert found.values == {"yes"}
    assert [each.text for each in found.against] == ["De kas staat leeg."]


def test_a_place_has_every_kind_that_was_ticked_and_what_comes_in_later_stands_beside_it() -> None:
    code = taken_in(saw=SLEEPERS)
    say(code, "place_kind", "unknown", "home", "drugs")
    assert fact(code, "place_kind").values == {"home", "drugs"}
    hear(code, "Zij wonen in een rijtjeshuis.")
    assert not fact(code, "place_kind").against
    hear(code, "Hij zag hen ook in een hotel.")
    found = fact(code, "place_kind")
    assert found.values == {"home", "drugs", "hotel"}
    assert [each.text for each in found.against] == [
        "Zij wonen in een rijtjeshuis.",
        "Hij zag hen ook in een hotel.",
    ]


def test_what_was_corrected_in_an_observation_counts_no_more() -> None:
    code = taken_in(saw=HELP)
    with somebody() as actor:
        seen = queries.case(code, actor).facts[0]
        new = NewObservation(Observation.Kind.FACT, "Zij sprak met een collega.")
        actions.correct_observation(actor=actor, code=code, observation_id=seen.id, new=new)
    assert fact(code, "wish").unknown


def test_danger_that_is_pressed_is_danger_everywhere() -> None:
    code = taken_in(saw=SLEEPERS)
    say(code, "danger", "now")
    with somebody() as actor:
        case = row(code)
        assert case.acute
        step = NextStep.objects.get(pk__in=[case.current_step_id])
        assert step.urgent
        assert queries.case(code, actor).asks_second_eyes
    assert page(code).plan.actions[0].id == "call_112"


def test_danger_that_is_heard_in_another_way_stands_in_the_strip() -> None:
    code = taken_in(saw=SLEEPERS)
    say(code, "danger", "no")
    with somebody() as actor:
        actions.set_fact(actor=actor, code=code, fact="danger", values=["now"])
    assert fact(code, "danger").values == {"now"}


def test_a_child_that_is_pressed_is_a_child_everywhere() -> None:
    code = taken_in(saw=SLEEPERS)
    say(code, "minor", "perhaps")
    with somebody():
        assert row(code).minor == "perhaps"
    assert {"child_vt", "child_police", "child_care"} <= set(acts(code))


def test_a_wish_that_is_recorded_on_its_own_page_stands_in_the_strip_and_back() -> None:
    code = taken_in(saw=SLEEPERS)
    with somebody() as actor:
        actions.record_wish(actor=actor, code=code, wish="no", wants="Rust")
    assert fact(code, "wish").values == {"no"}
    say(code, "wish", "yes")
    with somebody() as actor:
        view = queries.case(code, actor).wish
    assert view is not None
    assert (view.wish, view.wants) == ("yes", "Rust")


def test_of_papers_nothing_is_kept_but_that_it_was_asked() -> None:
    code = taken_in(saw=SLEEPERS)
    with pytest.raises(DomainError):
        say(code, "papers", "settled")
    assert "ask_papers" not in acts(code) or acts(code)["ask_papers"].open
    with somebody() as actor:
        actions.answer_residents_question(
            actor=actor, code=code, answer="care_joins", first_step="nothing_first"
        )
    assert fact(code, "papers").values == {"settled"}
    assert fact(code, "residents").values == {"settled"}


def test_the_question_about_papers_cannot_be_passed_by() -> None:
    code = taken_in(saw=SLEEPERS)
    with somebody() as actor, pytest.raises(DomainError) as caught:
        actions.answer_residents_question(actor=actor, code=code, answer="care_joins")
    assert caught.value.field == "first_step"
    with somebody() as actor:
        actions.answer_residents_question(actor=actor, code=code, answer="not_known")
    assert (fact(code, "papers").unknown, fact(code, "residents").unknown) == (True, True)
    with somebody() as actor:
        actions.answer_residents_question(
            actor=actor, code=code, answer="not_known", first_step="nothing_first"
        )
    assert (fact(code, "papers").unknown, fact(code, "residents").unknown) == (False, True)


def test_what_was_asked_for_the_people_is_filled_in_beside_the_question_about_papers(
    client_for: ClientFor,
) -> None:
    code, client = weighed(saw=SLEEPERS), client_for(FOCAL)
    ticked = re.compile(r'<input[^>]*name="first_step"[^>]*checked')
    assert not ticked.search(client.get(f"/werk/casussen/{code}/bewoners/").content.decode())
    do(actions.finish_action, code, "care_advice")
    found = ticked.search(client.get(f"/werk/casussen/{code}/bewoners/").content.decode())
    assert found
    assert 'value="care_coordination"' in found[0]


def test_that_nobody_sleeps_there_stands_beside_the_sentence_that_says_otherwise() -> None:
    code = taken_in(saw=SLEEPERS)
    answer = {"first_step": "nothing_first"}
    with somebody() as actor:
        actions.answer_residents_question(actor=actor, code=code, answer="care_joins", **answer)
    assert fact(code, "residents").before == ()
    with somebody() as actor:
        actions.answer_residents_question(actor=actor, code=code, answer="nobody_stays", **answer)
    found = fact(code, "residents")
    assert found.values == {"settled"}
    assert [each.text for each in found.before] == [SLEEPERS]
    say(code, "people", "no")
    assert [each.text for each in fact(code, "people").before] == [SLEEPERS]
    say(code, "people", "yes")
    assert fact(code, "people").before == ()


def test_what_was_told_stands_beside_what_somebody_says_instead() -> None:
    code = taken_in(saw=f"Een meisje van 16 jaar. {HELP}")
    for name, value in (("minor", "no"), ("wish", "no"), ("forced", "no")):
        say(code, name, value)
    told = {name: [each.text for each in fact(code, name).before] for name in ("minor", "wish", "forced")}
    assert told == {
        "minor": ["Een meisje van 16 jaar."],
        "wish": ["Zij wil hulp."],
        "forced": ["De voorman slaat haar."],
    }


@pytest.mark.parametrize("values", [(), ("maybe",), ("yes", "no"), ("yes", "x" * 5000)])
def test_a_value_that_a_fact_has_not_is_refused(values: tuple[str, ...]) -> None:
    code = taken_in(saw=SLEEPERS)
    with pytest.raises(DomainError):
        say(code, "forced", *values)
    assert fact(code, "forced").unknown


def test_a_fact_that_the_handbook_does_not_have_is_absent() -> None:
    with pytest.raises(Absent):
        say(taken_in(), "nationality", "pl")


def test_of_two_who_correct_one_fact_the_second_reads_who_was_first() -> None:
    code = taken_in(saw=SLEEPERS)
    revision = page(code).head.revision
    say(code, "forced", "yes", revision=revision)
    with pytest.raises(Conflict):
        say(code, "forced", "no", who=DEPUTY, revision=revision)
    assert fact(code, "forced").values == {"yes"}


def test_of_two_who_correct_one_fact_the_second_sees_both_answers_and_chooses(client_for: ClientFor) -> None:
    code, client = taken_in(saw=SLEEPERS), client_for(DEPUTY)
    address, revision = f"/werk/casussen/{code}/plan/feit/", page(code).head.revision
    say(code, "forced", "yes", revision=revision)
    answer = client.post(address, {"fact": "forced", "values": "no", "revision": revision})
    text = words_of(answer.text)
    first = Account.objects.get(email=FOCAL).name
    assert f"{first} was eerst, om" in text
    values = {each.id: each.label.nl for each in den_haag().plan_facts["forced"].values}
    assert f"Uw tekst {values['no']} Van {first}" in text
    both = text[text.index("Uw tekst") :]
    assert values["yes"] in both[: both.index("Wat blijft staan")]
    again = {name: found for name, found in hidden_in(answer.text, "feit/").items() if name != "next"}
    client.post(address, {**again, "keep_values": "theirs"})
    assert fact(code, "forced").values == {"yes"}
    client.post(address, {**again, "revision": page(code).head.revision, "keep_values": "mine"})
    assert fact(code, "forced").values == {"no"}


def words_of(text: str) -> str:
    """Return the words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def hidden_in(text: str, address: str) -> dict[str, str]:
    """Return the hidden fields of the first form to an address."""
    form = text[text.index(f'plan/{address}"') :]
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")])
    return dict(found)


def test_why_something_is_not_done_is_given_back_where_a_colleague_decided_first(
    client_for: ClientFor,
) -> None:
    code, client = weighed(saw=HELP), client_for(DEPUTY)
    sent = {"action": "care_refer", "what": "refuse", "revision": page(code).head.revision}
    do(actions.finish_action, code, "care_refer")
    sent |= {"reason": "andere_reden", "reason_text": "Zij heeft al een eigen advocaat."}
    answer = client.post(f"/werk/casussen/{code}/plan/actie/", sent)
    assert Account.objects.get(email=FOCAL).name + " was eerst, om" in words_of(answer.text)
    assert "Zij heeft al een eigen advocaat." in answer.text
    assert acts(code)["care_refer"].state == "done"


# Actions


def test_every_line_of_a_plain_report_has_something_to_do() -> None:
    found = page(weighed())
    assert [bool(line.ready or line.waiting) for line in found.lines] == [True] * 4


def test_nothing_about_the_place_begins_before_the_questions_were_asked() -> None:
    code = weighed(saw="De baas bedreigt hen.")
    locked = acts(code)["work_inspect"]
    assert locked.waits
    with pytest.raises(DomainError):
        start(code, "work_inspect")
    with pytest.raises(DomainError):
        do(actions.finish_action, code, "work_inspect")


def test_what_leaves_for_the_place_asks_about_the_residents_also_where_no_gate_does() -> None:
    code = weighed(saw=SLEEPERS)
    say(code, "organised", "yes")
    found = acts(code)["riec_bring"]
    assert (found.waits, found.asks_residents) == (True, True)
    assert not acts(code)["care_advice"].asks_residents
    do(actions.finish_action, code, "care_advice")
    with pytest.raises(DomainError):
        start(code, "riec_bring")
    with somebody() as actor:
        actions.answer_residents_question(
            actor=actor, code=code, answer="care_joins", first_step="nothing_first"
        )
    assert not acts(code)["riec_bring"].asks_residents
    start(code, "riec_bring")


def test_who_is_asked_about_a_place_hears_which_place_and_nothing_of_a_person() -> None:
    code = weighed(saw="De baas bedreigt hen.")
    with somebody() as actor:
        actions.answer_residents_question(
            actor=actor, code=code, answer="care_joins", first_step="nothing_first"
        )
    do(actions.finish_action, code, "care_advice")
    start(code, "ask_investigation")
    offer = ready(code).offer("place")
    allowed = {each.part for each in offer.parts if each.allowed and not each.never}
    assert allowed == {"place", "company", "area"}
    assert offer.without_names
    sent = ready(code).send("place")
    with somebody() as actor:
        told = {part.id: part.text for part in sent_referral(sent, actor).content.parts}
    assert told["place"] == "Tuinderspad 12 a, De Lier"


def test_nothing_about_the_place_begins_before_help_was_asked() -> None:
    code = weighed(saw="De baas bedreigt hen.")
    with somebody() as actor:
        actions.answer_residents_question(
            actor=actor, code=code, answer="care_joins", first_step="nothing_first"
        )
    assert [lock.id for lock in acts(code)["work_inspect"].planned.locks] == ["help"]
    with pytest.raises(DomainError):
        start(code, "work_inspect")
    do(actions.finish_action, code, "care_advice")
    start(code, "work_inspect")


def test_help_is_sent_from_the_plan_with_the_ceiling_of_its_action() -> None:
    code = weighed(saw=HELP)
    start(code, "care_refer")
    case = ready(code)
    offer = case.offer("person")
    # Nobody asked yet who may know: the name stays here, also where the route would let it go.
    assert "person_name" not in {each.part for each in offer.parts if each.allowed}
    assert "Een wens is geen toestemming. Deel alleen wat de persoon gedeeld wil hebben." in offer.mind
    sent = case.send("person")
    found = acts(code)["care_refer"]
    assert (found.state, found.became and found.became["code"]) == ("asked", sent)
    with pytest.raises(Conflict):
        start(code, "care_refer")


def test_a_second_partner_is_asked_beside_the_first() -> None:
    code = weighed(saw=f"{HELP} Zij is bang voor vanavond.")
    start(code, "care_refer")
    ready(code).send("person")
    start(code, "police_advice")
    second = ready(code).send("person")
    found = acts(code)
    assert found["care_refer"].state == "asked"
    assert second in str(found["police_advice"].became)


@pytest.mark.parametrize("how", ["recalled", "returned", "never answered"])
def test_what_ended_without_an_answer_is_open_again(how: str) -> None:
    code = weighed(saw=HELP)
    start(code, "care_refer")
    case = ready(code)
    sent = case.send("person")
    match how:
        case "recalled":
            with somebody() as actor:
                referrals.recall(actor=actor, code=sent, reason="mistake")
        case "returned":
            with acting(case.care):
                referrals.return_(code=sent, actor=case.care, reason="andere_reden", sentence="Niet van ons")
            with somebody() as actor:
                referrals.handle_answer(code=sent, tell="", actor=actor)
        case _:
            with somebody() as actor:
                yesterday = timezone.localdate() - timedelta(days=1)
                for _turn in range(2):
                    Referral.objects.filter(code=sent).update(reminded_on=yesterday)
                    referrals.remind(code=sent, actor=actor)
                referrals.close_without_answer(
                    code=sent, on=timezone.localdate(), reason="two_reminders", actor=actor
                )
    assert acts(code)["care_refer"].open


def test_an_answer_after_somebody_decided_not_to_ask_any_more_changes_nothing_and_says_so() -> None:
    code = weighed(saw=HELP)
    start(code, "care_refer")
    case = ready(code)
    sent = case.accepted("person")
    with somebody() as actor:
        yesterday = timezone.localdate() - timedelta(days=1)
        for _turn in range(2):
            Referral.objects.filter(code=sent).update(reminded_on=yesterday)
            referrals.remind(code=sent, actor=actor)
        referrals.close_without_answer(
            code=sent, on=timezone.localdate(), reason="two_reminders", actor=actor
        )
    do(actions.refuse_action, code, "care_refer", reason="done_otherwise")
    with acting(case.care), pytest.raises(DomainError) as by_itself:
        referrals.feed_back(code=sent, answer="geen_plek", actor=case.care)
    with somebody() as actor, pytest.raises(Conflict) as by_telephone:
        referrals.note_answer(code=sent, answer="geen_plek", on=timezone.localdate(), actor=actor)
    assert by_itself.value.message
    assert by_telephone.value.message
    assert (acts(code)["care_refer"].state, fact(code, "bed_answer").unknown) == ("refused", True)
    do(actions.take_up_again, code, "care_refer")
    assert acts(code)["care_refer"].open


def test_an_answer_that_is_read_after_the_action_was_given_up_leaves_it_given_up() -> None:
    code = weighed(saw=HELP)
    start(code, "care_refer")
    case = ready(code)
    sent = case.send("person")
    with acting(case.care):
        referrals.return_(code=sent, actor=case.care, reason="andere_reden", sentence="Niet van ons")
    with pytest.raises(Conflict):
        do(actions.refuse_action, code, "care_refer", reason="done_otherwise")
    with somebody() as actor:
        referrals.handle_answer(code=sent, tell="", actor=actor)
    do(actions.refuse_action, code, "care_refer", reason="done_otherwise")
    with acting(system_actor(case.focal_point.own_organisation)) as system:
        tell_cases(system)
    assert acts(code)["care_refer"].state == "refused"


def test_a_plan_of_forty_actions_is_one_page_with_each_of_them_once(client_for: ClientFor) -> None:
    code = weighed(saw=f"{HELP} {SLEEPERS}")
    say(code, "form", *den_haag().forms.ids)
    for name, value in MUCH.items():
        say(code, name, value)
    found = acts(code)
    assert len(found) >= 40
    body = client_for(FOCAL).get(f"/werk/casussen/{code}/plan/").content.decode()
    rows = re.findall(r'id="actie-(\d+)"', body)
    assert sorted(map(int, rows)) == sorted(each.place for each in found.values() if each.open)


def test_an_action_says_on_what_ground_it_rests_and_what_of_it_nobody_confirmed(
    client_for: ClientFor,
) -> None:
    code = weighed(saw=f"{HELP} {SLEEPERS}")
    found = [each for each in acts(code).values() if each.open]
    body = as_read(client_for(FOCAL).get(f"/werk/casussen/{code}/plan/").content.decode())
    for each in found:
        pack, task = each.planned.pack, each.planned.task
        assert task.label.nl in each.ground
        assert "(college" in each.ground or "(burgemeester" in each.ground
        for name in task.bases:
            marked = f"({pack.bases[name].code}) (nog niet bevestigd)" in each.ground
            assert marked != pack.bases[name].confirmed
        assert each.ground in body
    unsure = sum(each.caution_unsure for each in found)
    assert unsure
    assert body.count("Een waarschuwing hierbij is nog niet bevestigd") == unsure


def test_what_nobody_knows_is_asked_for_in_a_row_each_and_buries_nothing(client_for: ClientFor) -> None:
    code = weighed(saw=SLEEPERS, minor="unknown")
    found = page(code)
    asked = {each.finds: each for each in found.find_out}
    assert {"danger", "forced", "minor", "may_know"} <= set(asked)
    assert not asked["danger"].planned.locks
    assert found.next is not None
    assert not found.next.finds, "help stands first"
    body = as_read(client_for(FOCAL).get(f"/werk/casussen/{code}/plan/").content.decode())
    assert "Zoek eerst uit" in body
    for fact, each in asked.items():
        assert f'href="#feit-{fact}"' in body
        assert body.count(f'id="actie-{each.place}"') == 1
    for fact, value in (("danger", "no"), ("forced", "perhaps"), ("minor", "no"), ("may_know", "care")):
        say(code, fact, value)
    assert not {"danger", "forced", "minor", "may_know"} & {each.finds for each in page(code).find_out}


def test_what_is_found_out_today_stands_open_and_what_can_wait_in_a_fold(client_for: ClientFor) -> None:
    code = weighed(saw=SLEEPERS, minor="unknown")
    found = page(code)
    first, rest = found.find_out_today, found.find_out_later
    assert {"danger", "minor"} <= {each.finds for each in first}
    assert "forced" in {each.finds for each in rest}
    assert [*first, *rest] == sorted(found.find_out, key=lambda each: not each.today)
    body = as_read(client_for(FOCAL).get(f"/werk/casussen/{code}/plan/").content.decode())
    section = body.partition('id="uitzoeken"')[2].partition("</section>")[0]
    shown, _summary, folded = section.partition("deze dagen</summary>")
    assert all(f'id="actie-{each.place}"' in shown for each in first)
    assert all(f'id="actie-{each.place}"' in folded for each in rest)
    # Where nothing is for today nothing is folded away.
    for fact, value in (("danger", "no"), ("minor", "no")):
        say(code, fact, value)
    after = page(code)
    assert after.find_out_today == after.find_out
    assert after.find_out_later == []


def test_help_that_stands_before_a_question_for_today_is_for_today() -> None:
    code = weighed(saw=f"{SLEEPERS} Zij willen geen hulp.", minor="no")
    say(code, "forced", "perhaps")
    found = page(code)
    assert found.next is not None
    assert found.next.planned.id == "care_advice"
    do(actions.finish_action, code, "keep_open")
    with somebody():
        case = Case.objects.get(code=code)
        step = NextStep.objects.get(pk__in=[case.current_step_id])
        assert timezone.localtime(step.due).date() == timezone.localdate()


def test_what_is_for_today_stands_first_with_whom_it_asks() -> None:
    code = weighed(saw=f"{HELP} Zij kan nergens heen.")
    found = page(code)
    first = [each for _party, asked in found.today for each in asked]
    assert found.next == first[0]
    assert all(each.open and not each.waits and each.today for each in first)
    assert all(each.planned.party == party for party, asked in found.today for each in asked)
    assert len({party.id for party, _asked in found.today}) == len(found.today)
    later = [each for line in found.lines for each in line.later]
    assert not {each.place for each in first} & {each.place for each in later}
    assert len(first) + len(later) + len(found.find_out) == sum(len(line.ready) for line in found.lines)


def test_what_a_partner_is_done_with_is_done() -> None:
    code = weighed(saw=HELP)
    start(code, "care_refer")
    sent = ready(code).send("person")
    with somebody() as actor:
        referrals.note_answer(code=sent, answer="afgesloten", on=timezone.localdate(), actor=actor)
        referrals.handle_answer(code=sent, tell="", actor=actor)
    assert acts(code)["care_refer"].state == "done"


def test_the_answer_of_one_partner_opens_what_another_is_asked() -> None:
    code = weighed(saw=f"{HELP} Zij kan nergens heen.")
    start(code, "bed_tonight")
    case = ready(code)
    sent = case.send("person")
    assert "bed_bridge" in acts(code)  # who bridges the night is asked at once
    assert "bed_comensha" not in acts(code)
    with somebody() as actor:
        referrals.note_answer(code=sent, answer="geen_plek", on=timezone.localdate(), actor=actor)
    assert fact(code, "bed_answer").values == {"no_bed"}
    assert {"bed_bridge", "bed_comensha"} <= set(acts(code))
    with somebody():
        step = NextStep.objects.get(pk__in=[row(code).current_step_id])
    assert (step.what, timezone.localdate(step.due)) == ("work_plan", timezone.localdate())


def test_what_a_partner_answers_itself_is_in_the_plan_before_anybody_read_it() -> None:
    code = weighed(saw=f"{HELP} Zij kan nergens heen.")
    start(code, "bed_tonight")
    case = ready(code)
    sent = case.accepted("person")
    with acting(case.care):
        referrals.feed_back(code=sent, answer="geen_plek", actor=case.care)
    with acting(system_actor(case.focal_point.own_organisation)) as system:
        tell_cases(system)
    assert fact(code, "bed_answer").values == {"no_bed"}
    assert "bed_bridge" in acts(code)


def test_a_partner_that_works_somewhere_locks_the_place_and_leaves_help_alone() -> None:
    code = weighed(saw="De baas bedreigt hen. Zij willen hulp.", form="arbeidsuitbuiting")
    with somebody() as actor:
        actions.answer_residents_question(
            actor=actor, code=code, answer="care_joins", first_step="nothing_first"
        )
    do(actions.finish_action, code, "care_refer")
    say(code, "hold", "none")
    with pytest.raises(DomainError, match="met de persoon is besproken"):
        start(code, "work_police")
    say(code, "may_know", "unreachable")
    start(code, "work_police")
    case = ready(code)
    sent = case.send("place")
    with somebody() as actor:
        referrals.note_answer(code=sent, answer="opgepakt", on=timezone.localdate(), actor=actor)
    assert fact(code, "hold").values == {"active"}
    found = acts(code)
    assert "holder" in {lock.id for lock in found["work_inspect"].planned.locks}
    assert not [each for each in found.values() if each.waits and "people" in each.planned.action.lines]


def test_an_action_that_is_not_done_has_its_reason_and_a_colleague_looks_along_where_it_was_help() -> None:
    code = weighed(saw=SLEEPERS)
    with pytest.raises(DomainError):
        do(actions.refuse_action, code, "care_advice", reason="")
    with pytest.raises(DomainError):
        do(actions.refuse_action, code, "care_advice", reason="andere_reden")
    do(actions.refuse_action, code, "care_advice", reason="done_otherwise")
    found = acts(code)["care_advice"]
    assert (found.state, found.why_not) == ("refused", "Dit is al op een andere manier gedaan")
    with somebody() as actor:
        assert queries.case(code, actor).asks_second_eyes


def test_an_action_of_ones_own_that_is_not_done_asks_nobody_else() -> None:
    code = weighed(saw=SLEEPERS)
    do(actions.refuse_action, code, "place_lookup", reason="not_needed")
    with somebody() as actor:
        assert not queries.case(code, actor).asks_second_eyes


def test_an_action_that_can_wait_comes_back_on_its_day_and_the_case_with_it() -> None:
    code = weighed(saw=SLEEPERS)
    until = timezone.localdate() + timedelta(days=3)
    for wrong in ({"until": until - timedelta(days=4)}, {"reason": ""}):
        with pytest.raises(DomainError):
            do(actions.put_off_action, code, "place_lookup", **{"until": until, "reason": "not_safe"} | wrong)
    do(actions.put_off_action, code, "place_lookup", until=until, reason="not_safe")
    found = acts(code)["place_lookup"]
    assert (found.state, found.until, found.why_not) == (
        "dated",
        until,
        "Het is nu niet veilig voor iemand",
    )
    with pytest.raises(Conflict):
        do(actions.finish_action, code, "place_lookup")
    with at(end_of(until)):
        assert acts(code)["place_lookup"].open
        do(actions.finish_action, code, "place_lookup")


def test_a_case_of_which_all_is_decided_comes_back_on_the_first_day_that_somebody_named() -> None:
    code = weighed(saw=SLEEPERS)
    until = timezone.localdate() + timedelta(days=3)
    do(actions.put_off_action, code, "place_lookup", until=until, reason="not_safe")
    decide_everything(code)
    assert next_of(code) == ("work_plan", until)


def decide_everything(code: str) -> None:
    """Decide about every action that can be decided about."""
    while ready_ones := [each for line in page(code).lines for each in line.ready]:
        do(actions.refuse_action, code, ready_ones[0].planned.id, reason="not_needed")


def next_of(code: str) -> tuple[str, date]:
    """Return what the next step of a case is, and on which day."""
    with somebody():
        step = NextStep.objects.get(pk__in=[row(code).current_step_id])
    return step.what, timezone.localdate(step.due)


def test_what_is_added_to_a_case_that_waits_opens_it_again() -> None:
    code = weighed(saw=SLEEPERS)
    decide_everything(code)
    assert next_of(code)[0] == "follow_case"
    hear(code, "Een van hen kan nergens heen.")
    assert "bed_tonight" in acts(code)
    assert next_of(code) == ("work_plan", timezone.localdate())


def test_a_fact_that_is_pressed_opens_a_case_that_waits() -> None:
    code = weighed(saw=SLEEPERS)
    decide_everything(code)
    say(code, "tonight", "nowhere")
    assert next_of(code) == ("work_plan", timezone.localdate())


def test_an_answer_opens_a_case_that_waits() -> None:
    code = weighed(saw=f"{HELP} Zij kan nergens heen.")
    start(code, "bed_tonight")
    sent = ready(code).send("person")
    decide_everything(code)
    assert next_of(code)[0] == "follow_case"
    with somebody() as actor:
        referrals.note_answer(code=sent, answer="geen_plek", on=timezone.localdate(), actor=actor)
    assert next_of(code) == ("work_plan", timezone.localdate())


def test_danger_that_is_pressed_in_a_case_at_its_plan_says_why_it_stands_first() -> None:
    code = weighed(saw=SLEEPERS)
    do(actions.finish_action, code, "ask_wish")
    say(code, "danger", "now")
    with somebody():
        step = NextStep.objects.get(pk__in=[row(code).current_step_id])
    assert (step.urgent, step.because) == (True, "facts")


def test_a_child_in_the_words_counts_until_somebody_says_otherwise() -> None:
    code = taken_in(saw="Een meisje van 16 jaar slaapt er.", minor="no")
    assert fact(code, "minor").values == {"yes"}
    assert "child_vt" in acts(code)
    say(code, "minor", "no")
    assert fact(code, "minor").values == {"no"}
    hear(code, "Haar zusje van 15 jaar is er ook.")
    assert fact(code, "minor").values == {"yes"}


def test_a_wish_that_is_recorded_opens_the_case_again() -> None:
    code = weighed(saw=SLEEPERS)
    decide_everything(code)
    with somebody() as actor:
        actions.record_wish(actor=actor, code=code, wish="yes")
    assert acts(code)["care_refer"].open
    assert next_of(code)[0] == "work_plan"


def test_a_wish_that_turns_says_what_came_and_what_went() -> None:
    code = weighed(saw=SLEEPERS)
    say(code, "wish", "no")
    change = say(code, "wish", "yes")
    says = page(code).pack.plan_actions
    assert says["care_refer"].says.nl in change.new
    assert says["keep_open"].says.nl in change.gone


def test_what_was_decided_can_be_taken_up_again() -> None:
    code = weighed(saw=SLEEPERS)
    do(actions.finish_action, code, "place_lookup")
    assert acts(code)["place_lookup"].state == "done"
    with pytest.raises(Conflict):
        do(actions.finish_action, code, "place_lookup")
    do(actions.take_up_again, code, "place_lookup")
    assert acts(code)["place_lookup"].open


def test_an_action_of_another_plan_is_absent() -> None:
    code = weighed(saw=SLEEPERS)
    for action in ("organ_police", "no_such_action"):
        with pytest.raises(Absent):
            do(actions.finish_action, code, action)
        with pytest.raises(Absent):
            start(code, "care_advice", action)


def test_nothing_is_sent_from_a_case_that_was_not_weighed() -> None:
    code = taken_in(saw=HELP)
    with pytest.raises(DomainError):
        start(code, "care_refer")


def test_a_closed_case_shows_its_plan_and_changes_nothing() -> None:
    code = taken_in(saw=SLEEPERS)
    weigh(code, "close")
    with somebody() as actor:
        actions.close_case(
            ended=ENDED, actor=actor, code=code, outcome="partner_acts", tell="outcome", reason="not_enough"
        )
    assert not page(code).head.open
    with pytest.raises(DomainError):
        say(code, "forced", "yes")


def test_a_transfer_is_an_action_that_was_asked_and_is_open_again_when_it_ends() -> None:
    code = weighed(saw=SLEEPERS)
    say(code, "territory", "in_region")
    do(actions.finish_action, code, "ask_wish")
    with somebody() as actor:
        actions.answer_residents_question(
            actor=actor, code=code, answer="care_joins", first_step="nothing_first"
        )
    who = samples.actor(FOCAL)
    sent = samples.hand_over(code, who, way="secure_mail")
    found = acts(code)["transfer_region"]
    assert (found.state, found.became and found.became["code"]) == ("asked", sent)
    with acting(who):
        exchanges.recall_transfer(code=sent, reason="mistake", actor=who)
    assert acts(code)["transfer_region"].open


def test_closing_says_what_nobody_decided_about(client_for: ClientFor) -> None:
    code, client = weighed(saw=SLEEPERS), client_for(FOCAL)
    address = f"/werk/casussen/{code}/afsluiten/"
    assert "besloot nog niemand" not in client.get(address).text
    do(actions.finish_action, code, "place_lookup")
    number = sum(each.open for each in acts(code).values())
    body = client.get(address).text
    assert f"Over {number} acties van het plan besloot nog niemand" in body
    says = page(code).pack.plan_actions
    assert says["ask_wish"].says.nl in body
    assert says["place_lookup"].says.nl not in body


# Whose it is


def test_another_municipality_sees_no_plan() -> None:
    code = taken_in()
    with pytest.raises(Absent):
        page(code, who=ELSEWHERE)
    with somebody(ELSEWHERE) as actor, pytest.raises(Absent):
        actions.set_fact(actor=actor, code=code, fact="forced", values=["yes"])


def test_opening_the_plan_is_a_read_and_setting_a_fact_names_the_fact_and_no_value() -> None:
    code = taken_in(saw=SLEEPERS)
    page(code)
    say(code, "forced", "perhaps")
    lines = Event.objects.filter(action="case.plan")
    assert [each.purpose for each in lines if each.purpose.startswith("fact.")] == ["fact.forced"]
    assert not any("perhaps" in str(each.__dict__) for each in lines)


# The page


def test_the_page_says_what_changed_and_shows_a_refusal_in_words(client_for: ClientFor) -> None:
    code, client = weighed(saw=SLEEPERS), client_for(FOCAL)
    address = f"/werk/casussen/{code}/plan/"
    body = client.get(address).content.decode()
    assert "Wat u kunt doen" in body
    revision = page(code).head.revision
    answer = client.post(
        f"{address}feit/", {"fact": "wish", "values": "yes", "revision": revision}, follow=True
    )
    assert "Het plan is veranderd." in answer.content.decode()
    stale = client.post(f"{address}feit/", {"fact": "wish", "values": "no", "revision": revision})
    assert stale.status_code == 422
    unknown = client.post(f"{address}actie/", {"action": "organ_police", "what": "finish"})
    assert unknown.status_code == 422
    assert "staat niet meer in het plan" in unknown.content.decode()
    sent = {"action": "place_lookup", "what": "refuse", "reason": "andere_reden", "reason_text": " "}
    refused = client.post(f"{address}actie/", sent)
    assert refused.status_code == 422
    assert re.search(r'value="andere_reden"\s+selected', refused.content.decode())


def test_from_the_plan_to_the_page_where_it_is_composed(client_for: ClientFor) -> None:
    code, client = weighed(saw=HELP), client_for(FOCAL)
    revision = page(code).head.revision
    answer = client.post(
        f"/werk/casussen/{code}/plan/actie/",
        {"action": "care_refer", "what": "start", "revision": revision},
        follow=True,
    )
    assert answer.redirect_chain[-1][0] == f"/werk/casussen/{code}/doorzetten/"
    assert answer.status_code == 200
    with somebody():
        assert Track.objects.get(case__code=code, kind="person").state == Track.State.WAITS
