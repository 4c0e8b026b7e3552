"""Who chose an hour gets one neutral mail a day; what presses goes at once, nothing is lost or sent twice."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.outcomes import queue

from sluitend.journeys.cases.journey import CASE, CHOOSE_ROUTE
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.flow.jobs import tell
from sluitend.kernel.followup.digest import mail_digest, send_or_hold, tell_at_the_hour
from sluitend.kernel.followup.escalation import send_neutral
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import PLATFORM_ID, Account, Organisation, Role

pytestmark = pytest.mark.django_db

FOCAL = "af@westland.example"


def at(day: int, hour: int) -> datetime:
    """A moment in November 2026."""
    return timezone.make_aware(datetime(2026, 11, day, hour, 5))  # noqa: DTZ001


@pytest.fixture
def westland(region: object) -> UUID:
    """A municipality in which nothing presses."""
    found = Organisation.objects.get(code="GM1783").id
    with acting(system_actor(found)):
        NextStep.objects.filter(organisation_id=found, urgent=True).update(done=timezone.now())
    return found


@pytest.fixture
def nine(westland: UUID) -> Iterator[str]:
    """Somebody who wants one mail a day, after nine."""
    Account.objects.filter(email=FOCAL).update(digest_at=9, digest_waits=0, digest_on=None)
    mail.outbox.clear()
    yield FOCAL
    Account.objects.filter(email=FOCAL).update(digest_at=None, digest_waits=0, digest_on=None)


def run(moment: datetime) -> None:
    """Let the job run at a moment, and what it queues after it."""
    with queue() as queued, acting(system_actor(PLATFORM_ID)) as actor:
        tell_at_the_hour(actor, moment)
    for task, ids in queued:
        assert task == "followup.mail_digest"
        mail_digest([str(each) for each in ids])


def to(address: str) -> list[str]:
    """What was mailed to somebody."""
    return [f"{each.subject}\n{each.body}" for each in mail.outbox if address in each.to]


def test_three_things_are_one_mail_at_the_hour(nine: str, westland: UUID) -> None:
    for _each in range(3):
        tell([str(westland)])
    assert to(nine) == []
    assert mail.outbox, "the others hear it at once"
    run(at(17, 8))
    assert to(nine) == []
    run(at(17, 9))
    (message,) = to(nine)
    assert message.startswith("Er staan 3 dingen voor u klaar\n")
    assert "C-" not in message
    assert "casus" not in message.lower()


def test_there_is_no_second_mail_on_a_day_and_nothing_is_lost(nine: str, westland: UUID) -> None:
    tell([str(westland)])
    run(at(17, 9))
    tell([str(westland)])
    run(at(17, 10))
    run(at(17, 23))
    assert len(to(nine)) == 1
    run(at(18, 8))
    assert len(to(nine)) == 1
    run(at(18, 9))
    assert to(nine)[1].startswith("Er staat 1 ding voor u klaar\n")


def test_a_job_that_was_down_at_the_hour_sends_it_when_it_is_back(nine: str, westland: UUID) -> None:
    tell([str(westland)])
    run(at(17, 16))
    run(at(17, 17))
    assert len(to(nine)) == 1


def test_a_job_that_was_down_all_day_sends_it_the_next(nine: str, westland: UUID) -> None:
    tell([str(westland)])
    run(at(19, 9))
    assert len(to(nine)) == 1


def test_nothing_is_mailed_where_nothing_waits(nine: str) -> None:
    run(at(17, 9))
    assert mail.outbox == []


def test_a_job_that_runs_twice_mails_once(nine: str, westland: UUID) -> None:
    tell([str(westland)])
    run(at(17, 9))
    mail_digest([str(Account.objects.get(email=nine).pk)])
    assert len(to(nine)) == 1


def test_what_presses_goes_at_once(nine: str, westland: UUID) -> None:
    with acting(system_actor(westland)):
        NextStep.objects.create(
            organisation_id=westland,
            writer_id=westland,
            subject_kind=CASE,
            subject_id=uuid4(),
            code="C-9T3F",
            what=CHOOSE_ROUTE,
            owner_role=Role.FOCAL_POINT,
            due=at(17, 17),
            created_day=at(17, 9).date(),
            urgent=True,
        )
    tell([str(westland)])
    assert len(to(nine)) == 1
    assert Account.objects.get(email=nine).digest_waits == 0


@pytest.mark.parametrize(("days", "at_once"), [(0, True), (1, True), (2, False)])
def test_what_came_in_about_a_child_is_mailed_at_once(
    nine: str, westland: UUID, days: int, *, at_once: bool
) -> None:
    with acting(system_actor(westland)):
        NextStep.objects.create(
            organisation_id=westland,
            writer_id=westland,
            subject_kind=CASE,
            subject_id=uuid4(),
            code="C-9T3F",
            what=CHOOSE_ROUTE,
            owner_role=Role.FOCAL_POINT,
            due=timezone.now() + timedelta(days=3),
            created_day=timezone.localdate() - timedelta(days=days),
            minor=True,
        )
    tell([str(westland)])
    assert bool(to(nine)) is at_once
    assert Account.objects.get(email=nine).digest_waits == (0 if at_once else 1)


def test_what_no_server_took_is_not_counted_twice(nine: str, westland: UUID) -> None:
    def away(_address: str) -> None:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011  # as a mail server that is away
        send_or_hold([nine, "deputy@elsewhere.example"], [westland], away)
    assert Account.objects.get(email=nine).digest_waits == 0
    send_or_hold([nine], [westland], partial(send_neutral))
    assert Account.objects.get(email=nine).digest_waits == 1


def test_somebody_chooses_the_hour_and_hears_what_was_held_when_they_want_it_at_once(
    nine: str, westland: UUID, client_for: Callable[[str], Client]
) -> None:
    client = client_for(nine)
    page = client.get("/werk/account/")
    assert "Eén keer per dag, na 9 uur" in page.text
    chosen = {"work_days": ["1", "2"], "theme": "", "language": "nl", "digest_at": "16"}
    client.post("/werk/account/", chosen)
    assert Account.objects.get(email=nine).digest_at == 16
    tell([str(westland)])
    client.post("/werk/account/", chosen | {"digest_at": ""})
    assert Account.objects.get(email=nine).digest_at is None
    run(at(17, 7))
    assert len(to(nine)) == 1


def test_an_hour_that_is_not_on_the_list_is_refused(nine: str, client_for: Callable[[str], Client]) -> None:
    client_for(nine).post("/werk/account/", {"work_days": ["1"], "language": "nl", "digest_at": "25"})
    assert Account.objects.get(email=nine).digest_at == 9
