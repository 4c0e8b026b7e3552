"""The clock of every day: a row a night, a stay that places itself, who hears what and when."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone
from tests.journeys.shelter.conftest import Desk

from sluitend.journeys.administration.actions import duty
from sluitend.journeys.shelter import actions, queries
from sluitend.journeys.shelter.models import SearchPlace
from sluitend.journeys.shelter.nights import clock_of
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.followup.escalation import escalate
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Absence, Membership, Organisation

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TUESDAY = date(2026, 12, 1)


def local(moment: datetime) -> datetime:
    return moment.astimezone(AMSTERDAM)


def placed(desk: Desk, *, days: int = 4, address: str = "") -> str:
    code = desk.begun()
    desk.do(
        actions.place,
        code=code,
        kind="womens",
        starts=TUESDAY,
        review=TUESDAY + timedelta(days=days),
        address=address,
    )
    return code


@pytest.mark.parametrize(
    ("day", "hour", "due"),
    [
        ("2026-12-01", "15:59", ("2026-12-01", "16:00")),
        ("2026-12-01", "16:00", ("2026-12-01", "16:00")),
        ("2026-12-04", "17:30", ("2026-12-04", "17:30")),
        ("2026-12-05", "10:00", ("2026-12-05", "16:00")),
        ("2026-12-06", "22:00", ("2026-12-06", "22:00")),
    ],
)
def test_no_bed_is_due_before_the_hour_and_at_once_after_it(
    desk: Desk, day: str, hour: str, due: tuple[str, str]
) -> None:
    desk.at(day, hour)
    step = desk.step(desk.begun())
    assert (step.what, step.urgent, step.owner_role) == ("no_bed_tonight", True, "partner")
    assert (local(step.due).date().isoformat(), local(step.due).strftime("%H:%M")) == due


def test_nowhere_found_or_planned_keeps_the_step_and_a_bed_ends_it(desk: Desk) -> None:
    code = desk.begun()
    desk.do(actions.set_night, code=code, night=TUESDAY, state="nowhere")
    assert desk.step(code).what == "no_bed_tonight"
    desk.do(actions.set_night, code=code, night=TUESDAY, state="bridged")
    assert desk.step(code).what == "find_place"


def test_each_morning_the_night_is_a_new_one_and_twice_does_nothing_twice(desk: Desk) -> None:
    code = desk.begun()
    desk.do(actions.set_night, code=code, night=TUESDAY, state="bridged")
    desk.at("2026-12-02", "05:45")
    assert desk.tick() == 0
    desk.at("2026-12-02", "06:00")
    assert desk.tick() == 1
    step = desk.step(code)
    assert (step.what, local(step.due)) == (
        "no_bed_tonight",
        datetime(2026, 12, 2, 16, 0, tzinfo=AMSTERDAM),
    )
    assert desk.nights(code) == [("2026-12-01", "bridged", ""), ("2026-12-02", "", "")]
    revision = desk.row(code).revision
    assert desk.tick() == 0
    assert (desk.step(code).pk, desk.row(code).revision) == (step.pk, revision)


def test_a_night_that_nobody_filled_in_is_a_step_and_late_after_noon(desk: Desk) -> None:
    code = desk.begun()
    desk.at("2026-12-02", "06:00")
    desk.tick()
    desk.do(actions.set_night, code=code, night=date(2026, 12, 2), state="bridged")
    step = desk.step(code)
    assert (step.what, local(step.due)) == ("fill_night", datetime(2026, 12, 2, 12, 0, tzinfo=AMSTERDAM))
    desk.at("2026-12-02", "12:01")
    (line,) = desk.do(queries.searches)
    assert line.late
    desk.do(actions.set_night, code=code, night=TUESDAY, state="nowhere")
    assert desk.step(code).what == "find_place"


def test_days_without_a_worker_are_made_up_for(desk: Desk) -> None:
    code = desk.begun()
    desk.at("2026-12-04", "09:00")
    desk.tick()
    assert [night for night, _plan, _outcome in desk.nights(code)] == [
        "2026-12-01",
        "2026-12-02",
        "2026-12-03",
        "2026-12-04",
    ]


def test_a_stay_places_its_nights_by_itself_until_its_last_day(desk: Desk) -> None:
    code = placed(desk, days=3)
    for day in ("2026-12-02", "2026-12-03"):
        desk.at(day, "09:00")
        desk.tick()
        assert desk.step(code).what == "review_stay"
    assert desk.nights(code) == [
        ("2026-12-01", "placed", "placed"),
        ("2026-12-02", "placed", "placed"),
        ("2026-12-03", "placed", ""),
    ]
    desk.at("2026-12-04", "09:00")
    assert desk.tick() == 1
    assert (desk.row(code).state, desk.step(code).what) == ("open", "no_bed_tonight")
    assert desk.nights(code)[-2:] == [("2026-12-03", "placed", "placed"), ("2026-12-04", "", "")]
    assert desk.tick() == 0


def test_an_offer_that_nobody_answered_runs_out(desk: Desk) -> None:
    code = desk.begun()
    desk.do(
        actions.offer,
        code=code,
        kind="womens",
        answer_by=datetime(2026, 12, 1, 14, 0, tzinfo=AMSTERDAM),
    )
    desk.at("2026-12-01", "13:59")
    assert desk.tick() == 0
    desk.at("2026-12-01", "14:00")
    assert desk.tick() == 1
    assert desk.row(code).state == "expired"
    desk.do(actions.go_on, code=code)
    assert desk.row(code).state == "open"


def test_after_the_hour_it_climbs_each_quarter_also_on_a_saturday(desk: Desk) -> None:
    desk.at("2026-12-05", "10:00")
    code = desk.begun()
    with acting(system_actor(Organisation.objects.get(code="shop").id)) as system:
        assert escalate(system, datetime(2026, 12, 5, 15, 59, tzinfo=AMSTERDAM)).reached == frozenset()
        first = escalate(system, datetime(2026, 12, 5, 16, 1, tzinfo=AMSTERDAM))
    assert desk.actor.account_id in first.reached
    assert desk.step(code).level > 0


def test_in_the_quarter_of_the_reminder_whoever_looks_is_told(desk: Desk) -> None:
    clock = clock_of(current_release().pack)
    code = desk.begun()
    for hour, told in (("13:59", False), ("14:00", True), ("14:14", True), ("14:15", False)):
        desk.at("2026-12-01", hour)
        found = desk.do(actions.to_remind, clock=clock, now=timezone.now())
        assert (desk.actor.account_id in found) is told
    desk.at("2026-12-01", "14:00")
    desk.do(actions.set_night, code=code, night=TUESDAY, state="bridged")
    assert desk.do(actions.to_remind, clock=clock, now=timezone.now()) == []
    assert mail.outbox == [] or all(code not in each.body for each in mail.outbox)


def test_who_is_reached_is_said_and_nobody_is_said_too(desk: Desk) -> None:
    desk.at("2026-12-01", "15:30")
    found = desk.do(queries.reached)
    assert (found.past, found.nobody) == (False, False)
    assert found.people
    desk.at("2026-12-01", "16:30")
    assert desk.do(queries.reached).nobody  # who works by day is not promised after the hour
    desk.do(
        duty.put_on_call,
        account_id=desk.actor.own_account,
        first=TUESDAY,
        last=TUESDAY,
        telephone="070 111 22 33",
    )
    found = desk.do(queries.reached)
    assert not found.nobody
    assert found.on_call == (f"{desk.actor.name} 070 111 22 33",)
    with acting(desk.actor):
        people = Membership.objects.filter(organisation_id=desk.actor.own_organisation)
        for each in set(people.values_list("account_id", flat=True)):
            Absence.objects.create(
                organisation_id=desk.actor.own_organisation, account_id=each, first=TUESDAY, last=TUESDAY
            )
    assert desk.do(queries.reached).nobody


def test_what_the_handbook_does_not_know_is_said_to_be_unknown(desk: Desk) -> None:
    ladder = desk.do(queries.reached).ladder
    assert [bool(each.number) for each in ladder] == [False, False, False, True, True]
    assert [each.confirmed for each in ladder] == [False, False, False, False, True]


def test_an_address_is_gone_thirty_days_after_the_stay(desk: Desk) -> None:
    code = placed(desk, address="Schuilplaatslaan 7")
    desk.do(actions.end, code=code)
    pack = current_release().pack
    shop = system_actor(Organisation.objects.get(code="shop").id)
    desk.at("2026-12-31", "09:00")
    with acting(shop) as system:
        assert actions.forget_addresses(system, pack) == 0
    desk.at("2027-01-01", "09:00")
    with acting(shop) as system:
        assert actions.forget_addresses(system, pack) == 1
        assert not SearchPlace.objects.exists()
    with pytest.raises(Absent):
        desk.do(actions.open_address, code=code, reason="plek")


def test_the_night_of_the_clock_change_is_one_night(desk: Desk) -> None:
    desk.at("2026-10-24", "20:00")
    code = desk.begun()
    for fold in (0, 1):
        moment = datetime.combine(date(2026, 10, 25), time(2, 30), AMSTERDAM).replace(fold=fold)
        desk.monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        desk.tick()
    assert [night for night, _plan, _outcome in desk.nights(code)] == ["2026-10-24"]
