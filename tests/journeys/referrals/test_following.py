"""What a sender does after sending."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from tests.journeys.referrals.situations import Ready, days

from sluitend.journeys.cases import queries as case_queries
from sluitend.journeys.cases.journey import PARTNER_ANSWERED, PARTNER_ASKS, PARTNER_RETURNED, WORK_TRACK
from sluitend.journeys.cases.models import TimelineEvent
from sluitend.journeys.referrals import actions, queries
from sluitend.journeys.referrals.actions.telling import tell_cases
from sluitend.journeys.referrals.journey import AWAIT_PARTNER, AWAIT_WORD
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.reports.models import MailboxMessage
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.flow import jobs
from sluitend.kernel.flow.expiring import expire_passed
from sluitend.kernel.followup.escalation import escalate
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.manifest import StepKind
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.sealing.errors import NotHeld

pytestmark = pytest.mark.django_db


def set_back(ready: Ready, code: str, **values: object) -> None:
    """Pretend that something happened earlier."""
    with acting(ready.focal_point):
        Referral.objects.filter(code=code).update(**values)


def reminded(ready: Ready, code: str, times: int) -> None:
    """Remind so many times, each on another day."""
    for _time in range(times):
        set_back(ready, code, reminded_on=days(-1))
        with acting(ready.focal_point):
            actions.remind(code=code, actor=ready.focal_point)


def test_reminders_are_counted_once_a_day(ready: Ready) -> None:
    code, who = ready.send(), ready.focal_point
    with acting(who):
        actions.remind(code=code, actor=who)
    with acting(who), pytest.raises(DomainError):
        actions.remind(code=code, actor=who)
    assert ready.row(code).reminders == 1


def test_who_answered_is_not_reminded(ready: Ready) -> None:
    code, who = ready.accepted(), ready.focal_point
    with acting(ready.inspector):
        actions.feed_back(code=code, answer="opgepakt", actor=ready.inspector)
    with acting(who), pytest.raises(DomainError):
        actions.remind(code=code, actor=who)


def test_received_is_no_answer_yet(ready: Ready) -> None:
    code, who = ready.accepted(), ready.focal_point
    with acting(ready.inspector):
        actions.feed_back(code=code, answer="ontvangen", actor=ready.inspector)
    with acting(who):
        actions.remind(code=code, actor=who)
    assert ready.row(code).reminders == 1


def test_no_answer_needs_two_reminders_and_a_day(ready: Ready) -> None:
    code, who = ready.send(), ready.focal_point
    reminded(ready, code, 1)
    with acting(who), pytest.raises(DomainError):
        actions.close_without_answer(code=code, on=days(0), reason="two_reminders", actor=who)
    reminded(ready, code, 1)
    with acting(who), pytest.raises(DomainError):
        actions.close_without_answer(code=code, on=days(1), reason="two_reminders", actor=who)
    with acting(who):
        actions.close_without_answer(code=code, on=days(0), reason="two_reminders", actor=who)
    row = ready.row(code)
    assert (row.state, row.answer, row.answered, row.closed is not None) == (
        "done",
        "geen_antwoord",
        False,
        True,
    )
    with acting(ready.inspector), pytest.raises(NotHeld):
        open_envelope(row.envelope_id, actor=ready.inspector, purpose="test")


def test_an_answer_by_telephone_is_a_code_and_a_day(ready: Ready) -> None:
    code, who = ready.send(channel="phone"), ready.focal_point
    with acting(who):
        actions.note_sent(code=code, on=days(0), actor=who)
    with acting(who), pytest.raises(DomainError):
        actions.note_answer(code=code, answer="opgepakt", on=days(1), actor=who)
    with acting(who):
        actions.note_answer(code=code, answer="onvoldoende", on=days(0), actor=who)
    row = ready.row(code)
    assert (row.state, row.answered, row.closed) == ("done", True, None)


def test_recalling_ends_access_and_the_partners_step(ready: Ready) -> None:
    code, who = ready.accepted(), ready.focal_point
    with acting(who):
        actions.recall(code=code, reason="mistake", actor=who)
    row = ready.row(code)
    for _twice in range(2):
        jobs.finish_steps(ids=[str(row.id), str(row.recipient_id)])
    with acting(ready.inspector):
        assert Event.objects.filter(action="step.ended").count() == 1
        assert not NextStep.objects.filter(code=code, done__isnull=True).exists()
        with pytest.raises(NotHeld):
            open_envelope(row.envelope_id, actor=ready.inspector, purpose="test")
        with pytest.raises(Absent):
            queries.received(code, ready.inspector)
        left = queries.remains(code, ready.inspector)
        assert left
        assert left.state == "recalled"


def test_what_was_recalled_can_not_be_accepted(ready: Ready) -> None:
    code, who = ready.send(), ready.focal_point
    with acting(who):
        actions.recall(code=code, reason="mistake", actor=who)
    with acting(ready.inspector), pytest.raises(Conflict):
        actions.accept(code=code, actor=ready.inspector)


def test_reading_the_answer_tells_the_reporter_and_moves_the_track(ready: Ready) -> None:
    code, who = ready.accepted(), ready.focal_point
    with acting(ready.inspector):
        actions.feed_back(code=code, answer="afgesloten", actor=ready.inspector)
    with acting(who):
        before = MailboxMessage.objects.count()
        actions.handle_answer(code=code, tell="mag_niets_zeggen", actor=who)
        assert MailboxMessage.objects.count() == before + 1
        track = case_queries.case(ready.case, who).place
        assert track.step is not None
        assert track.step.what == WORK_TRACK
    assert ready.row(code).closed is not None
    with acting(who), pytest.raises(Conflict):
        actions.handle_answer(code=code, tell="", actor=who)


def test_a_return_that_was_read_asks_for_another_route(ready: Ready) -> None:
    code, who = ready.send(), ready.focal_point
    with acting(ready.inspector):
        actions.return_(code=code, reason="not_our_area", actor=ready.inspector)
    with acting(who):
        actions.handle_answer(code=code, tell="", actor=who)
        track = case_queries.case(ready.case, who).place
        assert track.step is not None
        assert track.step.what == PARTNER_RETURNED


def test_an_answer_that_does_not_close_waits_on(ready: Ready) -> None:
    code, who = ready.accepted(), ready.focal_point
    with acting(ready.inspector):
        actions.feed_back(code=code, answer="opgepakt", actor=ready.inspector)
    with acting(who):
        actions.handle_answer(code=code, tell="opgepakt", actor=who)
        step = NextStep.objects.get(code=code, done__isnull=True)
        assert (step.what, step.waits_on_other) == (AWAIT_WORD, True)


def test_access_ends_when_its_term_has_passed(ready: Ready) -> None:
    code = ready.accepted(expires=days(20), answer_by=days(10))
    row = ready.row(code)
    system = system_actor(row.organisation_id)
    with acting(system):
        assert expire_passed(Referral, actor=system, today=days(20)) == 0
        assert expire_passed(Referral, actor=system, today=days(21)) == 1
        assert expire_passed(Referral, actor=system, today=days(21)) == 0
    row = ready.row(code)
    assert (row.state, row.access_ended is not None, row.closed) == ("expired", True, None)
    with acting(ready.inspector), pytest.raises(Absent):
        queries.received(code, ready.inspector)


def test_the_mail_says_only_that_something_is_there(ready: Ready) -> None:
    code = ready.send()
    row = ready.row(code)
    jobs.tell(ids=[str(row.recipient_id)])
    (message,) = mail.outbox
    assert message.to == ["nla@arbeidsinspectie.example"]
    assert (message.subject, code in message.body) == ("Er staat iets voor u klaar", False)
    assert message.body.strip().splitlines()[0] == "Er staat iets voor u klaar."


def test_the_list_goes_on_from_the_last_code(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sluitend.journeys.referrals.queries.lists.PAGE", 2)
    codes = [ready.send() for _each in range(3)]
    with acting(ready.focal_point):
        first = queries.sent_list(ready.focal_point)
        second = queries.sent_list(ready.focal_point, {"na": first.after})
    assert [row.code for row in (*first.rows, *second.rows)] == codes[::-1]
    assert second.after == ""


def test_late_is_said_and_an_answer_ends_it(ready: Ready) -> None:
    code = ready.send()
    set_back(ready, code, answer_by=days(-1), expires=days(30))
    with acting(ready.focal_point):
        (row,) = queries.sent_list(ready.focal_point).rows
        assert row.late == days(0) - timedelta(days=1)


def climbed(ready: Ready, code: str, after: timedelta) -> set[str]:
    """Return which steps of the sender about a referral climb when nobody does anything for so long."""
    with acting(system_actor(ready.row(code).organisation_id)) as system:
        ids = [step for step, _rung in escalate(system, timezone.now() + after).climbed]
        steps = NextStep.objects.filter(pk__in=ids, subject_id=ready.row(code).id)
        return set(steps.values_list("what", flat=True))


@pytest.mark.parametrize(
    ("does", "waits"),
    [
        ("answer", PARTNER_ANSWERED),
        ("ask", PARTNER_ASKS),
        ("return", PARTNER_RETURNED),
    ],
)
def test_a_partner_that_answered_is_not_late(ready: Ready, does: str, waits: StepKind) -> None:
    code = ready.accepted()
    with acting(ready.inspector):
        if does == "answer":
            actions.feed_back(code=code, answer="opgepakt", actor=ready.inspector)
        elif does == "ask":
            actions.ask(code=code, text="Welke ingang?", actor=ready.inspector)
        else:
            actions.feed_back(code=code, answer="niet_van_ons", actor=ready.inspector)
    assert climbed(ready, code, timedelta(days=90)) == {waits}


def test_a_partner_that_says_nothing_is_late(ready: Ready) -> None:
    code = ready.accepted()
    assert climbed(ready, code, timedelta(days=90)) == {AWAIT_PARTNER}


def open_here(ready: Ready, code: str) -> set[str]:
    """Return what is open for the sender."""
    with acting(ready.focal_point):
        return set(NextStep.objects.filter(code=code, done__isnull=True).values_list("what", flat=True))


@pytest.mark.parametrize("does", ["read", "remind", "note"])
def test_what_the_partner_asked_stays_until_it_was_answered(ready: Ready, does: str) -> None:
    code, who = ready.accepted(), ready.focal_point
    with acting(ready.inspector):
        if does == "read":
            actions.feed_back(code=code, answer="opgepakt", actor=ready.inspector)
        actions.ask(code=code, text="Is er een kind in huis?", actor=ready.inspector)
    if does == "remind":
        set_back(ready, code, answered=False)
    with acting(who):
        if does == "read":
            actions.handle_answer(code=code, tell="", actor=who)
        elif does == "remind":
            actions.remind(code=code, actor=who)
        else:
            actions.note_answer(code=code, answer="opgepakt", on=days(0), actor=who)
            actions.handle_answer(code=code, tell="", actor=who)
    waits = AWAIT_PARTNER if does == "remind" else AWAIT_WORD
    assert open_here(ready, code) == {waits, PARTNER_ASKS}
    with acting(who):
        actions.answer_question(code=code, text="Ja.", actor=who)
    assert open_here(ready, code) == {waits}


def test_nobody_stops_waiting_for_who_asked_something(ready: Ready) -> None:
    code, who = ready.accepted(), ready.focal_point
    with acting(ready.inspector):
        actions.feed_back(code=code, answer="opgepakt", actor=ready.inspector)
        actions.ask(code=code, text="Is er een kind in huis?", actor=ready.inspector)
    with acting(who):
        actions.handle_answer(code=code, tell="", actor=who)
        assert not queries.sent(code, who).may_stop_waiting
    with acting(who), pytest.raises(DomainError, match="vroeg"):
        actions.stop_waiting(code=code, actor=who)
    with acting(who):
        actions.answer_question(code=code, text="Ja.", actor=who)
        actions.stop_waiting(code=code, actor=who)
    assert open_here(ready, code) == set()


def test_the_timeline_says_once_that_the_partner_asked(ready: Ready) -> None:
    code, who = ready.accepted(), ready.focal_point
    with acting(ready.inspector):
        actions.feed_back(code=code, answer="opgepakt", actor=ready.inspector)
        actions.ask(code=code, text="Is er een kind in huis?", actor=ready.inspector)
    with acting(system_actor(who.own_organisation)) as system:
        tell_cases(system)
    with acting(who):
        actions.handle_answer(code=code, tell="", actor=who)
        before = TimelineEvent.objects.count()
    with acting(system_actor(who.own_organisation)) as system:
        tell_cases(system)
    with acting(who):
        assert TimelineEvent.objects.count() == before
