"""The plan of a case knows that somebody asked to leave its place alone, until that ended."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.cases.matters import FOCAL, weigh
from tests.journeys.cases.test_plan import acts, decide_everything, fact, next_of, say
from tests.journeys.referrals.situations import Ready
from tests.journeys.visits.situations import GREENHOUSE, Town, consulted
from tests.packs import den_haag

from sluitend.demo.clock import at
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.drafts import NewSubject
from sluitend.journeys.cases.models import TimelineEvent
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals.actions.telling import tell_cases
from sluitend.journeys.referrals.waiting import Wait
from sluitend.journeys.visits import actions
from sluitend.journeys.visits.actions.hearing import tell_plans
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.organisations.models import Organisation

INSPECTOR, CARE = "nla@arbeidsinspectie.example", "zorg@shop.example"
ELSEWHERE = Place(address="Zwethlaan 8, Honselersdijk")


def at_the_place(town: Town) -> str:
    """Return a case about the greenhouse."""
    code, _receipt = samples.file_report(Organisation.objects.get(pk=town.organisation_id))
    case = samples.take_in(code, town.focal_point)
    there = NewSubject("place", "Kas", identifiers=(("address", GREENHOUSE.address),))
    town.do(town.focal_point, cases.add_subject, code=case, new=there)
    return case


def tell(town: Town, code: str) -> None:
    """Let the cases go on by a wait request, as the job does."""
    row = town.wait_request(code)
    with acting(system_actor(town.organisation_id)) as system:
        tell_plans(row.id, system)


def waits_for_holder(case: str) -> set[str]:
    """Return the actions that wait for whoever asked to wait."""
    return {
        name for name, each in acts(case).items() if any(lock.id == "holder" for lock in each.planned.locks)
    }


def test_a_wait_request_locks_the_place_in_the_plan_and_leaves_help_alone(town: Town) -> None:
    case = at_the_place(town)
    assert not waits_for_holder(case)
    code = town.note_wait_request()
    held = fact(case, "hold")
    assert held.values == {"asked"}
    assert [each.code for each in held.sources] == [code]
    locked = waits_for_holder(case)
    assert locked
    assert not any(each.startswith(("care", "child", "bed", "danger", "call")) for each in locked)


def test_what_the_police_ask_by_themselves_is_in_the_plan_before_anybody_read_it(town: Town) -> None:
    case, code = at_the_place(town), town.ask()
    town.catch_up()
    assert waits_for_holder(case)
    tell(town, code)
    with acting(town.focal_point):
        told = TimelineEvent.objects.filter(case__code=case, what=TimelineEvent.What.FACTS)
        assert told.count() == 1


def test_a_case_that_comes_after_the_wait_request_knows_it_too(town: Town) -> None:
    town.note_wait_request()
    assert waits_for_holder(at_the_place(town))


def test_a_case_about_another_place_hears_nothing(town: Town) -> None:
    case = at_the_place(town)
    town.note_wait_request(ELSEWHERE)
    assert fact(case, "hold").unknown
    assert not waits_for_holder(case)


def test_nobody_presses_away_what_still_binds(town: Town) -> None:
    case = at_the_place(town)
    code = town.note_wait_request()
    say(case, "hold", "none")
    assert [each.code for each in fact(case, "hold").sources] == [code]
    assert waits_for_holder(case)


def test_that_a_partner_works_there_says_more_than_a_wait_request(town: Town) -> None:
    case = at_the_place(town)
    say(case, "hold", "active")
    town.note_wait_request()
    assert fact(case, "hold").values == {"active"}


def test_a_letter_about_the_place_that_was_begun_before_waits_too(
    town: Town, client_for: Callable[[str], Client]
) -> None:
    case = at_the_place(town)
    samples.weigh(case, town.focal_point)
    samples.compose(case, town.focal_point)
    letter = Ready(case, town.focal_point, samples.actor(INSPECTOR), samples.actor(CARE))
    code = town.note_wait_request()
    with pytest.raises(DomainError) as refused:
        letter.send()
    assert "overlegd met wie om wachten vroeg" in refused.value.message
    assert acts(case)["work_inspect"].state == "begun"
    shown = client_for(FOCAL).get(f"/werk/casussen/{case}/doorzetten/").text
    assert "Dit kan nu niet worden verstuurd." in shown
    assert "overlegd met wie om wachten vroeg" in shown
    town.do(town.focal_point, actions.note_lift, code=code, reason="asker_done", whom="Rechercheur")
    letter.send()
    assert acts(case)["work_inspect"].state == "asked"


def test_a_letter_about_the_place_that_a_guard_takes_out_of_the_plan_does_not_go(town: Town) -> None:
    case = at_the_place(town)
    samples.weigh(case, town.focal_point)
    samples.compose(case, town.focal_point)
    say(case, "embassy", "yes")
    with pytest.raises(DomainError) as refused:
        Ready(case, town.focal_point, samples.actor(INSPECTOR), samples.actor(CARE)).send()
    assert den_haag().plan_rules["embassy_limits"].because.nl in refused.value.message


def test_what_the_asker_lifts_locks_nothing_any_more(town: Town) -> None:
    case, code = at_the_place(town), town.ask()
    town.catch_up()
    town.do(town.police, actions.lift, code=code, reason="asker_done")
    town.catch_up()
    assert_free(case)


def test_what_was_lifted_by_telephone_locks_nothing_any_more(town: Town) -> None:
    case, code = at_the_place(town), town.note_wait_request()
    town.do(town.focal_point, actions.note_lift, code=code, reason="asker_done", whom="Rechercheur")
    assert_free(case)


def test_what_the_mayor_ends_locks_nothing_any_more(town: Town) -> None:
    case, code = at_the_place(town), town.note_wait_request()
    town.do(town.manager, actions.lift_for_mayor, code=code, reason="consulted", sentence="Besluit.")
    assert_free(case)


@pytest.mark.parametrize("by_account", [False, True])
def test_what_ends_after_its_day_locks_nothing_any_more(town: Town, by_account: bool) -> None:
    with at(timezone.now() - timedelta(days=15)):
        code = town.ask()
        town.catch_up()
    case = at_the_place(town)
    town.pass_wait_requests(timezone.localdate())
    assert waits_for_holder(case)
    if by_account:
        town.answer(code, town.ask_after(code), "go_ahead")
        town.catch_up()
    else:
        town.do(town.focal_point, actions.consult_after, code=code, what=consulted("go_ahead"))
    assert_free(case)


def assert_free(case: str) -> None:
    """See that nothing asks to leave the place alone."""
    assert not waits_for_holder(case)
    assert fact(case, "hold").unknown


def test_what_a_partner_asked_in_its_answer_locks_nothing_once_it_was_lifted(town: Town) -> None:
    case = at_the_place(town)
    samples.weigh(case, town.focal_point)
    samples.compose(case, town.focal_point)
    sent = Ready(case, town.focal_point, samples.actor(INSPECTOR), samples.actor(CARE)).accepted()
    inspector = samples.actor(INSPECTOR)
    wait = Wait(until=timezone.localdate() + timedelta(days=9), contact="Meldkamer", telephone="070-1234567")
    with acting(inspector):
        referrals.feed_back(code=sent, answer="wacht", wait=wait, actor=inspector)
    with acting(system_actor(town.organisation_id)) as system:
        tell_cases(system)
    town.catch_up()
    codes = [each.code for each in fact(case, "hold").sources]
    assert codes
    for code in codes:
        assert waits_for_holder(case)
        town.do(town.focal_point, actions.note_lift, code=code, reason="asker_done", whom="Rechercheur")
        tell(town, code)
    assert_free(case)


def test_as_long_as_one_of_two_binds_the_place_is_left_alone(town: Town) -> None:
    case = at_the_place(town)
    first, second = town.note_wait_request(), town.note_wait_request()
    town.do(town.focal_point, actions.note_lift, code=second, reason="asker_done", whom="Rechercheur")
    assert [each.code for each in fact(case, "hold").sources] == [first]
    assert waits_for_holder(case)


def test_a_case_that_waits_goes_on_by_it_at_once(town: Town) -> None:
    case = at_the_place(town)
    weigh(case)
    decide_everything(case)
    assert next_of(case)[0] == "follow_case"
    tell(town, town.note_wait_request())
    what, day = next_of(case)
    assert (what, day <= timezone.localdate() + timedelta(days=7)) == ("work_plan", True)
