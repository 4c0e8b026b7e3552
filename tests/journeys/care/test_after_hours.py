"""Who is reached after hours: by the list of duty of the care organisation, at each hour and each day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.reading import as_read
from tests.roles import give

from sluitend.journeys.administration.actions import absence, duty, escalation
from sluitend.journeys.care import queries
from sluitend.journeys.reports.slowing import FILING
from sluitend.kernel.access.acting import NOBODY, Actor, acting, intake_role, system_actor
from sluitend.kernel.access.errors import Absent, DomainError, Refused
from sluitend.kernel.followup.duty import duty_day, on_call
from sluitend.kernel.followup.escalation import Rung, escalate
from sluitend.kernel.followup.models import EscalationChoice, NextStep, OnCall
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.absence import candidates
from sluitend.kernel.organisations.models import Account, Organisation

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
COORDINATOR, SECOND, NUMBER = "zorg@shop.example", "zorg2@shop.example", "070 111 22 33"
NO_BED = {"bed_tonight": "nee"}
type ClientFor = Callable[[str], Client]


def moment(day: str, hour: str) -> datetime:
    return datetime.fromisoformat(f"{day} {hour}").replace(tzinfo=AMSTERDAM)


@pytest.fixture
def coordinator(region: Any) -> Actor:
    FILING.forget()
    colleague = Account.objects.create(email=SECOND, name="Selma Dijk", is_active=True)
    give(colleague.pk, Organisation.objects.get(code="shop").id, "partner")
    return samples.actor(COORDINATOR)


def account(email: str) -> Account:
    return Account.objects.get(email=email)


def at(patch: pytest.MonkeyPatch, day: str, hour: str) -> None:
    now = moment(day, hour)
    patch.setattr(timezone, "now", lambda: now)


def put(who: Actor, email: str, first: str, last: str, telephone: str = NUMBER) -> None:
    with acting(who):
        duty.put_on_call(
            account(email).pk,
            first=date.fromisoformat(first),
            last=date.fromisoformat(last),
            telephone=telephone,
            actor=who,
        )


def heard(when: datetime) -> tuple[list[str], set[int]]:
    """Let all climb at a moment; return whose addresses hear it, and how far it came."""
    with acting(system_actor(Organisation.objects.get(code="shop").id)) as system:
        found = escalate(system, when)
    people = Account.objects.filter(pk__in=found.reached)
    return sorted(each.email for each in people), {int(rung) for _step, rung in found.climbed}


def step(code: str) -> NextStep:
    with acting(system_actor(Organisation.objects.get(code="shop").id)):
        return NextStep.objects.get(code=code, done__isnull=True)


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(
    ("day", "hour", "promise", "due"),
    [
        ("2026-12-01", "15:59", "today", "16:00"),
        ("2026-12-01", "16:00", "after", "16:00"),
        ("2026-12-04", "17:30", "after", "17:30"),
        ("2026-12-05", "10:00", "after", "10:00"),
        ("2026-12-06", "16:30", "after", "16:30"),
        ("2026-12-25", "11:00", "after", "11:00"),
    ],
)
def test_what_the_receipt_promises_and_who_hears_it_follow_from_the_hour_it_came_in(
    coordinator: Actor,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    day: str,
    hour: str,
    promise: str,
    due: str,
    *,
    named: bool,
) -> None:
    at(monkeypatch, day, "08:00")
    if named:
        put(coordinator, SECOND, day, day)
    at(monkeypatch, day, hour)
    said = as_read(sent(client))
    assert ("Wij bellen u vandaag, in elk geval voor 16.00 uur." in said) is (promise == "today")
    reached = f"De achterwacht krijgt dit meteen. Belt niemand u binnen een uur? Bel dan {NUMBER}."
    assert (reached in said) is (promise == "after" and named)
    assert ("Wij zijn nu niet bereikbaar." in said) is (promise == "after" and not named)
    assert (NUMBER in said) is (promise == "after" and named)
    assert "Selma" not in said
    found = step(only())
    assert found.urgent
    assert timezone.localtime(found.due).strftime("%H:%M") == due
    late = found.due + timedelta(minutes=1)
    people, rungs = heard(late)
    if named:
        assert (people, rungs) == ([SECOND], {Rung.DEPUTY})
    else:
        assert set(people) <= {COORDINATOR, SECOND, "beheer@rsiv.example"}


def sent(client: Client) -> str:
    data = {**samples.help_answers(**NO_BED), "step": "5", "go": "next"}
    return client.post("/hulp-vragen/", {**data, "sending": "11111111-1111-4111-8111-111111111111"}).text


def only() -> str:
    with acting(system_actor(Organisation.objects.get(code="shop").id)):
        return str(NextStep.objects.get(what="take_request", done__isnull=True).code)


def test_a_quarter_later_it_is_with_whom_is_there_day_and_night(
    coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2026-12-05", "10:00")
    put(coordinator, SECOND, "2026-12-05", "2026-12-06")
    shop = Organisation.objects.get(code="shop").id
    other = Account.objects.create(email="beheer@shop.example", name="Iris Kok", is_active=True)
    give(other.pk, shop, "administrator")
    keeper = samples.actor(other.email)
    with acting(keeper):
        escalation.set_picket(name="Bas", mail="bas@shop.example", telephone=NUMBER, actor=keeper)
    at(monkeypatch, "2026-12-05", "17:30")
    samples.ask_for_help(**NO_BED)
    assert heard(moment("2026-12-05", "17:31")) == ([SECOND], {Rung.DEPUTY})
    assert heard(moment("2026-12-05", "17:44")) == ([], set())
    with acting(system_actor(shop)) as system:
        always = EscalationChoice.objects.get().id
        assert escalate(system, moment("2026-12-05", "17:46")).reached == {always}


def test_before_its_hour_and_when_it_can_wait_nobody_on_call_is_called(
    coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2026-12-01", "09:00")
    put(coordinator, SECOND, "2026-12-01", "2026-12-01")
    samples.ask_for_help(**NO_BED)
    samples.ask_for_help()
    assert heard(moment("2026-12-01", "15:59")) == ([], set())
    assert heard(moment("2026-12-01", "16:01")) == ([SECOND], {Rung.DEPUTY})


@pytest.mark.parametrize(
    ("day", "hour", "of"),
    [
        ("2026-12-05", "23:59", "2026-12-05"),
        ("2026-12-06", "00:01", "2026-12-05"),
        ("2026-12-06", "07:59", "2026-12-05"),
        ("2026-12-06", "08:00", "2026-12-06"),
        ("2026-10-25", "02:30", "2026-10-24"),
        ("2027-03-28", "03:30", "2027-03-27"),
    ],
)
def test_a_duty_goes_on_through_the_night_also_when_the_clock_changes(day: str, hour: str, of: str) -> None:
    assert duty_day(moment(day, hour)).isoformat() == of


def test_who_is_away_or_left_is_not_on_call_and_no_number_is_told(
    coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2026-12-05", "17:00")
    put(coordinator, SECOND, "2026-12-05", "2026-12-05")
    assert told() == NUMBER
    with acting(coordinator):
        absence.enter_for(
            account(SECOND).pk,
            first=date(2026, 12, 5),
            last=date(2026, 12, 5),
            deputy_id=None,
            actor=coordinator,
        )
        assert on_call(coordinator.own_organisation, timezone.now()) == []
    assert told() == ""


def told() -> str:
    """Return the number that the public process would tell now."""
    with acting(NOBODY), intake_role():
        return queries.on_call_number(current_release().pack)


def test_the_public_process_reads_one_number_and_no_list(
    coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2026-12-05", "17:00")
    put(coordinator, SECOND, "2026-12-05", "2026-12-05", telephone="")
    assert told() == ""
    with (
        pytest.raises(DatabaseError),
        acting(NOBODY),
        intake_role(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM followup_oncall")


def test_the_deputy_of_who_is_ill_hears_it_first(coordinator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2026-12-01", "09:00")
    third = Account.objects.create(email="zorg3@shop.example", name="Tess Bal", is_active=True)
    give(third.pk, coordinator.own_organisation, "partner")
    samples.ask_for_help(**NO_BED)
    with acting(coordinator):
        assert {each.name for each in candidates(coordinator.own_organisation, but=third.pk)} == {
            coordinator.name,
            "Selma Dijk",
        }
        absence.enter_for(
            third.pk,
            first=date(2026, 12, 1),
            last=date(2026, 12, 4),
            deputy_id=account(SECOND).pk,
            actor=coordinator,
        )
    assert heard(moment("2026-12-01", "16:01")) == ([SECOND], {Rung.DEPUTY})


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2026-12-03", "2026-12-02", "last"),
        ("2026-11-01", "2026-11-02", "last"),
        ("2026-12-02", "2027-02-02", "last"),
        ("2026-12-05", "2026-12-07", "first"),
    ],
)
def test_days_that_cannot_be_are_refused(
    coordinator: Actor, monkeypatch: pytest.MonkeyPatch, first: str, last: str, field: str
) -> None:
    at(monkeypatch, "2026-12-01", "09:00")
    put(coordinator, SECOND, "2026-12-06", "2026-12-06")
    with pytest.raises(DomainError) as caught:
        put(coordinator, SECOND, first, last)
    assert caught.value.field == field


def test_only_a_colleague_is_put_in_the_list_and_only_who_works_there_does_so(coordinator: Actor) -> None:
    today = timezone.localdate().isoformat()
    with pytest.raises(Absent):
        put(coordinator, "af@westland.example", today, today)
    put(coordinator, SECOND, today, today)
    with acting(coordinator):
        row = OnCall.objects.get()
    other = samples.actor("avim@politie.example")
    with acting(other), pytest.raises(Absent):
        duty.take_off_call(row.pk, actor=other)
    inspector = samples.actor("toezicht@westland.example")
    with acting(inspector), pytest.raises(Refused):
        duty.take_off_call(row.pk, actor=inspector)
    with acting(coordinator):
        duty.take_off_call(row.pk, actor=coordinator)
        assert not OnCall.objects.exists()
        lines = Event.objects.filter(action__startswith="duty.").order_by("id")
        assert sorted(each.action for each in lines) == ["duty.removed", "duty.set"]


def test_the_page_shows_a_week_by_name_and_says_where_nobody_is(
    coordinator: Actor, client_for: ClientFor
) -> None:
    page, browser = "/werk/dienst/", client_for(COORDINATOR)
    assert as_read(browser.get(page).text).count("Niemand ingevuld") == 7
    today = timezone.localdate().isoformat()
    sent = {"person": str(account(SECOND).pk), "first": today, "last": today, "telephone": "geen nummer"}
    assert browser.post(page, sent).status_code == 422
    assert browser.post(page, {**sent, "telephone": NUMBER}).status_code == 302
    text = as_read(browser.get(page).text)
    assert "Selma Dijk" in text
    assert NUMBER in text
    assert "Selma Dijk" not in client_for("avim@politie.example").get(page).text
    with acting(coordinator):
        row = OnCall.objects.get()
    assert browser.post(page, {"end": str(row.pk)}).status_code == 302
    assert browser.post(page, {"end": str(row.pk)}).status_code == 404
    assert as_read(browser.get(page).text).count("Niemand ingevuld") == 7
    assert "/werk/dienst/" in browser.get("/werk/account/").text
