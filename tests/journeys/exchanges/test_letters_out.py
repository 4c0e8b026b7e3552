"""A letter that is out while its case goes or closes, or whose own term passes: nobody loses its answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests import samples
from tests.journeys.cases.matters import FOCAL, somebody
from tests.journeys.cases.test_plan import acts, say
from tests.journeys.referrals.situations import Ready
from tests.journeys.visits.situations import Town, make_town
from tests.journeys.visits.test_plans_hear_of_it import CARE, INSPECTOR, at_the_place, tell
from tests.journeys.visits.test_recall_or_leave import asked, sent, told

from sluitend.journeys.exchanges import actions as exchanges
from sluitend.journeys.referrals import actions
from sluitend.journeys.referrals.actions.telling import tell_cases
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.expiring import expire_passed
from sluitend.kernel.followup.models import NextStep

type ClientFor = Callable[[str], Client]


@pytest.fixture
def town(db: None) -> Town:
    """Westland, with who asks to wait."""
    return make_town()


def pass_term(town: Town, code: str) -> None:
    """Let the day after the term of a letter come, as the clock does."""
    with acting(system_actor(town.organisation_id)) as system:
        day = Referral.objects.get(code=code).expires + timedelta(days=1)
        assert expire_passed(Referral, actor=system, today=day) == 1


def give_back(code: str, town: Town) -> None:
    """Let the inspectorate give a letter back, and the case hear it."""
    who = samples.actor(INSPECTOR)
    with acting(who):
        actions.return_(code=code, reason="not_ours", actor=who)
    with acting(system_actor(town.organisation_id)) as system:
        tell_cases(system)


def open_steps(code: str) -> set[str]:
    """Return what is to be done about a letter at its sender."""
    with somebody():
        return set(NextStep.objects.filter(code=code, done__isnull=True).values_list("what", flat=True))


def page_of(client: Client, code: str) -> str:
    return client.get(f"/werk/doorgezet/{code}/").text


def ended(code: str) -> None:
    """Let the sender read what came back and end a letter."""
    with somebody() as actor:
        actions.handle_answer(code=code, tell="", actor=actor)


def test_whose_term_passed_is_asked_about_no_more_and_its_answer_is_still_waited_for(
    town: Town, client_for: ClientFor
) -> None:
    case, code = sent(town)
    say(case, "embassy", "yes")
    assert asked(code) == 1
    pass_term(town, code)
    assert asked(code) == 0
    assert open_steps(code) == {"await_partner"}
    assert "Haal terug, of laat staan" not in page_of(client_for(FOCAL), code)


def test_whose_term_passed_before_is_not_asked_about(town: Town) -> None:
    case, code = sent(town)
    pass_term(town, code)
    say(case, "embassy", "yes")
    assert asked(code) == 0
    say(case, "embassy", "no")
    say(case, "embassy", "yes")
    assert asked(code) == 0


def test_what_the_partner_gave_back_is_not_taken_back(town: Town, client_for: ClientFor) -> None:
    case, code = sent(town)
    say(case, "embassy", "yes")
    give_back(code, town)
    assert asked(code) == 0
    assert "De partner heeft dit nog." not in page_of(client_for(FOCAL), code)
    for verb, reason in ((actions.recall, actions.BY_PLAN), (actions.let_stand, "not_needed")):
        with acting(town.focal_point), pytest.raises(Conflict):
            verb(code=code, reason=reason, actor=town.focal_point)
    ended(code)
    assert "work_inspect" not in acts(case)


def test_what_was_given_back_before_is_not_asked_about(town: Town) -> None:
    case, code = sent(town)
    give_back(code, town)
    say(case, "embassy", "yes")
    assert asked(code) == 0


def ready(town: Town) -> str:
    """Return a case about the greenhouse that another municipality may take over."""
    case = at_the_place(town)
    samples.weigh(case, town.focal_point)
    samples.let_go(case, town.focal_point)
    return case


def write(case: str, town: Town) -> str:
    """Send a letter about its place to the inspectorate, and return its code."""
    samples.compose(case, town.focal_point)
    return Ready(case, town.focal_point, samples.actor(INSPECTOR), samples.actor(CARE)).send()


def test_nothing_goes_to_another_municipality_and_nothing_closes_while_a_letter_is_out(town: Town) -> None:
    case = ready(town)
    code = write(case, town)
    say(case, "embassy", "yes")
    with pytest.raises(DomainError, match="doorzetting"):
        samples.hand_over(case, town.focal_point)
    with acting(town.focal_point):
        actions.let_stand(code=code, reason="not_needed", actor=town.focal_point)
    with pytest.raises(DomainError, match="doorzetting"):
        samples.hand_over(case, town.focal_point)
    with acting(town.focal_point):
        actions.recall(code=code, reason="changed", actor=town.focal_point)
    say(case, "embassy", "no")
    assert samples.hand_over(case, town.focal_point).startswith("T")


def test_a_letter_that_goes_while_a_transfer_runs_is_decided_about_and_holds_its_end_up(town: Town) -> None:
    """The case went meanwhile: what the letter asks is still of who sent it."""
    case = ready(town)
    transfer = samples.hand_over(case, town.focal_point)
    code = write(case, town)
    other = samples.actor("af@denhaag.example")
    with acting(other):
        exchanges.accept_transfer(code=transfer, actor=other)
    tell(town, town.note_wait_request())
    assert asked(code) == 1
    with acting(town.focal_point), pytest.raises(DomainError, match="doorzetting"):
        exchanges.finish_transfer(code=transfer, actor=town.focal_point)
    with acting(town.focal_point):
        actions.recall(code=code, reason=actions.BY_PLAN, actor=town.focal_point)
    assert asked(code) == 0
    with acting(town.focal_point):
        exchanges.finish_transfer(code=transfer, actor=town.focal_point)
    assert [open_steps(each) for each in (code, case, transfer)] == [set()] * 3


def test_an_answer_that_comes_after_the_case_went_is_told_here_and_ends_the_letter(town: Town) -> None:
    case = ready(town)
    transfer = samples.hand_over(case, town.focal_point)
    code = write(case, town)
    other, partner = samples.actor("af@denhaag.example"), samples.actor(INSPECTOR)
    with acting(other):
        exchanges.accept_transfer(code=transfer, actor=other)
    with acting(partner):
        actions.accept(code=code, actor=partner)
        actions.feed_back(code=code, answer="afgesloten", actor=partner)
    with acting(system_actor(town.organisation_id)) as system:
        tell_cases(system)
    assert any(f"{code}: " in each for each in told(case))
    ended(code)
    with acting(town.focal_point):
        exchanges.finish_transfer(code=transfer, actor=town.focal_point)
    assert [open_steps(each) for each in (code, case, transfer)] == [set()] * 3
