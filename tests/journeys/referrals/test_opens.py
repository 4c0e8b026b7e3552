"""What an answer of a partner opens, and how the urgency of a route reaches the partner."""

from datetime import date, datetime, time

import pytest
from django.utils import timezone
from tests.journeys.referrals.situations import Ready, days

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.journey import NIGHT_WITHOUT_PLACE
from sluitend.journeys.referrals import actions, jobs, queries
from sluitend.journeys.referrals.journey import ANSWER_REFERRAL, LOOK_AT_REFERRAL
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import acting, actor_for
from sluitend.kernel.followup.escalation import ring
from sluitend.kernel.followup.models import EscalationChoice, NextStep
from sluitend.kernel.organisations.models import Account
from sluitend.surfaces.desk import queries as desk

pytestmark = pytest.mark.django_db
NIGHT = NIGHT_WITHOUT_PLACE


def at(monkeypatch: pytest.MonkeyPatch, day: int, hour: int) -> datetime:
    """Let it be this hour of a day in December 2026; the first is a Tuesday."""
    moment = timezone.make_aware(datetime.combine(date(2026, 12, day), time(hour)))
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


def no_place(ready: Ready) -> NextStep:
    """Let care answer that there is no place tonight; return the step of the sender."""
    code = ready.accepted("person")
    with acting(ready.care):
        actions.feed_back(code=code, answer="geen_plek", actor=ready.care)
    with acting(ready.focal_point):
        row = Referral.objects.get(code=code)
    jobs.name_somebody([str(row.id), str(row.organisation_id)])
    with acting(ready.focal_point):
        return NextStep.objects.get(code=code, what=NIGHT, done__isnull=True)


def test_no_place_tonight_is_a_step_before_four_at_somebody_who_works(
    ready: Ready, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, 1, 10)
    step = no_place(ready)
    assert timezone.localtime(step.due).strftime("%d %H:%M") == "01 16:00"
    assert step.urgent
    assert step.owner_id
    owner = Account.objects.get(pk=step.owner_id)
    assert 2 in owner.work_days
    with acting(actor_for(owner)) as who:
        shown = desk.today(who, owner)
        assert "geen plek" in shown.first[0].words


def test_after_four_it_is_now(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = at(monkeypatch, 1, 19)
    assert no_place(ready).due == moment


def test_when_nobody_works_the_24_hour_contact_hears_it(
    ready: Ready, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[object]
) -> None:
    at(monkeypatch, 5, 22)  # a Saturday
    rung: list[object] = []
    monkeypatch.setattr(jobs, "after_commit", lambda job, *ids: rung.append(job))
    with acting(ready.focal_point):
        EscalationChoice.objects.create(
            organisation_id=ready.focal_point.own_organisation, picket_mail="piket@westland.example"
        )
        Account.objects.filter(email__endswith="westland.example").update(work_days=[1, 2, 3, 4, 5])
    step = no_place(ready)
    assert (step.owner_id, step.owner_role) == (None, "focal_point")
    assert ring in rung


def test_no_place_told_by_telephone_is_of_whoever_was_told(ready: Ready) -> None:
    code = ready.send("person")
    with acting(ready.focal_point):
        actions.note_answer(code=code, answer="geen_plek", on=timezone.localdate(), actor=ready.focal_point)
        step = NextStep.objects.get(code=code, what=NIGHT, done__isnull=True)
        assert (step.owner_id, step.urgent) == (ready.focal_point.account_id, True)
        actions.handle_answer(code=code, tell="", actor=ready.focal_point)
        assert not NextStep.objects.filter(what=NIGHT, done__isnull=True).exists()


def test_today_at_the_sender_is_today_at_the_partner(ready: Ready) -> None:
    offer = ready.offer("person")
    assert offer.urgency == "today"
    code = ready.send("person", answer_by=days(12), expires=days(40))
    with acting(ready.care):
        step = NextStep.objects.get(code=code, what=LOOK_AT_REFERRAL)
        assert timezone.localtime(step.due).date() == timezone.localdate()
        front = queries.front(code, ready.care)
        assert front.urgency == "Vandaag"
        shown = desk.today(ready.care, Account.objects.get(pk=ready.care.own_account))
        assert not shown.quiet
    with acting(ready.focal_point):
        assert Referral.objects.get(code=code).answer_by == timezone.localdate()


@pytest.mark.parametrize("after", ["question", "received"])
def test_what_a_partner_says_after_it_leaves_the_night(
    ready: Ready, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    at(monkeypatch, 1, 10)
    code = no_place(ready).code
    with acting(ready.care):
        if after == "question":
            actions.ask(code=code, text="Hoe laat kan zij komen?", actor=ready.care)
        else:
            actions.feed_back(code=code, answer="opgepakt", actor=ready.care)
    with acting(ready.focal_point) as who:
        steps = NextStep.objects.filter(code=code, organisation_id=who.own_organisation, done__isnull=True)
        assert steps.filter(urgent=True, what=NIGHT).exists()


@pytest.mark.parametrize("acute", [True, False])
def test_a_question_of_the_partner_takes_no_hurry_away(ready: Ready, acute: bool) -> None:
    with acting(ready.focal_point) as who:
        cases.set_fact(actor=who, code=ready.case, fact="danger", values=["now" if acute else "no"])
    code = ready.accepted("person")
    with acting(ready.care):
        actions.ask(code=code, text="Welke taal spreekt zij?", actor=ready.care)
    with acting(ready.focal_point) as who:
        actions.answer_question(code=code, text="Pools", actor=who)
    with acting(ready.care):
        # The step with which the partner waited for this is still theirs to end.
        mine = NextStep.objects.filter(code=code, what=ANSWER_REFERRAL, done__isnull=True)
        step = mine.get(waits_on_other=False)
        assert timezone.localtime(step.due).date() == timezone.localdate()
        assert step.urgent == acute
