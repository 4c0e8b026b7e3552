"""What waits longer than agreed climbs, once, and nobody reads what it is about."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests import samples
from tests.outcomes import queue

from sluitend.journeys.cases.journey import CASE, CHOOSE_ROUTE, PARTNER_ANSWERED
from sluitend.journeys.referrals.journey import AWAIT_PARTNER
from sluitend.journeys.reports.journey import AWAIT_REPORTER, FINISH_MARK, MARK
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup import escalation
from sluitend.kernel.followup.escalation import Desk, Escalation, Rung, escalate, rung_at, tell
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import EscalationChoice, NextStep
from sluitend.kernel.followup.queries import waiting_longest
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account, Organisation, Role
from sluitend.kernel.organisations.queries import mailboxes

pytestmark = pytest.mark.django_db

MakeStep = Callable[..., NextStep]


def at(day: int, hour: int = 12) -> datetime:
    """A moment in November 2026; the 16th is a Monday."""
    return timezone.make_aware(datetime(2026, 11, day, hour))  # noqa: DTZ001


@pytest.fixture
def westland() -> UUID:
    """The municipality in which things wait."""
    return Organisation.objects.get(code="GM1783").id


@pytest.fixture
def make_step(westland: UUID) -> MakeStep:
    """Return a maker of open steps of the focal point."""

    def make(**fields: Any) -> NextStep:
        values: dict[str, Any] = {
            "organisation_id": westland,
            "writer_id": westland,
            "subject_kind": CASE,
            "subject_id": uuid4(),
            "code": "C-9T3F",
            "what": CHOOSE_ROUTE,
            "owner_role": Role.FOCAL_POINT,
            "due": at(16, 17),
            "created_day": at(9).date(),
        }
        values |= fields
        with acting(system_actor(values["organisation_id"])):
            return NextStep.objects.create(**values)

    return make


def run(organisation_id: UUID, moment: datetime) -> Escalation:
    """Let everything of an organisation climb at a moment."""
    with acting(system_actor(organisation_id)) as actor:
        return escalate(actor, moment)


@pytest.mark.parametrize(
    ("moment", "rung"),
    [
        (at(16, 16), Rung.NONE),
        (at(16, 18), Rung.OWNER),
        (at(17, 12), Rung.OWNER),
        (at(17, 18), Rung.DEPUTY),
        (at(18, 18), Rung.MANAGER),
        (at(19, 18), Rung.CHOSEN),
        (at(30, 18), Rung.CHOSEN),
    ],
)
def test_a_rung_lasts_a_working_day(moment: datetime, rung: Rung) -> None:
    assert rung_at(at(16, 17), moment, acute=False) is rung


def test_a_weekend_is_no_working_day() -> None:
    assert rung_at(at(20, 17), at(22, 18), acute=False) is Rung.OWNER


@pytest.mark.parametrize(
    ("minutes", "rung"),
    [(-1, Rung.NONE), (1, Rung.OWNER), (16, Rung.DEPUTY), (31, Rung.MANAGER), (46, Rung.CHOSEN)],
)
def test_an_acute_step_climbs_each_quarter_of_an_hour_day_and_night(minutes: int, rung: Rung) -> None:
    due = at(21, 3)
    assert rung_at(due, due + timedelta(minutes=minutes), acute=True) is rung


@given(st.integers(0, 60 * 24 * 30), st.integers(0, 60 * 24 * 30), st.booleans())
def test_a_step_never_climbs_down(first: int, later: int, acute: bool) -> None:
    early, late = sorted((first, later))
    due = at(2, 17)
    assert rung_at(due, due + timedelta(minutes=early), acute=acute) <= rung_at(
        due, due + timedelta(minutes=late), acute=acute
    )


def heard(escalation: Escalation) -> list[str]:
    """Where the mail about an escalation goes."""
    return mailboxes(escalation.reached)


def test_each_rung_reaches_its_own_people(make_step: MakeStep, westland: UUID) -> None:
    make_step()
    assert heard(run(westland, at(16, 18))) == ["af@westland.example"]
    assert heard(run(westland, at(17, 18))) == ["af@westland.example", "vervanger@westland.example"]
    assert heard(run(westland, at(18, 18))) == ["manager@westland.example"]


def test_the_last_rung_is_the_choice_of_the_municipality(make_step: MakeStep, westland: UUID) -> None:
    make_step(level=Rung.MANAGER)
    assert heard(run(westland, at(19, 18))) == ["manager@westland.example"]
    Organisation.objects.filter(pk=westland).update(mail="postbus@westland.example")
    with acting(system_actor(westland)):
        EscalationChoice.objects.create(organisation_id=westland, escalates_to=EscalationChoice.To.MAILBOX)
    make_step(level=Rung.MANAGER)
    assert heard(run(westland, at(19, 18))) == ["postbus@westland.example"]


def test_running_twice_does_nothing_twice(make_step: MakeStep, westland: UUID) -> None:
    step = make_step()
    assert run(westland, at(17, 18)).climbed == ((step.id, Rung.DEPUTY),)
    assert run(westland, at(17, 18)) == Escalation()


def test_what_is_done_or_not_yet_due_does_not_climb(make_step: MakeStep, westland: UUID) -> None:
    make_step(done=at(16, 16))
    make_step(due=at(20, 17))
    assert run(westland, at(17, 18)) == Escalation()


def test_waiting_for_whoever_has_answered_does_not_climb(make_step: MakeStep, westland: UUID) -> None:
    about = uuid4()
    make_step(subject_id=about, what=AWAIT_PARTNER, waits_on_other=True)
    answer = make_step(subject_id=about, what=PARTNER_ANSWERED, due=at(20, 17))
    assert run(westland, at(17, 18)) == Escalation()
    with acting(system_actor(westland)) as system:
        assert [each.id for each in waiting_longest(system)] == [answer.id]
        NextStep.objects.filter(pk=answer.pk).update(done=at(17, 12))
    assert heard(run(westland, at(17, 18))) == ["af@westland.example", "vervanger@westland.example"]


def test_a_second_pair_of_eyes_is_no_answer(make_step: MakeStep, westland: UUID) -> None:
    about = uuid4()
    waits = make_step(subject_id=about, what=AWAIT_REPORTER, waits_on_other=True)
    make_step(subject_id=about, what=SECOND_EYES, due=at(20, 17))
    assert run(westland, at(16, 18)).climbed == ((waits.id, Rung.OWNER),)


def test_a_step_of_one_person_reaches_that_person(make_step: MakeStep, westland: UUID) -> None:
    reporter = Account.objects.get(email="melder@westland.example")
    make_step(owner=reporter, owner_role="", what=FINISH_MARK, subject_kind=MARK)
    assert heard(run(westland, at(16, 18))) == ["melder@westland.example"]


def test_another_organisation_is_not_touched(make_step: MakeStep) -> None:
    make_step()
    other = Organisation.objects.get(code="GM0518").id
    assert run(other, at(17, 18)) == Escalation()


def test_the_mail_says_that_something_waits_and_never_what(make_step: MakeStep, westland: UUID) -> None:
    make_step()
    make_step(code="C-4HWX")
    reached = run(westland, at(16, 18)).reached
    tell([str(each) for each in reached])
    (message,) = mail.outbox
    assert message.to == ["af@westland.example"]
    assert message.subject == "Er staat iets voor u klaar"
    assert message.body == "Er staat iets voor u klaar.\n\nhttp://localhost:8000/werk/\n\nGemeente Westland\n"


def test_the_ledger_keeps_that_it_climbed(make_step: MakeStep, westland: UUID) -> None:
    make_step()
    run(westland, at(17, 18))
    with acting(system_actor(westland)):
        line = Event.objects.get(action="step.escalated")
    assert (line.purpose, line.activity, line.account) == ("deputy", "opvolging", None)


def test_whom_it_reaches_is_mailed_and_the_24_hour_contact_apart(westland: UUID, make_step: MakeStep) -> None:
    with acting(system_actor(westland)):
        escalation = EscalationChoice.objects.create(
            organisation_id=westland, picket_mail="piket@westland.example"
        )
    make_step(urgent=True, due=at(17, 12))
    with queue() as queued:
        reached = run(westland, at(17, 13)).reached
    mailed = dict(queued)
    assert escalation.pk in reached
    assert set(mailed["followup.tell"]) == reached - {escalation.pk}
    assert mailed["followup.ring"] == [westland]


def test_where_nobody_reads_the_administrators_hear_it() -> None:
    nieuwkoop = Organisation.objects.get(code="GM0569").id
    with acting(system_actor(nieuwkoop)):
        NextStep.objects.create(
            organisation_id=nieuwkoop,
            writer_id=nieuwkoop,
            subject_kind=CASE,
            subject_id=uuid4(),
            what=CHOOSE_ROUTE,
            owner_role=Role.FOCAL_POINT,
            due=at(16, 17),
            created_day=at(9).date(),
        )
    with queue() as queued:
        run(nieuwkoop, at(19, 18))
    told = Account.objects.filter(pk__in=dict(queued)["followup.tell"])
    assert {each.email.partition("@")[0] for each in told} == {"beheer"}


def test_what_somebody_finishes_at_that_moment_does_not_climb(
    westland: UUID, make_step: MakeStep, monkeypatch: pytest.MonkeyPatch
) -> None:
    step, reached = make_step(), Desk.reached

    def meanwhile(desk: Desk, found: NextStep, rung: Rung) -> tuple[Rung, set[UUID]]:
        NextStep.objects.filter(pk=found.pk).update(done=timezone.now())
        return reached(desk, found, rung)

    monkeypatch.setattr(Desk, "reached", meanwhile)
    with queue() as queued:
        assert run(westland, at(19, 18)).climbed == ()
    with acting(system_actor(westland)):
        assert NextStep.objects.get(pk=step.pk).level == Rung.NONE
    assert queued == []


def test_what_can_climb_no_further_is_in_the_way_of_nothing(
    make_step: MakeStep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(escalation, "BATCH", 2)
    care = samples.actor("zorg@shop.example").own_organisation
    of_care = {"organisation_id": care, "writer_id": care, "owner_role": Role.PARTNER}
    stuck = [make_step(**of_care, due=at(2, 17), urgent=each % 2 == 0, level=Rung.OWNER) for each in range(7)]
    new, acute = make_step(**of_care), make_step(**of_care, urgent=True)
    assert run(care, at(16, 18)).climbed == ((acute.id, Rung.OWNER), (new.id, Rung.OWNER))
    with acting(system_actor(care)):
        assert {each.level for each in NextStep.objects.filter(pk__in=[each.id for each in stuck])} == {1}


def test_what_is_urgent_climbs_first_and_the_rest_in_the_next_round(
    make_step: MakeStep, westland: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(escalation, "BATCH", 1)
    longest, long = make_step(due=at(12, 17)), make_step(due=at(13, 17))
    acute = make_step(urgent=True)
    rounds = [[each for each, _rung in run(westland, at(16, 18)).climbed] for _round in range(4)]
    assert rounds == [[acute.id], [longest.id], [long.id], []]
