"""What went to a partner and the plan asks no more stands on Vandaag: it is taken back, or left."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests import samples
from tests.journeys.cases.matters import DEPUTY, ELSEWHERE, FOCAL, somebody
from tests.journeys.cases.test_plan import acts, page, say
from tests.journeys.referrals.situations import Ready
from tests.journeys.visits.situations import Town
from tests.journeys.visits.test_plans_hear_of_it import CARE, INSPECTOR, at_the_place, tell
from tests.reading import as_read

from sluitend.journeys.cases.journey import RECALL_OR_LEAVE
from sluitend.journeys.cases.models import TimelineEvent
from sluitend.journeys.referrals import actions, queries
from sluitend.journeys.referrals.actions.telling import tell_cases
from sluitend.journeys.visits import actions as visits
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.sealing.envelopes import open_envelope

type ClientFor = Callable[[str], Client]
WAITS = "Iemand vroeg om bij deze plek te wachten."
EMBASSY = "Bij een ambassade kan de gemeente niet zelf optreden."


def sent(town: Town, **chosen: str) -> tuple[str, str]:
    """Return a case about the greenhouse, and a letter of it that the inspectorate has."""
    case = at_the_place(town)
    samples.weigh(case, town.focal_point)
    samples.compose(case, town.focal_point)
    letter = Ready(case, town.focal_point, samples.actor(INSPECTOR), samples.actor(CARE))
    return case, letter.send(**chosen)


def asked(code: str) -> int:
    """Return how often somebody is asked what becomes of a letter."""
    with somebody():
        return NextStep.objects.filter(code=code, what=RECALL_OR_LEAVE, done__isnull=True).count()


def told(case: str) -> list[str]:
    """Return what the timeline says."""
    with somebody() as actor, in_dutch():
        events = TimelineEvent.objects.filter(case__code=case).order_by("at", "id")
        return [
            (
                open_envelope(each.case.envelope_id, actor=actor, purpose="test").read(each, "content") or {}
            ).get("text", "")
            for each in events
        ]


def row(client: Client, code: str) -> str:
    """Return the row of Vandaag that asks what becomes of a letter."""
    found = re.findall(r'<li class="sl-step.*?</li>', client.get("/werk/").text, re.DOTALL)
    read = [as_read(re.sub("<[^>]+>", " ", each)) for each in found]
    return next(each for each in read if code in each and "Haal het terug" in each)


def lift(town: Town, code: str) -> None:
    """Let a wait request end, and the cases hear it as the job lets them."""
    town.do(town.focal_point, visits.note_lift, code=code, reason="asker_done", whom="Rechercheur")
    tell(town, code)


def test_a_wait_request_comes_goes_and_comes_again(town: Town, client_for: ClientFor) -> None:
    """No step is lost and none is double, however often the plan changes back."""
    case, code = sent(town)
    assert asked(code) == 0
    first = town.note_wait_request()
    tell(town, first)
    tell(town, first)
    say(case, "forced", "yes")
    assert asked(code) == 1
    read = row(client_for(FOCAL), code)
    assert WAITS in read
    assert "Vandaag. Nederlandse Arbeidsinspectie heeft dit nog" in read
    assert acts(case)["work_inspect"].state == "asked"
    lift(town, first)
    say(case, "forced", "perhaps")
    assert asked(code) == 0
    second = town.note_wait_request()
    tell(town, second)
    assert asked(code) == 1
    assert sum(f"{code} ging al" in each for each in told(case)) == 2
    with acting(town.focal_point):
        actions.recall(code=code, reason=actions.BY_PLAN, actor=town.focal_point)
    assert asked(code) == 0
    assert acts(case)["work_inspect"].waits
    lift(town, second)
    assert acts(case)["work_inspect"].open
    assert not acts(case)["work_inspect"].waits
    assert asked(code) == 0


def test_what_stays_is_not_asked_again_until_the_plan_asked_it_in_between(town: Town) -> None:
    case, code = sent(town)
    first = town.note_wait_request()
    tell(town, first)
    with acting(town.focal_point):
        actions.let_stand(code=code, reason="not_needed", actor=town.focal_point)
    say(case, "forced", "yes")
    tell(town, first)
    assert asked(code) == 0
    stays = acts(case)["work_inspect"]
    assert (stays.state, stays.held_up, stays.why_not) == ("asked", True, "Dit is hier niet nodig")
    assert f"{code} blijft staan: Dit is hier niet nodig" in told(case)
    lift(town, first)
    assert acts(case)["work_inspect"].why_not == ""
    tell(town, town.note_wait_request())
    assert asked(code) == 1


def test_a_fact_that_lifts_the_action_says_which_rule_did(town: Town, client_for: ClientFor) -> None:
    case, code = sent(town)
    say(case, "embassy", "yes")
    assert asked(code) == 1
    assert EMBASSY in row(client_for(FOCAL), code)
    shown = client_for(FOCAL).get(f"/werk/doorgezet/{code}/").text
    assert EMBASSY in shown
    assert "Haal terug, of laat staan" in shown
    assert f"/werk/doorgezet/{code}/" in client_for(FOCAL).get(f"/werk/casussen/{case}/plan/").text
    say(case, "embassy", "no")
    assert asked(code) == 0
    assert "Haal terug, of laat staan" not in client_for(FOCAL).get(f"/werk/doorgezet/{code}/").text


def test_danger_that_takes_a_letter_out_asks_at_once_and_stands_first(town: Town) -> None:
    case = at_the_place(town)
    samples.weigh(case, town.focal_point)
    letter = Ready(case, town.focal_point, samples.actor(INSPECTOR), samples.actor(CARE))
    samples.compose(case, town.focal_point, "care_refer", wish="yes")
    code = letter.send("person")
    say(case, "danger", "now")
    with somebody():
        step = NextStep.objects.get(code=code, what=RECALL_OR_LEAVE, done__isnull=True)
    assert step.urgent


def test_one_press_takes_it_back_and_another_press_is_told_so(town: Town, client_for: ClientFor) -> None:
    case, code = sent(town)
    say(case, "embassy", "yes")
    press = {"reason": "plan"}
    answer = client_for(FOCAL).post(f"/werk/doorgezet/{code}/terughalen/", press, follow=True)
    assert "Teruggehaald." in answer.text
    again = client_for(DEPUTY).post(f"/werk/doorgezet/{code}/terughalen/", press, follow=True)
    assert "Teruggehaald. Wat al" not in again.text
    stays = client_for(DEPUTY).post(f"/werk/doorgezet/{code}/laten-staan/", {"reason": "not_needed"})
    assert stays.status_code == 422
    assert "work_inspect" not in acts(case)
    assert not page(case).past
    with somebody():
        assert Event.objects.filter(action="referral.recall", purpose="plan").count() == 1


@pytest.mark.parametrize("reason", ["", "andere_reden", "onzin", "plan", "x" * 5000])
def test_a_letter_stays_with_a_prepared_reason_only(town: Town, client_for: ClientFor, reason: str) -> None:
    case, code = sent(town)
    say(case, "embassy", "yes")
    answer = client_for(FOCAL).post(f"/werk/doorgezet/{code}/laten-staan/", {"reason": reason})
    assert answer.status_code == 422
    assert "Kies een reden." in answer.text
    assert asked(code) == 1


def test_what_the_plan_asks_is_neither_left_nor_taken_back_by_it(town: Town) -> None:
    _case, code = sent(town)
    for verb, reason in ((actions.recall, actions.BY_PLAN), (actions.let_stand, "not_needed")):
        with acting(town.focal_point), pytest.raises(Conflict):
            verb(code=code, reason=reason, actor=town.focal_point)
    elsewhere = samples.actor(ELSEWHERE)
    with acting(elsewhere), pytest.raises((Absent, Refused)):
        actions.let_stand(code=code, reason="not_needed", actor=elsewhere)
    inspector = samples.actor(INSPECTOR)
    with acting(inspector), pytest.raises((Absent, Refused, DomainError)):
        actions.let_stand(code=code, reason="not_needed", actor=inspector)


def test_a_reminder_or_a_question_does_not_end_what_is_asked(town: Town) -> None:
    case, code = sent(town)
    inspector = samples.actor(INSPECTOR)
    say(case, "embassy", "yes")
    with acting(town.focal_point):
        actions.remind(code=code, actor=town.focal_point)
    assert asked(code) == 1
    with acting(inspector):
        actions.accept(code=code, actor=inspector)
        actions.ask(code=code, text="Wie gaat er mee?", actor=inspector)
    with acting(town.focal_point):
        actions.answer_question(code=code, text="Niemand", actor=town.focal_point)
    assert asked(code) == 1
    with acting(inspector):
        actions.feed_back(code=code, answer="opgepakt", actor=inspector)
    with acting(system_actor(town.organisation_id)) as system:
        tell_cases(system)
    assert asked(code) == 1
    with acting(town.focal_point):
        actions.handle_answer(code=code, tell="", actor=town.focal_point)
    assert asked(code) == 1


def test_an_answer_that_takes_its_own_letter_out_asks_nothing(town: Town) -> None:
    case, code = sent(town)
    inspector = samples.actor(INSPECTOR)
    with acting(inspector):
        actions.accept(code=code, actor=inspector)
        actions.feed_back(code=code, answer="opgepakt", actor=inspector)
    with acting(system_actor(town.organisation_id)) as system:
        tell_cases(system)
    assert acts(case)["work_inspect"].held_up
    assert asked(code) == 0
    say(case, "embassy", "yes")
    assert asked(code) == 0


def test_an_answer_that_nobody_read_stands_on_the_timeline_when_the_letter_is_taken_back(town: Town) -> None:
    case, code = sent(town)
    inspector = samples.actor(INSPECTOR)
    say(case, "embassy", "yes")
    with acting(inspector):
        actions.accept(code=code, actor=inspector)
        actions.feed_back(code=code, answer="opgepakt", actor=inspector)
    with acting(town.focal_point):
        actions.recall(code=code, reason=actions.BY_PLAN, actor=town.focal_point)
    said = told(case)
    answer = next(number for number, each in enumerate(said) if f"{code}: " in each and "Nederlandse" in each)
    assert answer < said.index(f"{code} teruggehaald")


def test_an_answer_after_it_was_taken_back_is_told_in_words(town: Town, client_for: ClientFor) -> None:
    case, code = sent(town)
    inspector = samples.actor(INSPECTOR)
    with acting(inspector):
        actions.accept(code=code, actor=inspector)
    say(case, "embassy", "yes")
    with acting(town.focal_point):
        actions.recall(code=code, reason=actions.BY_PLAN, actor=town.focal_point)
    for way, words in (
        ("antwoord", {"answer": "opgepakt", "text": "Wij zijn er al"}),
        ("vraag", {"text": "Nu?"}),
    ):
        late = client_for(INSPECTOR).post(f"/werk/ontvangen/{code}/{way}/", words)
        assert late.status_code == 422
        assert "De gemeente heeft dit teruggehaald." in late.text
        assert words["text"] in late.text
    noted = client_for(FOCAL).get(f"/werk/doorgezet/{code}/antwoord/", follow=True)
    assert "Hier kan geen antwoord meer bij. Noteer het in de casus." in noted.text


def test_what_ended_before_is_not_asked_about(town: Town) -> None:
    case, code = sent(town)
    inspector = samples.actor(INSPECTOR)
    with acting(inspector):
        actions.accept(code=code, actor=inspector)
        actions.feed_back(code=code, answer="afgesloten", actor=inspector)
    with acting(town.focal_point):
        actions.handle_answer(code=code, tell="", actor=town.focal_point)
    say(case, "embassy", "yes")
    assert asked(code) == 0


def test_the_page_of_a_sheet_says_to_ring_first(town: Town) -> None:
    case, code = sent(town, channel="phone")
    say(case, "embassy", "yes")
    with acting(town.focal_point):
        view = queries.sent(code, town.focal_point)
    assert view.how_to_recall.startswith("De partner heeft het blad. Bel")
    assert view.may_recall
