"""Where two parts of a case meet: each is right by itself, and nothing is lost between the two."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.journeys.cases.matters import YES, filed, opened, row, somebody, taken_in, weighed
from tests.journeys.cases.test_picture import PLATE, whole
from tests.journeys.cases.test_plan import HELP, SLEEPERS, acts, do, fact, next_of, page, ready, say, start
from tests.journeys.referrals.situations import make_ready

from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.drafts import NewSubject
from sluitend.journeys.cases.journey import RECALL_OR_LEAVE
from sluitend.journeys.cases.queries.earlier import earlier_for_case
from sluitend.journeys.cases.reach import Reach
from sluitend.journeys.exchanges.offers import transfer_offer
from sluitend.journeys.exchanges.parts import against_wish
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals import queries as referral_queries
from sluitend.journeys.referrals.choosing import ticked_beforehand
from sluitend.kernel.access.acting import acting
from sluitend.kernel.followup.models import NextStep

pytestmark = pytest.mark.django_db


def put_off_what_is_for_today(code: str) -> None:
    """Let all that is for today wait until tomorrow."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    while now := [each for line in page(code).lines for each in line.ready if each.today]:
        do(actions.put_off_action, code, now[0].planned.id, until=tomorrow, reason="not_safe")


def test_what_was_put_off_comes_back_on_its_day_while_other_actions_are_open() -> None:
    code = weighed(saw=SLEEPERS)
    put_off_what_is_for_today(code)
    assert any(line.ready for line in page(code).lines)
    what, day = next_of(code)
    assert (what, day <= timezone.localdate() + timedelta(days=1)) == ("work_plan", True)


@pytest.mark.parametrize("how", ["read", "telephone"])
def test_an_answer_is_in_the_plan_when_somebody_is_faster_than_the_worker(how: str) -> None:
    code = weighed(saw=f"{HELP} Zij kan nergens heen.")
    start(code, "bed_tonight")
    case = ready(code)
    sent = case.accepted("person")
    with acting(case.care):
        referrals.feed_back(code=sent, answer="geen_plek", actor=case.care)
    with somebody() as actor:
        if how == "read":
            referrals.handle_answer(code=sent, tell="", actor=actor)
        else:
            referrals.note_answer(code=sent, answer="doorgezet", on=timezone.localdate(), actor=actor)
    assert fact(code, "bed_answer").values == {"no_bed"}
    assert "bed_bridge" in acts(code)


def test_a_child_that_nobody_looked_at_stays_first_when_a_letter_comes_back() -> None:
    code = weighed(saw=HELP)
    start(code, "care_refer")
    case = ready(code)
    sent = case.send("person")
    say(code, "minor", "yes")
    with acting(case.care):
        referrals.return_(code=sent, actor=case.care, reason="andere_reden", sentence="Niet van ons")
    with somebody() as actor:
        referrals.handle_answer(code=sent, tell="", actor=actor)
        step = row(code).current_step
    assert step is not None
    assert (step.because, step.minor) == ("facts", True)


def test_who_was_added_is_there_whatever_was_said_before_and_can_be_denied_after() -> None:
    code = weighed(saw="Er staan kisten.", people="", where="", company="", kvk="")
    say(code, "people", "no")
    say(code, "place", "none")
    with somebody() as actor:
        new = NewSubject(kind="person", name="Vrouw met kind", roles=("possible_victim",))
        actions.add_subject(actor=actor, code=code, new=new)
    with somebody() as actor:
        actions.add_subject(actor=actor, code=code, new=NewSubject(kind="place", name="Kade 3, De Lier"))
    assert fact(code, "people").values == {"yes"}
    assert fact(code, "place").values == {"known"}
    say(code, "people", "no")
    assert fact(code, "people").values == {"no"}


def test_how_somebody_who_is_added_can_never_be_reached_goes_before_what_was_said() -> None:
    code = weighed(saw=HELP)
    say(code, "contact", "safe")
    never = NewSubject(kind="person", name="Vrouw", reach=Reach(never="Nooit bellen"))
    with somebody() as actor:
        actions.add_subject(actor=actor, code=code, new=never)
    assert fact(code, "contact").values == {"unsafe"}


def test_why_a_letter_stayed_is_not_told_as_why_it_is_done() -> None:
    case = make_ready()
    code = case.accepted("place")
    say(case.case, "embassy", "yes")
    with somebody() as actor:
        referrals.let_stand(code=code, reason="not_needed", actor=actor)
    with acting(case.inspector):
        referrals.feed_back(code=code, answer="afgesloten", actor=case.inspector)
    with somebody() as actor:
        referrals.handle_answer(code=code, tell="", actor=actor)
    (past,) = [each for each in page(case.case).past if each.id == "work_inspect"]
    assert (past.state, past.stays) == ("done", "")
    with somebody() as actor:
        told = next(each for each in transfer_offer(case.case, actor).parts if each.part == "plan")
    assert "Dit is hier niet nodig" not in told.text


def test_a_link_that_was_taken_back_on_the_other_side_holds_no_more() -> None:
    here, there = (
        taken_in(plate=PLATE, where="Kade 3, De Lier"),
        taken_in(plate=PLATE, where="Plein 8, Naaldwijk"),
    )
    with somebody() as actor:
        actions.link_earlier(actor=actor, code=here, earlier_id=row(there).id)
    assert [each.code for each in whole(here).lanes] == [here, there]
    with somebody() as actor:
        (found,) = [each for each in earlier_for_case(row(there), actor) if each.code == here]
        actions.dismiss_earlier(actor=actor, code=there, earlier_id=found.id)
    for code in (here, there):
        assert [each.code for each in whole(code).lanes] == [code]
        with somebody() as actor:
            assert not queries.measures_page(code, actor).linked
            assert queries.case_for_referral(code, actor).earlier == 0


def test_a_form_that_a_later_report_names_is_in_the_plan() -> None:
    code = weighed(saw="Zij werken lang.", form="arbeidsuitbuiting")
    report = filed(saw="Er komen mannen langs.", form="seksuele_uitbuiting")
    with somebody() as actor:
        actions.add_to_case(actor=actor, report=opened(report, actor), judgement=YES, case_code=code)
    assert fact(code, "form").values == {"arbeidsuitbuiting", "seksuele_uitbuiting"}


def test_who_decided_against_an_earlier_wish_did_not_decide_against_this_one() -> None:
    code = weighed(saw=HELP)
    with somebody() as actor:
        actions.record_wish(actor=actor, code=code, wish="no")
    with somebody() as actor:
        actions.act_against_wish(actor=actor, code=code, ground="danger", text="Dat bleek")
    with somebody() as actor:
        actions.record_wish(actor=actor, code=code, wish="no", wants_not="Geen politie")
    assert may_be_named(code)
    say(code, "wish", "yes")
    with somebody() as actor:
        actions.record_wish(actor=actor, code=code, wish="no")
    assert not may_be_named(code)
    assert page(code).wish_stands_in_way


def may_be_named(code: str) -> bool:
    """Whether who it is about may be told to another municipality, by what was decided about the wish."""
    with somebody() as actor:
        return not against_wish(queries.case_for_referral(code, actor))


def test_a_name_that_a_partner_has_and_may_not_have_any_more_is_asked_back() -> None:
    code = weighed(saw=HELP)
    new = NewSubject(
        kind="person",
        name="Ana Pop",
        roles=("possible_victim",),
        identifiers=(("name_birth", "Ana Pop|1990-03-12"),),
    )
    with somebody() as actor:
        actions.add_subject(actor=actor, code=code, new=new)
    say(code, "wish", "yes")
    say(code, "may_know", "all")
    start(code, "care_refer")
    case = ready(code)
    offer = case.offer("person")
    names = {each.id for each in offer.parts if each.part == "person_name" and each.allowed}
    assert names
    sent = case.send("person", parts=ticked_beforehand(offer) | names)
    assert not asked_back(sent)
    say(code, "may_know", "nobody")
    assert asked_back(sent)
    assert acts(code)["care_refer"].held_up
    with somebody() as actor:
        assert "Naam" in referral_queries.sent(sent, actor).out_of_plan
    say(code, "may_know", "all")
    assert not asked_back(sent)


def asked_back(code: str) -> bool:
    """Whether somebody is asked what becomes of a letter."""
    with somebody():
        return NextStep.objects.filter(code=code, what=RECALL_OR_LEAVE, done__isnull=True).exists()
