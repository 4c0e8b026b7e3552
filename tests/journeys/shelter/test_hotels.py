"""A hotel for tonight is asked of a municipality without a name; its answer changes the night, no more."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.care_shares.test_at_once import at_once
from tests.journeys.shelter.conftest import COORDINATOR, Desk
from tests.reading import as_read

from sluitend.journeys.care import actions as care
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.shelter import actions, jobs, queries
from sluitend.journeys.shelter.journey import DECIDE_HOTEL
from sluitend.journeys.shelter.models import HotelAsk, Search, SearchNight
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.flow.expiring import expire_all
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.sheltering import Night

TOWN, OTHER, WESTLAND = "af@westland.example", "af@denhaag.example", "GM1783"
TUESDAY = date(2026, 12, 1)
type ClientFor = Callable[[str], Client]


def ask(desk: Desk, code: str, town: str = WESTLAND) -> str:
    desk.do(actions.ask_hotel, code=code, town=town)
    with acting(desk.actor):
        return HotelAsk.objects.get(search=Search.objects.get(code=code).id, state="sent").code


def answer(code: str, said: str, *, who: str = TOWN, booking: str = "") -> None:
    actor = samples.actor(who)
    with acting(actor):
        actions.answer_hotel(code=code, actor=actor, answer=said, booking=booking)


def row(desk: Desk, code: str) -> HotelAsk:
    with acting(desk.actor):
        return HotelAsk.objects.get(code=code)


def hear(desk: Desk, code: str) -> None:
    """Do what the job does after an answer, twice: it may run twice."""
    ids = [str(row(desk, code).id), str(desk.actor.own_organisation)]
    jobs.hear_hotel(ids)
    jobs.hear_hotel(ids)


def steps(code: str, who: Actor) -> set[str]:
    with acting(who):
        own = NextStep.objects.filter(code=code, organisation_id=who.own_organisation, done__isnull=True)
        return set(own.values_list("what", flat=True))


@pytest.mark.django_db
def test_a_municipality_reads_beds_household_and_night_and_nothing_else(
    desk: Desk, client_for: ClientFor
) -> None:
    search = desk.begun(bed_tonight="nee")
    care, town = client_for(COORDINATOR), client_for(TOWN)
    assert care.post(f"/werk/zorg/plek/{search}/hotel/", {"town": ""}).status_code == 422
    assert care.post(f"/werk/zorg/plek/{search}/hotel/", {"town": WESTLAND}).status_code == 302
    with acting(desk.actor):
        code = HotelAsk.objects.get().code
    read = as_read(town.get(f"/werk/hotel/{code}/").text)
    for told in ("Vandaag is er nog geen plek. Beslis over een hotel.", "Volwassene", "1 december 2026"):
        assert told in read
    request = desk.row(search).request_code
    pages = [read, *(as_read(town.get(path).text) for path in ("/werk/", "/werk/uitwisselen/"))]
    for never in (samples.PLANT, samples.PLANTED_PHONE, "Mandarijn", search, request, "Haaglanden"):
        assert all(never not in page for page in pages), never
    # A token on a page has these three letters now and then.
    assert not any(re.search(r"\bMei\b", page) for page in pages)
    with acting(samples.actor(TOWN)):
        step = NextStep.objects.get(code=code, what=DECIDE_HOTEL, done__isnull=True)
    assert step.urgent
    assert timezone.localtime(step.due).strftime("%H:%M") == "16:00"
    assert DECIDE_HOTEL.on_call
    assert "nog open" in as_read(care.get(f"/werk/zorg/plek/{search}/").text)
    for email in (OTHER, "avim@politie.example", "regio@rsiv.example"):
        assert client_for(email).get(f"/werk/hotel/{code}/").status_code in (403, 404)


@pytest.mark.django_db
def test_after_a_yes_the_night_is_bridged_and_care_calls_the_person(
    desk: Desk, client_for: ClientFor
) -> None:
    search = desk.begun()
    code, town = ask(desk, search), client_for(TOWN)
    wrong = town.post(f"/werk/hotel/{code}/besluit/", {"answer": "yes", "booking": "Mei van Dam"})
    assert "Gebruik alleen letters, cijfers en streepjes" in as_read(wrong.text)
    assert desk.nights(search) == [("2026-12-01", "", "")]
    answer(code, "yes", booking="WL-2026-77")
    hear(desk, code)
    assert desk.nights(search) == [("2026-12-01", "bridged", "")]
    assert desk.step(search).what == "find_place"
    assert "read_hotel" in steps(code, desk.actor)
    page = as_read(client_for(COORDINATOR).get(f"/werk/hotel/{code}/").text)
    assert "WL-2026-77" in page
    told = as_read(client_for(COORDINATOR).get(f"/werk/zorg/plek/{search}/").text)
    assert told.count("De gemeente zei ja: er is een hotel") == 1
    desk.do(actions.note_hotel, code=code)
    assert steps(code, desk.actor) == set()
    assert "overbrugd" not in as_read(town.get(f"/werk/hotel/{code}/").text).lower()
    with pytest.raises(Conflict):
        answer(code, "no")


@pytest.mark.django_db
def test_after_a_no_a_bed_is_still_wanted_and_another_can_be_asked(desk: Desk) -> None:
    search = desk.begun()
    code = ask(desk, search)
    with pytest.raises(DomainError, match="al aan een gemeente gevraagd"):
        ask(desk, search, "GM0518")
    answer(code, "no")
    hear(desk, code)
    assert desk.nights(search) == [("2026-12-01", "", "")]
    assert desk.step(search).what == "no_bed_tonight"
    other = ask(desk, search, "GM0518")
    answer(other, "yes", who=OTHER)
    hear(desk, other)
    assert desk.nights(search) == [("2026-12-01", "bridged", "")]


@pytest.mark.django_db
def test_who_wants_to_be_called_can_still_decide(desk: Desk) -> None:
    search = desk.begun()
    code = ask(desk, search)
    answer(code, "call")
    assert "call_town" in steps(code, desk.actor)
    desk.do(actions.note_hotel, code=code)
    with pytest.raises(Conflict):
        desk.do(actions.note_hotel, code=code)
    answer(code, "yes")
    assert row(desk, code).state == "done"


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["bridged", "recall", "withdraw", "hold", "gone"])
def test_what_care_settled_itself_reads_decided_and_notes_a_late_answer(
    desk: Desk, client_for: ClientFor, how: str
) -> None:
    """At 16.20 a municipality says yes, after care found a bed: no booking, no second bed, both read it."""
    search = desk.begun()
    code = ask(desk, search)
    if how == "bridged":
        desk.do(actions.set_night, code=search, night=TUESDAY, state="bridged")
    elif how == "recall":
        client_for(COORDINATOR).post(f"/werk/hotel/{code}/niet-meer-nodig/")
    elif how in ("withdraw", "gone"):
        desk.do(getattr(actions, how), code=search)
    else:
        desk.do(actions.hold, code=search, until=date(2026, 12, 9))
    assert row(desk, code).state == "recalled"
    read = as_read(client_for(TOWN).get(f"/werk/hotel/{code}/").text)
    assert "Besloten" in read
    assert "U hoeft niets te doen." in read
    assert "Volwassene" not in read
    nights = desk.nights(search)
    desk.at("2026-12-01", "16:20")
    path = f"/werk/hotel/{code}/besluit/"
    assert client_for(TOWN).post(path, {"answer": "call"}).status_code == 422
    assert client_for(TOWN).post(path, {"answer": "yes", "booking": "WL-2026-77"}).status_code == 302
    hear(desk, code)
    late = row(desk, code)
    assert (late.state, late.answer, late.access_ended) == ("recalled", "yes", date(2026, 12, 1))
    assert steps(code, desk.actor) == {"read_late_hotel"}
    assert desk.nights(search) == nights
    for email in (TOWN, COORDINATOR):
        page = as_read(client_for(email).get(f"/werk/hotel/{code}/").text)
        assert "Besloten" in page
        assert "Ja, er is een hotel (dinsdag 1 december 2026, 16:20)" in page
    if how in ("bridged", "recall", "hold"):
        told = as_read(client_for(COORDINATOR).get(f"/werk/zorg/plek/{search}/").text)
        assert told.count("De gemeente zei alsnog ja tegen een hotel. Er was al besloten") == 1
    with pytest.raises(Conflict):
        answer(code, "no")
    desk.do(actions.note_hotel, code=code)
    assert steps(code, desk.actor) == set()
    assert row(desk, code).closed is not None


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["the clock", "the answer"])
def test_an_answer_after_its_night_is_read_and_changes_no_night(desk: Desk, first: str) -> None:
    search = desk.begun()
    code = ask(desk, search)
    desk.at("2026-12-03", "09:00")
    if first == "the clock":
        desk.tick()
    answer(code, "no")
    for _again in range(2):
        desk.tick()
        hear(desk, code)
    late = row(desk, code)
    assert (late.state, late.answer, late.closed) == ("expired", "no", None)
    assert steps(code, desk.actor) == {"read_late_hotel"}
    assert [plan for _night, plan, _outcome in desk.nights(search)] == ["", "", ""]
    desk.do(actions.note_hotel, code=code)
    assert steps(code, desk.actor) == set()


@pytest.mark.django_db
def test_weeks_later_nobody_answers_about_a_night_any_more(desk: Desk) -> None:
    search = desk.begun()
    code = ask(desk, search)
    desk.do(actions.set_night, code=search, night=TUESDAY, state="bridged")
    desk.at("2026-12-09", "09:00")
    with pytest.raises(Conflict):
        answer(code, "yes")
    assert row(desk, code).answer == ""


@pytest.mark.django_db
def test_no_hotel_is_asked_where_none_is_needed_or_for_a_child(desk: Desk) -> None:
    child = desk.begun("child", under_18="ja")
    with pytest.raises(DomainError, match="wordt niet overbrugd"):
        ask(desk, child)
    search = desk.begun()
    with pytest.raises(DomainError, match="Kies een gemeente"):
        ask(desk, search, "shop")
    desk.do(actions.set_night, code=search, night=TUESDAY, state="bridged")
    with pytest.raises(DomainError, match="er al een plek"):
        ask(desk, search)
    town = samples.actor(TOWN)
    with acting(town):
        with pytest.raises(Absent):
            actions.ask_hotel(code=search, actor=town, town=WESTLAND)
        with pytest.raises(Refused):
            queries.sent_hotel("H-0000", town)


@pytest.mark.django_db
def test_what_nobody_answered_ends_with_the_night_without_a_step(desk: Desk) -> None:
    search = desk.begun()
    code = ask(desk, search)
    desk.at("2026-12-03", "05:00")
    with acting(system_actor(desk.actor.own_organisation)) as system:
        expire_all(actor=system, today=timezone.localdate())
    assert row(desk, code).state == "expired"
    assert steps(code, desk.actor) == set()
    with pytest.raises(Conflict):
        answer(code, "call")


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["the clock", "another ask"])
def test_what_nobody_answered_holds_up_no_other_night(desk: Desk, first: str) -> None:
    """The day after, the municipality has no urgent decision about last night, and another can be asked."""
    search = desk.begun()
    code = ask(desk, search)
    desk.at("2026-12-02", "11:00")
    if first == "the clock":
        desk.tick()
        assert row(desk, code).state == "expired"
    other = ask(desk, search, "GM0518")
    last = row(desk, code)
    assert (last.state, last.recipient_step, last.access_ended) == ("expired", None, date(2026, 12, 2))
    assert steps(code, desk.actor) == set()
    assert row(desk, other).night == date(2026, 12, 2)
    assert desk.tick() == 0
    assert row(desk, other).state == "sent"


@pytest.mark.django_db
def test_a_stay_that_ends_leaves_no_hotel_asked_for(desk: Desk) -> None:
    search = desk.begun()
    code = ask(desk, search)
    first, last = date(2026, 12, 2), date(2026, 12, 9)
    desk.do(actions.place, code=search, kind="emergency_bed", starts=first, review=last)
    assert row(desk, code).state == "sent"
    desk.do(actions.end, code=search)
    assert row(desk, code).state == "recalled"


@pytest.mark.django_db
def test_a_yes_about_last_night_changes_no_other_night(desk: Desk) -> None:
    search = desk.begun()
    code = ask(desk, search)
    desk.at("2026-12-02", "09:00")
    answer(code, "yes")
    desk.tick()
    hear(desk, code)
    assert desk.nights(search) == [("2026-12-01", "", ""), ("2026-12-02", "", "")]


def test_of_an_answer_and_a_bed_at_once_there_is_one_bed(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(monkeypatch)
    tonight = timezone.localdate()
    for _round in range(4):
        desk.at(tonight.isoformat(), "11:00")
        search = desk.begun()
        code = ask(desk, search)
        said, found = at_once(
            partial(answer, code, "yes"),
            partial(desk.do, actions.set_night, code=search, night=tonight, state="bridged"),
        )
        assert found == ""
        ended = row(desk, code)
        assert said == ""
        assert (ended.state == "done") is (ended.answered_late is None)
        hear(desk, code)
        assert [plan for _night, plan, _outcome in desk.nights(search)] == ["bridged"]


def begun_for_an_adult(desk: Desk) -> tuple[str, str]:
    """Look for a place for an adult, and return the search with the receipt of who asked."""
    asked, receipt = samples.ask_for_help(bed_tonight="nee")
    desk.do(care.take_on, code=asked)
    wish = actions.Wish("adult", 1, "haaglanden")
    return str(desk.do(actions.start, request=asked, wish=wish)), receipt


def turns_out_a_child(desk: Desk, receipt: str) -> None:
    with acting(NOBODY):
        reports.add_to_report(receipt=receipt, text="Zij is 16.", danger=reports.Danger(marks=("under_18",)))
    with acting(system_actor(desk.actor.own_organisation)) as system:
        reports.sweep(system)


@pytest.mark.django_db
def test_a_child_that_turned_out_so_gets_no_hotel(region: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch)
    code, receipt = begun_for_an_adult(desk)
    turns_out_a_child(desk, receipt)
    with pytest.raises(DomainError, match="wordt niet overbrugd"):
        ask(desk, code)


@pytest.mark.django_db
def test_who_turns_out_a_child_after_a_yes_is_not_bridged(
    region: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(monkeypatch)
    code, receipt = begun_for_an_adult(desk)
    hotel = ask(desk, code)
    turns_out_a_child(desk, receipt)
    answer(hotel, "yes")
    hear(desk, hotel)
    with acting(desk.actor):
        assert not SearchNight.objects.filter(search__code=code, plan=Night.BRIDGED).exists()
    assert "read_hotel" in steps(hotel, desk.actor)


@pytest.mark.django_db
def test_what_is_asked_of_a_municipality_ends_once_it_is_about_a_child(
    region: Any, monkeypatch: pytest.MonkeyPatch, client_for: ClientFor
) -> None:
    desk = Desk(monkeypatch)
    code, receipt = begun_for_an_adult(desk)
    hotel = ask(desk, code)
    desk.tick()
    assert row(desk, hotel).state == "sent"
    assert hotel in client_for(TOWN).get("/werk/").text
    turns_out_a_child(desk, receipt)
    desk.tick()
    ended = row(desk, hotel)
    assert (ended.state, ended.recipient_step) == ("recalled", None)
    assert ended.recipient_closed
    assert "Besloten" in as_read(client_for(TOWN).get(f"/werk/hotel/{hotel}/").text)
    answer(hotel, "yes")
    hear(desk, hotel)
    with acting(desk.actor):
        assert not SearchNight.objects.filter(search__code=code, plan=Night.BRIDGED).exists()
