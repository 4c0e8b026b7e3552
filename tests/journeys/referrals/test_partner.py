"""What a recipient does, and what that leaves behind on both sides."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from tests import samples
from tests.journeys.referrals.situations import Ready

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.journey import PARTNER_ANSWERED, PARTNER_ASKS, PARTNER_RETURNED
from sluitend.journeys.referrals import actions, queries
from sluitend.journeys.referrals.journey import ANSWER_REFERRAL, AWAIT_PARTNER
from sluitend.journeys.referrals.models import Referral, ReferralMessage
from sluitend.journeys.referrals.queries import backgrounds
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.sealing.errors import NotHeld
from sluitend.kernel.telltale import GO
from sluitend.kernel.telltale.leaving import looks_in

pytestmark = pytest.mark.django_db


def open_steps(ready: Ready, code: str) -> tuple[set[str], set[str]]:
    """Return the open steps of the sender and of the inspector."""
    found = []
    for who in (ready.focal_point, ready.inspector):
        with acting(who):
            found.append(
                set(NextStep.objects.filter(code=code, done__isnull=True).values_list("what", flat=True))
            )
    return found[0], found[1]


def test_accepting_is_received_and_asks_an_answer(ready: Ready) -> None:
    code = ready.accepted()
    row = ready.row(code)
    assert (row.state, row.received_on is not None, row.outcome_on) == ("accepted", True, None)
    assert open_steps(ready, code) == ({AWAIT_PARTNER}, {ANSWER_REFERRAL})


def test_accepting_twice_tells_that_somebody_was_first(ready: Ready) -> None:
    code = ready.accepted()
    with acting(ready.inspector), pytest.raises(Conflict):
        actions.accept(code=code, actor=ready.inspector)


def test_nothing_stays_of_what_was_returned(ready: Ready) -> None:
    code = ready.send()
    row = ready.row(code)
    with acting(ready.inspector):
        actions.return_(code=code, reason="not_ours", actor=ready.inspector)
    with acting(ready.inspector):
        with pytest.raises(NotHeld):
            open_envelope(row.envelope_id, actor=ready.inspector, purpose="test")
        with pytest.raises(Absent):
            queries.received(code, ready.inspector)
        assert not queries.received_list(ready.inspector).rows
    sender, partner = open_steps(ready, code)
    assert (PARTNER_RETURNED in sender, partner) == (True, set())
    with acting(ready.focal_point):
        assert queries.sent(code, ready.focal_point).return_reason == "Hoort niet bij ons"


def test_nobody_returns_what_a_colleague_took_on(ready: Ready) -> None:
    code = ready.accepted()
    with acting(ready.inspector), pytest.raises(Conflict):
        actions.return_(code=code, reason="not_ours", actor=ready.inspector)
    assert ready.row(code).state == "accepted"


def test_another_reason_asks_a_sentence_that_the_sender_reads(ready: Ready) -> None:
    code = ready.send()
    with acting(ready.inspector):
        with pytest.raises(DomainError) as raised:
            actions.return_(code=code, reason="andere_reden", actor=ready.inspector)
        assert raised.value.field == "sentence"
    with acting(ready.inspector):
        actions.return_(
            code=code, reason="andere_reden", sentence="Wij zijn verhuisd.", actor=ready.inspector
        )
    with acting(ready.focal_point):
        messages = queries.sent(code, ready.focal_point).content.messages
    assert [message.text for message in messages] == ["Wij zijn verhuisd."]


def test_may_not_say_anything_is_an_answer(ready: Ready) -> None:
    code = ready.accepted()
    with acting(ready.inspector):
        actions.feed_back(code=code, answer="mag_niets_zeggen", actor=ready.inspector)
    row = ready.row(code)
    assert (row.state, row.answered, row.outcome_on) == ("accepted", True, None)
    sender, partner = open_steps(ready, code)
    assert (PARTNER_ANSWERED in sender, partner) == (True, {ANSWER_REFERRAL})


def test_taken_up_leaves_both_sides_open(ready: Ready) -> None:
    code = ready.accepted()
    with acting(ready.inspector):
        actions.feed_back(code=code, answer="opgepakt", actor=ready.inspector)
    row = ready.row(code)
    assert (row.state, row.answered, row.outcome_on, row.passed_on) == ("accepted", True, None, None)
    assert open_steps(ready, code)[1] == {ANSWER_REFERRAL}


def test_passed_on_is_a_fact_of_its_own(ready: Ready) -> None:
    code = ready.accepted()
    with acting(ready.inspector):
        actions.feed_back(code=code, answer="doorgezet", actor=ready.inspector)
    row = ready.row(code)
    assert (row.passed_on is not None, row.outcome_on) == (True, None)


def test_not_ours_goes_back_and_nothing_stays(ready: Ready) -> None:
    code = ready.accepted()
    with acting(ready.inspector):
        actions.feed_back(code=code, answer="niet_van_ons", actor=ready.inspector)
    row = ready.row(code)
    assert (row.state, row.access_ended is not None) == ("returned", True)
    with acting(ready.inspector), pytest.raises(NotHeld):
        open_envelope(row.envelope_id, actor=ready.inspector, purpose="test")


@pytest.mark.parametrize("answer", ["geen_antwoord", "hulp_geboden", "onzin"])
def test_only_codes_of_this_partner_count(ready: Ready, answer: str) -> None:
    code = ready.accepted()
    with acting(ready.inspector), pytest.raises(DomainError):
        actions.feed_back(code=code, answer=answer, actor=ready.inspector)


def test_a_question_goes_to_and_fro(ready: Ready) -> None:
    code = ready.accepted()
    with acting(ready.inspector):
        actions.ask(code=code, text="Is er een hond?", actor=ready.inspector)
    assert PARTNER_ASKS in open_steps(ready, code)[0]
    with acting(ready.focal_point):
        actions.answer_question(code=code, text="Nee.", actor=ready.focal_point)
    sender, partner = open_steps(ready, code)
    assert sender == {AWAIT_PARTNER}
    assert ANSWER_REFERRAL in partner
    with acting(ready.inspector):
        messages = queries.received(code, ready.inspector).content.messages
    assert [(each.text, each.own) for each in messages] == [("Is er een hond?", True), ("Nee.", False)]


def test_an_answer_names_no_place_to_the_inspection_before_the_question_about_the_people(
    ready: Ready,
) -> None:
    code = ready.accepted(parts=ready.rows("area"))
    with acting(ready.inspector):
        actions.ask(code=code, text="Welk adres?", actor=ready.inspector)
    with acting(ready.focal_point) as who:
        cases.answer_residents_question(actor=who, code=ready.case, answer="not_known")
        background = backgrounds.of_sender(code, who)
    text = "Het is Tuinderspad 12 a in De Lier."
    (look,) = looks_in({"text": text}, background)
    looked = {look.key: GO}
    with acting(ready.focal_point) as who, pytest.raises(DomainError, match="bewoners"):
        actions.answer_question(code=code, text=text, looked=looked, actor=who)
    samples.answer_residents(ready.case, ready.focal_point)
    with acting(ready.focal_point) as who:
        actions.answer_question(code=code, text=text, looked=looked, actor=who)
    with acting(ready.inspector):
        assert queries.received(code, ready.inspector).content.messages[-1].text == text


def test_before_accepting_nobody_asks_or_answers(ready: Ready) -> None:
    code = ready.send()
    with acting(ready.inspector):
        with pytest.raises(Conflict):
            actions.ask(code=code, text="Wat is er?", actor=ready.inspector)
        with pytest.raises(Conflict):
            actions.feed_back(code=code, answer="opgepakt", actor=ready.inspector)


def test_the_sender_is_not_the_recipient(ready: Ready) -> None:
    code = ready.send()
    with acting(ready.focal_point), pytest.raises(Refused):
        actions.accept(code=code, actor=ready.focal_point)


def test_the_database_lets_no_recipient_change_whose_it_is(ready: Ready) -> None:
    code = ready.accepted()
    row = ready.row(code)
    with pytest.raises(Exception, match="keeps its organisations"), acting(ready.inspector):
        Referral.objects.filter(pk=row.pk).update(recipient_id=row.organisation_id)


def test_the_database_lets_nobody_write_in_anothers_name(ready: Ready) -> None:
    code = ready.accepted()
    row = ready.row(code)
    forged = ReferralMessage(
        organisation_id=row.organisation_id,
        recipient_id=ready.inspector.organisation_id or row.organisation_id,
        referral_id=row.id,
        envelope_id=row.envelope_id,
        written=row.sent,
        text=b"vals",
    )
    with pytest.raises(Exception, match="row-level security"), acting(ready.inspector):
        forged.save(force_insert=True)


def test_the_database_refuses_a_side_without_a_step(ready: Ready) -> None:
    code = ready.accepted()
    with acting(ready.inspector):
        NextStep.objects.filter(code=code, done=None).update(done=timezone.now())
        with pytest.raises(IntegrityError, match="recipient_step"):
            connection.check_constraints()
        transaction.set_rollback(True)


def test_a_question_does_not_hide_an_answer_that_waits_to_be_read(ready: Ready) -> None:
    code = ready.accepted()
    with acting(ready.inspector):
        actions.feed_back(code=code, answer="opgepakt", actor=ready.inspector)
    with acting(ready.inspector):
        actions.ask(code=code, text="Is er een hond?", actor=ready.inspector)
    with acting(ready.focal_point):
        actions.answer_question(code=code, text="Nee.", actor=ready.focal_point)
        view = queries.sent(code, ready.focal_point)
    assert (view.answer, view.must_handle, view.asked) == ("opgepakt", True, False)
